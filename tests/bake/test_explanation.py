"""Every setting of every case has a place in a file, the environment, the command line, or a named default."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cases
import pytest

from bakectl.bake.explanation import explain
from bakectl.bake.files import HCL, Input
from bakectl.bake.overrides import parse_override
from bakectl.bake.project import load_project
from bakectl.bake.resolve import resolve
from bakectl.errors import InvalidBakeFile
from bakectl.source import Source

if TYPE_CHECKING:
    from pathlib import Path

SOURCES = ("default of buildx", "implied by ", "a target that is only a context of others")


@pytest.mark.parametrize("area", sorted({path.parent.name for path in cases.CASES.glob("*/*.hcl")}))
def test_every_value_has_a_source(area: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    count = 0
    for path in sorted((cases.CASES / area).glob("*.hcl")):
        source = Source.decode("docker-bake.hcl", path.read_bytes())
        project = load_project((Input(source, HCL),), {**cases.ENVIRONMENT, "SOURCE_DATE_EPOCH": "0"})
        try:
            plan = resolve(project, tuple(project.targets), (parse_override("*.args.GIVEN=1"),))
        except InvalidBakeFile:
            continue
        for name, target in plan.targets.items():
            for one in explain(project, plan, name, given={}):
                assert one.value == target[one.field].value
                assert one.parts
                for part in one.parts:
                    count += 1
                    assert part.place is not None or part.source.startswith(
                        (*SOURCES, "--set *.args.GIVEN=1", "SOURCE_DATE_")
                    )
                    assert part.source != 'target ""'
                    assert all(use.source for use in part.uses)
    assert count > 0 or area in {"syntax-errors", "expression-errors"}
