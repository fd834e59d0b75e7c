"""Processes: run with our streams and signals, or run and read. The only module that imports subprocess."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

AFTER_INTERRUPT: Final = 3.0
"""Seconds that a process has to end after Ctrl-C before it is asked to terminate."""
AFTER_TERMINATE: Final = 2.0
"""Seconds that it has then before it is killed."""
INTERRUPTED: Final = (130, -signal.SIGINT)
"""Codes of a process that Ctrl-C ended."""
_ENDING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_WANTS_TERMINAL: Final = (signal.SIGTTIN, signal.SIGTTOU)
_POLL: Final = 0.05


class Completed(Record):
    """What a process that ended has left."""

    code: int
    out: str
    err: str


def capture(
    arguments: Sequence[str], environment: Mapping[str, str], *, seconds: float = 30, shows_errors: bool = False
) -> Completed:
    """Run a command and read its output; one that takes longer has code 124, and one that is not there 127."""
    try:
        done = subprocess.run(
            arguments,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if shows_errors else subprocess.PIPE,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Completed(124, "", f"{arguments[0]} did not answer within {seconds:g} seconds")
    except OSError as error:
        return Completed(127, "", f"{arguments[0]} cannot be run: {error.strerror}")
    return Completed(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")


def run(arguments: Sequence[str], environment: Mapping[str, str], *, stdin: bytes | None = None) -> int:
    """Run a command on our own streams and return its code, minus the signal that ended it.

    It has a process group of its own, so that all that it starts can be ended with it: an interrupt is passed on, then
    the group is asked to terminate, then killed. Raises KeyboardInterrupt when we were interrupted.
    """
    child = subprocess.Popen(
        arguments, env=dict(environment), stdin=subprocess.PIPE if stdin is not None else None, process_group=0
    )
    terminal = _Terminal(child.pid)
    with _signals(child.pid):
        try:
            if stdin is not None:
                _feed(child, stdin)
            return _wait(child, terminal, None)
        except KeyboardInterrupt:
            _stop(child, terminal)
            raise
        finally:
            terminal.take_back()
            if child.stdin is not None:
                with suppress(OSError):
                    child.stdin.close()


class _Terminal:
    """The terminal that we lend to a group which wants to ask something there, as a shell does."""

    def __init__(self, group: int) -> None:
        self.group = group
        self.is_lent = False

    def lend(self) -> None:
        """Let the group read and write on the terminal, and go on."""
        if not self.is_lent and self._give(self.group):
            self.is_lent = True
        _signal_group(self.group, signal.SIGCONT)

    def take_back(self) -> None:
        if self.is_lent and self._give(os.getpgrp()):
            self.is_lent = False

    @staticmethod
    def _give(group: int) -> bool:
        # Who is not in the foreground is stopped by SIGTTOU for this, unless it is ignored.
        before = signal.signal(signal.SIGTTOU, signal.SIG_IGN) if _is_main_thread() else None
        try:
            terminal = os.open("/dev/tty", os.O_RDWR)
            try:
                os.tcsetpgrp(terminal, group)
            finally:
                os.close(terminal)
        except OSError:
            return False
        finally:
            if before is not None:
                signal.signal(signal.SIGTTOU, before)
        return True


def _is_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


@contextmanager
def _signals(group: int) -> Iterator[None]:
    """Take signals that end us as Ctrl-C, and let the group stop with us on Ctrl-Z."""
    if not _is_main_thread():
        yield
        return

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    def suspend(_number: int, _frame: FrameType | None) -> None:
        _signal_group(group, signal.SIGSTOP)
        os.kill(os.getpid(), signal.SIGSTOP)
        _signal_group(group, signal.SIGCONT)

    handlers = {**dict.fromkeys(_ENDING, interrupt), signal.SIGTSTP: suspend}
    # What is ignored stays so, as SIGHUP is under nohup and SIGINT behind a shell's "&".
    before = {
        number: signal.signal(number, handler)
        for number, handler in handlers.items()
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _feed(child: subprocess.Popen[bytes], data: bytes) -> None:
    assert child.stdin is not None
    with suppress(BrokenPipeError):
        child.stdin.write(data)
        child.stdin.flush()
    with suppress(BrokenPipeError):
        child.stdin.close()


def _wait(child: subprocess.Popen[bytes], terminal: _Terminal, seconds: float | None) -> int:
    """Wait for the end, and lend the terminal when it is asked for; raises TimeoutError."""
    if seconds is None and not any(map(os.isatty, range(3))):
        return child.wait()
    deadline = None if seconds is None else time.monotonic() + seconds
    while child.returncode is None:
        process, status = os.waitpid(child.pid, os.WNOHANG | os.WUNTRACED)
        if process and os.WIFSTOPPED(status):
            if os.WSTOPSIG(status) in _WANTS_TERMINAL:
                terminal.lend()
        elif process:
            child.returncode = os.waitstatus_to_exitcode(status)
        elif deadline is not None and time.monotonic() > deadline:
            raise TimeoutError
        else:
            time.sleep(_POLL)
    return child.returncode


def _stop(child: subprocess.Popen[bytes], terminal: _Terminal) -> None:
    """End a group that was interrupted: ask, insist, kill. A second Ctrl-C takes the next step at once."""
    steps = ((signal.SIGINT, AFTER_INTERRUPT), (signal.SIGTERM, AFTER_TERMINATE))
    for number, seconds in steps:
        _signal_group(child.pid, number)
        _signal_group(child.pid, signal.SIGCONT)
        with suppress(TimeoutError, KeyboardInterrupt):
            _wait(child, terminal, seconds)
            break
    # Also when the first of the group ended in time: others of it may not have.
    while True:
        try:
            _signal_group(child.pid, signal.SIGKILL)
            child.wait()
        except KeyboardInterrupt:
            continue
        return


def _signal_group(group: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
