"""`docker-bake.json` into the nodes of native syntax, with places in the JSON text.

A schema tells which properties are blocks. A block begins at its last label, or at its type when it has none;
the second and further blocks of an array begin at their own brace. `type_end` is where that beginning ends.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Note, Problems
from bakectl.record import Record
from bakectl.source import Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.json_strings import parse_expression_text, parse_template, string_text
from bakectl.syntax.json_tokens import tokenize_json
from bakectl.syntax.json_values import Array, JsonValue, Properties, Property, Scalar, read_json
from bakectl.syntax.nodes import (
    Attribute,
    Bad,
    Block,
    Body,
    Expression,
    File,
    Label,
    Literal,
    NumberLiteral,
    Object,
    ObjectItem,
    String,
    Tuple,
)
from bakectl.syntax.numbers import is_number

if TYPE_CHECKING:
    from bakectl.source import Source

__all__ = ["BlockSchema", "parse_expression_text", "parse_json", "string_text"]

_LITERALS: dict[str, bool | None] = {"true": True, "false": False, "null": None}


class BlockSchema(Record):
    """How many labels a block has, which properties of its body are blocks, and which are known attributes.

    buildx never evaluates an attribute that it does not know: it may be there twice, and its templates may be wrong.
    """

    labels: int
    blocks: dict[str, BlockSchema]
    attributes: frozenset[str] | None = None
    texts: frozenset[str] = frozenset()
    """Attributes that are text as it stands, with no template in it."""


def parse_json(source: Source, schema: BlockSchema) -> File:
    """Parse a bake file in JSON; never raises, whatever the text: see `File.problems`."""
    problems = Problems()
    tokens = tokenize_json(source, problems)
    value = read_json(tokens, problems)
    builder = _Builder(source, problems)
    if isinstance(value, Properties):
        items = builder.items(value.items, schema)
    else:
        items = ()
        if not problems.has_errors:
            builder.error("a bake file in JSON must be an object", value.start, min(value.start + 1, value.end))
    body = Body(0, len(source.text), items)
    ordered = sorted(problems, key=lambda problem: problem.span.start if problem.span else 0)
    return File(source, tokens, body, tuple(ordered))


class _Builder:
    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems

    def error(self, message: str, start: int, end: int, *, help: str | None = None) -> None:
        self.problems.error("syntax", message, Span(self.source, start, end), help=help)

    def name(self, part: Property) -> str:
        return string_text(self.source, part.name.start, part.name.end, self.problems)

    def items(self, parts: list[Property], schema: BlockSchema) -> tuple[Attribute | Block, ...]:
        """Properties of a body as attributes and blocks; `//` is a comment."""
        items: list[Attribute | Block] = []
        seen: dict[str, Attribute] = {}
        for part in parts:
            name = self.name(part)
            if name in schema.blocks:
                self.blocks(name, part, part.value, schema.blocks[name], (), items)
            elif name != "//":
                known = schema.attributes is None or name in schema.attributes
                problems = self.problems if known else Problems()
                attribute = self.text(name, part) if name in schema.texts else self.attribute(name, part, problems)
                if seen.setdefault(name, attribute) is not attribute and known:
                    self.redefined(seen[name], attribute)
                items.append(attribute)
        return tuple(items)

    def text(self, name: str, part: Property) -> Attribute:
        value = part.value
        if not isinstance(value, Scalar) or value.kind != kind.STRING:
            return self.attribute(name, part, self.problems)
        text = string_text(self.source, value.start, value.end, self.problems)
        node = String(value.start, value.end, text)
        return Attribute(part.name.start, node.end, name, part.name.end, part.colon, node)

    def attribute(self, name: str, part: Property, problems: Problems) -> Attribute:
        key = part.name
        value = _Builder(self.source, problems).expression(part.value)
        return Attribute(key.start, max(value.end, key.end), name, key.end, part.colon, value)

    def redefined(self, first: Attribute, again: Attribute) -> None:
        self.problems.error(
            "duplicate-attribute",
            f'the argument "{again.name}" is already set in this block',
            Span(self.source, again.start, again.name_end),
            help="remove one of the two",
            notes=(Note(Span(self.source, first.start, first.name_end), f'"{first.name}" is first set here'),),
        )

    def blocks(
        self,
        type: str,
        head: Property,
        value: JsonValue,
        schema: BlockSchema,
        labels: tuple[Label, ...],
        items: list[Attribute | Block],
    ) -> None:
        """Add the blocks that a value holds below its type and the labels so far."""
        if len(labels) < schema.labels:
            mistakes = len(self.problems)
            parts = self.parts(value, f"whose properties name the {type} blocks")
            if not parts and len(self.problems) == mistakes:
                message = f"at least one property, the name of the {type}, is expected here"
                self.error(message, value.start, value.end)
            for part in parts:
                label = Label(part.name.start, part.name.end, self.name(part))
                self.blocks(type, part, part.value, schema, (*labels, label), items)
        elif isinstance(value, Array):
            start, type_end = head.name.start, head.name.end
            for place, element in enumerate(value.items):
                if place:
                    start, type_end = element.start, element.start + 1
                if not isinstance(element, Scalar) or element.kind != kind.BAD:
                    items.append(self.block(type, (start, type_end), element, schema, labels))
        elif not self.is_null(value):
            if isinstance(value, Properties):
                items.append(self.block(type, (head.name.start, head.name.end), value, schema, labels))
            elif value.kind != kind.BAD:
                self.error(f"an object, or an array of objects, is expected for a {type}", value.start, value.end)

    def block(
        self, type: str, head: tuple[int, int], value: JsonValue, schema: BlockSchema, labels: tuple[Label, ...]
    ) -> Block:
        items = self.items(self.parts(value, f"the body of a {type}"), schema)
        # What is never closed may end with the end of its last item.
        start, close = value.start + 1, value.end - 1
        end = max(start, close, *(item.end for item in items[-1:]))
        return Block(head[0], value.end, type, head[1], labels, (value.start, close), Body(start, end, items))

    def parts(self, value: JsonValue, what: str) -> list[Property]:
        """The properties of an object, or of all objects of an array."""
        if isinstance(value, Properties):
            return value.items
        if isinstance(value, Array):
            parts: list[Property] = []
            for element in value.items:
                if isinstance(element, Properties):
                    parts.extend(element.items)
                elif not (isinstance(element, Scalar) and element.kind == kind.BAD):
                    self.error(f"an object is expected here, {what}", element.start, element.end)
            return parts
        if not self.is_null(value) and value.kind != kind.BAD:
            self.error(f"an object is expected here, {what}", value.start, value.end)
        return []

    def is_null(self, value: JsonValue) -> bool:
        return self.source.text.startswith("null", value.start, value.end)

    def expression(self, value: JsonValue) -> Expression:
        start, end = value.start, value.end
        if isinstance(value, Properties):
            return self.object(value)
        if isinstance(value, Array):
            return Tuple(start, end, tuple(self.expression(item) for item in value.items))
        text = self.source.text[start:end]
        if value.kind == kind.STRING:
            return parse_template(self.source, start, end, self.problems)
        if value.kind == kind.NAME:
            return Literal(start, end, _LITERALS[text])
        if value.kind == kind.NUMBER:
            if not is_number(text.removeprefix("-")):
                self.error("this number is too large", start, end)
            return NumberLiteral(start, end, text)
        return Bad(start, end)

    def object(self, value: Properties) -> Object:
        items: list[ObjectItem] = []
        seen: dict[str, Expression] = {}
        for part in value.items:
            key = parse_template(self.source, part.name.start, part.name.end, self.problems)
            inner = self.expression(part.value)
            items.append(ObjectItem(key.start, max(inner.end, key.end), key, inner))
            if isinstance(key, String) and seen.setdefault(key.value, key) is not key:
                first = Span(self.source, seen[key.value].start, seen[key.value].end)
                note = Note(first, f'"{key.value}" is first set here')
                message = f'the key "{key.value}" is already set in this object'
                span = Span(self.source, key.start, key.end)
                self.problems.error("duplicate-key", message, span, help="remove one of the two", notes=(note,))
        return Object(value.start, value.end, tuple(items))
