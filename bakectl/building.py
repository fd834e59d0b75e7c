"""From a command line to a build: the plan, the request that makes buildx resolve just that, and the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl import api
from bakectl.bake import gha, selection
from bakectl.bake.cache import NEW, cache_overrides, parse_cache
from bakectl.bake.cache_credentials import without_key
from bakectl.bake.cache_places import collisions, shown_place
from bakectl.bake.cache_policy import ALWAYS, AUTO, NEVER, CacheChoice, needs_repositories, why_read_only
from bakectl.bake.digests import digest_overrides
from bakectl.bake.outputs import is_pushed, pushes
from bakectl.bake.overrides import parse_override
from bakectl.bake.platforms import normalised
from bakectl.bake.tags import label_overrides, tag_overrides
from bakectl.bake.trigger import find_trigger
from bakectl.diagnostics import Diagnostic, Problems, Severity
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.checkout import Checkout
    from bakectl.bake.event import Event
    from bakectl.bake.model import Override, Plan, Project
    from bakectl.engine.buildx import BuildRequest, BuildResult, Version

DIGEST = "digest"
STAGED = "staged"
_EVERYTHING = "all"


class Choices(Record):
    """What a run asks for beyond the files; texts are as on the command line."""

    targets: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    any_platform: bool = False
    cache: str | None = None
    cache_write: str = AUTO
    """When the cache is written: one of `cache_policy.WHEN`."""
    tags: Event | None = None
    """What is being built, where tags and labels are made from that."""
    digests: str | None = None
    """How images are pushed for `ci merge`: by DIGEST, or STAGED under tags of their own where that cannot be."""
    outputs: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    """The user's own."""
    flags: tuple[Override, ...] = ()
    """Those that flags stand for, which buildx makes itself."""


class Prepared(Record):
    """What will be built, and the overrides that make buildx resolve the same."""

    plan: Plan
    ours: tuple[str, ...]
    users: tuple[str, ...]
    notes: tuple[Diagnostic, ...]
    """Diagnostics that stop nothing."""
    local_caches: tuple[str, ...] = ()
    """Folders of caches that are written anew beside the old ones."""
    outputs: tuple[Mapping[str, str], ...] = ()
    """What `--output` asked for."""
    tags: Mapping[str, tuple[str, ...]] = {}
    """What each target asked for is called, where it is pushed by digest and gets its tags later."""

    def overrides(self, version: Version | None = None) -> tuple[str, ...]:
        """All values of `--set`, in the form that this buildx understands; the user's come last."""
        from bakectl.engine.buildx import takes_append

        ours = self.ours if takes_append(version) else selection.spelled_out(self.ours, self.plan)
        return (*ours, *self.users)


def prepare(project: Project, choices: Choices, checkout: Checkout) -> Prepared:
    """Resolve the targets with everything that the run asks for; raises InvalidBakeFile with all problems."""
    try:
        before = _resolved(project, choices, ())
    except InvalidBakeFile as error:
        raise InvalidBakeFile(_with_group(project, item) for item in error.diagnostics) from None
    notes = Problems()
    ours, cache = _overrides(project, choices, before, checkout, notes)
    tags = _tags(project, choices) if choices.digests else {}
    choices = _built(choices)
    plan = before
    if ours:
        ours += selection.restoring_overrides(_resolved(project, choices, ours), before, ours, choices.overrides)
        plan = _resolved(project, choices, ours)
    _note_caches(plan, cache, notes, project.environment)
    if choices.digests:
        _note_staged(plan, notes)
    else:
        _note_narrowed(plan, before, notes)
    users = tuple(override.text for override in choices.overrides)
    outputs = [entry for name in plan.requested for entry in plan[name].get("output", ()) if choices.outputs]
    return Prepared(plan, tuple(ours), users, tuple(notes), _renewed(plan, cache), tuple(outputs), tags)


