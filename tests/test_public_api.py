"""The names of the library: all that may be relied on from one release to the next."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import bakectl

ROOT = Path(__file__).parents[1]

NAMES = [
    "BakectlError",
    "BuildFailed",
    "BuildResult",
    "Diagnostic",
    "EditRejected",
    "Editor",
    "EngineUnavailable",
    "Finding",
    "InvalidBakeFile",
    "Origin",
    "Plan",
    "Project",
    "Setting",
    "Span",
    "Target",
    "__version__",
    "build",
    "check",
    "edit",
    "format",
    "load",
    "plan",
    "render",
    "verify",
]


def test_names() -> None:
    assert sorted(bakectl.__all__) == NAMES
    assert set(NAMES) <= set(dir(bakectl))


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_what_its_module_holds(name: str) -> None:
    value = getattr(bakectl, name)
    home = getattr(value, "__module__", None)
    assert home is None or getattr(importlib.import_module(home), name) is value


def test_an_unknown_name() -> None:
    with pytest.raises(AttributeError, match="module 'bakectl' has no attribute 'bake_all'"):
        bakectl.bake_all  # noqa: B018


def test_no_name_is_that_of_a_package_inside() -> None:
    """Python puts a package that is imported in the place of the name."""
    packages = {path.name for path in (ROOT / "bakectl").iterdir() if path.is_dir()}
    assert packages & set(NAMES) == set()


def test_signatures() -> None:
    assert str(inspect.signature(bakectl.load)) == (
        "(*paths: 'str', env: 'Mapping[str, str] | None' = None, variables: 'Mapping[str, str] | None' = None, "
        "stdin: 'BinaryIO | bytes | None' = None) -> 'Project'"
    )
    assert str(inspect.signature(bakectl.plan)) == (
        "(project: 'Project', *targets: 'str', overrides: 'Iterable[Override]' = ()) -> 'Plan'"
    )
    assert str(inspect.signature(bakectl.edit)) == (
        "(*paths: 'str', env: 'Mapping[str, str] | None' = None, variables: 'Mapping[str, str] | None' = None, "
        "stdin: 'BinaryIO | bytes | None' = None) -> 'Editor'"
    )
    assert str(inspect.signature(bakectl.render)) == (
        "(diagnostics: 'Iterable[Diagnostic]', *, colour: 'bool' = False) -> 'str'"
    )


def test_signature_of_verify() -> None:
    assert str(inspect.signature(bakectl.verify)) == (
        "(*images: 'str', plan: 'Plan | None' = None, platforms: 'Iterable[str]' = (), origin: 'str | None' = None) "
        "-> 'list[Finding]'"
    )


def test_importing_the_package_imports_nothing_of_it() -> None:
    code = "import sys, bakectl; print([name for name in sys.modules if name.startswith('bakectl.')], 'typing' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[] False\n"


def test_load_plan_render(project) -> None:
    project(
        {"docker-bake.hcl": 'target "app" {\n  tags = ["acme/app:${TAG}"]\n}\nvariable "TAG" {\n  default = "1"\n}\n'}
    )
    loaded = bakectl.load(env={}, variables={"TAG": "2"})
    assert not list(loaded.problems)
    setting = bakectl.plan(loaded, "app")["app"]["tags"]
    assert setting.value == ("acme/app:2",)
    assert str(setting.origin.span) == "docker-bake.hcl:2:10"
    with pytest.raises(bakectl.InvalidBakeFile) as caught:
        bakectl.plan(loaded, "ap")
    assert bakectl.render(caught.value.diagnostics) == (
        'error: there is no target or group "ap" [unknown-target]\nhelp: did you mean "app"?\n'
    )
    assert caught.value.exit_code == 3


def test_bad_content_is_data(project) -> None:
    project({"docker-bake.hcl": 'target "app" {\n  tags = [NOPE]\n}\n'})
    loaded = bakectl.load(env={})
    assert [str(problem.span) for problem in loaded.problems] == ["docker-bake.hcl:2:11"]


def test_where_merged_values_come_from(project) -> None:
    text = 'target "base" {\n  args = { A = "1" }\n}\ntarget "app" {\n  inherits = ["base"]\n  args = { B = "2" }\n}\n'
    project({"docker-bake.hcl": text})
    setting = bakectl.plan(bakectl.load(env={}), "app")["app"]["args"]
    assert setting.value == {"A": "1", "B": "2"}
    assert [(value, origin.target, str(origin.span)) for value, origin in setting.given] == [
        ({"A": "1"}, "base", "docker-bake.hcl:2:10"),
        ({"B": "2"}, "app", "docker-bake.hcl:6:10"),
    ]


def test_all_problems_at_once(project) -> None:
    project({"docker-bake.hcl": 'target "a" {\n  tags = nope\n}\ntarget "b" {\n  context = 1 +\n}\n'})
    loaded = bakectl.load(env={})
    with pytest.raises(bakectl.InvalidBakeFile) as caught:
        bakectl.plan(loaded, "c")
    assert sorted(problem.rule for problem in caught.value.diagnostics) == [
        "syntax",
        "unknown-target",
        "unknown-variable",
    ]


def test_no_file(project) -> None:
    project({})
    with pytest.raises(bakectl.InvalidBakeFile, match="there is no bake file"):
        bakectl.load(env={})
    with pytest.raises(bakectl.InvalidBakeFile, match=r"there is no file nope\.hcl"):
        bakectl.load("nope.hcl")


EDITOR = [
    "add", "add_group", "add_platform", "add_target", "add_variable", "changes", "copy_target", "label", "notes", "paths",
    "project", "remove", "remove_group", "remove_platform", "remove_target", "remove_variable", "rename_group",
    "rename_target", "rename_variable", "set", "set_cache", "set_variable", "text", "unset", "unset_cache", "write",
    "written",
]  # fmt: skip


def test_verbs_of_the_editor() -> None:
    assert sorted(name for name in dir(bakectl.Editor) if not name.startswith("_")) == EDITOR
