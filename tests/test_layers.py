"""Arrows point down: which part of the package may import which, as a table."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "bakectl"

GROUND = ("record", "source", "diagnostics", "errors", "suggest", "masking")
MAY_IMPORT = {
    "syntax": ("syntax", *GROUND),
    "rewrite": ("rewrite", "syntax", *GROUND),
    "eval": ("eval", "syntax", *GROUND),
    "bake": ("bake", "eval", "syntax", *GROUND),
    "dockerfile": ("dockerfile", *GROUND),
    "editing": ("editing", "writing", "rewrite", "bake", "syntax", *GROUND),
    "lint": ("lint", "settings", "dockerfile", "rewrite", "bake", "eval", "syntax", *GROUND),
    "ci": ("ci", "settings", "templating", "writing", "bake", "syntax", *GROUND),
    "verifying": ("verifying", "settings", "bake", "syntax", *GROUND),
    "runs": ("runs", *GROUND),
    "engine": ("engine", "settings", "runs", "dockerfile", "bake", "syntax", *GROUND),
    "convert": ("convert", "rewrite", "bake", "eval", "syntax", *GROUND),
    "scaffold": ("scaffold", "dockerfile", "templating", "bake", "syntax", *GROUND),
    "report": ("report", "runs", "templating", *GROUND),
    "writing": GROUND,
    "settings": GROUND,
    "templating": GROUND,
    "verification": ("verifying", "settings", "writing", "engine", "bake", *GROUND),
    "doctor": ("verifying", "engine", "bake", *GROUND),
    "cache_presence": ("verification", "verifying", "bake", *GROUND),
    "api": ("verification", "verifying", "editing", "lint", "rewrite", "bake", "syntax", *GROUND),
    "building": ("api", "engine", "bake", *GROUND),
    "running": ("api", "engine", "runs", "bake", *GROUND),
    "cli": (
        "cli",
        "api",
        "settings",
        "editing",
        "lint",
        "rewrite",
        "syntax",
        "writing",
        "building",
        "verifying",
        "verification",
        "cache_presence",
        "doctor",
        "running",
        "runs",
        "convert",
        "scaffold",
        "ci",
        "engine",
        "report",
        "bake",
        "eval",
        *GROUND,
        "",
    ),
    "__main__": ("cli", ""),
    "__init__": ("running", "engine", "api", "editing", "verifying", "bake", "report", *GROUND),
    **dict.fromkeys(GROUND, GROUND),
}
ONLY_IN = {
    "click": "cli",
    "docker": "engine.daemon",
    "jinja2": "templating",
    "subprocess": "engine.process",
    "rich": "cli",
    "re2": "eval.functions",
    "regex": "syntax.graphemes",
    "bcrypt": "eval.functions.crypto",
    "requests": "verifying.registry",
    "urllib3": "verifying.registry",
    "elftools": "verifying.elf",
    "backports": "verifying.compression",
    "compression": "verifying.compression",
    "yaml": "bake.compose.yaml_nodes",
}
"""Libraries and the one part of the package that imports each."""


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)
        found.append((name, path))
    return found


MODULES = modules()


def imports(path: Path) -> set[str]:
    """All modules that a file imports, anywhere in it, type checking included."""
    found: set[str] = set()
    known = {f"bakectl.{name}" for name, _ in MODULES}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in known else node.module)
    return found


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_imports_point_down(name: str, path: Path) -> None:
    allowed = MAY_IMPORT[name.split(".", maxsplit=1)[0]]
    for module in imports(path):
        if module == "bakectl" or module.startswith("bakectl."):
            part = module.removeprefix("bakectl").removeprefix(".").split(".")[0]
            assert part in allowed, f"{name} must not import {module}"


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_libraries_have_one_door(name: str, path: Path) -> None:
    for module in imports(path):
        door = ONLY_IN.get(module.split(".")[0])
        assert door is None or f"{name}.".startswith(f"{door}."), f"only {door} may import {module}, not {name}"


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_no_other_library_is_imported(name: str, path: Path) -> None:
    known = {"bakectl", *sys.stdlib_module_names, *ONLY_IN}
    assert {module.split(".")[0] for module in imports(path)} - known == set()


@pytest.mark.parametrize(("name", "path"), MODULES, ids=[name for name, _ in MODULES])
def test_only_the_command_line_talks(name: str, path: Path) -> None:
    """Nothing else prints, exits, or reads the process's words and streams."""
    if name.partition(".")[0] in {"cli", "__main__"}:
        return
    tree = ast.parse(path.read_text("utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    of_sys = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "sys"
    }
    assert names & {"print", "input", "exit"} == set()
    assert of_sys & {"argv", "exit", "stdin", "stdout", "stderr"} == set()


def test_every_part_has_its_row() -> None:
    assert {name.split(".")[0] for name, _ in MODULES} == set(MAY_IMPORT)


def test_no_import_at_run_time_goes_in_a_circle() -> None:
    """Imports at the head of modules, those for types left out."""
    known = {f"bakectl.{name}": path for name, path in MODULES}
    graph: dict[str, set[str]] = {}
    for name, path in MODULES:
        found: set[str] = set()
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bakectl"):
                for alias in node.names:
                    full = f"{node.module}.{alias.name}"
                    found.add(full if full in known else node.module)
        graph[f"bakectl.{name}"] = found & set(known)
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module not in done:
            for other in sorted(graph[module] - {module}):
                visit(other, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def test_no_two_files_of_tests_have_one_name() -> None:
    """pytest imports them by their bare names, and takes the second for the first."""
    names = [path.name for path in Path(__file__).parent.rglob("*.py") if path.name != "conftest.py"]
    assert [name for name in names if names.count(name) > 1] == []
