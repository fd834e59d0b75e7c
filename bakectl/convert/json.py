"""Blocks and attributes of the tree as a bake file in JSON, with templates for expressions."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, Final, TypeAlias

from bakectl.bake.collect import BUILTIN_VARIABLES, json_schema
from bakectl.convert.expressions import bare, template_text, text_of
from bakectl.convert.notes import note
from bakectl.record import Record
from bakectl.source import Span
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from bakectl.diagnostics import Problems
    from bakectl.source import Source
    from bakectl.syntax.json_body import BlockSchema
    from bakectl.syntax.nodes import Attribute, Block, Body, Expression

_WIDTH: Final = 100
_IGNORED: Final = ("target", "group", "function", *BUILTIN_VARIABLES)
"""Names of attributes at the top that buildx ignores in HCL; in JSON some of them would be blocks."""
_LEADING_ZEROS: Final = re.compile(r"\A0+(?=[0-9])")


class Number(Record):
    """A number, as it is written."""

    text: str


Json: TypeAlias = "str | Number | bool | list[Json] | dict[str, Json] | None"


def write_json(body: Body, source: Source, notes: Problems) -> str:
    """Write a whole file; what JSON cannot say is an error in `notes`, what it loses a note."""
    return _written(_Writer(source, notes).body(body, json_schema(), ""), "") + "\n"


class _Writer:
    def __init__(self, source: Source, notes: Problems) -> None:
        self.source = source
        self.notes = notes

    def body(self, body: Body, schema: BlockSchema, type: str) -> dict[str, Json]:
        found: dict[str, Json] = {}
        blocks: dict[str, dict[tuple[str, ...], list[Json]]] = {}
        for item in body.items:
            name = item.name if isinstance(item, nodes.Attribute) else item.type
            if isinstance(item, nodes.Attribute):
                if not type and self.is_unsayable(item, schema):
                    continue
                found[name] = self.attribute(item, type)
            elif name in schema.blocks:
                labels = tuple(label.text for label in item.labels)
                inner = self.body(item.body, schema.blocks[name], name)
                blocks.setdefault(name, {}).setdefault(labels, []).append(inner)
                found.setdefault(name, None)
            else:
                self.unknown_block(item)
        for name, by_labels in blocks.items():
            found[name] = _nested(by_labels)
        return found

    def is_unsayable(self, item: Attribute, schema: BlockSchema) -> bool:
        """Whether an attribute at the top has no place in JSON, with a problem reported."""
        span = Span(self.source, item.start, item.name_end)
        if item.name in _IGNORED:
            note(self.notes, "not-converted", f'this is left out: buildx ignores the attribute "{item.name}"', span)
        elif item.name in schema.blocks:
            message = f'the attribute "{item.name}" cannot be said in JSON, where "{item.name}" holds blocks'
            self.notes.error("not-convertible", message, span, help="rename it")
        else:
            return False
        return True

    def unknown_block(self, item: Block) -> None:
        # In JSON it would be an attribute, and buildx evaluates those at the top.
        message = f'this is left out: buildx ignores blocks of the type "{item.type}"'
        note(self.notes, "not-converted", message, Span(self.source, item.start, item.type_end))

    def attribute(self, item: Attribute, type: str) -> Json:
        value = item.value
        if (type, item.name) in (("variable", "type"), ("function", "variadic_params")):
            return None if isinstance(value, nodes.Literal) and value.value is None else text_of(value)
        if (type, item.name) == ("variable", "description") and isinstance(value, nodes.String):
            return value.value
        if (type, item.name) == ("function", "params") and isinstance(value, nodes.Tuple):
            return [text_of(name) for name in value.items]
        if (type, item.name) == ("variable", "description") and isinstance(value, nodes.String):
            return value.value  # there are no templates in it
        return _value(value)


def _nested(blocks: dict[tuple[str, ...], list[Json]]) -> Json:
    """Blocks of one type, which all have as many labels, by these; those with the same labels in an array."""
    found: dict[str, Json] = {}
    for labels, bodies in blocks.items():
        value: Json = bodies[0] if len(bodies) == 1 else bodies
        if not labels:
            return value
        inner = found
        for label in labels[:-1]:
            deeper = inner.setdefault(label, {})
            assert isinstance(deeper, dict)
            inner = deeper
        inner[labels[-1]] = value
    return found


def _value(node: Expression) -> Json:
    """An expression as the JSON that has its value; as a template where JSON has no form for it."""
    match node:
        case nodes.Literal(value=value):
            return value
        case nodes.NumberLiteral(text=text):
            return Number(_LEADING_ZEROS.sub("", text))
        case nodes.Unary(operator="-", operand=nodes.NumberLiteral(text=text)):
            return Number("-" + _LEADING_ZEROS.sub("", text))
        case nodes.Tuple(items=items):
            return [_value(item) for item in items]
        case nodes.Object(items=items):
            found = {_key(item.key): _value(item.value) for item in items}
            # HCL takes the last of equal keys, and JSON refuses them.
            return found if len(found) == len(items) else _template(node)
        case _:
            return _template(node)


def _key(node: Expression) -> str:
    return node.name if isinstance(node, nodes.Variable) else _template(node)


def _template(node: Expression) -> str:
    """An expression as the text of a string."""
    match node:
        case nodes.String(value=text):
            return bare(text)
        case nodes.Template(parts=parts):
            return template_text(parts, bare)
        case nodes.Wrapped(inner=inner):
            return f"${{{text_of(inner)}}}"
        case _:
            return f"${{{text_of(node)}}}"


def _written(value: Json, indent: str) -> str:
    """JSON of two spaces; a short list of plain values is on one line."""
    inner = indent + "  "
    match value:
        case Number(text=text):
            return text
        case dict() if value:
            pairs = [f"{inner}{dumps(key, ensure_ascii=False)}: {_written(item, inner)}" for key, item in value.items()]
            return "{\n" + ",\n".join(pairs) + f"\n{indent}}}"
        case list() if value:
            items = [_written(item, inner) for item in value]
            line = f"[{', '.join(items)}]"
            if len(indent) + len(line) <= _WIDTH and not any(isinstance(item, dict | list) for item in value):
                return line
            return "[\n" + ",\n".join(inner + item for item in items) + f"\n{indent}]"
        case _:
            return dumps(value, ensure_ascii=False)
