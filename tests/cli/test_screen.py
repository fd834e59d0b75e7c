"""Streams, colour, exit codes, and what becomes of a bug."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bakectl.cli import screen
from bakectl.cli.options import WrongCommandLine
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.errors import EXIT_CODES, BuildFailed, EngineUnavailable, InvalidBakeFile
from bakectl.source import Source, Span

ROOT = Path(__file__).parents[2]
FOUND = Diagnostic(Severity.ERROR, "some-rule", "it is wrong")


def raising(error: BaseException):
    def action() -> int:
        screen.write("before\n")
        raise error

    return action


@pytest.mark.parametrize(
    ("error", "code", "text"),
    [
        (InvalidBakeFile([FOUND]), 3, "error: it is wrong [some-rule]\n"),
        (EngineUnavailable([FOUND]), 4, "error: it is wrong [some-rule]\n"),
        (BuildFailed(1, [FOUND]), 5, "error: it is wrong [some-rule]\n"),
        (WrongCommandLine("no", "bakectl list"), 2, "error: no\nhelp: bakectl list --help\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_exit_codes(error: BaseException, code: int, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert screen.guard(raising(error)) == code
    assert code in EXIT_CODES
    assert tuple(capsys.readouterr()) == ("before\n", text)


def test_done() -> None:
    assert screen.guard(lambda: 0) == 0


def test_a_bug(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert screen.guard(raising(ZeroDivisionError("by nothing\nat all"))) == 70
    (log,) = tmp_path.iterdir()
    assert capsys.readouterr().err == (
        f"error: this is a bug in bakectl: ZeroDivisionError: by nothing\nhelp: please report it with the log {log}\n"
    )
    text = log.read_text("utf-8")
    assert re.match(r"bakectl \S+\nPython \S+ on \S+\nclick \S+\n", text)
    assert text.endswith("ZeroDivisionError: by nothing\nat all\n")


def test_a_bug_without_a_place_for_the_log(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/nonexistent")
    assert screen.guard(raising(ZeroDivisionError("by nothing"))) == 70
    err = capsys.readouterr().err
    assert "Traceback (most recent call last):" in err
    assert err.endswith("help: please report it with the log above\n")


def test_problems_are_shown_by_place(capsys: pytest.CaptureFixture[str]) -> None:
    one, two = Source("one.hcl", "a\nb\n"), Source("two.hcl", "c\n")
    given = [(one, 2), (two, 0), None, (one, 0)]
    screen.show(
        Diagnostic(Severity.ERROR, "rule", "wrong", place and Span(place[0], place[1], place[1] + 1)) for place in given
    )
    heads = [line.split(" ")[0] for line in capsys.readouterr().err.splitlines() if "[rule]" in line]
    assert heads == ["error:", "one.hcl:1:1:", "one.hcl:2:1:", "two.hcl:1:1:"]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "wanted"),
    [
        (Terminal(), {}, True),
        (Terminal(), {"NO_COLOR": ""}, True),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (io.StringIO(), {}, False),
    ],
)
def test_colour(
    stream: io.StringIO, environment: dict[str, str], wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert screen.wants_colour(stream) is wanted


def run(words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "60"}
    env.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "bakectl", *words.split()]
    return subprocess.run(command, env=env | options.pop("env", {}), timeout=60, check=False, **options)


def on_terminal(words: str, **environment: str) -> tuple[int, str]:
    """Run a command with stdout and stderr on a terminal."""
    ours, theirs = pty.openpty()
    done = run(words, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return done.returncode, shown.decode().replace("\r\n", "\n")


BAKE = 'target "app" {\n  description = "So long that no terminal of sixty columns can hold it in one line"\n}\n'


def test_a_terminal_gets_colour(project) -> None:
    project({"docker-bake.hcl": BAKE})
    code, shown = on_terminal("print nope")
    assert (code, shown) == (
        3,
        '\x1b[1;31merror:\x1b[0m there is no target or group "nope" [unknown-target]\n\x1b[32mhelp:\x1b[0m there are app\n',
    )
    code, shown = on_terminal("print nope", NO_COLOR="1")
    assert "\x1b" not in shown


def test_a_terminal_gets_a_table_that_folds(project) -> None:
    project({"docker-bake.hcl": BAKE})
    code, shown = on_terminal("list", NO_COLOR="1")
    assert code == 0
    bare = re.sub(r"\x1b\[\d*m", "", shown)
    assert [line.rstrip() for line in bare.splitlines()] == [
        "TARGET  GROUPS  DESCRIPTION",
        "app             So long that no terminal of sixty columns",
        "                can hold it in one line",
    ]


def test_other_encodings_change_nothing(project) -> None:
    project({"docker-bake.hcl": 'target "app" {\n  tags = ["漢"]\n}\n'})
    done = run("print app", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}, capture_output=True)
    assert '"漢"'.encode() in done.stdout
    done = run("print 漢", env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}, capture_output=True)
    assert 'there is no target or group "漢"'.encode() in done.stderr


def test_closed_streams_are_no_bug(project) -> None:
    project({"docker-bake.hcl": BAKE})
    command = f"{sys.executable} -m bakectl print"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for redirection, code in (("app >&-", 0), ("nope 2>&-", 3), ("app <&-", 0)):
        done = subprocess.run(["bash", "-c", f"{command} {redirection}"], env=env, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (code, b""), redirection


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("words", ["--help", "bake --help", "print app"])
def test_a_full_disk_is_no_bug(words: str, project) -> None:
    project({"docker-bake.hcl": BAKE})
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = f"{sys.executable} -m bakectl {words} >/dev/full"
    done = subprocess.run(["bash", "-c", command], env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (70, b"error: the output cannot be written: No space left on device\n")
