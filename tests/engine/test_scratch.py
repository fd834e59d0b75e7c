"""`bakectl bake` with a real engine and images `FROM scratch`: no base is pulled and nothing is emulated.

Each test has a repository and files of its own, so that no cache of another run is met.
"""

import json
import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

PLATFORMS = ("linux/amd64", "linux/arm64", "linux/arm/v7")
BAKE_FILE = """\
variable "REPOSITORY" {}

group "all" {
  targets = ["app", "tool"]
}

target "app" {
  dockerfile-inline = "FROM base\\nCOPY app /app\\n"
  contexts          = { base = "target:base" }
  platforms         = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
  tags              = ["${REPOSITORY}/app:1", "${REPOSITORY}/app:latest"]
}

target "tool" {
  dockerfile-inline = "FROM scratch\\nCOPY tool /tool\\n"
  platforms         = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
  tags              = ["${REPOSITORY}/tool:1"]
}

target "base" {
  dockerfile-inline = "FROM scratch\\nARG TARGETARCH\\nCOPY base-$TARGETARCH /base\\n"
  platforms         = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
}
"""

Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.engine


class Project:
    """Files that no build has seen, and a repository that nobody uses."""

    def __init__(self, folder: Path, run: Run, registry: str) -> None:
        self.folder = folder
        self.run = run
        self.repository = f"{registry}/scratch-{uuid.uuid4().hex}"
        self.variables: dict[str, str] = {"REPOSITORY": self.repository}
        (folder / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
        for name in ("app", "tool", "base-amd64", "base-arm64", "base-arm"):
            (folder / name).write_text(f"{name} {uuid.uuid4()}\n", "utf-8")

    def bake(self, *words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
        command = (sys.executable, "-m", "bakectl", "bake", *words, "--progress=plain")
        return self.run(*command, cwd=self.folder, **{**self.variables, **options})

    def raw(self, reference: str) -> dict[str, Any]:
        """A manifest of the registry."""
        done = self.run("docker", "buildx", "imagetools", "inspect", "--raw", f"{self.repository}/{reference}")
        manifest: dict[str, Any] = json.loads(done.stdout)
        return manifest

    def platforms(self, reference: str) -> list[str]:
        """The platforms of an image in the registry, attestations left out."""
        rows = [row["platform"] for row in self.raw(reference)["manifests"]]
        names = ["/".join(filter(None, (row["os"], row["architecture"], row.get("variant")))) for row in rows]
        return [name for name in names if name != "unknown/unknown"]


@pytest.fixture
def scratch(tmp_path: Path, run: Run, engine: dict[str, str]) -> Project:
    return Project(tmp_path, run, engine["REGISTRY"].split("/")[0])


def cached(output: str, step: str) -> set[bool]:
    """Whether the steps with this command came from a cache, from plain progress."""
    numbers = re.findall(rf"^#(\d+) \[[^\]]* \d+/\d+\] {re.escape(step)}$", output, re.MULTILINE)
    return {f"\n#{number} CACHED\n" in output for number in numbers}


def test_three_platforms_are_pushed_and_the_summary_is_true(scratch: Project) -> None:
    done = scratch.bake("all", "--push", "--metadata-file", "facts.json")
    facts = json.loads((scratch.folder / "facts.json").read_text("utf-8"))
    for tag in ("app:1", "app:latest", "tool:1"):
        assert scratch.platforms(tag) == list(PLATFORMS)
    shown = done.stderr[done.stderr.index("\nTARGET ") :].splitlines()
    for name in ("app", "tool"):
        digest = facts[name]["containerimage.digest"]
        place = shown.index(f"{name}  pushed, {digest}")
        tags = facts[name]["image.name"].split(",")
        assert [line.strip() for line in shown[place + 1 : place + 1 + len(tags)]] == tags
        (row,) = (number for number, line in enumerate(shown) if line.split()[:2] == [name, "done"])
        rows = [re.split(r"  +", line.strip()) for line in shown[row + 1 : row + 4]]
        assert [(cells[0], cells[-1]) for cells in rows] == [(one, _size(scratch, name, one)) for one in PLATFORMS]
    assert re.search(r"\ndone in \d+\.\d s\n$", done.stderr)


def _size(scratch: Project, name: str, platform: str) -> str:
    rows = scratch.raw(f"{name}:1")["manifests"]
    parts = dict(zip(("os", "architecture", "variant"), platform.split("/"), strict=False))
    (digest,) = (row["digest"] for row in rows if row["platform"] == parts)
    manifest = scratch.raw(f"{name}@{digest}")
    size = sum(part["size"] for part in (manifest["config"], *manifest["layers"]))
    return f"{size} bytes" if size < 1000 else f"{size / 1000:.1f} kB"


def test_one_platform_with_a_linked_target_of_three(scratch: Project, run: Run) -> None:
    done = scratch.bake("app", "--platform", "linux/arm", "--push")
    assert scratch.platforms("app:1") == ["linux/arm/v7"]
    assert "[narrowed-push]" in done.stderr
    out = scratch.folder / "out"
    scratch.bake("app", "--platform", "linux/arm", "--output", f"type=local,dest={out}")
    assert (out / "base").read_text("utf-8") == (scratch.folder / "base-arm").read_text("utf-8")


def test_dry_run_can_be_pasted(scratch: Project, run: Run) -> None:
    words = ("tool", "--platform", "linux/arm64", "--push", "--var", f"REPOSITORY={scratch.repository}")
    shown = scratch.bake(*words, "--dry-run", REPOSITORY="").stdout
    assert shlex.split(shown)[0] == f"REPOSITORY={scratch.repository}"
    run("bash", "-c", shown, cwd=scratch.folder)
    assert scratch.platforms("tool:1") == ["linux/arm64"]


def test_definition_from_stdin(scratch: Project, engine: Mapping[str, str]) -> None:
    text = (scratch.folder / "docker-bake.hcl").read_text("utf-8")
    (scratch.folder / "docker-bake.hcl").unlink()
    done = subprocess.run(
        (sys.executable, "-m", "bakectl", "bake", "-f", "-", "tool", "--push"),
        cwd=scratch.folder,
        env={**engine, **scratch.variables},
        input=text.encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert scratch.platforms("tool:1") == list(PLATFORMS)


def test_registry_cache_of_each_target_is_written_and_read(scratch: Project, run: Run, is_own_engine: bool) -> None:
    place = f"registry={scratch.repository}/cache:{{target}}"
    scratch.bake("all", "--cache", place)
    for target in ("app", "tool"):
        kind = scratch.raw(f"cache:{target}")["config"]["mediaType"]
        assert kind == "application/vnd.buildkit.cacheconfig.v0"
    if is_own_engine:
        # What is built elsewhere meanwhile is left alone.
        for step in ("COPY app", "COPY tool", "COPY base-"):
            run("docker", "buildx", "prune", "--all", "--force", "--filter", f'description~="{step}"')
    output = scratch.bake("all", "--cache", place).stderr
    assert output.count(f"importing cache manifest from {scratch.repository}/cache:app") >= 1
    assert output.count(f"importing cache manifest from {scratch.repository}/cache:tool") >= 1
    assert cached(output, "COPY tool /tool") == {True}
    assert cached(output, "COPY app /app") == {True}


def test_cache_of_one_platform_is_apart(scratch: Project) -> None:
    place = f"registry={scratch.repository}/cache:{{target}}"
    scratch.bake("tool", "--cache", place)
    before = scratch.raw("cache:tool")
    scratch.bake("tool", "--cache", place, "--platform", "linux/arm64")
    assert scratch.raw("cache:tool") == before
    assert scratch.raw("cache:tool-linux-arm64")["config"]["mediaType"] == "application/vnd.buildkit.cacheconfig.v0"


def test_local_cache_outside_of_the_folder_asks_nothing(scratch: Project, tmp_path_factory: Any) -> None:
    place = tmp_path_factory.mktemp("cache") / "{target}"
    for _ in range(2):
        done = scratch.bake("tool", "--cache", f"local={place}")
        assert "privileges" not in done.stderr
    folder = Path(str(place).replace("{target}", "tool"))
    assert sorted(path.name for path in folder.parent.iterdir()) == ["tool"]
    assert (folder / "index.json").is_file()


def test_failed_build_keeps_the_output_of_buildx(scratch: Project) -> None:
    (scratch.folder / "tool").unlink()
    done = scratch.bake("tool", code=5)
    assert "ERROR: target tool: failed to solve: " in done.stderr or "ERROR: failed to solve: " in done.stderr
    assert done.stderr.endswith("error: the build failed: docker buildx bake ended with code 1 [build-failed]\n")


def test_missing_engine_is_told_before_anything_is_built(scratch: Project) -> None:
    done = scratch.bake("tool", code=4, DOCKER_HOST="unix:///nonexistent/docker.sock")
    assert "#0 building" not in done.stderr
    assert done.stderr.startswith("error: builder ")


def test_build_that_needs_a_grant_may_ask_on_a_terminal(
    scratch: Project, engine: Mapping[str, str], tmp_path: Path
) -> None:
    outside = tmp_path.parent / f"outside-{uuid.uuid4().hex}"
    text = f'target "tool" {{ output = ["type=local,dest={outside}"] }}\n'
    (scratch.folder / "more.hcl").write_text(text, "utf-8")
    words = ("bake", "-f", "docker-bake.hcl", "-f", "more.hcl", "tool")
    number, side = pty.fork()
    if number == 0:
        os.chdir(scratch.folder)
        os.execve(sys.executable, [sys.executable, "-m", "bakectl", *words], {**engine, **scratch.variables})
    seen = b""
    answered = False
    try:
        while part := os.read(side, 1000):
            seen += part
            if not answered and b"[y/N]" in seen:
                os.write(side, b"y\n")
                answered = True
    except OSError:
        pass  # Linux ends a terminal so.
    _, status = os.waitpid(number, 0)
    os.close(side)
    assert (os.waitstatus_to_exitcode(status), answered) == (0, True), seen.decode()
    assert sorted(path.name for path in outside.iterdir()) == ["linux_amd64", "linux_arm64", "linux_arm_v7"]


def test_interrupt_ends_the_build(scratch: Project, engine: Mapping[str, str]) -> None:
    # Nobody answers this address, so that the build waits.
    text = 'target "slow" { dockerfile-inline = "FROM scratch\\nADD http://192.0.2.1/x /x\\n" }\n'
    (scratch.folder / "docker-bake.hcl").write_text(text, "utf-8")
    running = subprocess.Popen(
        (sys.executable, "-m", "bakectl", "bake", "slow", "--progress=plain"),
        cwd=scratch.folder,
        env=dict(engine),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert running.stderr is not None
    line = next((line for line in running.stderr if "192.0.2.1" in line), None)
    assert line is not None
    begun = time.monotonic()
    running.send_signal(signal.SIGINT)
    _, rest = running.communicate(timeout=60)
    assert (running.returncode, time.monotonic() - begun < 6) == (130, True), rest


def test_outputs_outside_of_the_folder_ask_nothing(scratch: Project, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    words = (f"--output=type=local,dest={outside}/{{target}}", f"--output=type=oci,dest={outside}/{{target}}.tar")
    scratch.bake("tool", "--platform", "linux/amd64", *words)
    assert sorted(path.name for path in outside.iterdir()) == ["tool", "tool.tar"]
    assert (outside / "tool/tool").read_text("utf-8") == (scratch.folder / "tool").read_text("utf-8")
    assert (outside / "tool.tar").stat().st_size > 0


def test_local_cache_of_the_file_does_not_grow(tmp_path: Path, bake: Run) -> None:
    (tmp_path / "docker-bake.hcl").write_text(
        'target "default" {\n'
        '  dockerfile-inline = "FROM scratch\\nCOPY a /a\\n"\n'
        '  cache-from        = ["type=local,src=cache"]\n'
        '  cache-to          = ["type=local,dest=cache,mode=max"]\n'
        "}\n"
    )
    counts = []
    for _ in range(3):
        (tmp_path / "a").write_text(uuid.uuid4().hex)
        bake(cwd=tmp_path)
        counts.append(len(list((tmp_path / "cache" / "blobs" / "sha256").iterdir())))
    # A manifest, its config and one layer.
    assert counts == [3, 3, 3]
    done = bake(cwd=tmp_path)
    assert "not found" not in done.stderr
