"""Processes: codes, Ctrl-C, and a terminal that is asked for."""

from __future__ import annotations

import os
import pty
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bakectl.engine import process

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Bakectl, FakeDocker

SECONDS = 20
"""Longer than any of this takes, on a machine that is busy."""


def wait_for(claim: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not claim():
        assert time.monotonic() < end, "this took too long"
        time.sleep(0.02)


def is_alive(number: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        text = Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def number_in(path: Path) -> int:
    wait_for(lambda: path.exists() and path.read_text("utf-8") != "")
    return int(path.read_text("utf-8"))


@pytest.mark.parametrize(("script", "code"), [("exit 0", 0), ("exit 7", 7), ("kill -9 $$", -9)])
def test_run_returns_the_code(script: str, code: int) -> None:
    assert process.run(("sh", "-c", script), os.environ) == code


def test_capture_returns_what_was_written() -> None:
    done = process.capture(("sh", "-c", "echo out; echo err >&2; exit 3"), os.environ)
    assert done == process.Completed(3, "out\n", "err\n")


def test_capture_ends_a_command_that_takes_too_long() -> None:
    done = process.capture(("sleep", "60"), os.environ, seconds=0.1)
    assert done == process.Completed(124, "", "sleep did not answer within 0.1 seconds")


def test_capture_of_a_command_that_is_not_there() -> None:
    done = process.capture(("/nonexistent/docker",), os.environ)
    assert done == process.Completed(127, "", "/nonexistent/docker cannot be run: No such file or directory")


def test_stdin_that_nobody_reads_does_no_harm() -> None:
    assert process.run(("true",), os.environ, stdin=b"x" * 1_000_000) == 0


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_interrupt_is_passed_on(bakectl: Bakectl, fake_docker: FakeDocker, name: str) -> None:
    fake_docker.answer("buildx bake", seconds=60)
    running = bakectl.start("bake", "worker", start_new_session=True)
    child = number_in(fake_docker.folder / "process")
    running.send_signal(signal.Signals[name])
    out, err = running.communicate(timeout=SECONDS)
    canceled = "ERROR: failed to solve: Canceled: context canceled\n"
    assert (running.returncode, out, err.partition("\n\ninterrupted after ")[0] + "\n") == (130, "", canceled)
    assert not is_alive(child)


@pytest.mark.slow
def test_build_that_ignores_everything_is_killed_with_its_children(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", seconds=60, child=True, ignores=["SIGINT", "SIGTERM"])
    running = bakectl.start("bake", "worker")
    children = [number_in(fake_docker.folder / name) for name in ("child", "process")]
    begun = time.monotonic()
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=SECONDS)
    assert running.returncode == 130
    assert time.monotonic() - begun >= process.AFTER_INTERRUPT + process.AFTER_TERMINATE
    wait_for(lambda: not any(map(is_alive, children)))


def test_child_that_outlives_an_interrupted_build_is_killed(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", seconds=60, child=True)
    running = bakectl.start("bake", "worker")
    child = number_in(fake_docker.folder / "child")
    number_in(fake_docker.folder / "process")
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=SECONDS)
    assert running.returncode == 130
    wait_for(lambda: not is_alive(child))


def test_second_interrupt_does_not_wait(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", seconds=60, ignores=["SIGINT", "SIGTERM"])
    running = bakectl.start("bake", "worker")
    child = number_in(fake_docker.folder / "process")
    begun = time.monotonic()
    while is_alive(child):
        assert time.monotonic() < begun + process.AFTER_INTERRUPT
        with suppress(ProcessLookupError):
            running.send_signal(signal.SIGINT)
        time.sleep(0.1)
    running.communicate(timeout=SECONDS)
    assert running.returncode == 130


class Terminal:
    """Runs bakectl as the first process of a terminal."""

    def __init__(self, bakectl: Bakectl, *words: str) -> None:
        self.seen = b""
        number, self.side = pty.fork()
        if number == 0:
            os.chdir(bakectl.folder)
            os.execve(sys.executable, [sys.executable, "-m", "bakectl", *words], bakectl.environment)
        self.number = number

    def read_until(self, text: str) -> None:
        while text.encode() not in self.seen:
            self.seen += os.read(self.side, 1000)

    def type(self, text: str) -> None:
        os.write(self.side, text.encode())

    def wait(self) -> int:
        with suppress(OSError):
            while part := os.read(self.side, 1000):
                self.seen += part
        _, status = os.waitpid(self.number, 0)
        os.close(self.side)
        return os.waitstatus_to_exitcode(status)


def test_build_may_ask_on_the_terminal(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", reads=True)
    terminal = Terminal(bakectl, "bake", "worker")
    terminal.read_until("continue? [y/N] ")
    terminal.type("y\n")
    assert terminal.wait() == 0
    assert (fake_docker.folder / "answer").read_text("utf-8") == "y\n"
    assert "done in" in terminal.seen.decode()


@pytest.mark.parametrize("reads", [False, True])
def test_key_for_interrupt_ends_the_build(bakectl: Bakectl, fake_docker: FakeDocker, reads: bool) -> None:
    fake_docker.answer("buildx bake", seconds=60, reads=reads)
    terminal = Terminal(bakectl, "bake", "worker")
    child = number_in(fake_docker.folder / "process")
    if reads:
        terminal.read_until("continue?")
        terminal.type("y\n")
        wait_for((fake_docker.folder / "answer").exists)
        time.sleep(0.1)
    terminal.type("\x03")
    assert terminal.wait() == 130
    assert not is_alive(child)
