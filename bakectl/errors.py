"""Exceptions: the requested action cannot be done. Each has the exit code of PRODUCT's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.diagnostics import Diagnostic

EXIT_CODES = {
    0: "done",
    1: "done, and something was found",
    2: "wrong command line",
    3: "the bake file cannot be read, evaluated or resolved, or an edit was refused",
    4: "docker or buildx missing, too old or unreachable",
    5: "buildx ran and the build failed, or images could not be joined",
    70: "a bug in bakectl; the message has the path of a log",
    130: "interrupted",
}


class BakectlError(Exception):
    """Base of all errors that bakectl raises on purpose."""

    exit_code = 70

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(item.message for item in self.diagnostics))


class InvalidBakeFile(BakectlError):
    """The bake file cannot be read, evaluated or resolved."""

    exit_code = 3


class EditRejected(BakectlError):
    """An edit was refused; the file is as it was."""

    exit_code = 3


class EngineUnavailable(BakectlError):
    """Docker or buildx is missing, too old or unreachable."""

    exit_code = 4


class BuildFailed(BakectlError):
    """Buildx ran and failed; `code` is its own exit code."""

    exit_code = 5

    def __init__(self, code: int, diagnostics: Iterable[Diagnostic]) -> None:
        self.code = code
        super().__init__(diagnostics)
