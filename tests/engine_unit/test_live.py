"""The view on a terminal: what a person sees at 60 columns, after a resize, without colour, and with little room."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Bakectl, FakeDocker

STREAMS = Path(__file__).parent / "streams"
SECONDS = 20
BAKE_FILE = """\
group "default" {
  targets = ["backend", "frontend"]
}
target "backend" {
  dockerfile-inline = "FROM scratch"
  platforms         = ["linux/amd64", "linux/arm64"]
}
target "frontend" {
  dockerfile-inline = "FROM base"
  contexts          = { base = "target:base" }
  platforms         = ["linux/arm64"]
}
target "base" {
  dockerfile-inline = "FROM scratch"
  platforms         = ["linux/amd64"]
}
"""


class Terminal:
    """A terminal of some size with `bakectl` in it, and what a person sees there."""

    def __init__(self, bakectl: Bakectl, columns: int, rows: int, *words: str, **variables: str) -> None:
        self.screen = pyte.HistoryScreen(columns, rows, history=1000)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        environment = {**bakectl.environment, "TERM": "xterm-256color", "LANG": "C.UTF-8", **variables}
        self.number, self.side = pty.fork()
        if self.number == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.chdir(bakectl.folder)
            os.execve(sys.executable, [sys.executable, "-m", "bakectl", *words], environment)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.side, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def lines(self) -> list[str]:
        """The lines that are not empty, with times and turning signs made equal."""
        texts = (re.sub(r"\d+\.\d s", "0.0 s", line.rstrip()) for line in self.screen.display)
        return [re.sub(r"^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] ", "* ", text) for text in texts if text]

    def read_until(self, claim: Callable[[], bool]) -> None:
        end = time.monotonic() + SECONDS
        # Half of a painting tells nothing.
        while not (self.raw.endswith(b"\x1b[?2026l") and claim()):
            assert time.monotonic() < end, "\n".join(self.screen.display)
            if select.select([self.side], [], [], 0.1)[0]:
                self._read()

    def _read(self) -> bool:
        try:
            data = os.read(self.side, 65536)
        except OSError:
            return False
        self.raw += data
        self.stream.feed(data)
        return bool(data)

    def wait(self) -> int:
        while self._read():
            pass
        _, status = os.waitpid(self.number, 0)
        os.close(self.side)
        return os.waitstatus_to_exitcode(status)


def half_done() -> str:
    """The stream up to where a step has said something."""
    lines = (STREAMS / "shared.jsonl").read_text("utf-8").splitlines(keepends=True)
    return "".join(
        lines[: max(place for place, line in enumerate(lines) if '"logs"' in line and "bGluZSAyCg==" in line) + 1]
    )


@pytest.fixture
def shop(bakectl: Bakectl, fake_docker: FakeDocker) -> Bakectl:
    (bakectl.folder / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
    fake_docker.answer("buildx bake", err=half_done(), waits="go")
    return bakectl


def go(fake_docker: FakeDocker) -> None:
    (fake_docker.folder / "go").touch()


AT_WORK = [
    "bake  0.0 s  0 of 3 targets done",
    "* backend      1/4 steps, 1 cached                   0.0 s",
    "*   linux/amd64 1/4, 1 cached [2/2] builder: RUN ech…  0.0 s",
    "    │ building",
    "    │ line 1",
    "    │ line 2",
    "·   linux/arm64",
    "* frontend     1/5, 1 cached [2/2] RUN echo base hel…  0.0 s",
    "    │ base hello",
    "* base         1/2, 1 cached [2/2] RUN echo base hel…  0.0 s",
    "    │ base hello",
]


def test_at_60_columns(shop: Bakectl, fake_docker: FakeDocker) -> None:
    terminal = Terminal(shop, 60, 20, "bake")
    terminal.read_until(lambda: any("line 2" in line for line in terminal.lines))
    assert [re.sub(r" +0\.0 s$", "", line) for line in terminal.lines] == [
        re.sub(r" +0\.0 s$", "", line) for line in AT_WORK
    ]
    assert max(map(len, terminal.lines)) < 60
    go(fake_docker)
    assert terminal.wait() == 0
    text = "\n".join(line.rstrip() for line in terminal.screen.display)
    assert "0 of 3 targets done" not in text
    assert "│" not in text
    assert "TARGET" in text
    assert "done in" in text


def test_after_a_resize(shop: Bakectl, fake_docker: FakeDocker) -> None:
    terminal = Terminal(shop, 90, 24, "bake")
    terminal.read_until(lambda: any("line 2" in line for line in terminal.lines))
    assert any(len(line) > 60 for line in terminal.lines)
    for columns, rows in ((40, 24), (100, 12), (24, 24)):
        terminal.resize(columns, rows)
        before = len(terminal.raw)
        # Some frames later, all that is painted is as wide as the terminal.
        terminal.read_until(lambda start=before: terminal.raw[start:].count(b"\x1b[?2026l") >= 3)
        begin = max(place for place, line in enumerate(terminal.lines) if line.startswith("bake  "))
        assert max(map(len, terminal.lines[begin:])) < columns
        assert len(terminal.lines[begin:]) < rows
    go(fake_docker)
    assert terminal.wait() == 0


def test_without_colour(shop: Bakectl, fake_docker: FakeDocker) -> None:
    terminal = Terminal(shop, 60, 20, "bake", NO_COLOR="1")
    terminal.read_until(lambda: any("line 2" in line for line in terminal.lines))
    go(fake_docker)
    assert terminal.wait() == 0
    assert re.findall(rb"\x1b\[[0-9;]*(?:3[0-7]|4[0-7]|9[0-7]|38|48)[0-9;]*m", terminal.raw) == []


def test_only_the_terminals_own_colours(shop: Bakectl, fake_docker: FakeDocker) -> None:
    terminal = Terminal(shop, 60, 20, "bake")
    terminal.read_until(lambda: any("line 2" in line for line in terminal.lines))
    go(fake_docker)
    assert terminal.wait() == 0
    codes = {code for codes in re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw) for code in codes.split(b";")}
    # White and black would not be seen on light or dark.
    assert codes <= {b"0", b"1", b"2", b"31", b"32", b"33", b"36"}


def test_terminal_that_can_do_nothing_gets_lines(shop: Bakectl, fake_docker: FakeDocker) -> None:
    go(fake_docker)
    terminal = Terminal(shop, 60, 40, "bake", TERM="dumb")
    assert terminal.wait() == 0
    assert b"\x1b" not in terminal.raw
    assert b"frontend  [2/2] | base hello\r\n" in terminal.raw


def test_signs_of_a_terminal_without_unicode(shop: Bakectl, fake_docker: FakeDocker) -> None:
    terminal = Terminal(shop, 60, 20, "bake", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    terminal.read_until(lambda: any("line 2" in line for line in terminal.lines))
    assert any(line.startswith("    | line 2") for line in terminal.lines)
    go(fake_docker)
    assert terminal.wait() == 0


@pytest.mark.parametrize("rows", [4, 10])
def test_many_targets_in_few_lines(bakectl: Bakectl, fake_docker: FakeDocker, rows: int) -> None:
    names = [f"service-{number}" for number in range(60)]
    text = "".join(f'target "{name}" {{ dockerfile-inline = "FROM scratch" }}\n' for name in names)
    (bakectl.folder / "docker-bake.hcl").write_text(text, "utf-8")
    events = [
        {"vertexes": [{"digest": f"sha256:{name}", "name": f"[{name} 1/1] RUN x", "started": "2026-11-21T07:27:05Z"}]}
        for name in names
    ]
    fake_docker.answer("buildx bake", err="".join(f"{json.dumps(event)}\n" for event in events), waits="go")
    terminal = Terminal(bakectl, 60, rows, "bake", *names)
    terminal.read_until(lambda: any("service-0" in line and "RUN x" in line for line in terminal.lines))
    assert len(terminal.lines) == rows - 1
    assert terminal.lines[-1] == "  and 60 targets in all"
    go(fake_docker)
    assert terminal.wait() == 0


def test_interrupt_leaves_what_was_said(shop: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", err=half_done() + "something that buildx says\n", seconds=60)
    terminal = Terminal(shop, 80, 30, "bake")
    terminal.read_until(lambda: any("line 2" in line for line in terminal.lines))
    os.kill(terminal.number, signal.SIGINT)
    assert terminal.wait() == 130
    text = "\n".join(line.rstrip() for line in terminal.screen.display)
    assert "something that buildx says\n" in text
    assert "ERROR: failed to solve: Canceled: context canceled\n" in text
    assert "interrupted after" in text
    assert "│" not in text


def test_failure_stays_above(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    (bakectl.folder / "docker-bake.hcl").write_text('target "broken" { dockerfile-inline = "FROM scratch" }', "utf-8")
    fake_docker.answer("buildx bake", code=1, err=(STREAMS / "failed.jsonl").read_text("utf-8"))
    terminal = Terminal(bakectl, 100, 40, "bake", "broken")
    assert terminal.wait() == 5
    lines = terminal.lines
    place = lines.index("broken  [2/2] builder: RUN echo start; echo some error >&2; false: failed")
    assert lines[place + 1 : place + 3] == ["  | start", "  | some error"]
    assert "   2 | >>> RUN echo start; echo some error >&2; false" in lines[place:]


@pytest.mark.parametrize(
    ("statuses", "text"),
    [
        ([("pushing layers", 0, 0, False)], "exporting to image: pushing layers"),
        (
            [("pushing manifest for r.test/app:1@sha256:abc", 0, 0, False)],
            "exporting to image: pushing manifest for r.test/app:1",
        ),
        ([("transferring context:", 45_200_000, 0, False)], "exporting to image: transferring context, 45.2 MB"),
        (
            [("sha256:aa", 5_000_000, 5_000_000, True), ("sha256:bb", 1_000_000, 7_000_000, False)],
            "exporting to image: 1/2 layers, 6.0/12.0 MB",
        ),
        (
            [("writing layer sha256:aa", 0, 0, True), ("writing layer sha256:bb", 0, 0, False)],
            "exporting to image: 1/2 layers",
        ),
    ],
)
def test_how_far_a_transfer_is(
    bakectl: Bakectl, fake_docker: FakeDocker, statuses: list[tuple[str, int, int, bool]], text: str
) -> None:
    (bakectl.folder / "docker-bake.hcl").write_text('target "app" { dockerfile-inline = "FROM scratch" }', "utf-8")
    begun = "2026-11-21T07:27:05Z"
    events: list[dict[str, object]] = [
        {"vertexes": [{"digest": "sha256:1", "name": "exporting to image", "started": begun}]}
    ]
    for name, current, total, is_over in statuses:
        status = {"id": name, "vertex": "sha256:1", "current": current, "total": total, "started": begun}
        events.append({"statuses": [{**status, **({"completed": begun} if is_over else {})}]})
    fake_docker.answer("buildx bake", err="".join(f"{json.dumps(event)}\n" for event in events), waits="go")
    terminal = Terminal(bakectl, 100, 10, "bake", "app")
    terminal.read_until(lambda: any(f" {text} " in line for line in terminal.lines))
    go(fake_docker)
    assert terminal.wait() == 0


def test_what_a_shell_writes_while_we_are_stopped_stays(shop: Bakectl, fake_docker: FakeDocker) -> None:
    terminal = Terminal(shop, 80, 40, "bake")
    terminal.read_until(lambda: any("line 2" in line for line in terminal.lines))
    os.kill(terminal.number, signal.SIGTSTP)
    os.waitpid(terminal.number, os.WUNTRACED)
    # What is still to be read was painted before.
    while select.select([terminal.side], [], [], 0.1)[0]:
        terminal._read()
    terminal.stream.feed(b"[1]+  Stopped\r\n$ fg\r\n")
    os.kill(terminal.number, signal.SIGCONT)
    before = len(terminal.raw)
    terminal.read_until(lambda: b"\x1b[?2026l" in terminal.raw[before:])
    go(fake_docker)
    assert terminal.wait() == 0
    assert [line for line in terminal.lines if line in ("[1]+  Stopped", "$ fg")] == ["[1]+  Stopped", "$ fg"]
