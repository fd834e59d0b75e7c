"""Each case of `tests/cases/eval`: bakectl prints what the golden says, and the golden is what buildx says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import cases
import pytest
from peers import ROOT, find_buildx

from bakectl.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RUNS = tuple(cases.read_runs())

_BUILDX_PLACE = re.compile(r"ERROR: [^\s:]+:(\d+),\d+-")
_OUR_PLACE = re.compile(r"^[^\s:]+:(\d+):\d+: (?:error|note):", re.MULTILINE)
_IN_BRACKETS = re.compile(r"(?<=services)\[([^\]]+)\]")
_NAME = re.compile(r'"([^"]+)"|\'([^\']+)\'|\b(?:find target|key:?) ([^\s,:"\']+)')


class Result(NamedTuple):
    code: int
    out: str
    err: str


def run_bakectl(run: cases.Run, folder: Path) -> Result:
    """Run one case with bakectl: within this process, or as a process of its own if BAKECTL_SPAWN is 1."""
    words = ["print", *run.arguments]
    if os.environ.get("BAKECTL_SPAWN") == "1":
        return _spawn([sys.executable, "-m", "bakectl", *words], run, folder, {"PYTHONPATH": str(ROOT)})
    with _as_process(run, folder) as (out, err):
        code = main(words)
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


@contextmanager
def _as_process(run: cases.Run, folder: Path) -> Iterator[tuple[BytesIO, BytesIO]]:
    """Give this process the folder, the environment and the streams of a case."""
    out, err = BytesIO(), BytesIO()
    with pytest.MonkeyPatch.context() as patch, mock.patch.dict(os.environ, run.environment, clear=True):
        patch.chdir(folder)
        for name, stream in (("stdin", BytesIO(run.standard_input(folder))), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, TextIOWrapper(stream, "utf-8", write_through=True))
        yield out, err


def run_buildx(run: cases.Run, folder: Path) -> Result:
    """Run one case with buildx."""
    return _spawn([find_buildx(), "bake", "--print", *run.arguments], run, folder, {})


def _spawn(command: list[str], run: cases.Run, folder: Path, environment: dict[str, str]) -> Result:
    done = subprocess.run(
        command,
        cwd=folder,
        env=run.environment | environment,
        input=run.standard_input(folder),
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode(errors="replace"))


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.id)
def test_bakectl_agrees(run: cases.Run, tmp_path: Path) -> None:
    golden = run.golden
    assert golden, "no golden: run pytest --update-cases"
    run.unpack(tmp_path)
    result = run_bakectl(run, tmp_path)
    expected = golden.read_text("utf-8")
    if golden.suffix == ".err":
        _check_refusal(result, expected, run.notes.place)
    else:
        assert result.code == 0, result.err
        assert json.loads(result.out) == json.loads(expected)
        assert result.out == expected


def _check_refusal(result: Result, expected: str, place: int | None) -> None:
    assert result.code == 3, f"expected {expected}got {result}"
    buildx_place = _BUILDX_PLACE.match(expected)
    if buildx_place:
        line = str(place or buildx_place[1])
        assert line in _OUR_PLACE.findall(result.err), f"expected line {line}, {expected}got {result.err}"
    else:
        # Compose writes some places as services[app].build, and others as services.app.build.
        named = _NAME.findall(_IN_BRACKETS.sub(r".\1", expected))
        names = {"".join(groups).replace("\\\\", "\\") for groups in named}
        missing = sorted(name for name in names if name not in result.err)
        assert not missing, f"expected {missing} of {expected}got {result.err}"


@pytest.mark.oracle
@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.id)
def test_buildx_agrees(run: cases.Run, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if run.notes.differs:
        pytest.skip(f"differs: {run.notes.differs}")
    run.unpack(tmp_path)
    suffix, text = _golden_of(run_buildx(run, tmp_path))
    if request.config.getoption("--update-cases"):
        for path in run.goldens:
            path.unlink(missing_ok=True)
        (run.source.parent / f"{run.stem}{suffix}").write_text(text, "utf-8")
    golden = run.golden
    assert golden, "no golden: run pytest --update-cases"
    assert (golden.suffix, golden.read_text("utf-8")) == (suffix, text)


def _golden_of(result: Result) -> tuple[str, str]:
    if result.code == 0:
        return ".json", result.out
    assert result.code == 1, f"buildx crashed: {result.err}"
    return ".err", "ERROR: " + f"\n{result.err}".rpartition("\nERROR: ")[2].rstrip("\n") + "\n"


def test_every_golden_has_its_case() -> None:
    assert cases.orphans() == []
