"""Findings about the user's files, as data: collected, never raised."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.source import Span, TextEdit


class Severity(Enum):
    """How bad a finding is; an error means that buildx fails or builds the wrong thing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Note(Record):
    """A second place that explains a finding, such as "first defined here"."""

    span: Span
    message: str


class Fix(Record):
    """Edits that mend a finding; `safe` when they cannot change what is built."""

    title: str
    edits: tuple[TextEdit, ...]
    safe: bool = True


class Diagnostic(Record):
    """One finding: what is wrong, where, and what to write instead."""

    severity: Severity
    rule: str
    message: str
    span: Span | None = None
    notes: tuple[Note, ...] = ()
    help: str | None = None
    fix: Fix | None = None


MOST = 1000
"""Findings that are kept; who has more will not read them."""


class Problems:
    """Collects diagnostics while work goes on; one finding is kept once, and not more than MOST."""

    __slots__ = ("_seen", "items")

    def __init__(self) -> None:
        self.items: list[Diagnostic] = []
        self._seen: set[tuple[object, ...]] = set()

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def add(self, diagnostic: Diagnostic) -> None:
        span = diagnostic.span
        place = (span.source.path, span.start, span.end) if span else None
        key = (place, diagnostic.rule, diagnostic.message)
        if key not in self._seen and len(self.items) < MOST:
            self._seen.add(key)
            self.items.append(diagnostic)

    def error(
        self, rule: str, message: str, span: Span | None, *, help: str | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        """Add an error."""
        self.add(Diagnostic(Severity.ERROR, rule, message, span, notes, help))

    def warning(
        self, rule: str, message: str, span: Span | None, *, help: str | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        """Add a warning."""
        self.add(Diagnostic(Severity.WARNING, rule, message, span, notes, help))

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(item for item in self.items if item.severity is Severity.ERROR)

    @property
    def has_errors(self) -> bool:
        return any(item.severity is Severity.ERROR for item in self.items)
