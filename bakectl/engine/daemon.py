"""The typed door to the docker SDK: what the daemon says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.engine.process import capture
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping


class DaemonFacts(Record):
    """What matters of a daemon for builds."""

    version: str
    containerd_store: bool
    """Whether images are kept in containerd, which gives several platforms and cache export to the default builder."""


def read_daemon(environment: Mapping[str, str]) -> DaemonFacts | None:
    """Ask the daemon of the current context; None when it cannot be asked."""
    import docker
    from docker.errors import DockerException

    endpoint = _endpoint(environment)
    if endpoint is None or endpoint.startswith("ssh://"):
        return None
    try:
        client = docker.DockerClient(base_url=endpoint, timeout=10)
        try:
            info = client.info()
        finally:
            client.close()
    except (DockerException, OSError):
        return None
    status = dict(row for row in info.get("DriverStatus") or () if len(row) == 2)
    return DaemonFacts(
        str(info.get("ServerVersion", "")), str(status.get("driver-type", "")).startswith("io.containerd.snapshotter")
    )


def _endpoint(environment: Mapping[str, str]) -> str | None:
    """The address of the daemon that docker's own command line would use."""
    named = environment.get("DOCKER_HOST")
    if named:
        return named
    done = capture(("docker", "context", "inspect", "--format", "{{.Endpoints.docker.Host}}"), environment)
    return done.out.strip() or None if done.code == 0 else None
