"""What must be there before a build: docker, buildx new enough, a builder that can do what the plan asks."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bakectl.bake.fields import FIELDS
from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.engine.builders import inspect_builder, last_line
from bakectl.engine.buildx import Version, parse_version
from bakectl.engine.daemon import read_daemon
from bakectl.engine.process import capture
from bakectl.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan
    from bakectl.engine.builders import Builder

_EXPORTED = frozenset(("gha", "registry", "local", "s3", "azblob"))
_SWITCH_STORE = (
    'make a builder with "docker buildx create --use", or turn on the containerd image store: '
    '{"features": {"containerd-snapshotter": true}} in /etc/docker/daemon.json'
)


def check_client(environment: Mapping[str, str]) -> Version | None:
    """Find docker and buildx and return buildx's version; raises EngineUnavailable."""
    if shutil.which("docker", path=environment.get("PATH")) is None:
        help = "install Docker, or add --dry-run to see the command only"
        raise _unavailable("there is no docker command on PATH", help)
    done = capture(("docker", "buildx", "version"), environment)
    if done.code:
        message = f"docker has no buildx: {last_line(done.err or done.out)}"
        raise _unavailable(message, "install the buildx plugin, on Debian: apt-get install docker-buildx")
    return parse_version(done.out)


def check_plan(
    plan: Plan, version: Version | None, builder_name: str | None, environment: Mapping[str, str]
) -> tuple[Diagnostic, ...]:
    """Compare what the plan needs with what is there; returns warnings, and raises EngineUnavailable."""
    errors = [*_too_old(plan, version)]
    builder = inspect_builder(builder_name, environment)
    if builder.error is not None:
        what = f'builder "{builder_name}"' if builder_name else "the builder"
        help = "look at: docker buildx ls" if builder_name else "start the Docker Engine; docker info tells more"
        errors.append(_error(f"{what} cannot be used: {builder.error}", help))
        raise EngineUnavailable(errors)
    if builder.driver == "docker":
        errors.extend(_store_problems(plan, environment))
    if errors:
        raise EngineUnavailable(errors)
    return tuple(_missing_platforms(plan, builder))


def _error(message: str, help: str | None) -> Diagnostic:
    return Diagnostic(Severity.ERROR, "engine", message, help=help)


def _unavailable(message: str, help: str | None) -> EngineUnavailable:
    return EngineUnavailable((_error(message, help),))


def _too_old(plan: Plan, version: Version | None) -> list[Diagnostic]:
    """A diagnostic for each field that this buildx does not know."""
    if version is None:
        return []
    found = []
    needed = {name for target in plan.targets.values() for name in target.settings}
    for name, field in FIELDS.items():
        if name in needed and field.since is not None and version < (parse_version(field.since) or ()):
            users = [target.name for target in plan.targets.values() if name in target.settings]
            have = ".".join(map(str, version))
            message = f'"{name}" of target "{users[0]}" needs buildx {field.since}, and this is {have}'
            found.append(_error(message, "update the buildx plugin"))
    return found


def _store_problems(plan: Plan, environment: Mapping[str, str]) -> list[Diagnostic]:
    """What the docker driver cannot do when images are not kept in containerd."""
    daemon = read_daemon(environment)
    if daemon is None or daemon.containerd_store:
        return []
    found = []
    for target in plan.targets.values():
        platforms = target.get("platforms", ())
        if len(platforms) > 1:
            message = f'target "{target.name}" has {len(platforms)} platforms, and this builder makes one at a time'
            found.append(_error(message, _SWITCH_STORE))
        kinds = sorted({entry["type"] for entry in target.get("cache-to", ())} & _EXPORTED)
        if kinds:
            message = f'target "{target.name}" writes a {kinds[0]} cache, and this builder cannot export one'
            found.append(_error(message, _SWITCH_STORE))
    return found


def _missing_platforms(plan: Plan, builder: Builder) -> list[Diagnostic]:
    """A warning for each platform that the builder can run nothing on; cross compilation may well do without."""
    if not builder.platforms:
        return []
    known = {normalised(platform) for platform in builder.platforms}
    wanted: dict[str, list[str]] = {}
    for target in plan.targets.values():
        for platform in target.get("platforms", ()):
            if normalised(platform) not in known and platform != "local":
                wanted.setdefault(platform, []).append(target.name)
    return [
        Diagnostic(
            Severity.WARNING,
            "emulation",
            f"builder {builder.name} can run nothing for {platform}: a RUN on that platform will fail "
            f"({', '.join(targets)})",
            help="register QEMU handlers, on Debian: apt-get install qemu-user-static",
        )
        for platform, targets in wanted.items()
    ]
