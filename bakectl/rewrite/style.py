"""What a file looks like, so that new text looks like its neighbours: indentation, alignment, separators."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bakectl.rewrite.layout import Layout
from bakectl.syntax import nodes
from bakectl.syntax.quote import quote_key, quote_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.syntax.nodes import Attribute, Block, File, Object, ObjectItem

DEFAULT_INDENT = "  "


def indent_unit(file: File, near: Block | None = None) -> str:
    """One level of indentation: that of a block nearby, else of the first one with a body on lines of its own."""
    layout = Layout(file)
    for block in (*((near,) if near else ()), *file.body.blocks):
        if block.body.items and layout.begins_line(block.body.items[0].start):
            outer, inner = layout.indent(block.start), layout.indent(block.body.items[0].start)
            if inner.startswith(outer) and inner != outer:
                return inner.removeprefix(outer)
    return DEFAULT_INDENT


def attribute_text(file: File, siblings: Sequence[Attribute | Block], name: str, value: str) -> str:
    """`name = value` with the sign where the sibling before it, which is the last one, has it."""
    layout = Layout(file)
    near = _neighbours(layout, [item for item in siblings if isinstance(item, nodes.Attribute)])
    signs = [(item.name_end, item.equals, item.value.start) for item in near if isinstance(item, nodes.Attribute)]
    return name + _separator(layout, [item.start for item in near], signs, len(name)) + value


def entry_text(file: File, collection: Object, key: str, value: str) -> str:
    """`key = value` as the other entries of an object are written: sign, blanks, alignment, quotes of the key."""
    layout = Layout(file)
    near = _neighbours(layout, collection.items)
    quoted = [isinstance(item.key, nodes.String) for item in collection.items]
    written = quote_text(key) if quoted and all(quoted) else quote_key(key)
    signs = [
        (item.key.end, _sign(layout, item), item.value.start) for item in near if isinstance(item, nodes.ObjectItem)
    ]
    return written + _separator(layout, [item.start for item in near], signs, len(written)) + value


def _sign(layout: Layout, item: ObjectItem) -> int:
    index = layout.token(item.key.end)
    while layout.kinds[index] not in ("=", ":"):
        index += 1
    return layout.starts[index]


def _neighbours(layout: Layout, items: Sequence[nodes.Node]) -> list[nodes.Node]:
    """The last items that follow one another on lines without a gap, each on one line."""
    near = list(items[-1:])
    for before, after in pairwise(reversed(items)):
        if not layout.same_line(after.start, after.end) or layout.text.count("\n", after.end, before.start) != 1:
            break
        near.insert(0, after)
    return near


def _separator(layout: Layout, starts: Sequence[int], signs: Sequence[tuple[int, int, int]], width: int) -> str:
    """What stands between name and value, from the neighbours' places of name's end, sign and value."""
    if not signs:
        return " = "
    name_end, sign, value = signs[-1]
    if any("\n" in layout.text[end:begin] for end, _, begin in signs):
        return " = "
    after = layout.text[sign:value]
    columns = {place - layout.line_start(place) for _, place, _ in signs}
    if len(signs) > 1 and len(columns) == 1 and any(place - end > 1 for end, place, _ in signs):
        column = columns.pop() - (starts[-1] - layout.line_start(starts[-1]))
        return " " * max(column - width, 1) + after
    before = layout.text[name_end:sign]
    return (before if len(before) < 2 else " ") + after
