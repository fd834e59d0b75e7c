"""The public names of the package, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bakectl

if TYPE_CHECKING:
    from pathlib import Path

NAMES = {
    "BakectlError",
    "BuildFailed",
    "Diagnostic",
    "EngineUnavailable",
    "InvalidBakeFile",
    "Origin",
    "Plan",
    "Project",
    "Setting",
    "Span",
    "Target",
    "__version__",
    "load",
    "plan",
    "render",
}


def test_names() -> None:
    assert set(bakectl.__all__) == NAMES
    assert all(getattr(bakectl, name) is not None for name in NAMES)


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        bakectl.nope  # noqa: B018


def test_plan_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    path.write_text('variable "TAG" { default = "1" }\ntarget "app" {\n  tags = ["acme/app:${TAG}"]\n}\n')
    project = bakectl.load(str(path), env={}, variables={"TAG": "2"})
    assert not project.problems.items
    setting = bakectl.plan(project, "app")["app"]["tags"]
    assert setting.value == ("acme/app:2",)
    assert setting.origin.kind == "attribute"
    assert str(setting.origin.span) == f"{path}:3:10"
    assert setting.origin.span is not None
    assert setting.origin.span.text == '["acme/app:${TAG}"]'


def test_where_merged_values_come_from(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    path.write_text(
        'target "base" {\n  args = { A = "1" }\n}\ntarget "app" {\n  inherits = ["base"]\n  args = { B = "2" }\n}\n'
    )
    setting = bakectl.plan(bakectl.load(str(path), env={}), "app")["app"]["args"]
    assert setting.value == {"A": "1", "B": "2"}
    assert [
        (value, origin.target, str(origin.span).rpartition("docker-bake.hcl:")[2]) for value, origin in setting.given
    ] == [
        ({"A": "1"}, "base", "2:10"),
        ({"B": "2"}, "app", "6:10"),
    ]


def test_all_problems_at_once(tmp_path: Path) -> None:
    path = tmp_path / "docker-bake.hcl"
    path.write_text('target "a" {\n  tags = nope\n}\ntarget "b" {\n  context = 1 +\n}\n')
    project = bakectl.load(str(path), env={})
    with pytest.raises(bakectl.InvalidBakeFile) as caught:
        bakectl.plan(project, "c")

    assert [problem.rule for problem in caught.value.diagnostics] == ["unknown-variable", "syntax", "unknown-target"]


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(bakectl.InvalidBakeFile, match="there is no file"):
        bakectl.load(str(tmp_path / "nope.hcl"))
