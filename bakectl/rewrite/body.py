"""Adding and removing attributes and blocks, as edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.rewrite.layout import Layout
from bakectl.rewrite.style import DEFAULT_INDENT, attribute_text, indent_unit
from bakectl.source import Span, TextEdit
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from bakectl.syntax.nodes import Attribute, Block, File, Node


def replace_node(file: File, node: Node, text: str) -> tuple[TextEdit, ...]:
    """Write a text in the place of a node; no edit when it is there already."""
    span = Span(file.source, node.start, node.end)
    return () if span.text == text else (TextEdit(span, text),)


def add_attribute(
    file: File, block: Block, name: str, value: str, *, after: Attribute | None = None
) -> tuple[TextEdit, ...]:
    """Add an attribute to a block: behind `after`, else behind its last attribute.

    Lines of the value after the first get the indentation of the attribute; in the value, two blanks stand for a level.
    """
    layout = Layout(file)
    unit = indent_unit(file, block)
    attributes = [item for item in block.body.items if isinstance(item, nodes.Attribute)]
    if after is not None:
        attributes = attributes[: attributes.index(after) + 1]
    if layout.same_line(block.open, block.close):
        return (_opened_up(layout, block, name, value, unit),)
    if attributes and layout.begins_line(attributes[-1].start):
        last = attributes[-1]
        indent = layout.indent(last.start)
        place = layout.owned_end(last.end)
        text = attribute_text(file, attributes, name, _indented(layout, value, indent, unit))
        return (TextEdit(Span(file.source, place, place), f"{layout.newline}{indent}{text}"),)
    indent = layout.indent(block.start) + unit
    place = layout.next_line(block.open)
    text = f"{indent}{name} = {_indented(layout, value, indent, unit)}{layout.newline}"
    return (TextEdit(Span(file.source, place, place), text),)


def _opened_up(layout: Layout, block: Block, name: str, value: str, unit: str) -> TextEdit:
    """The body of a block on one line, on lines of its own, with one attribute more."""
    outer = layout.indent(block.start)
    indent = outer + unit
    inside = layout.text[block.open + 1 : block.close].strip()
    added = f"{name} = {_indented(layout, value, indent, unit)}"
    lines = [f"{indent}{text}" for text in (inside, added) if text]
    text = layout.newline.join(("", *lines, outer))
    return TextEdit(Span(layout.file.source, block.open + 1, block.close), text)


def _indented(layout: Layout, value: str, indent: str, unit: str) -> str:
    first, *rest = value.split("\n")
    lines = [first]
    for line in rest:
        inner = line.lstrip(" ")
        depth, blanks = divmod(len(line) - len(inner), len(DEFAULT_INDENT))
        lines.append(f"{indent}{unit * depth}{' ' * blanks}{inner}" if inner else "")
    return layout.newline.join(lines)


def remove_attribute(file: File, block: Block, attribute: Attribute) -> tuple[TextEdit, ...]:
    """Remove an attribute with its comments; a block that is empty then is closed on its line."""
    layout = Layout(file)
    source = file.source
    start, end = layout.owned_start(attribute.start), layout.owned_end(attribute.end)
    is_alone = len(block.body.items) == 1
    if is_alone and not (layout.has_comment(block.open, start) or layout.has_comment(end, block.close)):
        return (TextEdit(Span(source, block.open + 1, block.close), ""),)
    if not layout.begins_line(attribute.start):
        return (TextEdit(Span(source, attribute.start, end), ""),)
    stop = layout.next_line(end)
    above = layout.line_start(start - 1) if start > 0 else start
    if is_alone:
        return (TextEdit(Span(source, start, stop), ""),)
    if start > 0 and layout.is_blank(above) and (layout.is_blank(stop) or layout.line_start(block.close) == stop):
        start = above
    elif layout.is_blank(stop) and layout.line_start(block.open) == above:
        stop = layout.next_line(stop)
    return (TextEdit(Span(source, start, stop), ""),)


def add_block(file: File, text: str) -> tuple[TextEdit, ...]:
    """Add a block, given with LF newlines, behind the last item of the file, with a blank line before it."""
    layout = Layout(file)
    text = text.replace("\n", layout.newline)
    if not file.body.items:
        place = len(layout.text)
        is_open = place > 0 and not layout.text.endswith("\n") and bool(layout.text.strip("\ufeff"))
        lead = layout.newline if is_open else ""
        gap = layout.newline if layout.text.strip("\ufeff \t\r\n") else ""
        return (TextEdit(Span(file.source, place, place), f"{lead}{gap}{text}{layout.newline}"),)
    place = layout.owned_end(file.body.items[-1].end)
    return (TextEdit(Span(file.source, place, place), f"{layout.newline}{layout.newline}{text}"),)


def add_block_after(file: File, block: Block, text: str) -> tuple[TextEdit, ...]:
    """Add a block behind another one, with a blank line between."""
    layout = Layout(file)
    place = layout.owned_end(block.end)
    text = text.replace("\r\n", "\n").replace("\n", layout.newline)
    return (TextEdit(Span(file.source, place, place), f"{layout.newline}{layout.newline}{text}"),)


def remove_block(file: File, block: Block) -> tuple[TextEdit, ...]:
    """Remove a block with its comments and the blank line above it; of the first one, the blank line below."""
    layout = Layout(file)
    start, end = layout.owned_start(block.start), layout.owned_end(block.end)
    stop = layout.next_line(end)
    above = layout.line_start(start - 1) if start > layout.line_start(0) else start
    if start == layout.line_start(0) or layout.begins_line(start) is False:
        while stop < len(layout.text) and layout.is_blank(stop):
            stop = layout.next_line(stop)
    elif layout.is_blank(above):
        start = above
    if stop == len(layout.text) and not layout.text.endswith("\n") and start > layout.line_start(0):
        start -= len("\r\n") if layout.text[start - 2 : start] == "\r\n" else 1
        stop = end
    return (TextEdit(Span(file.source, start, stop), ""),)


def rename_label(file: File, block: Block, name: str) -> tuple[TextEdit, ...]:
    """Give a block another label, in quotes if the old one is."""
    label = block.labels[0]
    is_quoted = file.source.text.startswith('"', label.start)
    return replace_node(file, label, f'"{name}"' if is_quoted else name)


def add_block_before(file: File, block: Block, text: str) -> tuple[TextEdit, ...]:
    """Add a block before another one and its comments, with a blank line between."""
    layout = Layout(file)
    place = layout.owned_start(block.start)
    text = text.replace("\n", layout.newline)
    return (TextEdit(Span(file.source, place, place), f"{text}{layout.newline}{layout.newline}"),)
