"""`bakectl bake`: resolve, check the engine, run docker buildx bake with exact overrides."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bakectl.cli import definition, options, screen
from bakectl.cli.options import MANY, ONE, SWITCH, Option, WrongCommandLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.bake.model import Plan
    from bakectl.building import Prepared
    from bakectl.engine.buildx import BuildRequest
    from bakectl.engine.results import Built


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


def run(**values: object) -> int:
    """Build what the command line asks for."""
    from bakectl.bake.files import is_remote

    line = _Line(values)
    if line.targets and is_remote(line.targets[0]):
        return _run_remote(line)
    stdin = sys.stdin.buffer.read() if "-" in line.file else None
    prepared = _prepare(line, stdin)
    screen.show((*prepared.plan.problems, *prepared.warnings))
    request = _request(line, prepared.overrides)
    if line.dry_run:
        screen.write(_pasteable(request) + "\n")
        return 0
    return _build(request, prepared.plan, stdin)


def _prepare(line: _Line, stdin: bytes | None) -> Prepared:
    from bakectl import api
    from bakectl.bake.overrides import flag_overrides
    from bakectl.building import Choices, prepare
    from bakectl.diagnostics import Problems
    from bakectl.errors import InvalidBakeFile

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
    choices = Choices(line.targets, line.platform, bool(line.any_platform), line.cache, line.output, users, flags)
    try:
        project = api.load(*line.file, variables=options.variables(line.var), stdin=stdin)
        prepared = prepare(project, choices, project_name=_project_name(), branch=_branch(line.cache))
    except InvalidBakeFile as error:
        raise InvalidBakeFile((*problems, *error.diagnostics)) from None
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return prepared


def _request(line: _Line, overrides: tuple[str, ...]) -> BuildRequest:
    from bakectl.engine.buildx import BuildRequest

    return BuildRequest(
        line.file,
        line.targets,
        overrides,
        line.flags(),
        tuple(options.variables(line.var).items()),
        line.builder,
        line.metadata_file,
    )


def _project_name() -> str:
    """The name of the folder, in the letters that a cache scope may have."""
    import re

    name = re.sub(r"[^a-z0-9_.-]+", "-", os.path.basename(os.getcwd()).lower()).strip("-.")  # noqa: PTH109, PTH119
    return name or "project"


def _branch(cache: str | None) -> str:
    """The branch that CI or git names, in the letters that a tag may have; empty when the cache does not ask for it."""
    import re

    if "{branch}" not in (cache or ""):
        return ""
    branch = os.environ.get("GITHUB_HEAD_REF") or os.environ.get("GITHUB_REF_NAME") or ""
    if not branch:
        from bakectl.engine.process import capture

        branch = capture(("git", "branch", "--show-current"), os.environ, seconds=5).out.strip()
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", branch).strip("-.") or "main"


def _pasteable(request: BuildRequest) -> str:
    """The command as a shell takes it, secrets masked."""
    import shlex

    from bakectl.bake.secrets import MASK, looks_secret, mask_override, mask_text
    from bakectl.engine.buildx import command

    shown = [f"{name}={shlex.quote(MASK if looks_secret(name) else value)}" for name, value in request.variables]
    words = iter(command(request))
    for word in words:
        shown.append(shlex.quote(word))
        if word == "--set":
            shown.append(shlex.quote(mask_override(next(words))))
        elif word in ("--provenance", "--sbom"):
            shown.append(shlex.quote(mask_text(next(words))))
    return " ".join(shown)


def _build(request: BuildRequest, plan: Plan, stdin: bytes | None) -> int:
    from bakectl.building import run_build
    from bakectl.engine.preflight import check_client, check_plan
    from bakectl.engine.results import read_results

    version = check_client(os.environ)
    screen.show(check_plan(plan, version, request.builder, os.environ))
    result = run_build(request, version, os.environ, stdin=stdin)
    if result.metadata:
        screen.say(_summary(read_results(plan, result.metadata, os.environ), result.seconds))
    return 0


def _summary(built: Sequence[Built], seconds: float) -> str:
    """What was made: where it is, how large, and how long it took."""
    lines = [""]
    for item in built:
        facts = []
        if item.seconds is not None:
            facts.append(f"{item.seconds:.1f} s")
        if item.cached and item.steps:
            facts.append(f"{item.cached} of {item.steps} steps cached")
        lines.append(f"{item.target}  {', '.join(facts)}".rstrip())
        lines += [f"  {name}" for name in item.names]
        if item.digest:
            lines.append(f"  {item.digest}")
        for platform in item.platforms:
            size = item.sizes.get(platform)
            lines.append(f"  {platform or 'one platform'}" + (f"  {size / 1e6:.1f} MB compressed" if size else ""))
    lines.append(f"done in {seconds:.1f} s")
    return "\n".join(lines)


def _run_remote(line: _Line) -> int:
    """Hand a remote definition to buildx, which alone fetches it; what needs the resolved plan is refused."""
    from bakectl.building import run_build
    from bakectl.engine.preflight import check_client

    for name in ("platform", "cache", "output"):
        if getattr(line, name):
            raise WrongCommandLine(
                f"--{name} needs the targets of the definition, and a remote one is read by buildx only; use --set",
                "bakectl bake",
            )
    request = _request(line, line.set)
    if line.dry_run:
        screen.write(_pasteable(request) + "\n")
        return 0
    result = run_build(request, check_client(os.environ), os.environ)
    screen.say(f"done in {result.seconds:.1f} s")
    return 0


_BUILD = "Build"

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
            "gha, registry=REF, local=DIR, inline or none; places may hold {project}, {target}, {platform}, {branch}.",
            section=_BUILD,
        ),
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
        Option(("--dry-run",), SWITCH, "", "Print the command, ready to paste; needs no Docker."),
    ),
    examples=(
        "bakectl bake all",
        "bakectl bake backend --platform linux/arm/v7 --load",
        "bakectl bake all --push --cache registry=ghcr.io/acme/cache/{target}",
        "bakectl bake --dry-run",
    ),
)
