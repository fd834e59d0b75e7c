"""The repository's own workflows are as good as those that `bakectl ci` writes."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from bakectl.ci.actions import ACTIONS

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
# Used here only; commit and release as several public repositories have them.
OWN_ACTIONS = {
    "actions/deploy-pages": ("d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e", "v4.0.5"),
    "actions/upload-pages-artifact": ("7b1f4a764d45c48632c6b24a0339c27f5614fb0b", "v4.0.0"),
    "pypa/gh-action-pypi-publish": ("ed0c53931b1dc9bd32cbe73a98c7f6766f8a527e", "v1.13.0"),
}


def read(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("release_notes", str(ROOT / "scripts" / "release-notes"))
    spec = importlib.util.spec_from_loader(loader.name, loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_schema() -> None:
    checker = ("-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows")
    done = subprocess.run([sys.executable, *checker, *WORKFLOWS], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("persona", ["regular", "pedantic"])
def test_zizmor(persona: str) -> None:
    words = ("--offline", "--no-progress", "--no-config", "--format", "json", "--persona", persona)
    zizmor = Path(sys.executable).parent / "zizmor"
    done = subprocess.run([zizmor, *words, *WORKFLOWS], check=False, capture_output=True, text=True)
    found = [(finding["ident"], finding["desc"]) for finding in json.loads(done.stdout or "[]")]
    assert (done.returncode, found) == (0, []), done.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow(path: Path) -> None:
    text = path.read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] > 0
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "expressions are for env, not for the text of a shell"
            if "uses" in step:
                action, _, commit = step["uses"].partition("@")
                known = (ACTIONS | OWN_ACTIONS)[action]
                assert commit == known[0]
                assert f"{step['uses']} # {known[1]}" in text


def test_only_one_action_has_the_identity_of_the_publisher() -> None:
    publish = read("release.yml")["jobs"]["publish"]
    assert (publish["permissions"]["id-token"], publish["environment"]["name"]) == ("write", "pypi")
    assert [step["uses"].partition("@")[0] for step in publish["steps"]] == [
        "actions/download-artifact",
        "pypa/gh-action-pypi-publish",
    ]


def test_all_pythons_are_tried() -> None:
    (oldest,) = re.findall(r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    tried = read("tests.yml")["jobs"]["python"]["strategy"]["matrix"]["python"]
    assert tried == [f"3.{minor}" for minor in range(int(oldest), 15)]


def test_notes_of_a_release(script: ModuleType) -> None:
    text = (
        "# Changes\n\n## Unreleased\n\n- New.\n\n## 0.2.0 (2026-12-01)\n\n### Added\n\n- It.\n\n## 0.1.0\n\n- First.\n"
    )
    assert script.notes(text, "0.2.0") == "### Added\n\n- It.\n"
    assert script.notes(text, "0.1.0") == "- First.\n"
    assert script.notes(text, "0.2") is None
    done = subprocess.run([ROOT / "scripts/release-notes", "9.9"], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert 'no section "## 9.9"' in done.stderr
