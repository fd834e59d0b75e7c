"""The docker command with its buildx plugin, and the engine that already answers it, if there is one."""

import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from enginelib.command import capture, say
from enginelib.layout import Layout
from enginelib.packages import CLIENT_PACKAGES, find_archive, unpack
from enginelib.problem import Problem

OLDEST_BUILDX = (0, 29)
_PLUGINS = "usr/libexec/docker/cli-plugins"
_ANSWER_SECONDS = 15.0


@dataclass(frozen=True)
class Client:
    """A docker command and its buildx plugin; `config` is set where docker must be told where the plugin is."""

    docker: Path
    buildx: Path
    config: Path | None = None

    def environment(self, *, host: str = "") -> dict[str, str]:
        """The environment in which this docker finds its plugin and its engine."""
        env = {**os.environ, "PATH": f"{self.docker.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
        env |= {"DOCKER_CONFIG": str(self.config)} if self.config else {}
        env |= {"DOCKER_HOST": host} if host else {}
        return env


@dataclass(frozen=True)
class ForeignEngine:
    """A Docker Engine that somebody else runs."""

    version: str
    is_multi_platform: bool
    platforms: frozenset[str]


def find_client(layout: Layout) -> Client | None:
    """Return the unpacked client, else the machine's own if its buildx is new enough."""
    docker, plugin = layout.client / "usr/bin/docker", layout.client / _PLUGINS / "docker-buildx"
    if docker.exists() and plugin.exists():
        return Client(docker, plugin, layout.docker_config)
    own = shutil.which("docker")
    if own is None:
        return None
    template = '{{range .ClientInfo.Plugins}}{{if eq .Name "buildx"}}{{.Version}} {{.Path}}{{end}}{{end}}'
    # An engine that does not answer makes this fail, after it has printed what it knows of the client.
    printed = capture([own, "info", "--format", template], timeout=_ANSWER_SECONDS).stdout
    version, _, path = printed.strip().partition(" ")
    number = re.search(r"(\d+)\.(\d+)", version)
    if number is None or (int(number[1]), int(number[2])) < OLDEST_BUILDX:
        return None
    return Client(Path(own), Path(path))


def ensure_client(layout: Layout, *, unpacked: bool = False) -> Client:
    """Return a client, fetching one below `.engine/` if the machine has none (or if `unpacked` asks for that one)."""
    client = find_client(layout)
    if client is None or (unpacked and client.config is None):
        archive = find_archive()
        say("fetching docker's command line and buildx from Debian into .engine/client (nothing is installed)")
        unpack(layout, archive, CLIENT_PACKAGES, into=layout.client)
        client = find_client(layout)
    if client is None or (unpacked and client.config is None):
        raise Problem("the packages hold no docker with a buildx plugin")
    if client.config is not None:
        client.config.mkdir(parents=True, exist_ok=True)
        settings = client.config / "config.json"
        try:
            kept = json.loads(settings.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {}
        wanted = {**kept, "cliPluginsExtraDirs": [str(client.buildx.parent)]}
        if wanted != kept:
            settings.write_text(json.dumps(wanted, indent=1), encoding="utf-8")
    return client


def find_foreign_engine(layout: Layout) -> ForeignEngine | None:
    """Return the engine that answers `docker` as the caller has set it up, unless it is the one below `.engine/`."""
    host = os.environ.get("DOCKER_HOST", "")
    docker = shutil.which("docker") or (layout.client / "usr/bin/docker")
    if host == f"unix://{layout.socket}" or not Path(docker).exists():
        return None
    done = capture([docker, "info", "--format", "{{json .}}"], timeout=_ANSWER_SECONDS)
    try:
        facts = json.loads(done.stdout)
    except ValueError:
        return None
    if not done.is_success or not facts.get("ServerVersion"):
        return None
    status = json.dumps(facts.get("DriverStatus") or [])
    builder = capture([docker, "buildx", "inspect"], timeout=_ANSWER_SECONDS).stdout
    named = re.search(r"^Platforms:\s*(.+)$", builder, re.MULTILINE)
    platforms = frozenset(word.strip(" *") for word in named[1].split(",")) if named else frozenset()
    return ForeignEngine(str(facts["ServerVersion"]), "io.containerd.snapshotter.v1" in status, platforms)
