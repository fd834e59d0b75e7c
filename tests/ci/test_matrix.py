"""The scope of each row is the one that a bake of its target and platform writes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def bakectl(*words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "bakectl", *words], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def test_scope_is_that_of_the_build() -> None:
    rows = json.loads(bakectl("ci", "matrix", "all"))
    assert [(row["target"], row["platform"]) for row in rows] == [
        (target, platform)
        for target in ("backend", "frontend")
        for platform in ("linux/amd64", "linux/arm64", "linux/arm/v7")
    ]
    for row in rows:
        command = bakectl("bake", row["target"], "--platform", row["platform"], "--cache", "gha", "--dry-run")
        written = re.findall(rf"{row['target']}\.cache-to=type=gha,scope=([^,]+),", command)
        assert written == [row["scope"]]
        assert row["slug"] == row["platform"].replace("/", "-")
