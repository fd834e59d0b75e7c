"""From a command line to a build: the plan, the request that makes buildx resolve just that, and the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl import api
from bakectl.bake.cache import cache_overrides, missing_gha, parse_cache
from bakectl.bake.overrides import parse_override
from bakectl.bake.selection import output_overrides, platform_overrides, without_overridden
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.model import Override, Plan, Project
    from bakectl.engine.buildx import BuildRequest, BuildResult, Version


class Choices(Record):
    """What a run asks for beyond the files; texts are as on the command line."""

    targets: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    any_platform: bool = False
    cache: str | None = None
    outputs: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    """The user's own."""
    flags: tuple[Override, ...] = ()
    """Those that flags stand for, which buildx makes itself."""


class Prepared(Record):
    """What will be built, and the overrides that make buildx resolve the same."""

    plan: Plan
    overrides: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def prepare(project: Project, choices: Choices, *, project_name: str, branch: str) -> Prepared:
    """Resolve the targets with everything that the run asks for; raises InvalidBakeFile with all problems."""
    users = choices.overrides
    plain = api.plan(project, *choices.targets, overrides=(*users, *choices.flags))
    platforms = platform_overrides(plain, choices.platforms, any_platform=choices.any_platform)
    ours = [*platforms, *output_overrides(plain, choices.outputs)]
    warnings: list[Diagnostic] = []
    if choices.cache is not None:
        choice = parse_cache(choices.cache)
        narrowed = _resolved(project, choices, ours) if platforms else plain
        declared = {name: tuple(target.get("platforms", ())) for name, target in plain.targets.items()}
        ours += cache_overrides(choice, narrowed, declared, project=project_name, branch=branch)
    kept = without_overridden(ours, users)
    plan = _resolved(project, choices, kept) if kept else plain
    warnings += _gha_warnings(plan, project.environment)
    warnings += _load_warnings(plan)
    return Prepared(plan, (*kept, *(override.text for override in users)), tuple(warnings))


def _resolved(project: Project, choices: Choices, ours: Sequence[str]) -> Plan:
    mine = [parse_override(text) for text in ours]
    return api.plan(project, *choices.targets, overrides=(*mine, *choices.overrides, *choices.flags))


def _gha_warnings(plan: Plan, environment: Mapping[str, str]) -> list[Diagnostic]:
    """Say that a gha cache has no effect without its token, which buildx does not."""
    missing = missing_gha(environment)
    users = [
        target.name
        for target in plan.targets.values()
        if any(entry["type"] == "gha" for field in ("cache-from", "cache-to") for entry in target.get(field, ()))
    ]
    if not missing or not users:
        return []
    message = f"the gha cache of {', '.join(users)} has no effect: {' and '.join(missing)} not set"
    help = (
        "a step of GitHub Actions must export them: actions/github-script with "
        'core.exportVariable("ACTIONS_RUNTIME_TOKEN", process.env.ACTIONS_RUNTIME_TOKEN), and ACTIONS_RESULTS_URL alike'
    )
    return [Diagnostic(Severity.WARNING, "gha-token", message, help=help)]


def _load_warnings(plan: Plan) -> list[Diagnostic]:
    """Say that an image of several platforms may not fit into the daemon."""
    found = []
    for target in plan.targets.values():
        platforms = target.get("platforms", ())
        loads = any(entry["type"] == "docker" and not entry.get("dest") for entry in target.get("output", ()))
        if loads and len(platforms) > 1:
            message = (
                f'target "{target.name}" is loaded with {len(platforms)} platforms: only a daemon that keeps images'
            )
            found.append(
                Diagnostic(
                    Severity.WARNING,
                    "load-multi-platform",
                    f"{message} in containerd takes them",
                    help="add --platform to load one of them",
                )
            )
    return found


def run_build(
    request: BuildRequest, version: Version | None, environment: Mapping[str, str], *, stdin: bytes | None = None
) -> BuildResult:
    """Run the build on our own streams; raises BuildFailed with buildx's code, and KeyboardInterrupt."""
    import json
    import os
    import tempfile
    import time

    from bakectl.engine import process
    from bakectl.engine.buildx import BuildResult, command
    from bakectl.engine.buildx import environment as environment_of
    from bakectl.errors import BuildFailed

    with tempfile.TemporaryDirectory(prefix="bakectl-") as folder:
        path = request.metadata_file or os.path.join(folder, "metadata.json")  # noqa: PTH118
        full = replace(request, metadata_file=path)
        begun = time.monotonic()
        code = process.run(command(full, version), environment_of(full, environment, version), stdin=stdin)
        seconds = time.monotonic() - begun
        if code:
            message = f"the build failed: docker buildx bake ended with code {code}"
            raise BuildFailed(code, (Diagnostic(Severity.ERROR, "build-failed", message),))
        try:
            with open(path, encoding="utf-8") as file:  # noqa: PTH123
                metadata = json.load(file)
        except (OSError, ValueError):
            metadata = {}
    return BuildResult(code, metadata, seconds)
