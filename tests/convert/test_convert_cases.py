"""Each case of `tests/cases/convert`: a file, what it is in the other format, and what is said about it.

A first line `# $ NAME=value …` sets variables.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bakectl.bake.files import HCL, JSON, read_files
from bakectl.convert.conversion import convert
from bakectl.errors import InvalidBakeFile
from bakectl.report.text import render

CASES = Path(__file__).parents[1] / "cases" / "convert"
ENVIRONMENT = {"HOME": "/nonexistent", "PATH": "/usr/bin:/bin"}
GIVEN = sorted(path for path in CASES.glob("*/*") if path.suffix not in (".out", ".err"))


@pytest.mark.parametrize("path", GIVEN, ids=[f"{path.parent.name}/{path.stem}" for path in GIVEN])
def test_case(path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    monkeypatch.chdir(path.parent)
    inputs = read_files([path.name], ENVIRONMENT)
    first = inputs[0].source.line(1)
    words = first.removeprefix("# $ ").split() if first.startswith("# $ ") else []
    environment = ENVIRONMENT | dict(word.split("=", 1) for word in words)
    text = ""
    try:
        made = convert(inputs, JSON if inputs[0].format == HCL else HCL, environment, {})
        text, said = made.text, made.notes
    except InvalidBakeFile as refused:
        said = refused.diagnostics
    for golden, found in ((path.with_suffix(".out"), text), (path.with_suffix(".err"), render(said))):
        if request.config.getoption("--update-cases"):
            golden.unlink(missing_ok=True)
            if found:
                golden.write_text(found, "utf-8")
        assert (golden.read_text("utf-8") if golden.exists() else "") == found


def test_every_golden_has_its_case() -> None:
    stems = {path.with_suffix("") for path in GIVEN}
    assert [path for path in CASES.glob("*/*") if path.with_suffix("") not in stems] == []
