"""A converted file, printed by buildx: the same as the golden of the file that it was made from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from test_cases import RUNS, run_buildx

from bakectl.bake.files import COMPOSE, HCL, JSON, read_files
from bakectl.convert.conversion import convert
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from pathlib import Path

    import cases

UNSAYABLE = {
    "blocks/top-level-attribute-named-target": "a top-level attribute that is called as a type of blocks",
    "variables/default-from-function": "a function in the default of a variable: buildx does not find it in JSON",
    "variables/validation-user-function-already-used": "likewise",
}
"""Cases that have no form in JSON, and why."""
PRINTED = [run for run in RUNS if run.golden is not None and run.golden.suffix == ".json" and not run.notes.differs]


def options_of(run: cases.Run) -> tuple[list[str], list[str]]:
    """The one file that a run names, or none, and its other arguments."""
    words = list(run.arguments)
    places = [place for place, word in enumerate(words) if word in ("-f", "--file")]
    if len(places) > 1 or run.stdin or any(word.startswith("--file=") for word in words):
        pytest.skip("this case has several files, or one that is no plain file")
    named = [words.pop(place + 1) for place in places]
    return named, [word for word in words if word not in ("-f", "--file")]


@pytest.mark.oracle
@pytest.mark.parametrize("run", PRINTED, ids=[run.id for run in PRINTED])
def test_buildx_prints_the_same(run: cases.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.unpack(tmp_path)
    monkeypatch.chdir(tmp_path)
    named, rest = options_of(run)
    inputs = read_files(named, run.environment)
    if len(inputs) > 1 and any(given.format != COMPOSE for given in inputs):
        pytest.skip("this case has several files")
    other = JSON if inputs[0].format == HCL else HCL
    try:
        made = convert(inputs, other, run.environment, {})
    except InvalidBakeFile as refused:
        assert run.id in UNSAYABLE, refused
        return
    if any(note.rule == "dot-env" for note in made.notes):
        pytest.skip("this case has its values from .env, which buildx does not read for HCL")
    name = f"converted.{other}"
    (tmp_path / name).write_text(made.text, "utf-8")
    result = run_buildx(replace(run, arguments=("-f", name, *rest)), tmp_path)
    assert (result.code, result.out) == (0, run.golden.read_text("utf-8")), result.err
