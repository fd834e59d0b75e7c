"""Quoted strings, heredocs and JSON strings: literal text, `${ }` and `%{ }`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.syntax import tokens as kind
from bakectl.syntax.characters import SPACES
from bakectl.syntax.nodes import Bad, Expression, String, Template, TemplateFor, TemplateIf, Wrapped
from bakectl.syntax.reader import SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.syntax.nodes import TemplatePart
    from bakectl.syntax.reader import TokenReader

_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_IN_QUOTES = re.compile(r"\\(?:u[0-9A-Fa-f]{0,4}|U[0-9A-Fa-f]{0,8}|.?)|\$\$+\{|%%+\{", re.DOTALL)
_DOUBLED = re.compile(r"\$\$+\{|%%+\{")
_DIGITS = {"u": 4, "U": 8}


class _Text:
    """A literal part; strip markers and indentation change it before it becomes a node."""

    __slots__ = ("end", "start", "value")

    def __init__(self, start: int, end: int, value: str) -> None:
        self.start = start
        self.end = end
        self.value = value


class _Directive:
    """`if`, `else`, `endif`, `for` or `endfor`, with the place of the whole sequence."""

    __slots__ = ("collection", "condition", "end", "names", "start", "word")

    def __init__(self, start: int, end: int, word: str) -> None:
        self.start = start
        self.end = end
        self.word: Final = word
        self.condition: Expression = Bad(start, end)
        self.collection: Expression = Bad(start, end)
        self.names: tuple[str | None, str] = (None, "")


def read_template(reader: TokenReader) -> Expression:
    """Read a template that begins at the next token, a quote or a heredoc."""
    opening = reader.index
    start = reader.starts[opening]
    heredoc = reader.kinds[opening] == kind.OPEN_HEREDOC
    reader.index += 1
    parts = _parts(reader, kind.CLOSE_HEREDOC if heredoc else kind.CLOSE_QUOTE)
    end = reader.ends[reader.index - 1]
    if heredoc and reader.text(opening).startswith("<<-"):
        _remove_indentation(parts)
    return _node(reader, start, end, parts, wraps=not heredoc)


def read_bare_template(reader: TokenReader, start: int, end: int) -> Expression:
    """Read all tokens as a template without quotes, as the strings of JSON are."""
    return _node(reader, start, end, _parts(reader, kind.END), wraps=True)


def read_names(reader: TokenReader) -> tuple[str | None, str]:
    """Read `[key,] value in`, which follows `for`."""
    if reader.peek() != kind.NAME:
        raise reader.fault_here('a name must follow "for"', help='write "for item in …"')
    value = reader.text(reader.index)
    key: str | None = None
    reader.index += 1
    if reader.peek() == ",":
        reader.index += 1
        if reader.peek() != kind.NAME:
            raise reader.fault_here("a second name must follow the comma", help='write "for key, value in …"')
        key, value = value, reader.text(reader.index)
        reader.index += 1
    if not reader.is_keyword("in"):
        raise reader.fault_here('"in" must follow the names of a "for"', help='write "for item in …"')
    reader.index += 1
    return key, value


def _node(
    reader: TokenReader, start: int, end: int, parts: list[_Text | _Directive | Expression], *, wraps: bool
) -> Expression:
    if all(type(part) is _Text for part in parts):
        return String(start, end, "".join(part.value for part in parts))  # type: ignore[union-attr]
    if wraps and len(parts) == 1 and isinstance(parts[0], Expression):
        return Wrapped(start, end, parts[0])
    try:
        return Template(start, end, _tree(reader, parts))
    except SyntaxFault:
        return Bad(start, end)


def _parts(reader: TokenReader, closing: str) -> list[_Text | _Directive | Expression]:
    """Read up to the closing token; strip markers are applied, directives are still in a row."""
    parts: list[_Text | _Directive | Expression] = []
    strip_next = False
    last_text: _Text | None = None
    outer, depth = reader.ignoring, reader.depth
    while True:
        index = reader.index
        token = reader.kinds[index]
        begin = reader.starts[index]
        if token == closing:
            reader.index += token != kind.END
            reader.depth = depth
            return parts
        if token == kind.TEXT:
            value = _value(reader, index, closing)
            last_text = _Text(begin, reader.ends[index], value.lstrip(SPACES) if strip_next else value)
            strip_next = False
            parts.append(last_text)
            reader.index += 1
        elif token in (kind.INTERPOLATION, kind.DIRECTIVE):
            if last_text is not None and reader.text(index).endswith("~"):
                last_text.value = last_text.value.rstrip(SPACES)
            last_text = None
            reader.ignoring = True
            part = _sequence(reader)
            strip_next = reader.text(reader.index).startswith("~")
            if isinstance(part, _Directive):
                part.end = reader.ends[reader.index]
            reader.index += 1
            reader.ignoring = outer
            parts.append(part)
        elif token == kind.BAD:
            reader.index += 1
        else:
            # The lexer has cut the template off and reported it.
            raise SyntaxFault


def _sequence(reader: TokenReader) -> _Directive | Expression:
    """Read what is inside of `${ }` or `%{ }`; after a fault, go on at its end."""
    opening, depth = reader.index, reader.depth
    part: _Directive | Expression
    try:
        reader.index += 1
        if reader.kinds[opening] == kind.INTERPOLATION:
            part = reader.expression()
        else:
            part = _directive(reader, reader.starts[opening])
        if reader.peek() != kind.SEQUENCE_END:
            raise _left_over(reader, part)
    except SyntaxFault:
        closing = reader.partners.get(opening)
        if closing is None or reader.kinds[opening] == kind.DIRECTIVE:
            raise
        reader.index, reader.depth, reader.ignoring = closing, depth, True
        return Bad(reader.starts[opening], reader.ends[closing])
    return part


def _left_over(reader: TokenReader, part: _Directive | Expression) -> SyntaxFault:
    if not isinstance(part, _Directive):
        help = 'end the interpolation with "}"; to include "${" as it is, write "$${"'
        return reader.fault_here("something is left over after the expression of an interpolation", help=help)
    return reader.fault_here(f'something is left over after the "{part.word}" of a directive', help='end it with "}"')


def _value(reader: TokenReader, index: int, closing: str) -> str:
    text = reader.text(index)
    if closing != kind.CLOSE_QUOTE:
        return _unescape(text) if "{" in text else text
    if "\\" not in text and "{" not in text:
        return text
    begin = reader.starts[index]

    def decode(found: re.Match[str]) -> str:
        escape = found[0]
        if escape[0] != "\\":
            return escape[1:]
        if escape[1:] in _ESCAPES:
            return _ESCAPES[escape[1:]]
        selector = escape[1:2]
        if not selector:
            return escape
        digits = escape[2:]
        if len(digits) == _DIGITS.get(selector, 0):
            code = int(digits, 16) if selector in _DIGITS else -1
            if 0 <= code < 0xD800 or 0xE000 <= code < 0x110000:
                return chr(code)
            message = f'"{escape}" is not an escape sequence' if code < 0 else f"there is no character U+{code:04X}"
        else:
            message = f'"\\{selector}" must be followed by {_DIGITS.get(selector)} hexadecimal digits'
        place = begin + found.start()
        help = 'the escapes are \\n \\r \\t \\" \\\\ \\uNNNN \\UNNNNNNNN; for a backslash itself write "\\\\"'
        reader.error(message, place, place + len(escape), help=help)
        return escape

    return _IN_QUOTES.sub(decode, text)


def _unescape(text: str) -> str:
    """The text of a heredoc or of a JSON string: `$${` and `%%{` stand for `${` and `%{`."""
    return _DOUBLED.sub(lambda found: found[0][1:], text)


def _directive(reader: TokenReader, start: int) -> _Directive:
    if reader.peek() != kind.NAME:
        raise reader.fault_here(
            'a keyword is expected after "%{"', help='write "if", "else", "endif", "for" or "endfor"'
        )
    word = reader.text(reader.index)
    directive = _Directive(start, reader.ends[reader.index], word)
    if word not in ("if", "else", "endif", "for", "endfor"):
        help = 'the keywords are "if", "else", "endif", "for", "endfor"; to include "%{" as it is, write "%%{"'
        raise reader.fault_here(f'"{word}" is not a keyword of template directives', help=help)
    reader.index += 1
    if word == "if":
        directive.condition = reader.expression()
        reader.deepen()
    elif word == "for":
        directive.names = read_names(reader)
        directive.collection = reader.expression()
        reader.deepen()
    elif word != "else":
        reader.depth -= 1
    return directive


def _remove_indentation(parts: Iterable[_Text | _Directive | Expression]) -> None:
    """Take from each line the indentation that all have, as `<<-` asks; blank lines neither count nor change."""
    least: int | None = None
    lines: list[_Text] = []
    line_start = True
    for part in parts:
        if line_start:
            indentation = 0
            if isinstance(part, _Text):
                stripped = part.value.lstrip(SPACES)
                if not stripped and part.value.endswith("\n"):
                    continue
                indentation = len(part.value) - len(stripped)
                lines.append(part)
            least = indentation if least is None else min(least, indentation)
        line_start = isinstance(part, _Text) and part.value.endswith("\n")
    for line in lines:
        line.value = line.value[least:]


class _Open:
    """A directive that waits for its end."""

    __slots__ = ("directive", "otherwise", "parts")

    def __init__(self, directive: _Directive | None) -> None:
        self.directive = directive
        self.parts: list[TemplatePart] = []
        self.otherwise: list[TemplatePart] | None = None

    def add(self, part: TemplatePart) -> None:
        (self.parts if self.otherwise is None else self.otherwise).append(part)


def _tree(reader: TokenReader, row: list[_Text | _Directive | Expression]) -> tuple[TemplatePart, ...]:
    """Nest the parts between `if` and `endif`, `for` and `endfor`."""
    stack = [_Open(None)]
    for part in row:
        here = stack[-1]
        if isinstance(part, _Text):
            here.add(String(part.start, part.end, part.value))
        elif isinstance(part, Expression):
            here.add(part)
        elif part.word in ("if", "for"):
            stack.append(_Open(part))
        else:
            opener = here.directive.word if here.directive else None
            if part.word == "else" and opener == "if" and here.otherwise is None:
                here.otherwise = []
            elif part.word == f"end{opener}":
                stack.pop()
                stack[-1].add(_close(here, part))
            else:
                raise _unexpected(reader, part, here)
    unclosed = stack[-1].directive
    if unclosed is not None:
        help = f'add "%{{ end{unclosed.word} }}"'
        raise reader.fault(f'this "{unclosed.word}" directive is never closed', unclosed.start, unclosed.end, help=help)
    return tuple(stack[0].parts)


def _unexpected(reader: TokenReader, part: _Directive, here: _Open) -> SyntaxFault:
    if here.directive is None:
        expected = "no directive is open"
    elif here.otherwise is not None and part.word == "else":
        expected = 'this "if" has an "else" already'
    else:
        expected = f'"end{here.directive.word}" is expected'
    return reader.fault(f'unexpected "{part.word}": {expected}', part.start, part.end)


def _close(opened: _Open, end: _Directive) -> TemplateIf | TemplateFor:
    begin = opened.directive
    assert begin is not None
    parts = tuple(opened.parts)
    if begin.word == "if":
        return TemplateIf(begin.start, end.end, begin.condition, parts, tuple(opened.otherwise or ()))
    return TemplateFor(begin.start, end.end, *begin.names, begin.collection, parts)
