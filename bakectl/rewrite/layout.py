"""Where lines, tokens and comments of a file are, and which comments belong to an item.

The rule of ownership: the comments on lines of their own directly above an item, with no blank line between, and the
comment behind it on its last line belong to the item. They stay with it and leave with it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bakectl.source import BOM
from bakectl.syntax import tokens as kind

if TYPE_CHECKING:
    from bakectl.syntax.nodes import File


class Layout:
    """The text of a file as lines and tokens; all places are offsets."""

    __slots__ = ("file", "kinds", "newline", "starts", "text")

    def __init__(self, file: File) -> None:
        self.file = file
        self.text = file.source.text
        self.kinds = file.tokens.kinds
        self.starts = file.tokens.starts
        end = self.text.find("\n")
        self.newline = "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"

    def line_start(self, offset: int) -> int:
        """Where the line of an offset begins, a byte order mark not counted."""
        start = self.text.rfind("\n", 0, offset) + 1
        return start + 1 if start == 0 and self.text.startswith(BOM) else start

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends, its newline not counted."""
        end = self.text.find("\n", offset)
        if end < 0:
            return len(self.text)
        return end - 1 if end > offset and self.text[end - 1] == "\r" else end

    def next_line(self, offset: int) -> int:
        """Where the line after that of an offset begins; the end of the text when there is none."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end + 1

    def indent(self, offset: int) -> str:
        """The white space that the line of an offset begins with."""
        start = self.line_start(offset)
        end = start
        while self.text[end : end + 1] in (" ", "\t"):
            end += 1
        return self.text[start:end]

    def begins_line(self, offset: int) -> bool:
        """Whether there is nothing but white space before an offset on its line."""
        return not self.text[self.line_start(offset) : offset].strip()

    def is_blank(self, start: int) -> bool:
        """Whether the line that begins at an offset has nothing on it."""
        return not self.text[start : self.line_end(start)].strip()

    def token(self, offset: int) -> int:
        """The number of the first token that begins at or after an offset."""
        return bisect_left(self.starts, offset)

    def same_line(self, start: int, end: int) -> bool:
        """Whether two offsets are on one line."""
        return "\n" not in self.text[start:end]

    def owned_start(self, start: int) -> int:
        """Where an item begins with the comments above it, as the start of a line; `start` if more is on its line."""
        if not self.begins_line(start):
            return start
        line = self.line_start(start)
        while line > 0:
            above = self._comment_above(line)
            if above is None:
                break
            line = above
        return line

    def _comment_above(self, line: int) -> int | None:
        """Where the comment begins that ends on the line above; None when that line has something else."""
        index = self.token(line) - 1
        ends = self.file.tokens.ends
        while index >= 0 and self.kinds[index] == kind.NEWLINE and ends[index] == line:
            index -= 1
        if index < 0 or self.kinds[index] not in (kind.LINE_COMMENT, kind.BLOCK_COMMENT):
            return None
        start = self.starts[index]
        ends_there = self.next_line(max(start, ends[index] - 1)) == line
        return self.line_start(start) if ends_there and self.begins_line(start) else None

    def owned_end(self, end: int) -> int:
        """Where an item ends with the comments behind it on its line, the newline not counted."""
        index = self.token(end)
        while self.kinds[index] == kind.BLOCK_COMMENT and self.same_line(end, self.file.tokens.ends[index]):
            end = self.file.tokens.ends[index]
            index += 1
        if self.kinds[index] == kind.LINE_COMMENT and self.same_line(end, self.starts[index]):
            return self.line_end(self.starts[index])
        return end

    def ends_line(self, offset: int) -> bool:
        """Whether there is nothing but white space after an offset on its line."""
        return not self.text[offset : self.line_end(offset)].strip()

    def has_comment(self, start: int, end: int) -> bool:
        """Whether a comment begins between two offsets."""
        places = range(self.token(start), self.token(end))
        return any(self.kinds[index] in (kind.LINE_COMMENT, kind.BLOCK_COMMENT) for index in places)
