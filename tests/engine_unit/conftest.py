"""A project in a folder of its own, a fake docker first on PATH, a fake daemon, and `bakectl` as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FAKES = ROOT / "tests" / "fakes"
BAKE_FILE = """\
variable "TAG" {
  default = "1"
}

group "all" {
  targets = ["app", "worker"]
}

target "app" {
  dockerfile-inline = "FROM scratch"
  tags              = ["registry.test/acme/app:${TAG}"]
  platforms         = ["linux/amd64", "linux/arm64"]
  contexts          = { base = "target:base" }
}

target "worker" {
  dockerfile-inline = "FROM scratch"
  tags              = ["registry.test/acme/worker:${TAG}"]
}

target "base" {
  dockerfile-inline = "FROM scratch"
  platforms         = ["linux/amd64", "linux/arm64"]
}
"""


class Result(NamedTuple):
    """How a process ended, and what it wrote."""

    code: int
    out: str
    err: str


class Call(NamedTuple):
    """What docker was asked once."""

    arguments: tuple[str, ...]
    stdin: str | None
    environment: dict[str, str]


class FakeDocker:
    """The fake docker of one test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.answers: dict[str, Any] = {}
        folder.mkdir()
        self.write()

    def write(self) -> None:
        (self.folder / "answers.json").write_text(json.dumps(self.answers), "utf-8")

    def answer(self, words: str, **answer: Any) -> None:
        """Say how to answer commands that begin with these words."""
        self.answers[words] = answer
        self.write()

    @property
    def calls(self) -> list[Call]:
        path = self.folder / "calls.jsonl"
        lines = path.read_text("utf-8").splitlines() if path.exists() else []
        return [Call(tuple(row["arguments"]), row["stdin"], row["environment"]) for row in map(json.loads, lines)]

    @property
    def bake(self) -> Call:
        """The one build that was asked for."""
        (call,) = (call for call in self.calls if call.arguments[:2] == ("buildx", "bake"))
        return call

    @property
    def overrides(self) -> list[str]:
        """The values of `--set` of the build."""
        words = self.bake.arguments
        return [words[place + 1] for place, word in enumerate(words) if word == "--set"]


class Bakectl:
    """Runs `bakectl` in the project."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment

    def __call__(self, *words: str, stdin: str = "", **variables: str) -> Result:
        done = subprocess.run(
            [sys.executable, "-m", "bakectl", *words],
            cwd=self.folder,
            env={**self.environment, **variables},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        return Result(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str, **options: Any) -> subprocess.Popen[str]:
        """Start it, to be interrupted."""
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        return subprocess.Popen(
            [sys.executable, "-m", "bakectl", *words],
            cwd=self.folder,
            env=self.environment,
            encoding="utf-8",
            **options,
        )


@pytest.fixture
def fake_docker(tmp_path: Path) -> FakeDocker:
    return FakeDocker(tmp_path / "fake")


@pytest.fixture
def bakectl(tmp_path: Path, fake_docker: FakeDocker) -> Bakectl:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
    environment = {
        "PATH": os.pathsep.join((str(FAKES), str(Path(sys.executable).parent), os.environ["PATH"])),
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "FAKE_DOCKER": str(fake_docker.folder),
        # Nobody listens there: no test asks a real daemon.
        "DOCKER_HOST": "tcp://127.0.0.1:9",
        "NO_PROXY": "127.0.0.1",
    }
    return Bakectl(folder, environment)


class FakeDaemon:
    """The address of a daemon, and what it answers."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.answers: dict[str, Any] = {
            "/version": {"ApiVersion": "1.51", "MinAPIVersion": "1.24"},
            "/info": {"ServerVersion": "28.5.2", "DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]]},
        }

    def keep_images_itself(self) -> None:
        """Let the daemon be one without containerd's image store."""
        self.answers["/info"] = {"ServerVersion": "28.5.2", "DriverStatus": [["Backing Filesystem", "extfs"]]}


@pytest.fixture
def fake_daemon(bakectl: Bakectl) -> Iterator[FakeDaemon]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            path = path if path in daemon.answers else "/" + path.split("/", 2)[-1]
            answer = daemon.answers.get(path)
            body = json.dumps(answer if answer is not None else {"message": f"no {path}"}).encode()
            self.send_response(200 if answer is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    daemon = FakeDaemon(f"tcp://127.0.0.1:{server.server_port}")
    bakectl.environment["DOCKER_HOST"] = daemon.address
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield daemon
    server.shutdown()
    server.server_close()
    thread.join()
