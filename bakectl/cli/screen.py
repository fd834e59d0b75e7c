"""Streams, colour and exit codes; the only place that catches everything."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from bakectl.cli.options import WrongCommandLine
from bakectl.errors import BakectlError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bakectl.diagnostics import Diagnostic

BUG = 70
INTERRUPTED = 130
WRONG_COMMAND_LINE = 2


def write(text: str) -> None:
    """Write facts to stdout, as UTF-8 wherever we are."""
    _write(sys.stdout, text, "replace")


def say(text: str) -> None:
    """Write a line for the person to stderr."""
    _write(sys.stderr, f"{text}\n", "backslashreplace")


def tell(text: str) -> None:
    """Write text for the person to stderr, as it is."""
    _write(sys.stderr, text, "backslashreplace")


def show(diagnostics: Iterable[Diagnostic]) -> None:
    """Write diagnostics to stderr: those without a place, then file by file from top to bottom."""
    found = _by_place(diagnostics)
    if found:
        from bakectl.report.text import render

        _write(sys.stderr, render(found, colour=wants_colour(sys.stderr)), "backslashreplace")


def _by_place(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    found = list(diagnostics)
    files: dict[str, int] = {}
    for diagnostic in found:
        if diagnostic.span:
            files.setdefault(diagnostic.span.source.path, len(files))
    return sorted(found, key=lambda item: (files[item.span.source.path], item.span.start) if item.span else (-1, 0))


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person sees what is written there."""
    return stream is not None and stream.isatty()


def wants_colour(stream: TextIO | None) -> bool:
    """Whether to write colours there: only to a terminal, and not if NO_COLOR is set."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def guard(action: Callable[[], int]) -> int:
    """Run a command, turn what it raises into messages, and return the exit code."""
    try:
        code = action()
        _flush()
    except BakectlError as error:
        _flush()
        show(error.diagnostics)
        code = error.exit_code
    except WrongCommandLine as error:
        say(f"error: {error.message}")
        say(f"help: {error.command} --help")
        code = WRONG_COMMAND_LINE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except OutputFailed as error:
        say(f"error: {error}")
        code = BUG
    except Exception as error:
        say(f"error: this is a bug in bakectl: {_last_line(error)}")
        say(f"help: please report it with the log {_write_log()}")
        code = BUG
    return code


class OutputFailed(Exception):
    """Facts could not be written, as when a disk is full."""


def _write(stream: TextIO | None, text: str, errors: str) -> None:
    """Write text; a reader that went away, as `head` does, is no failure, nor is a stream that was never there."""
    if stream is None:
        return
    try:
        stream.flush()
        buffer = getattr(stream, "buffer", None)
        if buffer is None:
            stream.write(text)
        else:
            buffer.write(text.encode("utf-8", errors))
        stream.flush()
    except BrokenPipeError:
        _silence(stream)
    except OSError as error:
        if stream is sys.stdout:
            raise output_failed(error) from None
        _silence(stream)


def output_failed(error: OSError) -> OutputFailed:
    """What is raised when stdout cannot be written; nothing more is tried there."""
    if sys.stdout is not None:
        _silence(sys.stdout)
    return OutputFailed(f"the output cannot be written: {error.strerror}")


def _silence(stream: TextIO) -> None:
    """Send the rest nowhere, so that Python does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        _write(stream, "", "strict")


def _last_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _write_log() -> str:
    """Write versions and the traceback to a new file, and return its path."""
    import platform
    import tempfile
    import traceback
    from importlib import metadata

    from bakectl import __version__

    lines = [f"bakectl {__version__}", f"Python {platform.python_version()} on {platform.platform()}"]
    for name in ("click", "docker", "rich"):
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name} missing")
    text = "\n".join((*lines, "", traceback.format_exc()))
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="bakectl-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
        ) as log:
            log.write(text)
    except OSError:
        say(text)
        return "above"
    return log.name
