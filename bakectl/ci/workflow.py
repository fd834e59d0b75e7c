"""What a workflow of any CI needs to know of the plan: registries, emulation, words of commands."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.cache import cache_overrides, parse_cache
from bakectl.bake.checkout import Checkout
from bakectl.bake.event import Event
from bakectl.bake.platforms import PlatformError, parse_platform, platforms_of
from bakectl.bake.references import DOCKER_HUB, registry_of
from bakectl.bake.secrets import mask_text
from bakectl.bake.tags import tag_overrides
from bakectl.ci.actions import pinned
from bakectl.ci.settings import AUTO, GITHUB_RUNNERS, GITLAB_RUNNERS, STRATEGIES, TAGS
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record, replace
from bakectl.templating import BRACKETS, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bakectl.bake.model import Plan
    from bakectl.ci.settings import Settings

_VARIABLE: Final = re.compile(r"\$(?:\w+|\{\w+\})", re.ASCII)
_FILLED_IN: Final = re.compile(r",[\w-]+=\$(?:\w+|\{\w+\})(?=,|$)", re.ASCII)
_SOMEWHERE: Final = "registry.example/x"
_NATIVE: Final = ("amd64", "386")
_ARM_RUNNERS: Final = (GITHUB_RUNNERS["linux/arm*"], GITLAB_RUNNERS["linux/arm*"])
_LOOPBACK: Final = ("localhost", "127.", "[::1]")


class Choices(Record):
    """What the workflow is to be; texts are as on the command line of `bake`."""

    strategy: str = "one-runner"
    targets: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    tags: str = AUTO
    cache: str = "gha"
    sbom: bool = False
    provenance: str = ""
    sign: bool = False
    timeout: int = 60

    def words(self) -> tuple[str, ...]:
        """The words that name files and targets."""
        return (*self.file_words(), *self.targets)

    def file_words(self) -> tuple[str, ...]:
        """The words that name files."""
        return tuple(word for file in self.files for word in ("--file", file))

    def tag_words(self) -> tuple[str, ...]:
        """The words that say where tags come from."""
        return ("--tags", "auto") if self.tags == AUTO else ()

    def flags(self) -> tuple[str, ...]:
        """The words for all that is built."""
        found = ["--cache", self.cache] if self.cache != "none" else []
        found += ["--sbom", "true"] if self.sbom else []
        return (*found, *(("--provenance", self.provenance) if self.provenance else ()))

    def facts(self, usual: Choices) -> dict[str, str]:
        """The choices as texts, for whoever writes the workflow again; what is usual is left out."""
        return {name: _told(getattr(self, name)) for name in _CHOSEN if getattr(self, name) != getattr(usual, name)}


def _told(value: str | bool | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    return value if isinstance(value, str) else str(value).lower()


def _heard(name: str, text: str) -> Any:
    if name in _LISTS:
        return tuple(text.split(","))
    return text == "true" if name in _SWITCHES else text


_CHOSEN: Final = ("strategy", "targets", "files", "tags", "cache", "sbom", "provenance", "sign")
_LISTS: Final = ("targets", "files")
_SWITCHES: Final = ("sbom", "sign")


def choose(given: Mapping[str, Any], settings: Settings, earlier: Mapping[str, str], usual: Choices) -> Choices:
    """The choices of the command line, else of the settings, else those that an earlier file was written with."""
    found: dict[str, Any] = {name: _heard(name, earlier[name]) for name in _CHOSEN if name in earlier}
    for name, known in (("strategy", STRATEGIES), ("tags", TAGS)):
        if found.get(name) not in known:
            found.pop(name, None)
    for source in ({name: getattr(settings, name, None) for name in (*_CHOSEN, "timeout")}, given):
        found.update((name, value) for name, value in source.items() if value is not None)
    return replace(usual, **found)


def check(plan: Plan, choices: Choices) -> None:
    """Raise InvalidBakeFile for targets that a workflow could build but not push, and for words that it cannot hold."""
    problems = Problems()
    for word in (*choices.words(), *choices.flags()):
        if not word.isprintable() or "${{" in word:
            message = f"{dumps(word)} cannot stand in a workflow"
            problems.error("bad-word", message, None, help="use printable characters, and no expressions")
    named = _FILLED_IN.sub("", choices.cache)
    if mask_text(named) != named:
        message = f'a workflow is for all to read, and this cache has a secret: "{mask_text(choices.cache)}"'
        help = "leave it out, and give the builder its key in CI, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        problems.error("secret-in-workflow", message, None, help=help)
    for name in plan.requested:
        if not plan[name].get("tags"):
            message = f'target "{name}" has no tags, so the workflow has no repository to push it to'
            help = f"give it one: bakectl add {name}.tags=REPOSITORY\nor name the targets to build, without this one"
            problems.error("no-repository", message, plan[name].declared_at, help=help)
    if choices.tags == AUTO:
        try:
            tag_overrides(plan, Event(branch="any"))
        except InvalidBakeFile as error:
            for problem in error.diagnostics:
                problems.add(replace(problem, help=f"{problem.help}\nor keep the tags of the file: --tags file"))
    try:
        _check_cache(plan, choices.cache)
    except InvalidBakeFile as error:
        for problem in error.diagnostics:
            problems.add(problem)
    if problems.has_errors:
        raise InvalidBakeFile(problems)


def _check_cache(plan: Plan, cache: str) -> None:
    """Refuse a cache that no run of the workflow could have; raises InvalidBakeFile."""
    declared = {name: tuple(target.get("platforms", ())) for name, target in plan.targets.items()}
    # What the shell fills in is known in CI only.
    known = _VARIABLE.sub("x", re.sub(r"=\$(?:\w+|\{\w+\})", f"={_SOMEWHERE}", cache, count=1, flags=re.ASCII))
    written = _VARIABLE.search(cache)
    shown = written[0] if written else _SOMEWHERE
    try:
        cache_overrides(parse_cache(known), plan, declared, Checkout("project", ("branch",)))
    except InvalidBakeFile as error:
        raise InvalidBakeFile(
            replace(
                one, message=one.message.replace(_SOMEWHERE, shown), help=(one.help or "").replace(_SOMEWHERE, shown)
            )
            for one in error.diagnostics
        ) from None


def registries(plan: Plan) -> tuple[str, ...]:
    """The registries that the targets asked for are pushed to, those of this machine left out."""
    hosts = (registry_of(tag) for name in plan.requested for tag in plan[name].get("tags", ()) if tag)
    return tuple(dict.fromkeys(host for host in hosts if not host.startswith(_LOOPBACK)))


def secret_names(registry: str) -> tuple[str, str]:
    """The variables that hold the user and the password of a registry."""
    if registry == DOCKER_HUB:
        return "DOCKERHUB_USERNAME", "DOCKERHUB_TOKEN"
    stem = re.sub(r"[^A-Z0-9]+", "_", registry.upper()).strip("_")
    # A name must not begin with a digit.
    stem = stem if stem[:1].isalpha() else f"REGISTRY_{stem}"
    return f"{stem}_USERNAME", f"{stem}_PASSWORD"


def shell_words(words: Iterable[str]) -> str:
    """Words for the end of a command of a shell."""
    from shlex import quote

    return "".join(f" {quote(word)}" for word in words)


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A template of ours with its values; calls of macros leave empty lines, which only blocks at the top may have."""
    filters: dict[str, Callable[[Any], str]] = {"json": dumps, "pinned": pinned}
    text = render("bakectl.ci", template, values, filters, BRACKETS)
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\n\n+(?= {4})", "\n", text)).strip() + "\n"


def emulated(plan: Plan) -> tuple[str, ...]:
    """The architectures of Linux that one runner of the common kind emulates."""
    found = (architecture for _, architecture in _architectures(plan) if architecture not in _NATIVE)
    return tuple(dict.fromkeys(found))


def foreign(plan: Plan, settings: Settings) -> tuple[str, ...]:
    """The platforms that even their own runner emulates: the usual ones for arm64 run no 32-bit programs."""
    common = settings.runner_of("linux/amd64")
    found: dict[str, None] = {}
    for platform, architecture in _architectures(plan):
        runner = settings.runner_of(platform)
        if architecture not in _NATIVE and (runner == common or (architecture == "arm" and runner in _ARM_RUNNERS)):
            found[platform] = None
    return tuple(found)


def _architectures(plan: Plan) -> Iterator[tuple[str, str]]:
    for name in plan.requested:
        for text in platforms_of(plan[name]):
            try:
                platform = parse_platform(text)
            except PlatformError:
                continue
            if platform.system == "linux":
                yield text, platform.architecture