def _overrides(
    project: Project, choices: Choices, before: Plan, checkout: Checkout, notes: Problems
) -> tuple[list[str], CacheChoice]:
    """Our overrides for everything that the run asks for, and its cache; raises InvalidBakeFile with all problems."""
    problems = Problems()
    ours: list[str] = []
    names: tuple[str, ...] = ()
    caches: tuple[str, ...] = ()
    cache = CacheChoice("")
    in_files = _in_files(project, choices, before)
    try:
        ours += selection.platform_overrides(in_files, choices.platforms, any_platform=choices.any_platform)
    except InvalidBakeFile as error:
        _add(problems, error)
    ours += selection.output_overrides(before, choices.outputs)
    try:
        names = _names(project, choices, ours)
    except InvalidBakeFile as error:
        _add(problems, error)
    try:
        if choices.cache is not None:
            cache = parse_cache(choices.cache)
            writes = _writes(cache, choices.cache_write, project.environment, notes)
            declared = {name: tuple(target.get("platforms", ())) for name, target in in_files.targets.items()}
            # What is pushed by digest gets its tags later, and a cache in the image is found under these.
            plan = _resolved(project, choices, ours if choices.digests else (*ours, *names))
            caches = cache_overrides(cache, plan, declared, checkout, writes=writes)
        ours = list(selection.without_overridden((*ours, *names, *caches), _built(choices).overrides))
    except InvalidBakeFile as error:
        _add(problems, error)
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return ours, cache


def _built(choices: Choices) -> Choices:
    """The choices of the build itself: by digest, a tag of the user's names the repository, for the merge to give."""
    if not choices.digests:
        return choices
    return replace(choices, overrides=tuple(override for override in choices.overrides if override.key != "tags"))


def _with_group(project: Project, problem: Diagnostic) -> Diagnostic:
    """Say how a group of everything is written, where one is asked for and there is none."""
    if problem.rule != "unknown-target" or not problem.message.endswith(f'"{_EVERYTHING}"') or problem.span is not None:
        return problem
    names = ", ".join(f'"{name}"' for name in project.targets if not name.startswith("_"))
    help = f'to build all at once, add: group "{_EVERYTHING}" {{ targets = [{names}] }}'
    return replace(problem, help=f"{problem.help}\n{help}" if problem.help else help)


def _tags(project: Project, choices: Choices) -> dict[str, tuple[str, ...]]:
    """What the targets asked for are called when they are not pushed by digest."""
    plan = _resolved(project, choices, ())
    if choices.tags:
        ours = selection.without_overridden(tag_overrides(plan, choices.tags), choices.overrides)
        plan = _resolved(project, choices, ours)
    return {name: tuple(plan[name].get("tags", ())) for name in plan.requested}


def _names(project: Project, choices: Choices, ours: Iterable[str]) -> tuple[str, ...]:
    """The overrides for what images are called, and for where they go where they are pushed by digest."""
    if not choices.tags and not choices.digests:
        return ()
    plan = _resolved(project, choices, ours)
    labels = label_overrides(plan, choices.tags) if choices.tags else ()
    if choices.digests:
        return (*digest_overrides(plan, choices.overrides, is_staged=choices.digests == STAGED), *labels)
    return (*(tag_overrides(plan, choices.tags) if choices.tags else ()), *labels)


def _add(problems: Problems, error: InvalidBakeFile) -> None:
    for diagnostic in error.diagnostics:
        problems.add(diagnostic)


def _resolved(project: Project, choices: Choices, ours: Iterable[str]) -> Plan:
    mine = [parse_override(text) for text in ours]
    return api.plan(project, *choices.targets, overrides=(*mine, *choices.overrides, *choices.flags))


def _in_files(project: Project, choices: Choices, before: Plan) -> Plan:
    """The plan without any override, which says what the files declare."""
    if not choices.overrides or (not choices.platforms and choices.cache is None):
        return before
    try:
        return api.plan(project, *choices.targets)
    except InvalidBakeFile:
        # What is wrong with the files is mended by an override.
        return before


def _writes(cache: CacheChoice, when: str, environment: Mapping[str, str], notes: Problems) -> bool:
    """Whether the caches of `--cache` are written, by what is wanted and by the event; says why not."""
    why = why_read_only(cache, find_trigger(environment)) if when == AUTO else None
    if why is not None:
        help = "write it all the same with --cache-write always"
        notes.add(Diagnostic(Severity.INFO, "cache-read-only", why, None, (), help))
    if needs_repositories(cache):
        message = "the registry makes no repositories by itself: there must be one for each target"
        help = "name the target in the tag, which needs one repository: registry=…/cache:{target}"
        notes.add(Diagnostic(Severity.INFO, "cache-repository", message, None, (), help))
    return when == ALWAYS or (when != NEVER and why is None)


