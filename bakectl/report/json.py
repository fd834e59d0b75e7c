"""Diagnostics as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.diagnostics import Diagnostic, Fix, Note
    from bakectl.source import Source, Span


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """Write diagnostics as a JSON array, indented, with a final newline."""
    return json.dumps(findings(diagnostics), indent=2, ensure_ascii=False) + "\n"


def findings(diagnostics: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Diagnostics as data for JSON."""
    return [_finding(diagnostic) for diagnostic in diagnostics]


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        **_place(diagnostic.span),
        "severity": diagnostic.severity.value,
        "rule": diagnostic.rule,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "notes": [_note(note) for note in diagnostic.notes],
        "fix": _fix(diagnostic.fix) if diagnostic.fix else None,
    }


def _note(note: Note) -> dict[str, Any]:
    return {**_place(note.span), "message": note.message}


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}


def _place(span: Span | None) -> dict[str, Any]:
    if span is None:
        return {"path": None, "start": None, "end": None}
    return {
        "path": span.source.path,
        "start": _position(span.source, span.start),
        "end": _position(span.source, span.end),
    }


def _position(source: Source, offset: int) -> dict[str, int]:
    position = source.position(offset)
    return {"line": position.line, "column": position.column, "offset": offset}
