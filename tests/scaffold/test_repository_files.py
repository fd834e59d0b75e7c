"""This repository's own files are what `bakectl init` writes for its example."""

from __future__ import annotations

from pathlib import Path

import bakectl
from bakectl.diagnostics import Problems
from bakectl.dockerfile.instructions import read_instructions
from bakectl.scaffold.discover import discover
from bakectl.scaffold.write import project_files
from bakectl.source import Source

ROOT = Path(__file__).parents[2]


def test_each_file_is_what_init_writes() -> None:
    problems = Problems()
    files = project_files(discover(str(ROOT), "examples/realtime-svg", problems))
    assert not list(problems)
    assert list(files) == ["docker-bake.hcl", "Dockerfile", "Dockerfile.frontend", ".dockerignore"]
    for path, text in files.items():
        assert (ROOT / path).read_text("utf-8") == text, path


def test_the_template_is_in_the_layout_of_fmt() -> None:
    text = (ROOT / "docker-bake.hcl").read_text("utf-8")
    assert bakectl.format(text) == text


def test_dockerfiles_differ_in_the_binary_only() -> None:
    """A step that both have is built once, because it is the same."""
    steps = [
        [
            (step.word, step.rest)
            for step in read_instructions(Source(name, (ROOT / name).read_text("utf-8"))).instructions
        ]
        for name in ("Dockerfile", "Dockerfile.frontend")
    ]
    differing = [(one, other) for one, other in zip(*steps, strict=True) if one != other]
    assert differing
    assert all("backend" in one[1] and "frontend" in other[1] for one, other in differing)
