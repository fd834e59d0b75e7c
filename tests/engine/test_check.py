"""`check --buildkit` against a real BuildKit: its findings at their lines, linked contexts and broken files included."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.engine

BAKE = """group "default" {
  targets = ["app", "twin", "inline", "broken"]
}

target "base" {
  dockerfile = "Dockerfile.base"
}

target "app" {
  context  = "app"
  contexts = { base = "target:base" }
}

target "twin" {
  inherits = ["app"]
}

target "inline" {
  dockerfile-inline = "FROM scratch as x"
}

target "broken" {
  dockerfile = "Dockerfile.broken"
}
"""


def test_findings_of_buildkit(run: Callable[..., object], tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "docker-bake.hcl").write_text(BAKE)
    (tmp_path / "Dockerfile.base").write_text("FROM scratch\n")
    (tmp_path / "Dockerfile.broken").write_text("FROM scratch\nRUNN x\n")
    (tmp_path / "app" / "Dockerfile").write_text("FROM base AS app\nENV NAME value\n")
    words = (sys.executable, "-m", "bakectl", "check", "--buildkit", "--select", "names", "--json")
    done = run(*words, cwd=tmp_path, code=1)
    found = [(one["path"], one["start"]["line"], one["rule"]) for one in json.loads(done.stdout)]  # type: ignore[attr-defined]
    assert found == [
        ("Dockerfile.broken", 2, "buildkit-error"),
        ("app/Dockerfile", 2, "buildkit-legacy-key-value-format"),
        ("dockerfile-inline of inline", 1, "buildkit-from-as-casing"),
    ]
