"""How a run goes and shows itself, with a real engine: our own view, several processes, tags at the end, what is kept."""

import json
import os
import pty
import signal
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    import subprocess

BAKE_FILE = """\
variable "REPOSITORY" {}

target "app" {
  dockerfile-inline = "FROM base\\nCOPY app /app\\n"
  contexts          = { base = "target:base" }
  platforms         = ["linux/amd64", "linux/arm64"]
  tags              = ["${REPOSITORY}/app:1", "${REPOSITORY}/app:latest"]
}

target "tool" {
  dockerfile-inline = "FROM scratch\\nCOPY tool /tool\\n"
  tags              = ["${REPOSITORY}/tool:1"]
}

target "base" {
  dockerfile-inline = "FROM scratch\\nCOPY base /base\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
}

target "broken" {
  dockerfile-inline = "FROM scratch\\nCOPY nowhere /x\\n"
  tags              = ["${REPOSITORY}/broken:1"]
}
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.engine


class Project:
    """Files that no build has seen, a repository that nobody uses, and a folder for the runs."""

    def __init__(self, folder: Path, run: Run, registry: str) -> None:
        self.folder = folder
        self.run = run
        self.repository = f"{registry}/run-{uuid.uuid4().hex}"
        self.variables = {"REPOSITORY": self.repository, "XDG_STATE_HOME": str(folder / "state")}
        (folder / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
        for name in ("app", "tool", "base"):
            (folder / name).write_text(f"{name} {uuid.uuid4()}\n", "utf-8")

    def __call__(self, *words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        return self.run(sys.executable, "-m", "bakectl", *words, cwd=self.folder, **{**self.variables, **options})

    def is_there(self, reference: str) -> bool:
        command = ("docker", "buildx", "imagetools", "inspect", "--raw", f"{self.repository}/{reference}")
        try:
            self.run(*command)
        except pytest.fail.Exception:
            return False
        return True

    @property
    def last(self) -> dict[str, Any]:
        """The last run, as JSON."""
        found: dict[str, Any] = json.loads(self("report", "--format", "json").stdout)
        return found


@pytest.fixture
def shop(tmp_path: Path, run: Run, engine: dict[str, str]) -> Project:
    return Project(tmp_path, run, engine["REGISTRY"].split("/")[0])


def states(run: dict[str, Any]) -> dict[str, str]:
    return {target["name"]: target["state"] for target in run["targets"]}


def test_lines_table_and_report(shop: Project) -> None:
    done = shop("bake", "app", "tool", "--push")
    lines = done.stderr.splitlines()
    assert "tool  [1/1] COPY tool /tool" in lines
    assert any(line.startswith("app linux/") and "] COPY app /app" in line for line in lines), done.stderr
    assert any(line.startswith("TARGET ") for line in lines)
    run = shop.last
    assert states(run) == {"app": "done", "tool": "done", "base": "done"}
    digests = {target["name"]: target["digest"] for target in run["targets"]}
    assert f"app  pushed, {digests['app']}" in lines
    assert run["critical_path"]
    again = shop("bake", "app", "tool", "--push").stderr
    assert "tool  [1/1] COPY tool /tool: cached\n" in again
    assert shop("report", "--format", "html").stdout.startswith("<!doctype html>")


def test_one_at_a_time_and_the_others_when_one_fails(shop: Project) -> None:
    done = shop("bake", "broken", "app", "tool", "base", "--jobs", "1", "--keep-going", code=5)
    assert states(shop.last) == {"broken": "failed", "app": "done", "tool": "done", "base": "done"}
    assert "broken  ERROR: failed to solve: failed to compute cache key" in done.stderr
    assert done.stderr.endswith(
        "error: the build of broken failed: docker buildx bake ended with code 1 [build-failed]\n"
    )


def test_no_tag_before_all_is_done(shop: Project, remote_builder: str) -> None:
    words = ("--atomic", "--builder", remote_builder)
    shop("bake", "app", "tool", "broken", "--keep-going", *words, code=5)
    assert states(shop.last)["app"] == "done"
    assert not shop.is_there("app:1")
    shop("bake", "app", "tool", *words)
    digests = {target["name"]: target["digest"] for target in shop.last["targets"]}
    for tag in ("app:1", "app:latest", "tool:1"):
        shown = shop.run("docker", "buildx", "imagetools", "inspect", f"{shop.repository}/{tag}").stdout
        assert digests[tag.partition(":")[0]] in shown


def test_atomic_with_a_driver_that_cannot_push_by_digest(shop: Project) -> None:
    shop("bake", "app", "broken", "--keep-going", "--atomic", code=5)
    assert not shop.is_there("app:1")
    shop("bake", "app", "--atomic")
    assert shop.is_there("app:1")


def test_failure_of_a_step_shows_its_log(shop: Project, base_overrides: tuple[str, ...], engine_facts: Any) -> None:
    base = engine_facts.get("BAKECTL_ENGINE_DEBIAN_BASE", "debian:bookworm-slim")
    text = f'target "log" {{ dockerfile-inline = "FROM {base}\\nRUN echo one; echo {uuid.uuid4()}; false" }}\n'
    (shop.folder / "docker-bake.hcl").write_text(text, "utf-8")
    done = shop("bake", "log", code=5)
    assert "log  [2/2] | one\n" in done.stderr
    assert "   2 | >>> RUN echo one; " in done.stderr
    (step,) = (step for step in shop.last["steps"] if step["state"] == "failed")
    assert step["log"][0] == "one"


def test_interrupt_on_a_terminal_keeps_the_run(
    shop: Project, engine: dict[str, str], engine_facts: dict[str, str]
) -> None:
    base = engine_facts.get("BAKECTL_ENGINE_DEBIAN_BASE", "debian:bookworm-slim")
    text = f'target "slow" {{ dockerfile-inline = "FROM {base}\\nRUN echo {uuid.uuid4()}; sleep 100" }}\n'
    (shop.folder / "docker-bake.hcl").write_text(text, "utf-8")
    number, side = pty.fork()
    if number == 0:
        os.chdir(shop.folder)
        os.execve(sys.executable, [sys.executable, "-m", "bakectl", "bake", "slow"], {**engine, **shop.variables})
    seen, begun = b"", None
    try:
        while part := os.read(side, 1000):
            seen += part
            if begun is None and b"RUN echo" in seen:
                begun = time.monotonic()
                os.kill(number, signal.SIGINT)
    except OSError:
        pass  # Linux ends a terminal so.
    _, status = os.waitpid(number, 0)
    os.close(side)
    assert os.waitstatus_to_exitcode(status) == 130, seen.decode()
    assert begun is not None
    assert time.monotonic() - begun < 10
    assert shop.last["state"] == "interrupted"
    assert states(shop.last) == {"slow": "cancelled"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('contexts = { other = "../other" }', ()),
        ('context = "../other"', ()),
        ('output = ["type=local,dest=../out"]', ()),
        ('output = ["type=tar,dest=../out.tar"]', ()),
        ('cache-from = ["type=local,src=../other"]', ()),
        ('secret = ["id=a,src=../other/file"]', ()),
        ('network = "host"', ()),
        ('entitlements = ["security.insecure"]', ()),
        ("", ("--set", "tool.context=../other")),
        ("", ("--set", "tool.output=type=local,dest=../other")),
        ('output = ["type=local,dest=out"]', ()),
        ('context = "../other"', ("--allow", "fs.read=..")),
        ("", ()),
    ],
)
def test_privileges_are_those_that_buildx_asks_for(
    shop: Project, engine: dict[str, str], text: str, words: tuple[str, ...]
) -> None:
    import subprocess

    folder = shop.folder / "sub"
    (shop.folder / "other").mkdir()
    (shop.folder / "other" / "file").write_text("x", "utf-8")
    folder.mkdir()
    (folder / "docker-bake.hcl").write_text(
        f'target "tool" {{\n  dockerfile-inline = "FROM scratch\\nCOPY . /x"\n{text}\n}}\n', "utf-8"
    )
    command = ("docker", "buildx", "bake", "tool", "--progress=plain", *words)
    asked = subprocess.run(
        command, cwd=folder, env=engine, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
    )
    ours = subprocess.run(
        (sys.executable, "-m", "bakectl", "bake", "tool", *words),
        cwd=folder,
        env={**engine, **shop.variables},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    is_asked = "additional privileges requested" in asked.stderr
    assert ("buildx shows its own progress" in ours.stderr) == is_asked, asked.stderr
    assert ("additional privileges requested" in ours.stderr) == is_asked
