"""Every case of an edit: the file after it, what is said, and that a second time changes nothing."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from edit_cases import Case, read_cases
from peers import find_buildx

from bakectl.cli import main

if TYPE_CHECKING:
    from pathlib import Path

CASES = read_cases()


def run(words: tuple[str, ...], capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = main(words)
    return code, capfd.readouterr().err


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "app"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in list(os.environ):
        if name not in ("HOME", "PATH"):
            monkeypatch.delenv(name)
    return folder / "docker-bake.hcl"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case, clean: Path, capfd: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> None:
    clean.write_bytes(case.before.encode())
    code, says = run(case.words, capfd)
    after = clean.read_bytes().decode()
    if request.config.getoption("--update-cases"):
        case.write(after, says)
        return
    assert (after, says) == (case.after, case.says)
    assert code == (3 if "error: " in says else 0)
    if after != case.before and case.words[1] not in ("rename", "copy", "add", "remove"):
        assert run(case.words, capfd)[0] == 0
        assert clean.read_bytes().decode() == after


@pytest.mark.oracle
@pytest.mark.parametrize("case", [case for case in CASES if case.after != case.before], ids=lambda case: case.id)
def test_buildx_reads_the_same_afterwards(case: Case, clean: Path, capfd: pytest.CaptureFixture[str]) -> None:
    buildx = find_buildx()
    clean.write_bytes(case.after.encode())
    code = main(["print", "*"])
    ours = capfd.readouterr().out
    done = subprocess.run([buildx, "bake", "--print", "*"], cwd=clean.parent, capture_output=True, check=False)
    assert (code == 0) == (done.returncode == 0), done.stderr
    assert ours == done.stdout.decode()
