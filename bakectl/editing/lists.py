"""Items of lists that are written out, or that an expression puts together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import fields
from bakectl.bake.entries import known_options
from bakectl.bake.options import PARSERS, OptionError
from bakectl.editing.refusal import refused
from bakectl.editing.values import Value, list_text, object_text
from bakectl.rewrite.body import replace_node
from bakectl.rewrite.collection import append_item, remove_item
from bakectl.source import Span, TextEdit
from bakectl.syntax import nodes
from bakectl.syntax.written import unwrapped, written_lists

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.bake.fields import Field
    from bakectl.syntax.nodes import Expression, File

_CONCAT = "concat"


def holds(file: File, field: Field, node: Expression, value: Value) -> bool:
    """Whether an item says the same as a value: for entries, the same options in any order and form."""
    if value.is_node(node, file.source):
        return True
    if value.plain is None or field.shape not in PARSERS:
        return False
    if isinstance(node, nodes.String) and "," not in value.plain and "=" not in value.plain:
        return False
    return known_options(file, field, node) == _options(field, value.plain)


def has_options(file: File, field: Field, node: Expression, value: Value) -> bool:
    """Whether an entry has all options of a value, and maybe others."""
    if value.plain is None or field.shape not in PARSERS:
        return False
    wanted = _options(field, value.plain)
    return bool(wanted) and wanted.items() <= known_options(file, field, node).items()


def _options(field: Field, text: str) -> dict[str, str]:
    try:
        read = PARSERS[field.shape](text)
    except OptionError:
        return {}
    return {key: str(value) for entry in read[:1] for key, value in entry.items()}


def added(file: File, field: Field, node: Expression, value: Value) -> tuple[TextEdit, ...]:
    """Add an item to the value of an attribute, if no list of it has it."""
    lists = tuple(written_lists(node))
    if any(holds(file, field, item, value) for one in lists for item in one.items):
        return ()
    if lists:
        return append_item(file, lists[-1], _like_last(field, lists[-1], value))
    call = unwrapped(node)
    if isinstance(call, nodes.Call) and call.name == _CONCAT and call.arguments and not call.expands:
        end = call.arguments[-1].end
        return (TextEdit(Span(file.source, end, end), f", [{value.text}]"),)
    inner = file.source.text[node.start : node.end]
    return replace_node(file, node, f"{_CONCAT}({inner}, [{value.text}])")


def _like_last(field: Field, collection: nodes.Tuple, value: Value) -> str:
    """The text of an entry in the form that the last one of the list has: a string or an object."""
    is_object = bool(collection.items) and isinstance(collection.items[-1], nodes.Object)
    if not is_object or value.plain is None or field.shape == fields.STRINGS:
        return value.text
    return object_text(PARSERS[field.shape](value.plain)[0])


def removed(file: File, field: Field, node: Expression, value: Value) -> tuple[TextEdit, ...]:
    """Remove the first item that says the value, else the first entry that has all its options; none gives no edits.

    Raises EditRejected when the items are not written out.
    """
    lists = tuple(written_lists(node))
    for matches in (holds, has_options):
        for one in lists:
            for place, item in enumerate(one.items):
                if matches(file, field, item, value):
                    return _without_argument(file, node, one) or remove_item(file, one, place)
    if not lists or unwrapped(node) is not lists[0]:
        span = Span(file.source, node.start, node.end)
        message = f'"{field.name}" is put together by an expression, and its items are not all written here'
        raise refused("not-literal", message, span, help="change the expression by hand")
    return ()


def _without_argument(file: File, node: Expression, collection: nodes.Tuple) -> tuple[TextEdit, ...]:
    """Take a list of one item out of the `concat` that it is the last argument of; of two arguments the first stays."""
    call = unwrapped(node)
    if not (isinstance(call, nodes.Call) and call.name == _CONCAT and call.arguments[-1] is collection):
        return ()
    if len(collection.items) != 1 or len(call.arguments) < 2:
        return ()
    rest = call.arguments[:-1]
    if len(rest) == 1 and not isinstance(unwrapped(rest[0]), nodes.Tuple):
        return replace_node(file, call, file.source.text[rest[0].start : rest[0].end])
    return (TextEdit(Span(file.source, rest[-1].end, collection.end), ""),)


def is_only_item(node: Expression, value: Value, file: File, field: Field) -> bool:
    """Whether a list holds nothing but one item that says the value."""
    node = unwrapped(node)
    return (
        isinstance(node, nodes.Tuple)
        and len(node.items) == 1
        and (holds(file, field, node.items[0], value) or has_options(file, field, node.items[0], value))
    )


def replaced(file: File, field: Field, node: Expression, values: Sequence[Value]) -> tuple[TextEdit, ...]:
    """Make a list hold exactly these items, with as few edits as its layout allows.

    Items are replaced one by one where as many stay; else the list is written anew.
    """
    inner = unwrapped(node)
    if isinstance(inner, nodes.Tuple):
        same = [holds(file, field, item, value) for item, value in zip(inner.items, values, strict=False)]
        if len(inner.items) == len(values):
            edits: list[TextEdit] = []
            for item, value, is_same in zip(inner.items, values, same, strict=True):
                edits.extend(() if is_same else replace_node(file, item, value.text))
            return tuple(edits)
        if len(inner.items) + 1 == len(values) and all(same) and inner.items:
            return append_item(file, inner, _like_last(field, inner, values[-1]))
    return replace_node(file, node, list_text(values))
