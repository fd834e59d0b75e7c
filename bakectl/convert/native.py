"""The tree of a bake file in JSON as the tree that HCL would give: expressions instead of strings that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.convert.notes import note
from bakectl.diagnostics import Problems
from bakectl.source import Span
from bakectl.syntax import nodes
from bakectl.syntax.characters import name_end
from bakectl.syntax.json_strings import parse_expression_text, string_text
from bakectl.syntax.json_tokens import tokenize_json
from bakectl.syntax.json_values import Array, JsonValue, Properties, Scalar, read_json
from bakectl.syntax.walk import walk

if TYPE_CHECKING:
    from bakectl.source import Source
    from bakectl.syntax.nodes import Attribute, Block, Body, Expression, File

_COMMENT = "//"
_EXPRESSIONS = {"variable": ("type",), "function": ("params", "variadic_params")}
"""Attributes whose strings hold native syntax, by the type of their block."""
_TEXTS = {"variable": ("description",)}
"""Attributes whose strings are no templates."""


def native_body(file: File, notes: Problems) -> Body:
    """Turn the body of a JSON file into one that HCL can say; what it cannot say is left out, with a note."""
    return _Translator(file.source, notes).body(file.body, "")


class _Translator:
    def __init__(self, source: Source, notes: Problems) -> None:
        self.source = source
        self.notes = notes

    def body(self, body: Body, type: str) -> Body:
        items: list[Attribute | Block] = []
        for item in body.items:
            if isinstance(item, nodes.Block):
                inner = self.body(item.body, item.type)
                braces = (item.open, item.close)
                items.append(nodes.Block(item.start, item.end, item.type, item.type_end, item.labels, braces, inner))
            elif self.can_be_said(item, items):
                is_native = item.name in _EXPRESSIONS.get(type, ())
                is_text = item.name in _TEXTS.get(type, ())
                value = self.text(item.value) if is_text else self.value(item.value, is_native=is_native)
                items.append(nodes.Attribute(item.start, item.end, item.name, item.name_end, item.equals, value))
        return nodes.Body(body.start, body.end, tuple(items))

    def can_be_said(self, item: Attribute, before: list[Attribute | Block]) -> bool:
        """Whether HCL has a way to write an attribute; only attributes that buildx ignores have none."""
        reason = ""
        if name_end(item.name, 0, len(item.name)) != len(item.name) or not item.name:
            reason = f'"{item.name}" cannot be the name of an attribute in HCL'
        elif any(isinstance(other, nodes.Attribute) and other.name == item.name for other in before):
            reason = f'"{item.name}" is here twice, which HCL does not allow'
        elif any(isinstance(node, nodes.Bad) for node in walk(item.value)):
            reason = f'the value of "{item.name}" cannot be read, and buildx ignores it'
        if reason:
            span = Span(self.source, item.start, item.name_end)
            note(self.notes, "not-converted", f"this is left out: {reason}", span)
        return not reason

    def text(self, node: Expression) -> Expression:
        """A string in which nothing is a template."""
        if not self.source.text.startswith('"', node.start):
            return self.value(node)
        return nodes.String(node.start, node.end, string_text(self.source, node.start, node.end, Problems()))

    def value(self, node: Expression, *, is_native: bool = False) -> Expression:
        """An expression as HCL has it; where `is_native`, strings are expressions in native syntax."""
        match node:
            case nodes.Wrapped(inner=inner):
                return inner
            case nodes.String() if is_native:
                return parse_expression_text(self.source, node.start + 1, node.end - 1, Problems())
            case nodes.Tuple(items=items):
                return nodes.Tuple(node.start, node.end, tuple(self.value(item, is_native=is_native) for item in items))
            case nodes.Object(items=items):
                pairs = (nodes.ObjectItem(item.start, item.end, item.key, self.value(item.value)) for item in items)
                return nodes.Object(node.start, node.end, tuple(pairs))
            case nodes.NumberLiteral(text=text) if text.startswith("-"):
                return nodes.Unary(node.start, node.end, "-", nodes.NumberLiteral(node.start + 1, node.end, text[1:]))
            case _:
                return node


def remarks(source: Source) -> dict[int, tuple[str, ...]]:
    """The properties `//`, which are comments, as lines; by where the body starts that holds them."""
    root = read_json(tokenize_json(source, Problems()), Problems())
    found: dict[int, tuple[str, ...]] = {}
    waiting: list[JsonValue] = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Array):
            waiting.extend(value.items)
        elif isinstance(value, Properties):
            lines = [
                line for part in value.items if _is_comment(source, part.name) for line in _text(source, part.value)
            ]
            found[0 if value is root else value.start + 1] = tuple(lines)
            waiting.extend(part.value for part in value.items)
    return {start: lines for start, lines in found.items() if lines}


def _is_comment(source: Source, name: Scalar) -> bool:
    return string_text(source, name.start, name.end, Problems()) == _COMMENT


def _text(source: Source, value: JsonValue) -> list[str]:
    """A comment as lines: the text of a string, of each string of an array, or the JSON as it is."""
    if isinstance(value, Array):
        return [line for item in value.items for line in _text(source, item)]
    text = source.text[value.start : value.end]
    if text.startswith('"'):
        text = string_text(source, value.start, value.end, Problems())
    return ["".join(c if c.isprintable() or c == "\t" else " " for c in line) for line in text.splitlines()]
