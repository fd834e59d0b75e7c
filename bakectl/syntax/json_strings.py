"""Strings of JSON: their text, and the templates and expressions of the native syntax in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.diagnostics import Problems
from bakectl.record import replace
from bakectl.source import Source, Span
from bakectl.syntax.expressions import ExpressionParser
from bakectl.syntax.lexer import tokenize_template
from bakectl.syntax.nodes import Bad, Expression, String
from bakectl.syntax.parser import parse_expression
from bakectl.syntax.reader import SyntaxFault
from bakectl.syntax.templates import read_bare_template
from bakectl.syntax.walk import walk

if TYPE_CHECKING:
    from bakectl.diagnostics import Diagnostic

_PART = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|(.?))|[\udc80-\udcff]", re.DOTALL)
_SHORT = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_REPLACEMENT = "\ufffd"
_PLACES = ("start", "end", "dot", "bracket", "name_end")


def string_text(source: Source, start: int, end: int, problems: Problems) -> str:
    """The text of a string, quotes left out, in which nothing is a template."""
    raw = source.text[start + 1 : end - 1]
    return raw if _is_plain(raw) else _decode(source, start + 1, end - 1, problems)[0].text


def parse_template(source: Source, start: int, end: int, problems: Problems) -> Expression:
    """Parse a string, quotes included, as the template that it is where a value is expected."""
    raw = source.text[start + 1 : end - 1]
    if _is_plain(raw):
        if "{" not in raw:
            return String(start, end, raw)
        return _template(source, start + 1, end - 1, (start, end), problems)
    decoded, offsets = _decode(source, start + 1, end - 1, problems)
    if "{" not in decoded.text:
        return String(start, end, decoded.text)
    found = Problems()
    length = len(decoded.text)
    node = _template(decoded, 0, length, (0, length), found)
    _relocate(node, offsets)
    _report(found, source, offsets, problems)
    node.start, node.end = start, end
    return node


def parse_expression_text(source: Source, start: int, end: int, problems: Problems) -> Expression:
    """Parse the inside of a string as one expression of the native syntax, as for the type of a variable."""
    if _is_plain(source.text[start:end]):
        return parse_expression(source, start, end, problems)
    decoded, offsets = _decode(source, start, end, problems)
    found = Problems()
    node = parse_expression(decoded, 0, len(decoded.text), found)
    _relocate(node, offsets)
    _report(found, source, offsets, problems)
    return node


def _is_plain(raw: str) -> bool:
    return "\\" not in raw and (raw.isascii() or _PART.search(raw) is None)


def _template(source: Source, start: int, end: int, place: tuple[int, int], problems: Problems) -> Expression:
    reader = ExpressionParser(tokenize_template(source, start, end, problems), problems)
    try:
        return read_bare_template(reader, *place)
    except SyntaxFault:
        return Bad(*place)


def _decode(source: Source, start: int, end: int, problems: Problems) -> tuple[Source, list[int]]:
    """The text without escapes, as a source, and the offset of each of its characters and of its end."""
    text = source.text
    pieces: list[str] = []
    offsets: list[int] = []
    position = start
    while position < end:
        found = _PART.search(text, position, end)
        stop = found.start() if found else end
        pieces.append(text[position:stop])
        offsets.extend(range(position, stop))
        if found is None:
            break
        position = found.end()
        pieces.append(_character(source, found, problems))
        offsets.append(stop)
        low = _PART.match(text, position, end) if found[1] else None
        if found[1] and low and low[1]:
            pair = _pair(int(found[1], 16), int(low[1], 16))
            if pair:
                pieces[-1] = pair
                position = low.end()
    offsets.append(end)
    return Source(source.path, "".join(pieces)), offsets


def _character(source: Source, found: re.Match[str], problems: Problems) -> str:
    if found[1]:
        code = int(found[1], 16)
        return _REPLACEMENT if 0xD800 <= code < 0xE000 else chr(code)
    if found[0][0] != "\\":
        return _REPLACEMENT
    if found[2] not in _SHORT:
        help = 'the escapes are \\n \\r \\t \\b \\f \\" \\/ \\\\ \\uNNNN; for a backslash itself write "\\\\"'
        span = Span(source, *found.span())
        problems.error("syntax", f'"{found[0]}" is not an escape sequence of JSON', span, help=help)
        return found[2][:1] or _REPLACEMENT
    return _SHORT[found[2]]


def _pair(high: int, low: int) -> str | None:
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return None


def _relocate(node: Expression, offsets: list[int]) -> None:
    for part in walk(node):
        for place in _PLACES:
            offset = getattr(part, place, None)
            if offset is not None:
                setattr(part, place, offsets[offset])


def _report(found: Problems, source: Source, offsets: list[int], problems: Problems) -> None:
    for diagnostic in found:
        problems.add(_moved(diagnostic, source, offsets))


def _moved(diagnostic: Diagnostic, source: Source, offsets: list[int]) -> Diagnostic:
    span = diagnostic.span
    return replace(diagnostic, span=span and Span(source, offsets[span.start], offsets[span.end]))
