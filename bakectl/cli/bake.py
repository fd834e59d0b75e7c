"""`bakectl bake`: resolve, check the engine, run docker buildx bake with exact overrides."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from bakectl.cli import definition, options, screen
from bakectl.cli.options import MANY, ONE, SWITCH, Option, WrongCommandLine
from bakectl.cli.shell import pasteable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bakectl.bake.model import Project
    from bakectl.building import Prepared
    from bakectl.diagnostics import Diagnostic
    from bakectl.engine.buildx import BuildRequest
    from bakectl.engine.jobs import Ways


_WATCHED: Final = ("jobs", "keep_going", "retry", "atomic")
_MOST: Final = 1000


class _Line:
    """The command line of one run."""

    def __init__(self, values: dict[str, object]) -> None:
        self.__dict__.update(values)

    targets: tuple[str, ...]
    file: tuple[str, ...]
    var: tuple[str, ...]
    set: tuple[str, ...]
    platform: tuple[str, ...]
    any_platform: bool | None
    cache: str | None
    tags: str | None
    cache_write: str | None
    by_digest: bool | None
    digests: str | None
    output: tuple[str, ...]
    push: bool | None
    load: bool | None
    no_cache: bool | None
    pull: bool | None
    provenance: str | None
    sbom: str | None
    call: str | None
    check: bool | None
    allow: tuple[str, ...]
    builder: str | None
    metadata_file: str | None
    progress: str | None
    dry_run: bool | None
    jobs: str | None
    keep_going: bool | None
    retry: str | None
    atomic: bool | None

    def ways(self) -> Ways:
        """How the processes of a build are run."""
        from bakectl.engine.jobs import Ways

        jobs, retries = self.counts()
        return Ways(jobs, bool(self.keep_going), retries)

    def counts(self) -> tuple[int, int]:
        """How many targets at once, 0 for as many as there are, and how often to try again; raises WrongCommandLine."""
        return _count("--jobs", self.jobs, 1), _count("--retry", self.retry, 0)

    @property
    def needs_watching(self) -> str:
        """The option that needs our own view of the build; empty when none does."""
        return next((f"--{name.replace('_', '-')}" for name in _WATCHED if getattr(self, name)), "")

    def flags(self) -> tuple[str, ...]:
        """What is passed on to buildx as it is."""
        found: list[str] = []
        for name in ("push", "load", "no_cache", "pull", "check"):
            value = getattr(self, name)
            if value is not None:
                found.append(f"--{name.replace('_', '-')}{'' if value else '=false'}")
        for name in ("call", "provenance", "sbom", "progress"):
            value = getattr(self, name)
            if value is not None:
                found += [f"--{name}", value]
        for privilege in self.allow:
            found += ["--allow", privilege]
        return tuple(found)

    def request(self, overrides: tuple[str, ...]) -> BuildRequest:
        """What buildx is asked for, with these overrides."""
        from bakectl.engine.buildx import BuildRequest

        variables = tuple(options.variables(self.var).items())
        return BuildRequest(
            self.file, self.targets, overrides, self.flags(), variables, self.builder, self.metadata_file
        )


def _count(name: str, text: str | None, least: int) -> int:
    """The number that an option gives; 0 when it is not there."""
    if text is None:
        return 0
    if not (text.isascii() and text.isdecimal() and least <= int(text) <= _MOST):
        raise WrongCommandLine(f'{name} "{text}" is no number from {least} to {_MOST}', "bakectl bake")
    return int(text)


def run(**values: object) -> int:
    """Build what the command line asks for."""
    from bakectl.bake.files import is_remote

    if values["atomic"]:
        # It says itself how images are pushed.
        values = {**values, "push": None}
    line = _Line(values)
    line.counts()
    if line.targets and is_remote(line.targets[0]):
        return _run_remote(line)
    _check_digests(line)
    stdin = _read_stdin(line)
    project, prepared = _prepare(line, stdin)
    notes = (*prepared.plan.problems, *prepared.notes)
    request = line.request(prepared.overrides())
    if line.dry_run:
        screen.show((*notes, *_note_watched(line)))
        screen.write(pasteable(request) + "\n")
        return 0
    metadata = _build(line, request, project, prepared, notes, stdin)
    if line.by_digest and line.digests:
        from bakectl.ci.digests import write_digests

        write_digests(line.digests, prepared.plan, metadata)
    return 0


def _note_watched(line: _Line) -> Iterator[Diagnostic]:
    """Say what the command of a dry run leaves out, because bakectl does it around buildx."""
    from bakectl.diagnostics import Diagnostic, Severity

    names = [f"--{name.replace('_', '-')}" for name in _WATCHED if getattr(line, name)]
    if names:
        message = f"the command alone leaves out what bakectl does around it: {', '.join(names)}"
        help = "by itself it pushes by digest and gives no tags" if line.atomic else None
        yield Diagnostic(Severity.INFO, "dry-run", message, None, (), help)


def _check_digests(line: _Line) -> None:
    """Refuse what makes no sense beside `--by-digest`; raises WrongCommandLine."""
    if not line.by_digest and line.digests is not None:
        raise WrongCommandLine("--digests keeps what --by-digest pushes: add --by-digest", "bakectl bake")
    if not line.by_digest and not line.atomic:
        return
    option = "--by-digest" if line.by_digest else "--atomic"
    for name in ("output", "push", "load", "call", "check"):
        if getattr(line, name):
            raise WrongCommandLine(f"{option} says where images go: leave out --{name}", "bakectl bake")
    if line.by_digest and line.atomic:
        raise WrongCommandLine("--by-digest gives no tags, and --atomic does: leave out one of them", "bakectl bake")
    if line.by_digest and line.digests is None and line.metadata_file is None:
        raise WrongCommandLine("--by-digest leaves only a digest: say where to keep it with --digests", "bakectl bake")


def _digests(line: _Line) -> str | None:
    """How to push by digest: the docker driver cannot, and takes tags for it; a dry run asks no engine."""
    from bakectl.building import DIGEST, STAGED

    if not line.by_digest and not line.atomic:
        return None
    if line.dry_run:
        return DIGEST
    from bakectl.engine.builders import inspect_builder
    from bakectl.engine.preflight import check_client

    check_client(os.environ)
    return STAGED if inspect_builder(line.builder, os.environ).driver == "docker" else DIGEST


def _read_stdin(line: _Line) -> bytes | None:
    """Read a definition from stdin once, for us and for buildx; None when none is asked for there."""
    from bakectl.bake.files import MAX_FILE, named_files

    if "-" not in named_files(line.file, os.environ) or sys.stdin is None:
        return None
    return sys.stdin.buffer.read(MAX_FILE + 1)


def _prepare(line: _Line, stdin: bytes | None) -> tuple[Project, Prepared]:
    from bakectl import api
    from bakectl.bake.checkout import find_checkout
    from bakectl.bake.event import find_event
    from bakectl.bake.overrides import flag_overrides
    from bakectl.bake.tags import notes
    from bakectl.building import Choices, prepare
    from bakectl.diagnostics import Problems
    from bakectl.errors import InvalidBakeFile
    from bakectl.record import replace

    variables = options.variables(line.var)
    problems = Problems()
    users = definition.read_overrides(line.set, problems)
    flags = flag_overrides(
        push=line.push,
        load=line.load,
        no_cache=line.no_cache,
        pull=line.pull,
        provenance=line.provenance,
        sbom=line.sbom,
        call="check" if line.check else line.call,
    )
    event = find_event(".", os.environ) if line.tags else None
    choices = Choices(
        line.targets,
        line.platform,
        bool(line.any_platform),
        line.cache,
        line.cache_write or "auto",
        event,
        _digests(line),
        line.output,
        users,
        flags,
    )
    try:
        project = api.load(*line.file, variables=variables, stdin=stdin)
        prepared = prepare(project, choices, find_checkout(".", os.environ))
    except InvalidBakeFile as error:
        raise InvalidBakeFile(_masked((*problems, *error.diagnostics), line.set)) from None
    if problems.has_errors:
        raise InvalidBakeFile(_masked(problems, line.set))
    if event is not None and not line.by_digest:
        prepared = replace(prepared, notes=(*prepared.notes, *notes(event)))
    return project, prepared


def _masked(problems: Iterable[Diagnostic], overrides: Sequence[str]) -> Iterator[Diagnostic]:
    """Hide the secrets of overrides in what is said of them."""
    from bakectl.bake.secrets import mask_override
    from bakectl.record import replace

    for problem in problems:
        message, help = problem.message, problem.help
        for text in overrides:
            message = message.replace(text, mask_override(text))
            help = help.replace(text, mask_override(text)) if help else help
        yield replace(problem, message=message, help=help)


def _build(
    line: _Line,
    request: BuildRequest,
    project: Project,
    prepared: Prepared,
    notes: Iterable[Diagnostic],
    stdin: bytes | None,
) -> Mapping[str, Mapping[str, object]]:
    """Build, show how it went, and return what buildx wrote of each target."""
    from bakectl.building import run_build
    from bakectl.cli import watching
    from bakectl.engine import destinations, local_cache
    from bakectl.engine.preflight import check_build, check_client
    from bakectl.record import replace

    screen.show(notes)
    version = check_client(os.environ)
    request = replace(request, overrides=prepared.overrides(version))
    screen.show(check_build(project, prepared.plan, request, version, os.environ))
    tags = prepared.tags if line.atomic else {}
    with local_cache.renewed(prepared.local_caches), destinations.made(prepared.outputs):
        if watching.is_wanted(line.progress, prepared.plan, line.allow, version, needed=line.needs_watching):
            metadata = watching.build(request, project, prepared.plan, version, stdin, line.ways(), tags)
        else:
            result = run_build(request, version, os.environ, stdin=stdin)
            watching.show_results(prepared.plan, result, request)
            metadata = result.metadata
    for folder in local_cache.written_folders(prepared.plan):
        local_cache.prune(folder)
    return metadata


def _run_remote(line: _Line) -> int:
    """Hand a remote definition to buildx, which alone fetches it; what needs the resolved plan is refused."""
    from bakectl.building import run_build
    from bakectl.engine.preflight import check_client

    for name in ("platform", "cache", "tags", "by_digest", "digests", "output", *_WATCHED):
        if getattr(line, name):
            option = f"--{name.replace('_', '-')}"
            raise WrongCommandLine(
                f"{option} needs the targets of the definition, and a remote one is read by buildx only; use --set",
                "bakectl bake",
            )
    request = line.request(line.set)
    if line.dry_run:
        screen.write(pasteable(request) + "\n")
        return 0
    result = run_build(request, check_client(os.environ), os.environ, stdin=_read_stdin(line))
    screen.say(f"done in {result.seconds:.1f} s")
    return 0


_BUILD = "Build"
_RUN = "Run"

COMMAND = options.Command(
    name="bake",
    help="Build targets and groups with docker buildx bake, after checking that all is well with the files and the "
    "engine. Without TARGET, builds what is named default.",
    run=run,
    argument=options.TARGETS,
    options=(
        Option(
            ("--platform",), MANY, "PLATFORM", "Build these platforms only; repeatable, or with commas.", section=_BUILD
        ),
        Option(("--any-platform",), SWITCH, "", "Allow platforms that the target does not declare.", section=_BUILD),
        Option(
            ("--cache",),
            ONE,
            "CACHE",
            "gha, registry=REF, local=DIR, s3=BUCKET, azblob=URL, inline or none, with options as in gha,mode=min; "
            "places may hold {project}, {target}, {platform}, {branch}.",
            section=_BUILD,
        ),
        Option(
            ("--cache-write",),
            ONE,
            "WHEN",
            "auto (not for pull requests), always or never.",
            ("auto", "always", "never"),
            section=_BUILD,
        ),
        options.TAGS,
        Option(
            ("--by-digest",),
            SWITCH,
            "",
            "Push without tags, for ci merge to join; the docker driver needs a tag for it, and gets one.",
            section=_BUILD,
        ),
        Option(("--digests",), ONE, "DIR", "Keep what --by-digest has pushed in files there.", section=_BUILD),
        Option(("--output",), MANY, "OUTPUT", "Where the results go, such as type=oci,dest=FILE.", section=_BUILD),
        options.FILE,
        options.VAR,
        options.SET,
        options.PUSH,
        options.LOAD,
        options.NO_CACHE,
        options.PULL,
        options.PROVENANCE,
        options.SBOM,
        options.CALL,
        options.CHECK,
        Option(("--builder",), ONE, "NAME", "The builder to use."),
        Option(("--metadata-file",), ONE, "FILE", "Write what buildx knows of the results there."),
        Option(
            ("--progress",),
            ONE,
            "MODE",
            "auto, plain, tty, quiet or rawjson.",
            ("auto", "plain", "tty", "quiet", "rawjson"),
        ),
        options.ALLOW,
        Option(("--jobs",), ONE, "N", "Build at most N targets at once, those that others use first.", section=_RUN),
        Option(("--keep-going",), SWITCH, "", "Build the other targets when one fails.", section=_RUN),
        Option(("--retry",), ONE, "N", "Try again up to N times when the network fails.", section=_RUN),
        Option(("--atomic",), SWITCH, "", "Push by digest, and give tags only when all is done.", section=_RUN),
        Option(("--dry-run",), SWITCH, "", "Print the command, ready to paste; needs no Docker."),
    ),
    examples=(
        "bakectl bake all",
        "bakectl bake backend --platform linux/arm/v7 --load",
        "bakectl bake all --push --cache registry=ghcr.io/acme/cache/{target}",
        "bakectl bake --dry-run",
    ),
)
