"""Text, places in it, and replacements of parts of it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

BOM = "\ufeff"


class Position(Record):
    """A place as people count it: line and column from 1, columns in code points."""

    line: int
    column: int


class Source:
    """The text of one file, never newline-translated, and the way from an offset to a line."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None

    @classmethod
    def decode(cls, path: str, data: bytes) -> Source:
        """Read UTF-8 bytes; bytes that are not UTF-8 stay as lone surrogates, so that `encode` gives them back."""
        return cls(path, data.decode("utf-8", "surrogateescape"))

    def encode(self) -> bytes:
        """The bytes that the text was decoded from."""
        return self.text.encode("utf-8", "surrogateescape")

    def __repr__(self) -> str:
        return f"Source({self.path!r}, {len(self.text)} characters)"

    @property
    def starts(self) -> list[int]:
        """Offsets at which lines start; only LF ends a line, as in HCL."""
        if self._starts is None:
            starts = [0]
            find = self.text.find
            offset = find("\n")
            while offset >= 0:
                starts.append(offset + 1)
                offset = find("\n", offset + 1)
            self._starts = starts
        return self._starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset; a byte order mark takes no column."""
        line = bisect_right(self.starts, offset)
        start = self.starts[line - 1]
        column = offset - start + 1
        if line == 1 and offset > 0 and self.text.startswith(BOM):
            column -= 1
        return Position(line, column)

    def line(self, number: int) -> str:
        """The text of a line without its end; lines count from 1."""
        start = self.starts[number - 1]
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")


class Span(Record):
    """A part of a source: offsets in code points, end exclusive."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def begin(self) -> Position:
        return self.source.position(self.start)

    @property
    def finish(self) -> Position:
        return self.source.position(self.end)

    def __str__(self) -> str:
        begin = self.begin
        return f"{self.source.path}:{begin.line}:{begin.column}"


class TextEdit(Record):
    """Put `text` in the place of a span."""

    span: Span
    text: str


def apply_edits(source: Source, edits: Iterable[TextEdit]) -> Source:
    """Return the source with all edits applied; raises ValueError when two of them overlap."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: (edit.span.start, edit.span.end)):
        if edit.span.start < position:
            raise ValueError(f"two edits overlap at {edit.span}")
        pieces.append(source.text[position : edit.span.start])
        pieces.append(edit.text)
        position = edit.span.end
    pieces.append(source.text[position:])
    return Source(source.path, "".join(pieces))
