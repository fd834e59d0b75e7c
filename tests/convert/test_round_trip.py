"""Every case of the evaluator, from its format to the other and back: each prints what its golden says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import cases
import pytest

from bakectl.bake.files import COMPOSE, HCL, JSON, Input, read_files
from bakectl.bake.printing import definition_json
from bakectl.bake.project import load_project
from bakectl.bake.resolve import resolve
from bakectl.convert.conversion import convert
from bakectl.errors import InvalidBakeFile
from bakectl.source import Source

if TYPE_CHECKING:
    from pathlib import Path

UNSAYABLE = {
    "blocks/top-level-attribute-named-target": "not-convertible",
    "variables/default-from-function": "conversion-differs",
    "variables/validation-user-function-already-used": "conversion-differs",
}
"""Cases that have no form in JSON, and the rule that says why."""
RUNS = [run for run in cases.read_runs() if run.golden is not None and run.golden.suffix == ".json"]


def read(run: cases.Run, folder: Path) -> tuple[Input, ...]:
    """The one file of a run, or its Compose files; others are skipped."""
    named = [word for option, word in zip(run.arguments, run.arguments[1:], strict=False) if option in ("-f", "--file")]
    inputs = read_files(named, run.environment, run.standard_input(folder))
    if len(inputs) > 1 and any(given.format != COMPOSE for given in inputs):
        pytest.skip("this case has several files")
    return inputs


def prints(run: cases.Run, given: Input) -> str | None:
    """What a plain run prints for a file; None for a run with options."""
    names = [word for place, word in enumerate(run.arguments) if run.arguments[place - 1 : place] != ("-f",)]
    if any(name.startswith("-") for name in names if name != "-f"):
        return None
    project = load_project([given], run.environment)
    return definition_json(resolve(project, [name for name in names if name != "-f"]))


@pytest.mark.parametrize("run", RUNS, ids=[run.id for run in RUNS])
def test_there_and_back(run: cases.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run.unpack(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", run.environment["HOME"])
    given = read(run, tmp_path)
    other = JSON if given[0].format == HCL else HCL
    if run.id in UNSAYABLE:
        with pytest.raises(InvalidBakeFile) as caught:
            convert(given, other, run.environment, {})
        assert UNSAYABLE[run.id] in {problem.rule for problem in caught.value.diagnostics}
        return
    made = convert(given, other, run.environment, {})
    there = Input(Source("there", made.text), other)
    back_to = JSON if given[0].format == COMPOSE else given[0].format
    back = Input(Source("back", convert([there], back_to, run.environment, {}).text), back_to)
    if any(note.rule == "dot-env" for note in made.notes):
        return
    for printed in (prints(run, there), prints(run, back)):
        assert printed is None or json.loads(printed) == json.loads(run.golden.read_text("utf-8"))
