"""What a command imports before it does its work, and what that costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BAKE_FILE = """
variable "TAG" {
  default = "dev"
}

target "default" {
  tags = ["acme/app:${TAG}", upper("a")]
  args = { A = 1 + 1 }
}
"""

# Lists what was imported: our modules, libraries (what lies in site-packages), and heavy parts of Python.
PROBE = """
import os, sys
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
sys.argv = ["bakectl", *sys.argv[1:]]
from bakectl.__main__ import main
code = main()
import json
names = [name for name in sys.modules if not name.startswith(("__", "_distutils_hack", "bakectl_"))]
ours = sorted(name for name in names if name.split(".")[0] == "bakectl")
places = {name: getattr(sys.modules[name], "__file__", None) or "" for name in names}
libraries = sorted({name.split(".")[0] for name in names if "-packages" in places[name] and name not in ours})
print(json.dumps([code, ours, libraries, sorted(set(names))]), file=sys.stderr)
"""
HEAVY = {
    "argparse", "asyncio", "ast", "csv", "dataclasses", "datetime", "decimal", "difflib", "email", "fractions", "hashlib",
    "http", "importlib.metadata", "inspect", "ipaddress", "logging", "pathlib", "pickle", "platform", "random", "shlex",
    "shutil", "socket", "ssl", "subprocess", "tempfile", "textwrap", "threading", "tokenize", "traceback", "unicodedata",
    "urllib", "urllib.parse", "uuid", "zipfile",
}  # fmt: skip
VERSION = {"bakectl", "bakectl.__main__"}
CLI = {
    *VERSION,
    "bakectl.cli",
    "bakectl.cli.options",
    "bakectl.cli.screen",
    "bakectl.errors",
    "bakectl.record",
}
HELP = {*CLI, "bakectl.cli.group", "bakectl.cli.words", "bakectl.suggest"}
DEFINITION = {"bakectl.bake", "bakectl.bake.files", "bakectl.cli.definition", "bakectl.diagnostics", "bakectl.source"}
PRINT = {
    *CLI,
    *DEFINITION,
    "bakectl.api",
    "bakectl.cli.print",
    "bakectl.cli.words",
    "bakectl.suggest",
    *(f"bakectl.bake.{name}" for name in (
        "attributes", "blocks", "checks", "collect", "definitions", "fields", "functions", "matrix", "merge", "model",
        "options", "overrides", "patterns", "platforms", "printing", "project", "resolve", "variables",
    )),
    "bakectl.eval",
    *(f"bakectl.eval.{name}" for name in (
        "calls", "collections", "convert", "csv_fields", "evaluator", "functions", "functions.integers", "functions.text", "limits", "number_text",
        "numbers", "operations", "operators", "scope", "templates", "traversal", "typeexpr", "types", "unify", "values",
    )),
    "bakectl.syntax",
    *(f"bakectl.syntax.{name}" for name in (
        "characters", "containers", "expressions", "graphemes", "lexer", "nodes", "numbers", "parser", "reader", "templates", "tokens",
        "traversals", "walk",
    )),
}  # fmt: skip


def imported(folder: Path, *words: str) -> tuple[set[str], set[str], set[str]]:
    """Our modules, libraries and heavy modules that a command imports."""
    (folder / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    code, ours, libraries, names = json.loads(done.stderr)
    assert code == 0
    return set(ours), set(libraries), set(names) & HEAVY


@pytest.mark.parametrize(
    ("words", "allowed", "libraries"),
    [
        (["--version"], VERSION, set()),
        (["--help"], HELP, {"click"}),
        (["print", "--help"], {*HELP, *DEFINITION, "bakectl.cli.print"}, {"click"}),
        (["print"], PRINT, set()),
        (["print", "--set", "default.platform=linux/arm64", "--push", "--var", "TAG=1", "default"], PRINT, set()),
    ],
    ids=["version", "help", "help of print", "print", "print with options"],
)
def test_nothing_else_is_imported(words: list[str], allowed: set[str], libraries: set[str], tmp_path: Path) -> None:
    ours, found, heavy = imported(tmp_path, *words)
    assert ours - allowed == set()
    assert found == libraries
    if not libraries:
        assert heavy == set()


@pytest.mark.parametrize("words", [["list", "--json"], ["list", "functions"], ["bake", "--dry-run"]], ids=" ".join)
def test_no_library_is_imported(words: list[str], tmp_path: Path) -> None:
    _, libraries, heavy = imported(tmp_path, *words)
    assert libraries == set()
    assert heavy & {"subprocess", "tempfile", "logging", "dataclasses", "inspect", "importlib.metadata"} == set()
