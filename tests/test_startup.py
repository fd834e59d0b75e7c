"""Start-up: what may be imported before it is needed. No clock, but for one wide ratio."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

HEAVY = (
    "click",
    "docker",
    "rich",
    "jinja2",
    "hcl2",
    "lark",
    "re2",
    "regex",
    "subprocess",
    "tempfile",
    "logging",
    "dataclasses",
    "inspect",
    "importlib.metadata",
    "urllib.request",
    "yaml",
)


def modules_after(arguments: list[str], folder: Path) -> set[str]:
    """The modules that are loaded when bakectl has done its work."""
    script = (
        "import sys, json, atexit\n"
        "before = set(sys.modules)\n"
        "sys.argv = ['bakectl', *json.loads(sys.argv[1])]\n"
        "from bakectl.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\nMODULES', json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)\n"
    )
    root = Path(__file__).parents[1]
    paths = f"import sys; sys.path[:0] = {[str(root), *sys.path]!r}"
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"{paths}\n{script}", json.dumps(arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stderr.rpartition("MODULES ")[2]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "docker-bake.hcl").write_text('target "default" {\n  tags = ["a:${upper("x")}"]\n}\n')
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--version"], set()),
        (["print"], set()),
        (["print", "default", "--set", "*.tags=b"], set()),
        (["list", "--json"], set()),
        (["bake", "--dry-run"], set()),
    ],
    ids=" ".join,
)
def test_nothing_heavy_is_imported(arguments: list[str], allowed: set[str], folder: Path) -> None:
    assert modules_after(arguments, folder) & set(HEAVY) == allowed


def test_version_imports_next_to_nothing(folder: Path) -> None:
    ours = {name for name in modules_after(["--version"], folder) if name.startswith("bakectl")}
    assert ours == {"bakectl", "bakectl.__main__"}


def test_help_imports_no_command(folder: Path) -> None:
    loaded = modules_after(["--help"], folder)
    assert not {"bakectl.cli.print", "bakectl.cli.bake", "bakectl.cli.list", "bakectl.bake"} & loaded


@pytest.mark.slow
def test_help_costs_little_more_than_click(folder: Path) -> None:
    """The wide bound of a timed test; the exact ratio is measured in `benchmarks/startup.py`."""

    def best(*command: str) -> float:
        times = []
        for _ in range(5):
            begun = time.perf_counter()
            subprocess.run([sys.executable, *command], cwd=folder, capture_output=True, check=True)
            times.append(time.perf_counter() - begun)
        return min(times)

    assert best("-m", "bakectl", "--help") < 3 * best("-c", "import click")
