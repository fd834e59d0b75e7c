"""`TokenReader`: steps through tokens, tells what is wrong with them, and finds where to go on after that."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING, NoReturn

from bakectl.diagnostics import Note
from bakectl.source import Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.characters import FOREIGN_QUOTES

if TYPE_CHECKING:
    from collections.abc import Container

    from bakectl.diagnostics import Problems
    from bakectl.syntax.nodes import Expression
    from bakectl.syntax.tokens import Tokens

MAX_NESTING = 100
"""Expressions and blocks within one another; HCL has no bound, and dies of deep nesting."""

_OPENERS = {
    "(": ")",
    "[": "]",
    "{": "}",
    kind.INTERPOLATION: kind.SEQUENCE_END,
    kind.DIRECTIVE: kind.SEQUENCE_END,
    kind.OPEN_QUOTE: kind.CLOSE_QUOTE,
    kind.OPEN_HEREDOC: kind.CLOSE_HEREDOC,
}
_CLOSERS = frozenset(_OPENERS.values())
ENDS = frozenset((kind.END, kind.CUT, kind.SEQUENCE_END, "}", "]", ")"))
"""What cannot stand in a list, a call or a map, and so shows that it is never closed."""
_AFTER_TYPE = ("{", kind.NAME, kind.STRING, kind.OPEN_QUOTE)
_LEVELS = 20
"""How many levels of brackets indentation is compared with."""
_AHEAD = 200
"""How many tokens a bracket is looked for on the rest of a line."""
_SHOWN = 40
"""How many characters of a token a message shows."""
_WHAT = {"(": "parenthesis", "[": "bracket", "{": "brace"}


class SyntaxFault(Exception):
    """Reading something failed, and the problem has been reported.

    `resume` is the token to go on at, when what failed seems to end before it.
    """

    def __init__(self, resume: int | None = None) -> None:
        super().__init__()
        self.resume = resume


class TokenReader:
    """Steps through tokens. `ignoring` tells whether newlines count for nothing, as inside `( )` and `[ ]`.

    `doubtful` is where the line of the last fault begins: what looks wrong after it may be right.
    """

    def __init__(self, tokens: Tokens, problems: Problems) -> None:
        self.source = tokens.source
        self.tokens = tokens
        self.problems = problems
        self.index = 0
        self.ignoring = False
        self.depth = 0
        self.doubtful = -1
        kinds, starts, ends = tokens.kinds, tokens.starts, tokens.ends
        if kind.BLOCK_COMMENT in kinds:
            kept = [place for place, token in enumerate(kinds) if token != kind.BLOCK_COMMENT]
            kinds = [kinds[place] for place in kept]
            starts = [starts[place] for place in kept]
            ends = [ends[place] for place in kept]
        if kind.LINE_COMMENT in kinds:
            kinds = [kind.NEWLINE if token == kind.LINE_COMMENT else token for token in kinds]
        self.kinds = kinds
        self.starts = starts
        self.ends = ends

    def expression(self) -> Expression:
        """Read an expression."""
        raise NotImplementedError

    def text(self, index: int) -> str:
        return self.source.text[self.starts[index] : self.ends[index]]

    def peek(self) -> str:
        """The kind of the next token, newlines passed over where they are ignored."""
        index = self.index
        token = self.kinds[index]
        if token == kind.NEWLINE and self.ignoring:
            kinds = self.kinds
            while token == kind.NEWLINE:
                index += 1
                token = kinds[index]
            self.index = index
        return token

    def is_keyword(self, word: str) -> bool:
        """Whether the next token is this name."""
        return self.peek() == kind.NAME and self.text(self.index) == word

    def deepen(self) -> None:
        """Count one more level of nesting, which the caller takes back."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            self.too_deep()

    def too_deep(self) -> NoReturn:
        raise self.fault_here(
            f"this is nested more than {MAX_NESTING} levels deep", help="name parts of it with variables"
        )

    def error(
        self, message: str, start: int, end: int, *, help: str | None = None, notes: tuple[Note, ...] = ()
    ) -> None:
        self.problems.error("syntax", message, Span(self.source, start, end), help=help, notes=notes)

    def fault(
        self, message: str, start: int, end: int, *, help: str | None = None, notes: tuple[Note, ...] = ()
    ) -> SyntaxFault:
        """Report a problem, unless the lexer has reported it already; return what is to be raised."""
        if not self.is_reported():
            self.error(message, start, end, help=help, notes=notes)
            self.doubtful = self.line_start(self.starts[self.index])
        return SyntaxFault()

    def fault_here(self, message: str, *, help: str | None = None) -> SyntaxFault:
        """Report a problem at the next token."""
        if self.peek() == kind.NEWLINE:
            # The newline may be a comment: point at the end of what is before it.
            place = (self.ends[self.index - 1], self.ends[self.index - 1])
        else:
            place = (self.starts[self.index], self.ends[self.index])
        return self.fault(message, *place, help=help)

    def not_closed(self, opening: int, close: str) -> SyntaxFault:
        """Report a bracket that is not closed where it must be, at the next token."""
        token = self.peek()
        index = self.index
        if opening in self.partners or not (token in ENDS or (self.begins_line(index) and self.begins_item(index))):
            return self.fault_here(f'"{close}" is expected here, {self.found()}')
        at_end = token == kind.END
        here = Span(self.source, self.starts[index], self.ends[index])
        note = Note(here, "the file ends here" if at_end else f'"{close}" seems to be missing before this')
        place = (self.starts[opening], self.ends[opening])
        message = f"this {_WHAT[self.kinds[opening]]} is never closed"
        fault = self.fault(message, *place, help=f'add the missing "{close}"', notes=(note,))
        fault.resume = None if token == kind.CUT or at_end else index
        return fault

    def found(self) -> str:
        """The next token in the words of a message."""
        token = self.kinds[self.index]
        if token == kind.END:
            return "but the file ends"
        if token in (kind.NEWLINE, kind.CUT):
            return "but the line ends"
        text = self.text(self.index)
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        return f"found {shown}" if text[0] == '"' else f'found "{shown}"'

    def is_number_with_letters(self) -> bool:
        """Whether letters follow a number at once; if so, they are reported and read."""
        index = self.index
        if (self.kinds[index - 1], self.kinds[index]) != (kind.NUMBER, kind.NAME):
            return False
        start, end = self.starts[index - 1], self.ends[index]
        if self.ends[index - 1] != self.starts[index]:
            return False
        self.error(f'"{self.source.text[start:end]}" is not a number', start, end, help="put a text in quotes")
        self.index += 1
        return True

    def skip(self, begun: int, stops: Container[str], depth: int) -> bool:
        """Go on at the first of the stops after a fault in what began at token `begun`, if its brackets match."""
        found = self.find_after(begun, stops)
        if found is None or self.kinds[found] == kind.END:
            return False
        self.index, self.depth = found, depth
        return True

    def is_reported(self) -> bool:
        """Whether the next token is bad, or a string on its line is not closed, or its line has had a fault already."""
        offset = self.starts[self.index]
        if self.kinds[self.index] in (kind.BAD, kind.CUT) or self.tokens.is_cut(offset):
            return True
        return self.line_start(offset) == self.doubtful

    def line_start(self, offset: int) -> int:
        starts = self.source.starts
        return starts[bisect_right(starts, offset) - 1]

    def column(self, index: int) -> int:
        """How many characters stand before a token on its line."""
        return self.starts[index] - self.line_start(self.starts[index])

    def margin(self, index: int) -> int:
        """How many blanks begin the line of a token."""
        start = stop = self.line_start(self.starts[index])
        text = self.source.text
        while text.startswith((" ", "\t"), stop):
            stop += 1
        return stop - start

    def after_newlines(self, index: int) -> int:
        """The first token from this one on that is no newline; a cut counts as the newline after it."""
        while self.kinds[index] in (kind.NEWLINE, kind.CUT):
            index += 1
        return index

    def begins_line(self, index: int) -> bool:
        return index == 0 or self.kinds[index - 1] in (kind.NEWLINE, kind.CUT)

    def begins_block(self, index: int) -> bool:
        """Whether a block seems to begin at this token."""
        if self.kinds[index] != kind.NAME:
            return False
        following = self.kinds[index + 1]
        return following in _AFTER_TYPE or (following == kind.BAD and self.text(index + 1)[0] in FOREIGN_QUOTES)

    def begins_item(self, index: int) -> bool:
        """Whether an argument or a block seems to begin at this token."""
        return self.begins_block(index) or (self.kinds[index] == kind.NAME and self.kinds[index + 1] == "=")

    @cached_property
    def partners(self) -> dict[int, int]:
        """The closing token of each bracket, quote and marker that has one."""
        partners: dict[int, int] = {}
        opened: list[int] = []
        waiting = dict.fromkeys(_CLOSERS, 0)
        cut = 0
        for index, token in enumerate(self.kinds):
            if token in _OPENERS:
                opened.append(index)
                waiting[_OPENERS[token]] += 1
            elif token == kind.CUT:
                begin = self.tokens.cuts[cut][0]
                cut += 1
                while opened and self.starts[opened[-1]] >= begin:
                    waiting[_OPENERS[self.kinds[opened.pop()]]] -= 1
            elif waiting.get(token):
                partner = self.opener(index, opened)
                while partner is not None and opened[-1] != partner:
                    waiting[_OPENERS[self.kinds[opened.pop()]]] -= 1
                if partner is not None:
                    partners[opened.pop()] = index
                    waiting[token] -= 1
        return partners

    def opener(self, index: int, opened: list[int]) -> int | None:
        """The token that a closing token closes; none when others are open and such a one follows on its line."""
        token = self.kinds[index]
        openers = (opener for opener in reversed(opened) if _OPENERS[self.kinds[opener]] == token)
        nearest = next(openers)
        if self.begins_line(index):
            # One on a line as deep as this is preferred.
            column = self.column(index)
            choices = (nearest, *islice(openers, _LEVELS))
            return next((opener for opener in choices if self.margin(opener) == column), nearest)
        following = islice(self.kinds, index + 1, index + 1 + _AHEAD)
        if nearest != opened[-1] and token in takewhile(lambda found: found != kind.NEWLINE, following):
            return None
        return nearest

    @cached_property
    def closing(self) -> frozenset[int]:
        """Closing tokens that do close something."""
        return frozenset(self.partners.values())

    def find_after(self, start: int, stops: Container[str]) -> int | None:
        """The first of the stops after the fault on the level of the brackets of token `start`, if they match."""
        index = start
        while (token := self.kinds[index]) != kind.END:
            if token in stops and index >= self.index:
                return index
            if token in _OPENERS:
                partner = self.partners.get(index)
                if partner is None:
                    return None
                index = partner
            elif index in self.closing:
                return None
            index += 1
        return index
