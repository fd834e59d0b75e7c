"""What of a machine and a project is well for builds, what is not, and what to do; nothing is changed or started."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING, Final

from bakectl.bake import gha
from bakectl.bake.platforms import normalised
from bakectl.engine import daemon
from bakectl.engine.builders import last_line, look_at_builder
from bakectl.engine.buildx import BuildRequest, parse_version
from bakectl.engine.preflight import EMULATION, OTHER_BUILDER
from bakectl.engine.process import capture
from bakectl.engine.requirements import requirements
from bakectl.engine.support import CROSS, EMULATED, NATIVE, UNSURE, supports
from bakectl.errors import BakectlError
from bakectl.record import Record
from bakectl.verifying.reader import ReadFailed
from bakectl.verifying.references import parse_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bakectl.bake.model import Plan, Project
    from bakectl.engine.builders import Builder
    from bakectl.engine.buildx import Version
    from bakectl.engine.support import Support

OK: Final = "ok"
WARNING: Final = "warning"
PROBLEM: Final = "problem"

_LITTLE, _TOO_LITTLE = 10e9, 2e9
"""Free bytes below which a build may fail, and below which it will."""
_SKEW: Final = 60
"""Seconds that clocks may differ; tokens and certificates bear no more."""
_NODE: Final = "or give the builder a node of that platform: bakectl builder plan"


class Finding(Record):
    """One line: what was looked at, how it is, what was found, and what to do about it."""

    what: str
    state: str
    text: str
    help: str | None = None


class Patient(Record):
    """What is looked at: the plan is None where there is no bake file, or one that cannot be resolved."""

    environment: Mapping[str, str]
    project: Project | None = None
    plan: Plan | None = None
    builder: str | None = None
    offline: bool = False


def examine(patient: Patient) -> Iterator[Finding]:
    """Look at everything, in the order in which a build needs it."""
    yield from _client(patient)
    version = _version(patient)
    if version is not None:
        yield from _buildx(patient, version)
    facts = daemon.read_daemon(patient.environment)
    builder = look_at_builder(patient.builder, patient.environment) if version is not None else None
    yield from _daemon(facts, builder)
    if builder is not None:
        yield from _of_builder(builder, facts, patient)
    yield from _gha(patient)
    if not patient.offline:
        yield from _registries(patient)
    yield from _disk(facts)
    yield from _clock(facts)


def _client(patient: Patient) -> Iterator[Finding]:
    if shutil.which("docker", path=patient.environment.get("PATH")) is None:
        help = "install it: https://docs.docker.com/engine/install, on Debian: apt-get install docker.io docker-buildx"
        yield Finding("docker", PROBLEM, "there is no docker command on PATH", help)
        return
    done = capture(("docker", "--version"), patient.environment)
    if done.code:
        yield Finding("docker", PROBLEM, last_line(done.err or done.out), "reinstall the docker command")
    else:
        yield Finding("docker", OK, done.out.strip())


def _version(patient: Patient) -> str | None:
    done = capture(("docker", "buildx", "version"), patient.environment)
    return done.out.strip() if done.code == 0 else None


def _buildx(patient: Patient, text: str) -> Iterator[Finding]:
    version = parse_version(text)
    old = list(_too_new(patient, version)) if version else []
    if old:
        newest = max(since for _, since in old)
        help = "update it: https://github.com/docker/buildx#installing"
        what = ", ".join(f"{name} needs {_dotted(since)}" for name, since in old)
        yield Finding(
            "buildx", PROBLEM, f"{_dotted(version or ())}, and the files need {_dotted(newest)}: {what}", help
        )
    else:
        yield Finding("buildx", OK, _dotted(version) if version else text)


def _too_new(patient: Patient, version: Version) -> Iterator[tuple[str, Version]]:
    if patient.project is None or patient.plan is None:
        return
    for needed in requirements(patient.project, patient.plan, BuildRequest((), ())):
        if version < needed.since:
            yield needed.what, needed.since


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def _daemon(facts: daemon.DaemonFacts | None, builder: Builder | None) -> Iterator[Finding]:
    if facts is None:
        is_needed = builder is None or builder.driver in ("", "docker", "docker-container")
        text = "the Docker daemon does not answer"
        help = "start it, or point DOCKER_HOST or docker context at one that runs; docker info tells more"
        yield Finding("daemon", PROBLEM if is_needed else WARNING, text, help)
        return
    store = "keeps images in containerd" if facts.containerd_store else "keeps images itself"
    yield Finding("daemon", OK, f"Docker Engine {facts.version}, {store}")


def _of_builder(builder: Builder, facts: daemon.DaemonFacts | None, patient: Patient) -> Iterator[Finding]:
    if builder.error is not None:
        help = "docker buildx ls shows those that there are; one of the settings is made by bakectl builder up"
        yield Finding("builder", PROBLEM, f"{builder.name or 'it'} cannot be used: {builder.error}", help)
        return
    count = len(builder.nodes)
    nodes = f"{count} node{'s' if count != 1 else ''}"
    sleeping = [node.name for node in builder.nodes if node.status not in ("running", "")]
    versions = sorted({_dotted(node.buildkit) for node in builder.nodes if node.buildkit})
    text = f"{builder.name}, driver {builder.driver}, {nodes}"
    text += f", BuildKit {' and '.join(versions)}" if versions else ""
    if sleeping:
        text += f"; {', '.join(sleeping)} will be started by the first build"
    yield Finding("builder", OK, text)
    yield from _platforms(builder, patient)
    yield from _caches(builder, facts, patient)


def _platforms(builder: Builder, patient: Patient) -> Iterator[Finding]:
    if not builder.platforms:
        yield Finding(
            "platforms",
            WARNING,
            "the builder tells no platforms before it is started",
            "docker buildx inspect --bootstrap",
        )
        return
    if patient.plan is None:
        yield Finding("platforms", OK, ", ".join(builder.platforms))
        return
    found: dict[str, list[Support]] = {}
    for one in supports(patient.plan, builder):
        found.setdefault(normalised(one.platform), []).append(one)
    for platform, targets in found.items():
        yield _platform(platform, targets)


def _platform(platform: str, found: list[Support]) -> Finding:
    """One platform of the plan: the worst way counts."""
    ways: dict[str, list[str]] = {}
    for one in found:
        ways.setdefault(one.way, []).append(one.target)
    node = next((one.node for one in found if one.node), None)
    if {*ways} == {NATIVE}:
        return Finding(platform, OK, f"native on {node}")
    text = "; ".join(f"{_WAYS[way]} {', '.join(names)}" for way, names in ways.items())
    if {*ways} <= {NATIVE, CROSS}:
        return Finding(platform, OK, f"{text} (on {node})")
    if {*ways} <= {NATIVE, CROSS, EMULATED}:
        help = "cross-compile with FROM --platform=$BUILDPLATFORM, or add a native node: bakectl builder plan"
        return Finding(platform, WARNING, f"{text} (on {node}), which is slow", help)
    state = WARNING if {*ways} <= {NATIVE, CROSS, EMULATED, UNSURE} else PROBLEM
    return Finding(platform, state, text, f"{EMULATION}\n{_NODE}")


_WAYS: Final = {
    NATIVE: "native for",
    CROSS: "cross-compiled for",
    EMULATED: "emulated for",
    UNSURE: "not to be had, if a step runs on it, for",
    "missing": "not to be had for",
}


def _caches(builder: Builder, facts: daemon.DaemonFacts | None, patient: Patient) -> Iterator[Finding]:
    if builder.driver != "docker" or facts is None or facts.containerd_store:
        yield Finding("cache export", OK, f"builder {builder.name} can export caches")
        return
    targets = patient.plan.targets.values() if patient.plan else ()
    users = [target.name for target in targets if target.get("cache-to", ())]
    text = f"builder {builder.name} exports none, and builds one platform at a time"
    if users:
        text += f"; {', '.join(users)} write{'s' if len(users) == 1 else ''} one"
    yield Finding("cache export", PROBLEM if users else WARNING, text, OTHER_BUILDER)


def _gha(patient: Patient) -> Iterator[Finding]:
    users = gha.users_without_token(patient.plan) if patient.plan else ()
    if not users and not patient.environment.get("GITHUB_ACTIONS"):
        return
    missing = gha.missing_variables(patient.environment)
    if missing:
        text = f"{' and '.join(missing)} not set" + (f": no cache for {', '.join(users)}" if users else "")
        yield Finding("gha cache", WARNING, text, gha.advice(patient.environment))
        return
    why = gha.token_problem(patient.environment["ACTIONS_RUNTIME_TOKEN"], time.time())
    if why is not None:
        yield Finding(
            "gha cache", PROBLEM, f"ACTIONS_RUNTIME_TOKEN cannot be used: {why}", gha.advice(patient.environment)
        )
    else:
        yield Finding("gha cache", OK, "its variables are set")


def _registries(patient: Patient) -> Iterator[Finding]:
    from concurrent.futures import ThreadPoolExecutor

    hosts = _hosts(patient.plan) if patient.plan else {}
    with ThreadPoolExecutor(8) as pool:
        yield from pool.map(_registry, hosts, hosts.values())


def _hosts(plan: Plan) -> dict[str, str]:
    """The registries that targets push to, and the address of the API of each."""
    found: dict[str, str] = {}
    for target in plan.targets.values():
        caches = (entry.get("ref", "") for field in ("cache-from", "cache-to") for entry in target.get(field, ()))
        for name in (*target.get("tags", ()), *caches):
            reference = parse_reference(name) if name else None
            if reference is not None:
                found.setdefault(reference.host, f"{reference.base.partition('/v2/')[0]}/v2/")
    return found


def _registry(host: str, address: str) -> Finding:
    from bakectl.verifying.registry import ask

    try:
        answer = ask(address)
    except ReadFailed as error:
        return Finding(host, WARNING, str(error).removeprefix(f"{host} "), "look at the name, the network, and proxies")
    skew = _skew(answer.date)
    if abs(skew) > _SKEW:
        return Finding(host, WARNING, f"its clock is {_seconds(skew)} of ours", "set the clock of this machine")
    if answer.status == 200:
        return Finding(host, OK, "reachable, and wants no login")
    if daemon.read_login(host) is not None:
        return Finding(host, OK, "reachable, and docker has a login for it")
    return Finding(host, WARNING, "reachable, and docker has no login for it", f"docker login {host}")


def _skew(date: str) -> float:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(date).timestamp() - time.time()
    except ValueError:
        return 0.0


def _seconds(skew: float) -> str:
    return f"{abs(skew):.0f} s {'ahead' if skew > 0 else 'behind'}"


def _disk(facts: daemon.DaemonFacts | None) -> Iterator[Finding]:
    places = {"disk": "."}
    if facts is not None and os.path.isdir(facts.root):  # noqa: PTH112
        places["disk of docker"] = facts.root
    for what, place in places.items():
        try:
            free = shutil.disk_usage(place).free
        except OSError:
            continue
        state = OK if free > _LITTLE else WARNING if free > _TOO_LITTLE else PROBLEM
        help = None if state == OK else "make room: docker buildx prune removes what builds have left"
        yield Finding(what, state, f"{free / 1e9:.1f} GB free", help)


def _clock(facts: daemon.DaemonFacts | None) -> Iterator[Finding]:
    from datetime import datetime

    if facts is None:
        return
    try:
        skew = datetime.fromisoformat(facts.time).timestamp() - time.time()
    except ValueError:
        return
    if abs(skew) > _SKEW:
        help = "set the clocks: layers and tokens are not valid before they are made"
        yield Finding("clock", WARNING, f"the daemon's is {_seconds(skew)} of ours", help)
    else:
        yield Finding("clock", OK, "the daemon's is ours")


def settings(sections: Iterable[Callable[[], object]], path: str | None) -> Finding:
    """Whether the settings file can be read, by the readers of its sections."""
    if path is None:
        return Finding("settings", OK, "none, and none is needed")
    problems: list[str] = []
    for section in sections:
        try:
            section()
        except BakectlError as error:
            problems += [one.message for one in error.diagnostics]
    if problems:
        return Finding("settings", PROBLEM, "; ".join(problems), f"mend {path}")
    return Finding("settings", OK, path)
