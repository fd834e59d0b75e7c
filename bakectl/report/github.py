"""Diagnostics as annotations of GitHub Actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.diagnostics import Diagnostic

_LEVELS: Final = {"error": "error", "warning": "warning", "info": "notice"}


def render(diagnostics: Iterable[Diagnostic]) -> str:
    """One workflow command a line: `::error file=…,line=…::message`."""
    return "".join(f"{_line(diagnostic)}\n" for diagnostic in diagnostics)


def _line(diagnostic: Diagnostic) -> str:
    properties = {"title": diagnostic.rule}
    span = diagnostic.span
    if span is not None:
        begin, finish = span.begin, span.finish
        place = {"file": span.source.path, "line": begin.line, "endLine": finish.line}
        if begin.line == finish.line:
            place |= {"col": begin.column, "endColumn": finish.column}
        properties = {**{key: str(value) for key, value in place.items()}, **properties}
    text = diagnostic.message + (f"\nhelp: {diagnostic.help}" if diagnostic.help else "")
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_LEVELS[diagnostic.severity.value]} {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
