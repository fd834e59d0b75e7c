"""Each rule finds what its page calls wrong, at the very place, and says nothing of what it calls right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from pages import Page, read_page

from bakectl.bake.files import HCL, Input
from bakectl.bake.project import load_project
from bakectl.diagnostics import Severity
from bakectl.lint.fixes import apply_fixes
from bakectl.lint.rules import RULES
from bakectl.lint.run import Choice, check
from bakectl.report.text import render
from bakectl.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from bakectl.diagnostics import Diagnostic

PAGES = [read_page(rule) for rule in RULES if rule != "unused-ignore"]
_VERSION = re.compile(r"# buildx ([\d.]+)")
GOLDENS = "cases/lint"


def found_in(text: str, *rules: str) -> list[Diagnostic]:
    version = _VERSION.search(text)
    buildx = tuple(map(int, version[1].split("."))) if version else None
    project = load_project((Input(Source("docker-bake.hcl", text), HCL),), {})
    return check(project, Choice(select=rules), buildx)


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def write(page: Page) -> None:
        monkeypatch.chdir(tmp_path)
        for name, text in page.files.items():
            (tmp_path / name).write_text(text)

    return write


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule)
def test_wrong_is_found(page: Page, beside, request: pytest.FixtureRequest) -> None:
    beside(page)
    found = [one for one in found_in(page.wrong, page.rule) if one.rule == page.rule]
    assert found, "the sample is not found to be wrong"
    path = request.config.rootpath / "tests" / GOLDENS / f"{page.rule}.out"
    text = render(found)
    mended = mend(page.wrong, page.rule)
    if mended != page.wrong:
        text += f"--- mended\n{mended}"
    if request.config.getoption("--update-cases"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule)
def test_right_is_quiet(page: Page, beside) -> None:
    beside(page)
    assert found_in(page.right, page.rule) == []


def mend(text: str, *rules: str) -> str:
    """The text with all fixes, unsafe ones included."""
    for _ in range(5):
        inputs = (Input(Source("docker-bake.hcl", text), HCL),)
        project = load_project(inputs, {})
        after = apply_fixes(inputs, check(project, Choice(select=rules)), unsafe=True)[0].source.text
        if after == text:
            break
        text = after
    return text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.rule)
def test_mended_text_is_valid(page: Page, beside) -> None:
    beside(page)
    mended = mend(page.wrong, page.rule)
    project = load_project((Input(Source("docker-bake.hcl", mended), HCL),), {})
    assert not any(problem.rule == "syntax" for problem in project.problems)
    assert mend(mended, page.rule) == mended


def test_a_rule_that_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    from bakectl.lint.rules import bad_tag

    def broken(context: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(bad_tag, "check", broken)
    found = found_in('target "app" {\n  tagz = []\n}\n', "bad-tag", "unknown-attribute")
    assert [(one.rule, one.severity) for one in found] == [
        ("internal", Severity.WARNING),
        ("unknown-attribute", Severity.ERROR),
    ]


def test_broken_files_are_checked_as_far_as_they_can_be_read() -> None:
    found = found_in('target "app" {\n  tags = [\n}\ntarget "web" {\n  tagz = []\n}\n')
    assert {"syntax", "unknown-attribute"} <= {one.rule for one in found}


@pytest.mark.parametrize(
    ("comment", "hidden", "unused"),
    [
        ("tagz = [] # bakectl: ignore[unknown-attribute]", True, []),
        ("# bakectl: ignore[unknown-attribute]\n  tagz = []", True, []),
        ("# bakectl: ignore[unknown-attribute]\n  # why\n  tagz = []", True, []),
        ("# bakectl: ignore[bad-tag]\n  tagz = []", False, ["bad-tag"]),
        ("tagz = [] // bakectl: ignore[bad-tag, unknown-attribute]", True, ["bad-tag"]),
        ("tagz = [] # bakectl: ignore[nonsense]", False, ["nonsense"]),
    ],
)
def test_ignores(comment: str, hidden: bool, unused: list[str]) -> None:
    found = found_in(f'target "app" {{\n  {comment}\n}}\n', "names", "bad-tag", "unused-ignore", "nonsense")
    assert ("unknown-attribute" not in {one.rule for one in found}) == hidden
    spans = [one.span.text for one in found if one.rule == "unused-ignore" and one.span]
    assert [span for span in spans if span != "nonsense"] == [name for name in unused if name != "nonsense"]


def test_the_page_of_the_rules_is_current() -> None:
    from rules_page import PAGE, page

    assert PAGE.read_text("utf-8") == page(), "run python tests/lint/rules_page.py"


def test_every_rule_has_its_module() -> None:
    from pathlib import Path

    from bakectl.lint import rules

    names = {path.stem.replace("_", "-") for path in Path(rules.__file__).parent.glob("[a-z]*.py")}
    assert names == {*RULES} - {"unused-ignore"}
