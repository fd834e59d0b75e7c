"""What reading Compose files shares: where problems go, how much work is left, and the files that were read."""

from __future__ import annotations

import os
import posixpath
import stat
from typing import TYPE_CHECKING, Final, NoReturn, Protocol

from bakectl.eval import limits
from bakectl.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bakectl.bake.compose.nodes import Map, Path
    from bakectl.bake.compose.yaml_nodes import Document
    from bakectl.bake.options import Entry
    from bakectl.diagnostics import Note, Problems
    from bakectl.source import Span

MAX_FILE: Final = 8 << 20
"""Bytes in one file that a Compose file names."""
MAX_DEPTH: Final = 100
"""Collections within one another, and services that extend one another."""
MAX_INCLUDES: Final = 20
"""Files that include one another."""
MAX_FILES: Final = 500
"""Files that the files of one project name."""


class RefusedError(Exception):
    """Reading cannot go on; the problem has been reported."""


class Symbols(Protocol):
    """Keeps the names of variables where a reading puts their values, for who wants to write them elsewhere."""

    def insert(self, text: str, lookup: Callable[[str], str | None], path: Path) -> str:
        """The string at a path, with something in the place of its variables."""

    def argument(self, name: str, service: Map, variables: Mapping[str, str]) -> str | None:
        """The value of a build argument that is written without one."""

    def entries(self, text: str) -> tuple[Entry, ...] | None:
        """The entries that the text of an output or a cache stands for; None to have it read."""


class Reading:
    """One reading of the Compose files of a project."""

    def __init__(self, environment: Mapping[str, str], problems: Problems, symbols: Symbols | None = None) -> None:
        self.environment: dict[str, str] = dict(environment)
        self.problems = problems
        self.symbols = symbols
        self.documents: dict[str, tuple[Document, ...]] = {}
        self._steps = limits.MAX_STEPS
        self._produced = limits.MAX_PRODUCED
        self._files = MAX_FILES

    def error(
        self, rule: str, message: str, span: Span | None, *, help: str | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        """Report an error and go on."""
        self.problems.error(rule, message, span, help=help, notes=notes)

    def refuse(self, rule: str, message: str, span: Span | None, *, help: str | None = None) -> NoReturn:
        """Report an error that reading cannot go on after."""
        self.problems.error(rule, message, span, help=help)
        raise RefusedError

    def stop_after_errors(self) -> None:
        """Raise RefusedError if anything was reported so far: what follows would only report consequences."""
        if self.problems.has_errors:
            raise RefusedError

    def spend(self, steps: int, characters: int = 0) -> None:
        """Count work and text, and refuse when there is more than any real file needs."""
        self._steps -= steps
        self._produced -= characters
        if self._steps < 0 or self._produced < 0:
            what = f"{limits.MAX_STEPS} values" if self._steps < 0 else f"{limits.MAX_PRODUCED} characters"
            self.refuse("limit-exceeded", f"the Compose files hold more than {what} when all is expanded", None)

    def read_file(self, path: str, span: Span | None, rule: str) -> Source:
        """Read a file that a Compose file names."""
        self._files -= 1
        if self._files < 0:
            self.refuse("limit-exceeded", f"the Compose files name more than {MAX_FILES} other files", span)
        try:
            with open(path, "rb") as file:  # noqa: PTH123
                mode = os.fstat(file.fileno()).st_mode
                content = b"" if stat.S_ISFIFO(mode) else file.read(MAX_FILE + 1)
        except FileNotFoundError:
            self.refuse(rule, f"there is no file {path}", span)
        except IsADirectoryError:
            self.refuse(rule, f"{path} is a folder", span)
        except (OSError, ValueError) as error:
            self.refuse(rule, f"{path} cannot be read: {getattr(error, 'strerror', None) or error}", span)
        if len(content) > MAX_FILE:
            self.refuse("limit-exceeded", f"{path} holds more than {MAX_FILE} bytes", span)
        return Source.decode(path, content)


def join(folder: str, path: str) -> str:
    """Join two paths and clean the result, as Go's `filepath.Join`."""
    joined = "/".join(part for part in (folder, path) if part)
    if not joined:
        return ""
    cleaned = posixpath.normpath(joined)
    return cleaned[1:] if cleaned.startswith("//") else cleaned
