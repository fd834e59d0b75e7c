"""Tokens: kinds and places; comments, newlines and blanks are tokens too."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.source import Source

# Punctuation has its own text as its kind; these are the others.
NAME: Final = "name"
NUMBER: Final = "number"
STRING: Final = "string"
"""A quoted string without escapes or templates, quotes included."""
OPEN_QUOTE: Final = '"'
CLOSE_QUOTE: Final = '" end'
OPEN_HEREDOC: Final = "heredoc"
CLOSE_HEREDOC: Final = "heredoc end"
TEXT: Final = "text"
"""A literal part of a template; in a heredoc, a part never goes beyond its line."""
INTERPOLATION: Final = "${"
DIRECTIVE: Final = "%{"
SEQUENCE_END: Final = "} end"
"""The brace that closes `${` or `%{`."""
NEWLINE: Final = "newline"
LINE_COMMENT: Final = "#"
"""`# …` or `// …` with its newline, which counts."""
BLOCK_COMMENT: Final = "/*"
BLANK: Final = "blank"
BAD: Final = "bad"
"""What is no token of the language; it has been reported."""
CUT: Final = "cut"
"""Without text: here the lexer gave up a string, a `${` or a heredoc that is never closed, and reported it."""
END: Final = "end of file"


class Token(Record):
    """A part of the text and what it is."""

    kind: str
    start: int
    end: int


class Tokens:
    """The tokens of a source as parallel lists; blanks are the gaps between them. The last one is END.

    `cuts` are the parts that the lexer gave up, in order: from the opening quote or marker to the CUT.
    """

    __slots__ = ("cuts", "ends", "kinds", "source", "starts")

    def __init__(
        self,
        source: Source,
        kinds: list[str],
        starts: list[int],
        ends: list[int],
        cuts: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.source: Final = source
        self.kinds: Final = kinds
        self.starts: Final = starts
        self.ends: Final = ends
        self.cuts: Final = cuts

    def __iter__(self) -> Iterator[Token]:
        """All tokens with the blanks between them: joined, they are the text."""
        position = 0
        for kind, start, end in zip(self.kinds, self.starts, self.ends, strict=True):
            if start > position:
                yield Token(BLANK, position, start)
            if end > start:
                yield Token(kind, start, end)
            position = end

    def is_cut(self, offset: int) -> bool:
        """Whether an offset is in a part that the lexer gave up, or before it on its line."""
        place = bisect_left(self.cuts, offset, key=lambda cut: cut[1])
        if place == len(self.cuts):
            return False
        starts = self.source.starts
        return starts[bisect_right(starts, self.cuts[place][0]) - 1] <= offset
