"""Entries of maps that are written out, or that an expression puts together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.editing.refusal import refused
from bakectl.rewrite.body import replace_node
from bakectl.rewrite.collection import append_entry, remove_item
from bakectl.source import Span
from bakectl.syntax import nodes
from bakectl.syntax.quote import quote_key
from bakectl.syntax.written import key_of, unwrapped, written_maps

if TYPE_CHECKING:
    from bakectl.bake.fields import Field
    from bakectl.editing.values import Value
    from bakectl.source import TextEdit
    from bakectl.syntax.nodes import Expression, File


def has_key(node: Expression, key: str) -> bool:
    """Whether an entry of this key is written out in an expression."""
    return any(key_of(item) == key for one in written_maps(node) for item in one.items)


def with_entry(file: File, node: Expression, key: str, value: Value) -> tuple[TextEdit, ...]:
    """Give a map an entry, or the entry another value."""
    maps = tuple(written_maps(node))
    for one in reversed(maps):
        for item in reversed(one.items):
            if key_of(item) == key:
                return () if value.is_node(item.value, file.source) else replace_node(file, item.value, value.text)
    if maps and isinstance(unwrapped(node), nodes.Object):
        return append_entry(file, maps[-1], key, value.text)
    call = unwrapped(node)
    if isinstance(call, nodes.Call) and call.arguments and maps and unwrapped(call.arguments[-1]) is maps[-1]:
        return append_entry(file, maps[-1], key, value.text)
    inner = file.source.text[node.start : node.end]
    return replace_node(file, node, f"merge({inner}, {{ {quote_key(key)} = {value.text} }})")


def without_entry(file: File, field: Field, node: Expression, key: str) -> tuple[TextEdit, ...]:
    """Remove an entry of a map; none gives no edits. Raises EditRejected when the entries are not written out."""
    maps = tuple(written_maps(node))
    for one in reversed(maps):
        for place, item in enumerate(one.items):
            if key_of(item) == key:
                return remove_item(file, one, place)
    if not maps or unwrapped(node) is not maps[0]:
        span = Span(file.source, node.start, node.end)
        message = f'"{field.name}" is put together by an expression, and "{key}" is not written here'
        raise refused("not-literal", message, span, help="change the expression by hand")
    return ()
