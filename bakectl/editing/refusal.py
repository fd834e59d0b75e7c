"""The one way in which an edit is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Diagnostic, Severity
from bakectl.errors import EditRejected

if TYPE_CHECKING:
    from bakectl.diagnostics import Note
    from bakectl.source import Span


def refused(
    rule: str, message: str, span: Span | None = None, *, help: str | None = None, notes: tuple[Note, ...] = ()
) -> EditRejected:
    """The exception that says why a change is not made; nothing has been written."""
    return EditRejected((Diagnostic(Severity.ERROR, rule, message, span, notes, help),))
