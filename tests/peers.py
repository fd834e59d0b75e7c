"""Where the programs are that the tests compare with."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PLUGIN_FOLDERS = (
    "~/.docker/cli-plugins",
    "/usr/local/lib/docker/cli-plugins",
    "/usr/local/libexec/docker/cli-plugins",
    "/usr/lib/docker/cli-plugins",
    "/usr/libexec/docker/cli-plugins",
    f"{ROOT}/.engine/client/usr/libexec/docker/cli-plugins",
)


@cache
def find_buildx() -> str:
    """The buildx plugin; skips the test where there is none, and fails it if BAKECTL_REQUIRE_BUILDX is 1."""
    named = os.environ.get("BAKECTL_BUILDX")
    candidates = [named] if named else [f"{folder}/docker-buildx" for folder in PLUGIN_FOLDERS]
    for candidate in candidates:
        path = Path(candidate).expanduser()
        if path.is_file():
            return str(path)
    if os.environ.get("BAKECTL_REQUIRE_BUILDX") == "1":
        pytest.fail("docker-buildx is required and was not found")
    pytest.skip("docker-buildx was not found; set BAKECTL_BUILDX to its path")
