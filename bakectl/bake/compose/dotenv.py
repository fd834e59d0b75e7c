"""`.env` files, as compose-go's `dotenv` package reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from bakectl.bake.compose.template import MalformedTemplateError, MissingVariableError, substitute
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.compose.reading import Reading
    from bakectl.bake.compose.template import Lookup
    from bakectl.source import Source

_BLANK: Final = "\t\v\f\r \x85\xa0"
_SPACE: Final = _BLANK + "\n\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_START: Final = re.compile(rf"(?:[{re.escape(_SPACE)}]+|#[^\n]*(?=\n))*")
_EXPORT: Final = re.compile(r"export[\t\n\f\r ]+")
_QUOTED: Final = {
    quote: re.compile(rf"([^{quote}\\]*(?>(?:\\.[^{quote}\\]*)*)){quote}", re.DOTALL) for quote in ('"', "'")
}
_PAIR: Final = re.compile(r"\\.", re.DOTALL)
_ESCAPE: Final = re.compile(r'\\(?:[abcfnrtv$"\\]|0\d{0,3})')
_SIMPLE_ESCAPES: Final = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\", "$": "$$",
}  # fmt: skip
_KEY_SIGNS: Final = "_.-[]"


def read_variables(
    source: Source, lookup: Lookup, reading: Reading, known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Read the variables of a file and add them to known ones; in `$NAME`, `lookup` wins over both."""
    return _Parse(source, lookup, reading, dict(known or {})).variables()


class _Parse:
    def __init__(self, source: Source, lookup: Lookup, reading: Reading, found: dict[str, str]) -> None:
        self.source = source
        self.text = source.text
        self.lookup = lookup
        self.reading = reading
        self.found = found

    def variables(self) -> dict[str, str]:
        position = 0
        while (position := self.skip(position)) < len(self.text) and not self.text.startswith("#", position):
            position = self.statement(position)
        return self.found

    def skip(self, position: int) -> int:
        match = _START.match(self.text, position)
        return position if match is None else match.end()

    def refuse(self, message: str, start: int, end: int, help: str | None = None) -> NoReturn:
        self.reading.refuse("bad-env-file", message, Span(self.source, start, end), help=help)

    def statement(self, start: int) -> int:
        if (export := _EXPORT.match(self.text, start)) is not None:
            start = self.after_blanks(export.end())
        end = self.key_end(start)
        key = self.text[start:end].rstrip(_SPACE)
        if " " in key:
            self.refuse("the name of a variable cannot have a space in it", start, end, "write NAME=value")
        if end == len(self.text):
            # Without a line end, compose-go takes the last word for the value of a variable without name.
            key, end = "", start - 1
        elif self.text[end] == "\n":
            inherited = self.lookup(key)
            if inherited is not None:
                self.found[key] = inherited
            return end + 1
        value, position = self.value(self.after_blanks(end + 1))
        self.reading.spend(1, len(value))
        self.found[key] = value
        return position

    def after_blanks(self, position: int) -> int:
        while position < len(self.text) and self.text[position] in _BLANK:
            position += 1
        return position

    def key_end(self, start: int) -> int:
        for offset in range(start, len(self.text)):
            character = self.text[offset]
            if character in "=:\n":
                return offset
            if character not in _BLANK and character not in _KEY_SIGNS and not character.isalnum():
                message = f'the name of a variable cannot have "{character}" in it'
                self.refuse(message, offset, offset + 1, "write NAME=value, and # before a comment")
        return len(self.text)

    def value(self, start: int) -> tuple[str, int]:
        quote = self.text[start : start + 1]
        if quote and quote in "\"'":
            return self.quoted(quote, start)
        end = self.text.find("\n", start)
        end = len(self.text) if end < 0 else end
        comment = self.text.find(" #", start, end)
        value = self.text[start : end if comment < 0 else comment].rstrip(_SPACE)
        return self.expand(value, start), end + 1

    def quoted(self, quote: str, start: int) -> tuple[str, int]:
        match = _QUOTED[quote].match(self.text, start + 1)
        if match is None:
            line_end = self.text.find("\n", start)
            self.refuse("this quote is not closed", start, len(self.text) if line_end < 0 else line_end)
        value = _PAIR.sub(lambda pair: quote if pair[0][1] == quote else pair[0], match[1])
        return (self.expand(_unescape(value), start) if quote == '"' else value), match.end()

    def expand(self, text: str, start: int) -> str:
        try:
            return substitute(text, self.variable)
        except MalformedTemplateError as error:
            help = "write $$ for a dollar sign"
            self.refuse(f'"{error}" is no way to insert a variable', start, start + 1, help)
        except MissingVariableError as error:
            reason = f": {error.reason}" if error.reason else ""
            self.refuse(f'the variable "{error.name}" is required{reason}', start, start + 1)

    def variable(self, name: str) -> str | None:
        value = self.lookup(name)
        return self.found.get(name) if value is None else value


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    body = match[0][1:]
    if body in _SIMPLE_ESCAPES:
        return _SIMPLE_ESCAPES[body]
    if body[0] != "0":
        return match[0]
    digits = body[1:]
    is_octal = len(digits) == 3 and all(digit in "01234567" for digit in digits) and int(digits, 8) < 0x100
    return chr(int(digits, 8)) if is_octal else "\\" + digits
