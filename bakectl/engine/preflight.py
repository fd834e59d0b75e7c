"""What must be there before a build: docker, buildx new enough, a builder that can do what the plan asks."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Final

from bakectl.bake import gha
from bakectl.bake.cache_backends import newer_than
from bakectl.bake.outputs import is_loaded
from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Diagnostic, Problems
from bakectl.engine import daemon
from bakectl.engine.builders import inspect_builder, last_line
from bakectl.engine.buildx import Version, parse_version
from bakectl.engine.process import capture
from bakectl.engine.requirements import requirements
from bakectl.engine.support import needs_platform
from bakectl.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan, Project, Target
    from bakectl.engine.builders import Builder
    from bakectl.engine.buildx import BuildRequest

_EXPORTED: Final = frozenset(("gha", "registry", "local", "s3", "azblob"))
_CACHES: Final = ("cache-from", "cache-to")
_CONTAINERD: Final = (
    'turn on the containerd image store: {"features": {"containerd-snapshotter": true}} in /etc/docker/daemon.json'
)
OTHER_BUILDER: Final = f"make a builder that can: docker buildx create --use\nor {_CONTAINERD}"
EMULATION: Final = (
    "register QEMU, on Debian: apt-get install qemu-user-static\n"
    "or with Docker: docker run --privileged --rm tonistiigi/binfmt --install all"
)


def check_client(environment: Mapping[str, str]) -> Version | None:
    """Find docker and buildx and return buildx's version; raises EngineUnavailable."""
    if shutil.which("docker", path=environment.get("PATH")) is None:
        help = "install it: https://docs.docker.com/engine/install, on Debian: apt-get install docker.io docker-buildx"
        raise _unavailable(
            "there is no docker command on PATH", f"{help}\nbakectl bake --dry-run shows the command without it"
        )
    done = capture(("docker", "buildx", "version"), environment)
    if done.code:
        message = f"docker has no buildx: {last_line(done.err or done.out)}"
        raise _unavailable(message, "install the buildx plugin, on Debian: apt-get install docker-buildx")
    return parse_version(done.out)


