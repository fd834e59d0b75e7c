"""Processes: run with our streams and signals, or run and read. The only module that imports subprocess."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

AFTER_INTERRUPT: Final = 3.0
"""Seconds that a process has to end after Ctrl-C before it is asked to terminate."""
AFTER_TERMINATE: Final = 2.0
"""Seconds that it has then before it is killed."""


class Completed(Record):
    """What a process that ended has left."""

    code: int
    out: str
    err: str


def capture(arguments: Sequence[str], environment: Mapping[str, str], *, seconds: float = 30) -> Completed:
    """Run a command and read its output; one that takes longer has code 124, and one that is not there 127."""
    try:
        done = subprocess.run(
            arguments,
            env=dict(environment),
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Completed(124, "", f"{arguments[0]} did not answer within {seconds:g} seconds")
    except OSError as error:
        return Completed(127, "", f"{arguments[0]} cannot be run: {error.strerror}")
    return Completed(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def run(arguments: Sequence[str], environment: Mapping[str, str], *, stdin: bytes | None = None) -> int:
    """Run a command on our own streams and return its code.

    Ctrl-C is passed on; what has not ended soon after it is terminated, then killed, with all of its process group.
    Raises KeyboardInterrupt when it was interrupted.
    """
    # On a terminal the command shares our process group, so that it may ask questions there and gets Ctrl-C itself.
    alone = not sys.stdin.isatty() or stdin is not None
    with subprocess.Popen(
        arguments,
        env=dict(environment),
        stdin=subprocess.PIPE if stdin is not None else None,
        start_new_session=alone,
    ) as process:
        restore = signal.signal(signal.SIGTERM, _interrupt)
        try:
            if stdin is not None and process.stdin is not None:
                _feed(process, stdin)
            return process.wait()
        except KeyboardInterrupt:
            _stop(process, alone=alone)
            raise
        finally:
            signal.signal(signal.SIGTERM, restore)


def _interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(data)
        process.stdin.close()
    except BrokenPipeError:
        pass


def _stop(process: subprocess.Popen[bytes], *, alone: bool) -> None:
    """End a process that was interrupted: ask, insist, kill."""
    steps = ((signal.SIGINT, AFTER_INTERRUPT), (signal.SIGTERM, AFTER_TERMINATE), (signal.SIGKILL, None))
    for number, seconds in steps:
        _signal(process, number, alone=alone)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
        except KeyboardInterrupt:
            # Ctrl-C for a second time: the next step at once.
            continue
        break
    if alone:
        _signal(process, signal.SIGKILL, alone=True)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals, *, alone: bool) -> None:
    try:
        if alone:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
    except (ProcessLookupError, PermissionError):
        pass
