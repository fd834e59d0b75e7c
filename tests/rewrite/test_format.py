"""The canonical layout: only white space changes, once is enough, and Terraform's own tool says the same."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import cases
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bakectl
from bakectl.bake.files import HCL, Input
from bakectl.bake.printing import definition_json
from bakectl.bake.project import load_project
from bakectl.bake.resolve import resolve
from bakectl.rewrite.format import format_edits
from bakectl.source import Source, apply_edits
from bakectl.syntax.parser import parse
from bakectl.syntax.tokens import BLANK

FMT = sorted((Path(__file__).parents[1] / "cases" / "fmt").glob("*.hcl"))
FILES = tuple(sorted(cases.CASES.glob("*/*.hcl")))
STEP = int(os.environ.get("BAKECTL_STEP", "4"))
"""Every how manieth bake file is taken; the long run sets 1."""
MARK = "# --- after\n"
DIFFERENT = {
    "bare-label": "Terraform puts labels in quotes",
    "quoted-and-bare-labels": "Terraform writes labels anew",
    "bom": "Terraform drops a byte order mark",
    "crlf": "Terraform ends a file with LF, whatever its lines end with",
    "only-interpolation-keeps-type": "Terraform takes the expression out of the quotes",
    "heredoc-inside-interpolation": "Terraform loses count of brackets within heredocs",
    "type-list-without-argument": "Terraform writes its own type expressions anew",
    "type-quoted": "likewise",
    "extraneous-bare-label": "Terraform puts labels in quotes",
}
"""Cases that `terraform fmt` lays out in another way, by rules of Terraform or by a fault of it."""


def read(text: str) -> list[tuple[str, str]] | None:
    """The tokens of a text without blanks, None when it has mistakes."""
    file = parse(Source("docker-bake.hcl", text))
    if file.problems:
        return None
    return [(token.kind, text[token.start : token.end]) for token in file.tokens if token.kind != BLANK]


@pytest.mark.parametrize("path", FMT, ids=lambda path: path.stem)
def test_case(path: Path, request: pytest.FixtureRequest) -> None:
    before, mark, after = path.read_bytes().decode().partition(MARK)
    found = bakectl.format(before)
    if request.config.getoption("--update-cases"):
        path.write_bytes((before + MARK + found).encode())
    else:
        assert found == (after if mark else before)
    assert bakectl.format(found) == found


@pytest.mark.parametrize("path", FILES[::STEP], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_only_white_space_changes(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    tokens = read(text)
    if tokens is None:
        return
    after = bakectl.format(text)
    newlines = [token for token in (read(after) or []) if token[0] != "newline"]
    assert newlines == [token for token in tokens if token[0] != "newline"] or path.stem == "comments"
    assert after.count("\n") - text.count("\n") in (0, 1)
    assert bakectl.format(after) == after


@pytest.mark.parametrize("path", FILES[::STEP], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_meaning_stays(path: Path) -> None:
    source = Source.decode("docker-bake.hcl", path.read_bytes())
    file = parse(source)
    if file.problems:
        return
    texts = (source, apply_edits(source, format_edits(file.tokens)))
    meanings = []
    for text in texts:
        project = load_project((Input(text, HCL),), cases.ENVIRONMENT)
        try:
            plan = resolve(project, tuple(project.targets) or ("default",))
            meanings.append(definition_json(plan))
        except bakectl.InvalidBakeFile as error:
            meanings.append("\n".join(sorted(problem.message for problem in error.diagnostics)))
    assert meanings[0] == meanings[1]


@cache
def terraform() -> str:
    found = shutil.which("terraform")
    if found is None:
        pytest.skip("terraform was not found")
    return found


@pytest.mark.oracle
@pytest.mark.parametrize(
    "path", [path for path in (*FMT, *FILES[::STEP]) if path.stem not in DIFFERENT], ids=lambda path: path.stem
)
def test_terraform_says_the_same(path: Path) -> None:
    data = path.read_bytes().partition(MARK.encode())[0]
    if read(data.decode("utf-8", "replace")) is None:
        return
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull}
    done = subprocess.run([terraform(), "fmt", "-"], input=data, env=environment, capture_output=True, check=False)
    if done.returncode == 0:
        assert bakectl.format(data.decode()) == done.stdout.decode()


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 10**9))
def test_blanks_put_anywhere_come_to_the_same(seed: int) -> None:
    """A file with its blanks torn apart is formatted to the very same text, as long as its lines stay."""
    import random

    chance = random.Random(seed)
    path = chance.choice(FILES)
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    if read(text) is None:
        return
    file = parse(Source("docker-bake.hcl", text))
    pieces = []
    for token in file.tokens:
        piece = text[token.start : token.end]
        pieces.append(
            chance.choice([" ", "  ", "\t", " \t "]) if token.kind == BLANK and "\ufeff" not in piece else piece
        )
    torn = "".join(pieces)
    if read(torn) == read(text):
        assert bakectl.format(torn) == bakectl.format(text)


def test_mistakes_are_not_formatted() -> None:
    with pytest.raises(bakectl.InvalidBakeFile, match="never closed"):
        bakectl.format("a = [1\n")
