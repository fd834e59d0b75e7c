"""The values of a JSON text with their places; after a mistake it goes on with the next property or item."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bakectl.diagnostics import Note
from bakectl.source import Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.reader import MAX_NESTING

if TYPE_CHECKING:
    from bakectl.diagnostics import Problems
    from bakectl.syntax.tokens import Tokens


class Scalar:
    """A string, a number, `true`, `false`, `null`, or what could not be read: `kind` tells."""

    __slots__ = ("end", "kind", "start")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end


class Array:
    """`[ … ]`."""

    __slots__ = ("end", "items", "start")

    def __init__(self, start: int, end: int, items: list[JsonValue]) -> None:
        self.start = start
        self.end = end
        self.items = items


class Property:
    """`"name": value`; the name is a place."""

    __slots__ = ("colon", "name", "value")

    def __init__(self, name: Scalar, colon: int, value: JsonValue) -> None:
        self.name = name
        self.colon = colon
        self.value = value


class Properties:
    """`{ … }`."""

    __slots__ = ("end", "items", "start")

    def __init__(self, start: int, end: int, items: list[Property]) -> None:
        self.start = start
        self.end = end
        self.items = items


JsonValue: TypeAlias = Scalar | Array | Properties


def read_json(tokens: Tokens, problems: Problems) -> JsonValue:
    """Read the one value of a text."""
    reader = _Reader(tokens, problems)
    while reader.kinds[reader.index] == kind.BAD and reader.kinds[reader.index + 1] != kind.END:
        reader.index += 1
    value = reader.value()
    if reader.kinds[reader.index] not in (kind.END, kind.BAD) and len(problems) == reader.mistakes:
        reader.error("something is left over after the value", help="remove it")
    return value


class _Reader:
    def __init__(self, tokens: Tokens, problems: Problems) -> None:
        self.source = tokens.source
        self.problems = problems
        self.mistakes = len(problems)
        comments = (kind.LINE_COMMENT, kind.BLOCK_COMMENT)
        kept = [place for place, token in enumerate(tokens.kinds) if token not in comments]
        self.kinds = [tokens.kinds[place] for place in kept]
        self.starts = [tokens.starts[place] for place in kept]
        self.ends = [tokens.ends[place] for place in kept]
        self.index = 0
        self.opened: list[str] = []
        self.at_end = False

    def error(self, message: str, *, index: int | None = None, help: str | None = None) -> None:
        """Report a problem at a token, by default at the next one."""
        place = self.index if index is None else index
        if self.kinds[place] != kind.BAD:
            self.problems.error("syntax", message, Span(self.source, self.starts[place], self.ends[place]), help=help)

    def found(self) -> str:
        if self.kinds[self.index] == kind.END:
            return "but the file ends"
        return f'found "{self.source.text[self.starts[self.index] : self.ends[self.index]]}"'

    def value(self) -> JsonValue:
        index = self.index
        token = self.kinds[index]
        start, end = self.starts[index], self.ends[index]
        if token in (kind.STRING, kind.NUMBER, kind.NAME, kind.BAD):
            self.index += 1
            return Scalar(token, start, end)
        if token not in ("{", "["):
            self.error(f"a value is expected here, {self.found()}")
            before = self.ends[index - 1] if index else 0
            return Scalar(kind.BAD, before, before)
        if len(self.opened) == MAX_NESTING:
            self.error(f"this is nested more than {MAX_NESTING} levels deep")
            self.index += 1
            self.skip(())
            self.index += self.kinds[self.index] != kind.END
            return Scalar(kind.BAD, start, end)
        self.opened.append(token)
        self.index += 1
        node = self.properties(index) if token == "{" else self.array(index)
        self.opened.pop()
        return node

    def array(self, opening: int) -> Array:
        items: list[JsonValue] = []
        while not self.closes(opening, "]"):
            if self.kinds[self.index] == ",":
                self.error(f"a value is expected here, {self.found()}")
                self.index += 1
                continue
            items.append(self.value())
            self.separator("]", "item", (kind.STRING, kind.NUMBER, kind.NAME, "{", "["))
        return Array(self.starts[opening], self.end_of(opening), items)

    def properties(self, opening: int) -> Properties:
        items: list[Property] = []
        while not self.closes(opening, "}"):
            index = self.index
            token = self.kinds[index]
            if token not in (kind.STRING, kind.BAD, kind.NUMBER, kind.NAME):
                self.error(f"the name of a property is expected here, {self.found()}")
                self.index += 1
                self.skip((",",))
                self.index += self.kinds[self.index] == ","
                continue
            if token in (kind.NUMBER, kind.NAME):
                self.error("the name of a property must be a string", help="put it in quotes")
            self.index += 1
            colon = self.index
            if self.kinds[colon] in (":", kind.BAD):
                self.index += 1
            else:
                self.error(f'a ":" and a value must follow the name of a property, {self.found()}')
            if self.kinds[colon] in (",", "}", kind.END):
                value: JsonValue = Scalar(kind.BAD, self.ends[index], self.ends[index])
            else:
                value = self.value()
            items.append(Property(Scalar(kind.STRING, self.starts[index], self.ends[index]), self.starts[colon], value))
            self.separator("}", "property", (kind.STRING,))
        return Properties(self.starts[opening], self.end_of(opening), items)

    def closes(self, opening: int, close: str) -> bool:
        """Whether an array or an object ends here; its closing bracket is read."""
        token = self.kinds[self.index]
        if token == close:
            self.index += 1
            return True
        if token == kind.END or token in ("}", "]"):
            what = "brace" if close == "}" else "bracket"
            if not self.at_end:
                self.not_closed(opening, f"this {what} is never closed", close)
            self.at_end = token == kind.END
            if not self.at_end and ("{" if token == "}" else "[") not in self.opened:
                self.index += 1
            return True
        return False

    def not_closed(self, opening: int, message: str, close: str) -> None:
        here = Span(self.source, self.starts[self.index], self.ends[self.index])
        at_end = self.kinds[self.index] == kind.END
        note = Note(here, "the file ends here" if at_end else f'"{close}" seems to be missing before this')
        span = Span(self.source, self.starts[opening], self.ends[opening])
        self.problems.error("syntax", message, span, help=f'add the missing "{close}"', notes=(note,))

    def end_of(self, opening: int) -> int:
        return self.ends[max(self.index - 1, opening)]

    def separator(self, close: str, what: str, begins: tuple[str, ...]) -> None:
        """Read the comma after an item; a missing one is reported."""
        index = self.index
        token = self.kinds[index]
        if token == ",":
            self.index += 1
            if self.kinds[self.index] == close:
                help = "remove the comma"
                self.error(f"no comma may follow the last {what}", index=index, help=help)
        elif token not in ("}", "]", kind.END):
            self.error(f"a comma must separate each {what} from the next", help='add ","')
            if token not in begins:
                self.skip((",",))
                self.index += self.kinds[self.index] == ","

    def skip(self, stops: tuple[str, ...]) -> None:
        """Go on at one of the stops, or at the bracket that closes what is open, on this level."""
        depth = 0
        while (token := self.kinds[self.index]) != kind.END:
            if depth == 0 and (token in stops or token in ("}", "]")):
                return
            if token in ("{", "["):
                depth += 1
            elif token in ("}", "]"):
                depth -= 1
            self.index += 1
