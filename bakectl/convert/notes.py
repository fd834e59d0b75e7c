"""What is said of a conversion that succeeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from bakectl.diagnostics import Problems
    from bakectl.source import Span


def note(notes: Problems, rule: str, message: str, span: Span | None, *, help: str | None = None) -> None:
    """Add something to know about the result, which is right all the same."""
    notes.add(Diagnostic(Severity.INFO, rule, message, span, help=help))