def check_build(
    project: Project, plan: Plan, request: BuildRequest, version: Version | None, environment: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """Compare what the build needs with what is there; returns warnings, raises EngineUnavailable with all problems."""
    problems = Problems()
    _check_version(project, plan, request, version, problems)
    _check_token(plan, environment, problems)
    builder = inspect_builder(request.builder, environment)
    if builder.error is None:
        _check_store(plan, builder, environment, problems)
        _check_platforms(plan, builder, problems)
        _check_nodes(plan, request, builder, problems)
        _check_cache_options(plan, builder, problems)
    else:
        _report_builder(builder, request.builder or environment.get("BUILDX_BUILDER"), builder.error, problems)
    if problems.has_errors:
        raise EngineUnavailable(problems)
    return tuple(problems)


def _unavailable(message: str, help: str) -> EngineUnavailable:
    problems = Problems()
    problems.error("engine", message, None, help=help)
    return EngineUnavailable(problems)


def _check_version(
    project: Project, plan: Plan, request: BuildRequest, version: Version | None, problems: Problems
) -> None:
    """Report each thing that this buildx does not know; one that tells no version is taken for new."""
    if version is None:
        return
    for needed in requirements(project, plan, request):
        if version < needed.since:
            message = f"{needed.what} needs buildx {_dotted(needed.since)}, and {_dotted(version)} is installed"
            help = "update it: https://github.com/docker/buildx#installing"
            problems.error("old-buildx", message, needed.span, help=help)


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def _report_builder(builder: Builder, name: str | None, error: str, problems: Problems) -> None:
    what = f'builder "{name or builder.name}"' if name or builder.name else "the builder"
    if error.startswith("no builder"):
        message, help = f'there is no builder "{name}"', "docker buildx ls shows those that there are"
    elif "permission denied" in error:
        message = f"the Docker daemon does not let you in: {error}"
        help = "add yourself to its group, and log in again: sudo usermod -aG docker $USER"
    elif "daemon" in error or "connect" in error.lower():
        message = f"{what} does not answer: {error}"
        help = (
            "start the Docker daemon, or point DOCKER_HOST or docker context at one that runs; docker info tells more"
        )
    else:
        message, help = f"{what} cannot be used: {error}", "docker buildx inspect tells more"
    problems.error("engine", message, None, help=help)


def _check_store(plan: Plan, builder: Builder, environment: Mapping[str, str], problems: Problems) -> None:
    """Report what cannot be done because the daemon does not keep images in containerd."""
    loaded = [target for target in plan.targets.values() if len(target.get("platforms", ())) > 1 and is_loaded(target)]
    many = [target for target in plan.targets.values() if len(target.get("platforms", ())) > 1]
    cached = [target for target in plan.targets.values() if _exported(target)]
    is_docker = builder.driver == "docker"
    if not loaded and not (is_docker and (many or cached)):
        return
    facts = daemon.read_daemon(environment)
    if facts is not None and facts.containerd_store:
        return
    for target in loaded:
        message = f'target "{target.name}" has {len(target.get("platforms"))} platforms, and the daemon'
        help = f"add --platform to load one of them\nor {_CONTAINERD}"
        if facts is None:
            message += " may not take more than one with --load"
            problems.warning("multi-platform-load", message, None, help=help)
        else:
            problems.error("multi-platform-load", f"{message} takes only one with --load", None, help=help)
    if is_docker and facts is not None:
        _report_driver(builder, many, cached, problems)


def _report_driver(builder: Builder, many: list[Target], cached: list[Target], problems: Problems) -> None:
    for target in many:
        count = len(target.get("platforms"))
        message = f'target "{target.name}" has {count} platforms, and builder "{builder.name}" makes one at a time'
        problems.error("multi-platform", message, None, help=OTHER_BUILDER)
    for target in cached:
        kinds = " and ".join(_exported(target))
        message = f'target "{target.name}" writes a cache ({kinds}), and builder "{builder.name}" cannot export one'
        problems.error(
            "cache-export", message, None, help=f"{OTHER_BUILDER}\nor write it into the image: --cache inline"
        )


def _exported(target: Target) -> tuple[str, ...]:
    return tuple(sorted({entry["type"] for entry in target.get("cache-to", ())} & _EXPORTED))


def _check_platforms(plan: Plan, builder: Builder, problems: Problems) -> None:
    """Report platforms on which the builder can run nothing, where a step has to run; cross compilation needs none."""
    wanted: dict[str, list[Target]] = {}
    for target in plan.targets.values() if builder.platforms else ():
        for platform in target.get("platforms", ()):
            if not builder.runs(platform):
                wanted.setdefault(platform, []).append(target)
    for platform, targets in wanted.items():
        what = f'builder "{builder.name}" can run nothing for {platform}'
        failing = [target.name for target in targets if needs_platform(target) is True]
        unsure = [target.name for target in targets if needs_platform(target) is None]
        if failing:
            message = f"{what}, and the Dockerfile of {', '.join(failing)} has a RUN on that platform"
            problems.error("missing-platform", message, None, help=EMULATION)
        elif unsure:
            message = f"{what}: if the Dockerfile of {', '.join(unsure)} has a RUN on that platform, it will fail"
            problems.warning("missing-platform", message, None, help=EMULATION)


def _check_nodes(plan: Plan, request: BuildRequest, builder: Builder, problems: Problems) -> None:
    """Say that nodes which build one platform each write one after the other into the same cache.

    What a file has is a warning; a cache that an override brought, as `--cache` does, must not be lost.
    """
    for target in plan.targets.values() if len(builder.nodes) > 1 else ():
        nodes = {_node_of(builder, platform) for platform in target.get("platforms", ())}
        if len(nodes) < 2 or not _exported(target):
            continue
        message = f'{len(nodes)} nodes of builder "{builder.name}" would all write the cache of "{target.name}"'
        help = (
            "the last one wins; build each platform with --platform, which gives each a cache of its own\n"
            "or only read it: --cache-write never"
        )
        is_ours = any(text.startswith(f"{target.name}.cache-to=") for text in request.overrides)
        report = problems.error if is_ours else problems.warning
        report("shared-cache", message, None, help=help)


def _node_of(builder: Builder, platform: str) -> str | None:
    """The node to which buildx sends a platform: one made for it, else the first that has it."""
    nodes = sorted(builder.nodes, key=lambda node: normalised(platform) not in map(normalised, node.promised))
    return next((node.name for node in nodes if node.runs(platform)), None)


def _check_token(plan: Plan, environment: Mapping[str, str], problems: Problems) -> None:
    """Report a token of GitHub's cache that BuildKit would refuse, which fails the build even with ignore-error."""
    token = environment.get("ACTIONS_RUNTIME_TOKEN")
    users = gha.users_without_token(plan)
    why = gha.token_problem(token, time.time()) if token and users and not gha.missing_variables(environment) else None
    if why is not None:
        message = f"ACTIONS_RUNTIME_TOKEN cannot be used for the gha cache of {', '.join(users)}: {why}"
        problems.error("gha-token", message, None, help=gha.advice(environment))


def _check_cache_options(plan: Plan, builder: Builder, problems: Problems) -> None:
    """Say which options of caches the BuildKit of a node is too old for: it ignores them, or fails late."""
    versions = [node.buildkit for node in builder.nodes if node.buildkit is not None]
    oldest = min(versions, default=None)
    if oldest is None:
        return
    seen: set[str] = set()
    entries = (entry for target in plan.targets.values() for name in _CACHES for entry in target.get(name, ()))
    for entry in entries:
        for option, since in newer_than(oldest, entry):
            what = f'"{option}" of {entry["type"]} caches'
            if what not in seen:
                seen.add(what)
                message = f'{what} needs BuildKit {_dotted(since)}, and builder "{builder.name}" has {_dotted(oldest)}'
                problems.warning("old-buildkit", message, None, help="make a new builder: docker buildx create --use")
