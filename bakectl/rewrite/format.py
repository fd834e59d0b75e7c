"""The canonical layout of HCL, as edits that touch white space only.

The rules are those of hclwrite, which `terraform fmt` follows: lines of tokens are indented by the brackets that are
open, tokens get one blank or none between them, and the signs of arguments on lines that follow one another are
aligned, as are the comments behind them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.source import BOM, Span, TextEdit
from bakectl.syntax import tokens as kind
from bakectl.syntax.graphemes import count

if TYPE_CHECKING:
    from bakectl.syntax.tokens import Tokens

_INDENT: Final = 2
_NOTHING: Final = ""
"""Stands for the kind of a token that is not there."""

_OPENING: Final = frozenset(("{", "[", "(", kind.INTERPOLATION, kind.DIRECTIVE))
_CLOSING: Final = frozenset(("}", "]", ")", kind.SEQUENCE_END))
_IN_TEMPLATE: Final = frozenset((kind.TEXT, kind.OPEN_QUOTE, kind.OPEN_HEREDOC))
_TEMPLATE_ENDS: Final = frozenset((kind.TEXT, kind.CLOSE_QUOTE, kind.CLOSE_HEREDOC))
_BEFORE_NEGATION: Final = frozenset(
    (
        _NOTHING,
        "(",
        "{",
        "[",
        "=",
        ":",
        ",",
        "?",
        "+",
        "*",
        "/",
        "%",
        "-",
        "==",
        "!=",
        ">",
        ">=",
        "<",
        "<=",
        "&&",
        "||",
        "!",
    )
)
"""Behind these a minus is a sign, and not a subtraction."""


def format_edits(tokens: Tokens) -> tuple[TextEdit, ...]:
    """The edits that bring a file into the canonical layout; the file must be free of syntax errors."""
    spaces = _Layout(tokens).spaces()
    source = tokens.source
    text = source.text
    edits: list[TextEdit] = []
    position = len(BOM) if text.startswith(BOM) else 0
    for start, end, width in zip(tokens.starts, tokens.ends, spaces, strict=True):
        if start - position != width or text[position:start] != " " * width:
            edits.append(TextEdit(Span(source, position, start), " " * width))
        position = end
    if tokens.kinds[-2:-1] not in ([], [kind.NEWLINE]) and not text.endswith("\n"):
        newline = "\r\n" if "\r\n" in text else "\n"
        edits.append(TextEdit(Span(source, len(text), len(text)), newline))
    return tuple(edits)


class _Line:
    """A line as places of tokens: `lead` up to `assign`, which begins with a sign, and a comment at the end."""

    __slots__ = ("assign", "comment", "end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.assign = end
        self.comment = end
        self.end = end


class _Layout:
    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.kinds = tokens.kinds
        self.text = tokens.source.text
        self.before = [0] * len(self.kinds)
        self.known: dict[tuple[str, str, str], bool] = {}

    def spaces(self) -> list[int]:
        """How many blanks go before each token."""
        lines = self.lines()
        self.indent(lines)
        for line in lines:
            self.separate(line.start, line.assign)
            self.separate(line.assign, line.comment)
            if line.assign < line.comment:
                self.before[line.assign] = 1
        self.align(lines, is_comment=False)
        self.align(lines, is_comment=True)
        return self.before

    def lines(self) -> list[_Line]:
        """The tokens cut at newlines, of which a comment to the end of a line is one."""
        kinds = self.kinds
        found: list[_Line] = []
        start = 0
        for index, token in enumerate(kinds):
            if token in (kind.NEWLINE, kind.LINE_COMMENT):
                found.append(self.line(start, index + 1))
                start = index + 1
        last = len(kinds) - (kinds[-1:] == [kind.END])
        if start < last:
            found.append(self.line(start, last))
        return found

    def line(self, start: int, end: int) -> _Line:
        kinds = self.kinds
        line = _Line(start, end)
        if end - start > 1 and kinds[end - 1] in (kind.LINE_COMMENT, kind.BLOCK_COMMENT):
            line.comment = end - 1
        line.assign = line.comment
        for index in range(start + 1, line.comment):
            if kinds[index] == "=":
                if self.net(index, line.comment) == 0:
                    line.assign = index
                break
        return line

    def net(self, start: int, end: int) -> int:
        """How many more brackets are opened than closed."""
        return sum((token in _OPENING) - (token in _CLOSING) for token in self.kinds[start:end])

    def indent(self, lines: list[_Line]) -> None:
        """Indent lines by the levels of brackets that are open; a line opens one level at most."""
        levels: list[int] = []
        for line in lines:
            if self.kinds[line.start] == kind.NEWLINE:
                continue
            change = self.net(line.start, line.comment)
            closed = -change
            while closed > 0 and levels:
                taken = min(closed, levels[-1])
                closed -= taken
                levels[-1] -= taken
                if not levels[-1]:
                    levels.pop()
            self.before[line.start] = _INDENT * len(levels)
            if change > 0:
                levels.append(change)

    def separate(self, start: int, end: int) -> None:
        """Put one blank or none before each token but the first of a cell."""
        kinds, known = self.kinds, self.known
        earlier = _NOTHING
        for index in range(start, end - 1):
            token, later = kinds[index], kinds[index + 1]
            if token == kind.NAME and earlier == kind.NAME and self.word(index) == "in":
                is_apart = later not in (kind.NEWLINE, ",", "...", ".", "(")
            else:
                key = (earlier, token, later)
                apart = known.get(key)
                is_apart = known.setdefault(key, _is_apart(*key)) if apart is None else apart
            self.before[index + 1] = 1 if is_apart else 0
            earlier = token

    def word(self, index: int) -> str:
        return self.text[self.tokens.starts[index] : self.tokens.ends[index]]

    def align(self, lines: list[_Line], *, is_comment: bool) -> None:
        """Move the signs, or the comments, of lines that follow one another to one column."""
        chain: list[tuple[int, int]] = []
        for line in lines:
            start, end = (line.comment, line.end) if is_comment else (line.assign, line.comment)
            if start < end:
                chain.append((start, self.columns(line.start, start)))
            elif chain:
                self.close(chain)
                chain = []
        self.close(chain)

    def close(self, chain: list[tuple[int, int]]) -> None:
        widest = max((columns for _, columns in chain), default=0)
        for token, columns in chain:
            self.before[token] = widest - columns + 1

    def columns(self, start: int, end: int) -> int:
        """The columns that tokens take with the blanks before them."""
        starts, ends = self.tokens.starts, self.tokens.ends
        width = sum(self.before[start:end])
        return width + sum(count(self.text[starts[index] : ends[index]]) for index in range(start, end))


def _is_apart(earlier: str, token: str, later: str) -> bool:
    """Whether there is a blank between a token and the one after it, by their kinds and that of the one before."""
    if later in (kind.NEWLINE, kind.END) or (token == kind.NAME and later in ("(", "::")):
        return False
    if (token == "::" and later == kind.NAME) or "." in (token, later) or later in (",", "..."):
        return False
    if token == ",":
        return True
    if token in _IN_TEMPLATE or later in _TEMPLATE_ENDS:
        return False
    if later == "[" and (token in (kind.NAME, kind.NUMBER) or token in _CLOSING):
        return False
    if token == "!":
        return False
    if token == "-":
        return earlier not in _BEFORE_NEGATION
    if token == "{" or later == "}":
        return not (token == "{" and later == "}")
    if token in (kind.INTERPOLATION, kind.DIRECTIVE) and later == "{":
        return True
    if token == "}" and later == kind.SEQUENCE_END:
        return True
    if token == kind.SEQUENCE_END and later in (kind.INTERPOLATION, kind.DIRECTIVE):
        return False
    return token not in _OPENING and later not in _CLOSING
