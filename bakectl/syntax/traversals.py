"""What may follow an operand: `.name`, `.0`, `.*`, `[key]`, `[*]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.syntax import tokens as kind
from bakectl.syntax.nodes import Expression, GetAttribute, Index, Splat, SplatItem
from bakectl.syntax.numbers import read_number
from bakectl.syntax.reader import MAX_NESTING

if TYPE_CHECKING:
    from bakectl.syntax.reader import TokenReader


def read_traversals(reader: TokenReader, node: Expression) -> Expression:
    """Read all steps after an operand."""
    steps = 0
    while True:
        token = reader.peek()
        if token == ".":
            node = _dot(reader, node)
        elif token == "[":
            node = _bracket(reader, node)
        else:
            return node
        steps += 1
        if steps > MAX_NESTING:
            reader.too_deep()


def _dot(reader: TokenReader, node: Expression) -> Expression:
    if reader.kinds[reader.index + 1] != "*" and _after_dot(reader) != "*":
        return _attribute(reader, node)
    reader.index += 1
    reader.peek()
    item = SplatItem(reader.starts[reader.index], reader.ends[reader.index])
    reader.index += 1
    each: Expression = item
    steps = 0
    while reader.peek() == ".":
        each = _attribute(reader, each)
        steps += 1
        if steps > MAX_NESTING:
            reader.too_deep()
    return Splat(node.start, each.end, node, item, each)


def _after_dot(reader: TokenReader) -> str:
    here = reader.index
    reader.index += 1
    token = reader.peek()
    reader.index = here
    return token


def _attribute(reader: TokenReader, node: Expression) -> Expression:
    """Read `.name` or the older form of an index, `.0`."""
    dot = reader.starts[reader.index]
    reader.index += 1
    token = reader.peek()
    index = reader.index
    if token == kind.NAME:
        reader.index += 1
        return GetAttribute(node.start, reader.ends[index], node, dot, reader.text(index))
    if token == "*":
        raise reader.fault_here("a splat cannot be inside a splat of attributes", help='use "[*]"')
    if token != kind.NUMBER:
        raise reader.fault_here("a name is expected after the dot", help="write a name, or remove the dot")
    text = reader.text(index)
    if "." in text:
        message = "two indexes in the older form cannot follow one another"
        help = "write " + "".join(f"[{part}]" for part in text.split("."))
        raise reader.fault(message, reader.starts[index], reader.ends[index], help=help)
    key = read_number(reader)
    return Index(node.start, key.end, node, dot, key)


def _bracket(reader: TokenReader, node: Expression) -> Expression:
    opening = reader.index
    start = reader.starts[opening]
    reader.index += 1
    if reader.peek() == "*":
        return _splat(reader, node)
    outer, reader.ignoring = reader.ignoring, True
    key = reader.expression()
    if reader.peek() != "]":
        raise reader.not_closed(opening, "]")
    end = reader.ends[reader.index]
    reader.index += 1
    reader.ignoring = outer
    return Index(node.start, end, node, start, key)


def _splat(reader: TokenReader, node: Expression) -> Expression:
    star = reader.index
    reader.index += 1
    if reader.peek() != "]":
        raise reader.fault_here('"]" must follow the star of a splat', help='write "[*]"')
    item = SplatItem(reader.starts[star], reader.ends[reader.index])
    reader.index += 1
    reader.deepen()
    each = read_traversals(reader, item)
    reader.depth -= 1
    return Splat(node.start, each.end, node, item, each)
