"""Which cache a target reads and writes: one policy for what is written into files and for the overrides of a run.

The rules: every target has a place of its own; a part of its platforms has one of its own as well, and reads the wider
one too; what a pull request writes is read by nobody else, or by everybody, so it writes nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.cache_backends import BACKENDS, KINDS, PLACEHOLDERS, entry_to_read, entry_to_write
from bakectl.bake.secrets import mask_text
from bakectl.bake.trigger import PULL_REQUEST, TAG
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.checkout import Checkout

NONE: Final = "none"
ALL: Final = "all"
"""What stands for {platform} where all platforms of a target are built at once."""
AUTO, ALWAYS, NEVER = "auto", "always", "never"
WHEN: Final = (AUTO, ALWAYS, NEVER)
"""When a cache is written: as the event allows, or in any case."""

_PLACEHOLDER = re.compile(r"(?<![$%])\{([^{}]*)\}")
_OPTION = re.compile(r",(?=[A-Za-z][A-Za-z0-9_.-]*=)")
_DURATION = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|ms|s|m|h))+")
_COMPONENT = r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?:[A-Za-z0-9.-]+(?::[0-9]+)?/|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?/)?{_COMPONENT}(?:/{_COMPONENT})*(?::[\w][\w.-]{{0,127}})?",
    re.ASCII,
)
_ECR = re.compile(r"[0-9]+\.dkr\.ecr\.[^/]*\.amazonaws\.com(?:\.cn)?/")
_MAX_TAG = 128
_SWITCHES: Final = ("ignore-error", "image-manifest", "oci-mediatypes", "force-compression")
_SWITCH_WORDS: Final = ("true", "false", "1", "0", "")


class CacheChoice(Record):
    """A cache that is wanted: the kind, the place or "", and options, "" to remove one."""

    kind: str
    place: str = ""
    options: Mapping[str, str] = {}

    @property
    def template(self) -> str:
        """What tells the targets apart, with placeholders."""
        back_end = BACKENDS[self.kind]
        given = self.place if back_end.place == back_end.named_by else ""
        return given or self.options.get(back_end.named_by) or back_end.name

    def shown(self, place: str) -> str:
        """This choice with another place, as it may be written."""
        return f"{self.kind}={place}"


def parse_choice(text: str, options: Iterable[str] = (), *, kinds: tuple[str, ...] = KINDS) -> CacheChoice:
    """Read `KIND[=PLACE][,KEY=VALUE…]`, or an entry as bake files have them, `type=KIND,…`; raises InvalidBakeFile."""
    head, *more = _OPTION.split(text)
    kind, sign, place = head.partition("=")
    if kind == "type" and place:
        kind, place = place, ""
    elif sign and not place and kind in kinds:
        raise _needs_place(kind)
    if kind not in kinds:
        raise invalid(f'there is no cache "{kind}"', did_you_mean(kind, kinds) or f"choose {', '.join(kinds)}")
    if kind in (NONE, "inline") and place:
        raise invalid(f'the cache "{kind}" takes no place', f"write {kind}")
    found: dict[str, str] = {}
    for option in (*more, *options):
        key, sign, value = option.partition("=")
        if not (key and sign):
            raise invalid(f'"{option}" is not KEY=VALUE', "write mode=min")
        found[key.lower()] = value
    if kind == NONE:
        return CacheChoice(kind)
    if not place and BACKENDS[kind].place:
        place = found.pop(BACKENDS[kind].place, "")
    choice = CacheChoice(kind, place, found)
    _check_options(choice)
    return choice


def invalid(message: str, help: str | None) -> InvalidBakeFile:
    """What is raised for a cache that cannot be."""
    problems = Problems()
    problems.error("bad-cache", message, None, help=help)
    return InvalidBakeFile(problems)


def _needs_place(kind: str) -> InvalidBakeFile:
    return invalid(f'the cache "{kind}" needs a place', f"write {kind}={BACKENDS[kind].example}")


def _check_options(choice: CacheChoice) -> None:
    """Refuse options that the back end does not have, and values that it does not take."""
    problems = Problems()
    back_end = BACKENDS[choice.kind]

    def report(message: str, help: str | None) -> None:
        problems.error("bad-cache", message, None, help=help)

    if choice.kind == "local" and choice.place.startswith("~/"):
        # No shell fills it in behind a "=", and buildx would make a folder of this name.
        report(f'"{choice.place}" is a folder named "~", not your home', f"write local=$HOME{choice.place[1:]}")
    for part in (choice.place, *choice.options.values()):
        for name in _PLACEHOLDER.findall(part):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
                report(f'there is no placeholder "{{{name}}}"', f"there are {known}")
    for key, value in choice.options.items():
        if key not in (*back_end.writes, *back_end.reads):
            help = did_you_mean(key, back_end.writes) or f"there are {', '.join(sorted(back_end.writes))}"
            report(f'the cache "{choice.kind}" has no option "{key}"', help)
        elif key == "mode" and value == "max" and choice.kind == "inline":
            report("an inline cache holds the layers of the image only, and cannot be max", "choose another cache")
        elif key == "mode" and value not in ("min", "max", ""):
            report(f'"mode" is min or max, and not "{value}"', None)
        elif key == "timeout" and value and _DURATION.fullmatch(value) is None:
            report(f'"timeout" is a duration, and not "{value}"', "write timeout=5m")
        elif key in _SWITCHES and value not in _SWITCH_WORDS:
            report(f'"{key}" is true or false, and not "{value}"', None)
    if problems.has_errors:
        raise InvalidBakeFile(problems)


def check_complete(choice: CacheChoice) -> None:
    """Refuse a choice without what its back end cannot do without; raises InvalidBakeFile."""
    back_end = BACKENDS[choice.kind]
    for key in back_end.required:
        if key == back_end.place and not choice.place:
            raise _needs_place(choice.kind)
        if key != back_end.place and not choice.options.get(key):
            help = f"write {choice.kind}={choice.place},{key}={key.upper()}"
            raise invalid(f'the cache "{choice.kind}" needs its {key}', help)


def why_read_only(choice: CacheChoice, trigger: str) -> str | None:
    """Why a cache is not written at such an event; None when it is."""
    kind = choice.kind
    if kind in (NONE, "inline"):
        return None
    if trigger == PULL_REQUEST and kind == "gha":
        return "the gha cache is only read, because nobody else could read what a pull request writes"
    if trigger == PULL_REQUEST and BACKENDS[kind].is_shared:
        return f"the {kind} cache is only read, because others build from what a pull request would write"
    if trigger == TAG and kind == "gha":
        return "the gha cache is only read, because nobody else could read what the build of a tag writes"
    if trigger == TAG and "{branch}" in f"{choice.place}{choice.options}":
        return f"the {kind} cache is only read, because a tag belongs to no branch"
    return None


class Caches(Record):
    """The entries of one target: all that it reads, and the one that it writes."""

    reads: tuple[Mapping[str, str], ...]
    write: Mapping[str, str]


def caches_of(choice: CacheChoice, target: str, slug: str, checkout: Checkout) -> Caches:
    """What a target reads and writes; `slug` names the platforms that are built, where these are not all.

    Raises InvalidBakeFile, as for a place that is no reference of a registry.
    """
    check_complete(choice)
    template = choice.template
    branches: tuple[str, ...] = ("",)
    if "{branch}" in f"{choice.place}{choice.options}":
        branches = checkout.branches
        if not branches:
            help = "check out a branch, or name it in the place yourself"
            raise invalid("there is no branch here to put in the place of {branch}", help)
    found: list[dict[str, str]] = []
    for branch in branches:
        for part in dict.fromkeys((slug, "")):
            texts = {"project": checkout.project, "target": target, "branch": branch, "platform": part or ALL}
            name = filled(template, texts)
            has_slug = not part or "{platform}" in template
            entry = _entry(choice, name if has_slug else of_platforms(choice.kind, name, part), texts)
            if entry not in found:
                found.append(entry)
    return Caches(tuple(map(entry_to_read, found)), found[0])


def _entry(choice: CacheChoice, name: str, texts: Mapping[str, str]) -> dict[str, str]:
    back_end = BACKENDS[choice.kind]
    options = {back_end.place: filled(choice.place, texts)}
    options.update((key, filled(text, texts)) for key, text in choice.options.items())
    options[back_end.named_by] = checked(choice.kind, name)
    return entry_to_write(choice.kind, options)


def filled(template: str, texts: Mapping[str, str]) -> str:
    """A text with its placeholders filled in; `${…}` is left alone."""
    return _PLACEHOLDER.sub(lambda found: texts.get(found[1], found[0]), template)


def of_platforms(kind: str, place: str, slug: str) -> str:
    """The place for some platforms: the tag of a reference is where that goes, and a tag is made for it."""
    if kind == "registry" and ":" not in place.rpartition("/")[2]:
        return f"{place}:{slug}"
    return f"{place.rstrip('/')}-{slug}"


def checked(kind: str, place: str) -> str:
    """A place in the form that its back end takes; raises InvalidBakeFile for one that it would refuse."""
    if kind != "registry":
        return place.rstrip("/") or place
    name, colon, tag = place.rpartition(":")
    if not colon or "/" in tag:
        name, colon, tag = place, "", ""
    # A repository has no capital letters, and a target may have some.
    registry, slash, path = name.partition("/")
    reference = f"{registry}{slash}{path.lower()}{colon}{tag[:_MAX_TAG]}"
    if _REFERENCE.fullmatch(reference) is None:
        raise invalid(
            f'"{mask_text(place)}" is not a reference of a registry', f"write registry={BACKENDS['registry'].example}"
        )
    parts = _hub_parts(reference)
    if len(parts) > 2:
        help = f"write registry={'/'.join(parts[:2])}:{{target}}"
        raise invalid(f'Docker Hub has repositories of two parts, and "{reference}" has {len(parts)}', help)
    return reference


def _hub_parts(reference: str) -> tuple[str, ...]:
    """The parts of a repository of Docker Hub; nothing for one elsewhere."""
    parts = reference.removeprefix("docker.io/").split("/")
    is_elsewhere = "." in parts[0] or ":" in parts[0] or parts[0] == "localhost"
    return () if is_elsewhere else tuple(parts)


def is_full_hub(reference: str) -> bool:
    """Whether this is a repository of Docker Hub, which can have no further part."""
    return len(_hub_parts(reference)) > 1


def needs_repositories(choice: CacheChoice) -> bool:
    """Whether each target has a repository of its own in a registry that makes none by itself, as ECR."""
    name = choice.place.rpartition(":")[0] or choice.place
    return choice.kind == "registry" and _ECR.match(choice.place) is not None and "{target}" in name
