"""Diagnostics as text: place, severity, message and rule; the line with the part that is meant; what to do."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bakectl.masking import mask_line
from bakectl.record import Record
from bakectl.report.cells import visible, width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.source import Source, Span

    Paint = Callable[[str, str], str]

_WIDTH: Final = 120
"""Columns that are shown of a longer line."""
_BEFORE: Final = 40
"""Columns of a longer line that are shown before the part that is meant."""
_NEAR: Final = 2000
"""Characters of a line before and after a place that may be shown, and are looked through for secrets."""
_LINES: Final = 3
"""Lines of a span that are all shown; of more lines, the first and the last."""
_HELP_COLUMN: Final = 100
"""A help text that would end behind this column gets a line of its own."""

_COLOURS: Final = {"error": "1;31", "warning": "1;33", "info": "1;36", "note": "36", "help": "32", "place": "1"}


class _Row(Record):
    """One line of a snippet and the columns to underline; a row without number stands for lines left out."""

    number: int | None
    text: str = "..."
    start: int = 0
    end: int = 0


def render(diagnostics: Iterable[Diagnostic], *, colour: bool = False) -> str:
    """Write diagnostics one after the other, each with the source that it is about."""
    paint = _colour if colour else _plain
    return "".join(f"{line}\n" for diagnostic in diagnostics for line in _lines(diagnostic, paint))


def _plain(_: str, text: str) -> str:
    return text


def _colour(style: str, text: str) -> str:
    return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m" if text else text


def _lines(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    severity = diagnostic.severity.value
    yield _headline(diagnostic.span, severity, f"{diagnostic.message} [{diagnostic.rule}]", paint)
    rows = _rows(diagnostic.span) if diagnostic.span else []
    help_lines = [visible(line) for line in (diagnostic.help or "").splitlines()]
    margin = len(str(rows[-1].number)) if rows else 0
    for row in rows:
        number = "" if row.number is None else row.number
        yield f"{number:>{margin}} | {row.text}".rstrip() if number else row.text
        if number:
            marks = f"{'':{margin}} | {'':{row.start}}"
            line = marks + paint(severity, "^" * (row.end - row.start))
            if row is rows[-1] and len(help_lines) == 1 and row.end + len(help_lines[0]) <= _HELP_COLUMN:
                line += f" {paint('help', 'help:')} {help_lines.pop()}"
            yield line
    before = f"{'':{margin}} | " if rows else ""
    for index, text in enumerate(help_lines):
        yield f"{before}{'     ' if index else paint('help', 'help:')} {text}"
    for note in diagnostic.notes:
        yield _headline(note.span, "note", note.message, paint)


def _headline(span: Span | None, kind: str, message: str, paint: Paint) -> str:
    place = paint("place", visible(f"{span}:")) + " " if span else ""
    text = "\n    ".join(visible(line) for line in message.splitlines())
    return f"{place}{paint(kind, f'{kind}:')} {text}"


def _rows(span: Span) -> list[_Row]:
    source = span.source
    first = source.position(span.start).line
    last = source.position(max(span.start, span.end - 1)).line
    shown = range(first, last + 1)
    if len(shown) <= _LINES:
        return [_row(source, number, span) for number in shown]
    return [_row(source, first, span), _Row(None), _row(source, last, span)]


def _row(source: Source, number: int, span: Span) -> _Row:
    line = source.line(number)
    begin = source.starts[number - 1]
    # Of a line that is cut, only what is near to the place is shown.
    near = max(0, span.start - begin - _NEAR)
    line = line[:near] + mask_line(line[near : near + 2 * _NEAR]) + line[near + 2 * _NEAR :]
    blank = len(line) - len(line.lstrip())
    start = span.start - begin if span.start >= begin else blank
    end = min(max(span.end - begin, start), len(line))
    shown = [line] if line.isascii() and line.isprintable() else [visible(character) for character in line]
    widths = [1] * len(line) if len(shown) == 1 else [width(text) for text in shown]
    columns = [0, *accumulate(widths)]
    start = min(start, len(line))
    left, right = columns[start], max(columns[max(end, start)], columns[start] + 1)
    text = "".join(shown)
    if columns[-1] <= _WIDTH:
        return _Row(number, text, left, right)
    return _clipped(number, text if len(shown) == 1 else shown, columns, (left, right))


def _clipped(number: int, shown: str | list[str], columns: list[int], marked: tuple[int, int]) -> _Row:
    """The part of a long line around what is marked, with an ellipsis where it was cut."""
    left, right = marked
    begin = next(index for index, column in enumerate(columns) if column >= max(0, left - _BEFORE))
    end = max(index for index, column in enumerate(columns) if column <= columns[begin] + _WIDTH)
    head, tail = "…" if begin else "", "…" if end < len(shown) else ""
    shift = len(head) - columns[begin]
    text = head + "".join(shown[begin:end]) + tail
    return _Row(number, text, left + shift, min(right, columns[end]) + shift)