def _note_caches(plan: Plan, cache: CacheChoice, notes: Problems, environment: Mapping[str, str]) -> None:
    """Say which caches will have no effect."""
    missing, users = gha.missing_variables(environment), gha.users_without_token(plan)
    if missing and users:
        message = f"the gha cache of {', '.join(users)} has no effect: {' and '.join(missing)} not set"
        notes.warning("gha-token", message, None, help=gha.advice(environment))
    for kind, users in without_key(plan, environment):
        message = f"no key for the {kind} cache of {', '.join(users)} is given here: the builder must have one itself"
        help = {"s3": "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", "azblob": "add secret_access_key=KEY"}[kind]
        notes.add(Diagnostic(Severity.INFO, "cache-key", message, None, (), help))
    for place, names in collisions(plan).items():
        who = " and ".join(dict.fromkeys(names)) + (" write" if len({*names}) > 1 else " twice writes")
        message = f"{who} one cache, and only the last is kept: {shown_place(place)}"
        notes.warning("cache-collision", message, None, help="give each target a place of its own")
    for name in plan.requested if cache.kind == "inline" else ():
        if not is_pushed(plan[name]):
            message = f'the inline cache of target "{name}" can be read only when the image is in a registry'
            notes.warning("inline-cache", message, None, help="add --push")


def _note_narrowed(plan: Plan, before: Plan, notes: Problems) -> None:
    """Say that a tag which is pushed for some platforms only no longer has the others."""
    for name in plan.requested:
        target = plan[name]
        built = {normalised(platform) for platform in target.get("platforms", ())}
        lost = [platform for platform in before[name].get("platforms", ()) if normalised(platform) not in built]
        named = [entry for entry in target.get("output", ()) if pushes(entry) and "push-by-digest" not in entry]
        if built and lost and named and target.get("tags"):
            message = f'the tags of target "{name}" will have {", ".join(built)} only, no longer {", ".join(lost)}'
            help = "push all platforms at once, or give this one a tag of its own"
            notes.warning("narrowed-push", message, None, help=help)


def _note_staged(plan: Plan, notes: Problems) -> None:
    """Say which tags are there only because the builder cannot push by digest."""
    tags = [tag for name in plan.requested for tag in plan[name].get("tags", ())]
    if tags:
        message = f"this builder cannot push by digest, so until the next build there is a tag: {', '.join(tags)}"
        help = "nothing needs it afterwards; a builder of docker buildx create pushes without"
        notes.add(Diagnostic(Severity.INFO, "staged-push", message, None, (), help))


def _renewed(plan: Plan, cache: CacheChoice) -> tuple[str, ...]:
    """The folders of `--cache local` that are written beside the ones that are read."""
    if cache.kind != "local":
        return ()
    written = (entry.get("dest", "") for name in plan.targets for entry in plan[name].get("cache-to", ()))
    return tuple(dest.removesuffix(NEW) for dest in written if dest.endswith(NEW))


def run_build(
    request: BuildRequest, version: Version | None, environment: Mapping[str, str], *, stdin: bytes | None = None
) -> BuildResult:
    """Run the build on our own streams; raises BuildFailed with buildx's code, and KeyboardInterrupt."""
    import os
    import tempfile
    import time

    from bakectl.engine import process
    from bakectl.engine.buildx import BuildResult, command, read_metadata
    from bakectl.engine.buildx import environment as environment_of

    with tempfile.TemporaryDirectory(prefix="bakectl-") as folder:
        path = request.metadata_file or os.path.join(folder, "metadata.json")  # noqa: PTH118
        full = replace(request, metadata_file=path)
        variables = environment_of(full, environment, version)
        if request.metadata_file is None:
            # Nobody reads the provenance in a file of ours, and to resolve it takes time and lines.
            variables.setdefault("BUILDX_METADATA_PROVENANCE", "disabled")
        begun = time.monotonic()
        code = process.run(command(full, version), variables, stdin=stdin)
        seconds = time.monotonic() - begun
        if code:
            raise _failure(code)
        return BuildResult(code, read_metadata(path), seconds)


def _failure(code: int) -> BaseException:
    from bakectl.engine.process import INTERRUPTED
    from bakectl.errors import BuildFailed

    if code in INTERRUPTED:
        return KeyboardInterrupt()
    problems = Problems()
    how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
    problems.error("build-failed", f"the build failed: docker buildx bake {how}", None)
    return BuildFailed(code, problems)
