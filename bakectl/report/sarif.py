"""Diagnostics as SARIF 2.1.0, which code scanning services read; columns count UTF-16 code units."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.diagnostics import Diagnostic
    from bakectl.source import Source, Span

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def render(diagnostics: Sequence[Diagnostic], version: str) -> str:
    """One run with all findings, indented, with a final newline."""
    rules = sorted({diagnostic.rule for diagnostic in diagnostics})
    run = {
        "tool": {"driver": {"name": "bakectl", "version": version, "rules": [{"id": rule} for rule in rules]}},
        "columnKind": "utf16CodeUnits",
        "results": [_result(diagnostic, rules) for diagnostic in diagnostics],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _result(diagnostic: Diagnostic, rules: Sequence[str]) -> dict[str, Any]:
    text = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
    found: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rules.index(diagnostic.rule),
        "level": _LEVELS[diagnostic.severity.value],
        "message": {"text": text},
    }
    if diagnostic.span is not None:
        found["locations"] = [{"physicalLocation": _location(diagnostic.span)}]
    if diagnostic.notes:
        found["relatedLocations"] = [
            {"physicalLocation": _location(note.span), "message": {"text": note.message}} for note in diagnostic.notes
        ]
    if diagnostic.fix is not None and diagnostic.fix.edits:
        found["fixes"] = [
            {
                "description": {"text": diagnostic.fix.title},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": _uri(edit.span.source.path)},
                        "replacements": [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}],
                    }
                    for edit in diagnostic.fix.edits
                ],
            }
        ]
    return found


def _location(span: Span) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(span.source.path)}, "region": _region(span)}


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path.replace("\\", "/"))


def _region(span: Span) -> dict[str, int]:
    begin, finish = span.begin, span.finish
    return {
        "startLine": begin.line,
        "startColumn": _column(span.source, span.start),
        "endLine": finish.line,
        "endColumn": _column(span.source, span.end),
    }


def _column(source: Source, offset: int) -> int:
    """The column of an offset in UTF-16 code units, from 1."""
    position = source.position(offset)
    before = source.line(position.line)[: position.column - 1]
    return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1
