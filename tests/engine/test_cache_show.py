"""What `bakectl cache show` finds in a real registry."""

import json
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.engine

BAKE_FILE = """\
variable "REPOSITORY" {}

target "app" {
  dockerfile-inline = "FROM scratch\\nARG TARGETARCH\\nCOPY $TARGETARCH /app\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
  cache-from        = ["type=registry,ref=${REPOSITORY}/image"]
  cache-to          = ["type=registry,ref=${REPOSITORY}/cache"]
}
"""


def test_what_is_there(tmp_path: Path, bake: Any, run: Any, engine: dict[str, str]) -> None:
    repository = f"{engine['REGISTRY']}/{uuid.uuid4().hex}"
    (tmp_path / "docker-bake.hcl").write_text(BAKE_FILE)
    for name in ("amd64", "arm64"):
        (tmp_path / name).write_text(f"{name} {repository}")

    def show(*words: str) -> Any:
        command = (sys.executable, "-m", "bakectl", "cache", "show", *words)
        return run(*command, cwd=tmp_path, REPOSITORY=repository).stdout

    before = json.loads(show("--json"))["registry"]
    assert [(one["ref"], one["state"]) for one in before] == [
        (f"{repository}/cache", "missing"),
        (f"{repository}/image", "missing"),
    ]

    bake("app", cwd=tmp_path, REPOSITORY=repository)
    place = f"registry={repository}/cache"
    bake("app", "--platform", "linux/arm64", "--cache", place, cwd=tmp_path, REPOSITORY=repository)
    bake("app", "--push", f"--set=app.tags={repository}/image", cwd=tmp_path, REPOSITORY=repository)
    found = {one["ref"].removeprefix(repository): one for one in json.loads(show("--json"))["registry"]}
    assert {ref: (one["state"], one["layers"], one["platforms"]) for ref, one in found.items()} == {
        "/cache": ("present", 2, []),
        "/cache:linux-arm64": ("present", 1, ["linux/arm64"]),
        "/image": ("present", 2, ["linux/amd64", "linux/arm64"]),
    }
    assert found["/cache"]["bytes"] > found["/cache:linux-arm64"]["bytes"] > 0
    assert found["/cache"]["created"].startswith("20")

    lines = show().splitlines()
    assert any(line.startswith(f"{repository}/cache: ") and line.endswith("2 layers, new") for line in lines)
    assert "layers" not in show("--offline")


def test_a_registry_that_does_not_answer(tmp_path: Path, run: Any) -> None:
    (tmp_path / "docker-bake.hcl").write_text('target "a" { cache-from = ["type=registry,ref=127.0.0.1:9/c"] }')
    out = run(sys.executable, "-m", "bakectl", "cache", "show", cwd=tmp_path).stdout
    assert "127.0.0.1:9/c: unknown, 127.0.0.1:9 cannot be reached" in out
