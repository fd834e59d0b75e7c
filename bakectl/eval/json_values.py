"""JSON text to values and back, as cty does it with Go's `encoding/json`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from bakectl.eval.json_tokens import JsonError, JsonKind, JsonToken, JsonTokens
from bakectl.eval.limits import MAX_DEPTH, LimitExceeded, check_items, check_text
from bakectl.eval.sizes import check_nested
from bakectl.eval.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
)
from bakectl.eval.values import NULL, Value, boolean, list_of, map_of, object_of, set_of, string, tuple_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bakectl.eval.types import Type

_ESCAPED = re.compile('[\x00-\x1f"\\\\<>&\u2028\u2029\ud800-\udfff]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def encode(value: Value) -> str:
    """Write a value as JSON without blanks; raises JsonError for infinity, which JSON does not have."""
    check_nested((value,))
    writer = _Writer()
    writer.write(value, 0)
    return "".join(writer.pieces)


def quote(text: str) -> str:
    """Write text as a JSON string, with the escapes that make it safe in HTML too."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if "\ud800" <= character <= "\udfff":
        return "\\ufffd"
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"


class _Writer:
    """Writes pieces of JSON and counts their characters: a value may hold another many times."""

    __slots__ = ("length", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0

    def add(self, piece: str) -> None:
        self.length += len(piece)
        check_text(self.length)
        self.pieces.append(piece)

    def write(self, value: Value, depth: int) -> None:
        data = value.data
        if depth > MAX_DEPTH:
            raise LimitExceeded(f"the value nests deeper than {MAX_DEPTH} levels")
        if data is None:
            self.add("null")
        elif isinstance(data, bool):
            self.add("true" if data else "false")
        elif isinstance(data, str):
            self.add(quote(data))
        elif isinstance(data, dict):
            self.add("{")
            for place, (name, item) in enumerate(data.items()):
                self.add(f"{',' if place else ''}{quote(name)}:")
                self.write(item, depth + 1)
            self.add("}")
        elif isinstance(data, tuple):
            self.add("[")
            for place, item in enumerate(data):
                self.add("," if place else "")
                self.write(item, depth + 1)
            self.add("]")
        elif data.is_infinite:
            raise JsonError("cannot serialize infinity as JSON")
        else:
            self.add(data.text())


def decode(text: str) -> Value:
    """Read JSON into the types it implies: arrays are tuples, objects are objects, null is untyped."""
    tokens = JsonTokens(text)
    value = _implied(tokens, tokens.read())
    if tokens.has_more():
        raise JsonError("extraneous data after JSON object")
    return value


def _implied(tokens: JsonTokens, token: JsonToken) -> Value:
    match token.kind:
        case JsonKind.NULL:
            return NULL
        case JsonKind.BOOL:
            return boolean(token.text == "true")
        case JsonKind.NUMBER:
            return _number(token.text)
        case JsonKind.STRING:
            return string(token.text)
        case JsonKind.DELIMITER:
            return _implied_tuple(tokens) if token.text == "[" else _implied_object(tokens)


def _implied_tuple(tokens: JsonTokens) -> Value:
    items: list[Value] = []
    while not _closes(token := tokens.read()):
        items.append(_implied(tokens, token))
        check_items(len(items))
    return tuple_of(items)


def _implied_object(tokens: JsonTokens) -> Value:
    attributes: dict[str, Value] = {}
    while not _closes(token := tokens.read()):
        name = string(token.text).data
        value = _implied(tokens, tokens.read())
        known = attributes.get(name)
        if known is not None and known.type != value.type:
            # cty 1.16 and later; before, the type of the last one was forced on all.
            from bakectl.eval.number_text import quoted

            raise JsonError(f"duplicate {quoted(token.text)} property in JSON object")
        attributes[name] = value
        check_items(len(attributes))
    return object_of(attributes)


def _closes(token: JsonToken) -> bool:
    return token.kind is JsonKind.DELIMITER and token.text in ("]", "}")


def _number(text: str) -> Value:
    from bakectl.eval.numbers import Number

    number = Number.parse(text)
    if number is None:
        raise JsonError("a number is required")
    return Value(NUMBER, number)


def decode_as(text: str, type: Type) -> Value:
    """Read JSON as a value of the type, as buildx reads `NAME_JSON` of a typed variable; text after it is ignored."""
    token = JsonTokens(text).read()
    if token.kind is JsonKind.NULL:
        return Value(type, None)
    match type:
        case ListType():
            return list_of(type.element, [decode_as(raw, type.element) for raw in _raw_items(text, "list")])
        case SetType():
            return set_of(type.element, [decode_as(raw, type.element) for raw in _raw_items(text, "set")])
        case TupleType():
            return _typed_tuple(text, type)
        case MapType():
            entries = _raw_entries(text, "map")
            return map_of(type.element, {name: decode_as(raw(), type.element) for name, raw in entries})
        case ObjectType():
            return _typed_object(text, type)
        case _ if type is DYNAMIC:
            # cty wants {"type": …, "value": …} here, which no one writes; all else it refuses with this.
            raise JsonError("missing expected {")
        case _:
            return _typed_primitive(token, type)


def _typed_primitive(token: JsonToken, type: Type) -> Value:
    from bakectl.eval.convert import ConversionError, convert

    allowed: Mapping[Type, tuple[JsonKind, ...]] = {
        STRING: (JsonKind.STRING, JsonKind.NUMBER, JsonKind.BOOL),
        NUMBER: (JsonKind.STRING, JsonKind.NUMBER),
        BOOL: (JsonKind.STRING, JsonKind.BOOL),
    }
    if token.kind not in allowed[type]:
        raise JsonError(f"{type.friendly} is required")
    if token.kind is JsonKind.BOOL and type is BOOL:
        return boolean(token.text == "true")
    try:
        return convert(string(token.text), type)
    except ConversionError as error:
        raise JsonError(str(error)) from None


def _typed_tuple(text: str, type: TupleType) -> Value:
    items: list[Value] = []
    for raw in _raw_items(text, "tuple"):
        if len(items) == len(type.elements):
            raise JsonError(f"too many tuple elements (need {len(type.elements)})")
        items.append(decode_as(raw, type.elements[len(items)]))
    if len(items) < len(type.elements):
        raise JsonError(f"not enough tuple elements (need {len(type.elements)})")
    return tuple_of(items)


def _typed_object(text: str, type: ObjectType) -> Value:
    attributes = {name: Value(attribute, None) for name, attribute in type.attributes.items()}
    for name, raw in _raw_entries(text, "object"):
        if name not in attributes:
            from bakectl.eval.number_text import quoted

            raise JsonError(f"unsupported attribute {quoted(name)}")
        attributes[name] = decode_as(raw(), type.attributes[name])
    return object_of(attributes)


def _raw_items(text: str, what: str) -> Iterator[str]:
    tokens = JsonTokens(text)
    _require(tokens, "[")
    while tokens.has_more():
        yield _raw(tokens, what)
    _require(tokens, "]")


def _raw_entries(text: str, what: str) -> Iterator[tuple[str, Callable[[], str]]]:
    """Each name, and a function that must be called to read on: cty looks at a name before it reads the value."""
    tokens = JsonTokens(text)
    _require(tokens, "{")
    while tokens.has_more():
        try:
            name = tokens.read().text
        except JsonError as error:
            raise JsonError(f"failed to read {what} key: {error}") from None
        yield string(name).data, partial(_raw, tokens, what)
    _require(tokens, "}")


def _raw(tokens: JsonTokens, what: str) -> str:
    try:
        return tokens.read_raw()
    except JsonError as error:
        raise JsonError(f"failed to read {what} value: {error}") from None


def _require(tokens: JsonTokens, bracket: str) -> None:
    if tokens.read() != (JsonKind.DELIMITER, bracket):
        raise JsonError(f"missing expected {bracket}")
