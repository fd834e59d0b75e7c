"""The options within an entry of a cache, output, attest, secret or ssh list: `type=gha,scope=x`, or an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.entries import split_string
from bakectl.editing.refusal import refused
from bakectl.rewrite.body import replace_node
from bakectl.rewrite.collection import append_entry, remove_item
from bakectl.source import Span, TextEdit
from bakectl.syntax import nodes
from bakectl.syntax.written import key_of

if TYPE_CHECKING:
    from bakectl.editing.values import Value
    from bakectl.syntax.nodes import File


def set_option(file: File, node: nodes.Expression, key: str, value: Value) -> tuple[TextEdit, ...]:
    """Give an entry an option, or another value of it; raises EditRejected when the entry cannot be read."""
    if isinstance(node, nodes.Object):
        item = next((item for item in reversed(node.items) if key_of(item) == key), None)
        if item is None:
            return append_entry(file, node, key, value.text)
        return () if value.is_node(item.value, file.source) else replace_node(file, item.value, value.text)
    split = split_string(file, node)
    if split is None:
        raise _unreadable(file, node)
    inner = _in_string(value)
    edits: list[TextEdit] = []
    if len(split) == 1 and split[0].value is None:
        start = split[0].start
        edits.append(TextEdit(Span(file.source, start, start), "type=registry,ref="))
    for option in split:
        if option.key == key and option.value is not None:
            span = Span(file.source, option.value, option.end)
            return () if span.text == inner else (TextEdit(span, inner),)
    end = split[-1].end
    return (*edits, TextEdit(Span(file.source, end, end), f",{key}={inner}"))


def _in_string(value: Value) -> str:
    """A value as a part of a string in quotes."""
    if value.plain is None:
        return value.text[1:-1] if value.text.startswith('"') else f"${{{value.text}}}"
    if any(character in value.plain for character in ',"\n'):
        help = "write the entry as an object: { type = …, … }"
        raise refused("bad-value", f'"{value.plain}" cannot be an option of a string', help=help)
    return value.text[1:-1]


def remove_option(file: File, node: nodes.Expression, key: str) -> tuple[TextEdit, ...]:
    """Take an option from an entry; no edits when it does not have it."""
    if isinstance(node, nodes.Object):
        for place, item in enumerate(node.items):
            if key_of(item) == key:
                return remove_item(file, node, place)
        return ()
    split = split_string(file, node)
    if split is None:
        raise _unreadable(file, node)
    for place, option in enumerate(split):
        if option.key == key and option.value is not None:
            if len(split) == 1:
                break
            start, end = (option.start - 1, option.end) if place else (option.start, option.end + 1)
            return (TextEdit(Span(file.source, start, end), ""),)
    return ()


def _unreadable(file: File, node: nodes.Node) -> Exception:
    span = Span(file.source, node.start, node.end)
    message = "the options of this entry cannot be changed one by one"
    return refused("not-literal", message, span, help='only those of "type=…,key=value" and { type = "…" } can')
