"""Adding and removing items of a list or an object that is written out, as edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bakectl.record import Record
from bakectl.rewrite.layout import Layout
from bakectl.rewrite.style import entry_text, indent_unit
from bakectl.source import Span, TextEdit
from bakectl.syntax import nodes
from bakectl.syntax import tokens as kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.syntax.nodes import File

Collection: TypeAlias = "nodes.Tuple | nodes.Object"


class _Cell(Record):
    """An item with what belongs to it on its line.

    `start` and `end` take in comments on the same side of the separator; `comma` is the comma behind it, and `lead`
    the comma before it, if that begins a line and so belongs to this item rather than to the one before.
    """

    start: int
    end: int
    comma: int | None
    lead: int | None

    @property
    def head(self) -> int:
        return self.start if self.lead is None else self.lead

    @property
    def tail(self) -> int:
        return self.end if self.comma is None else self.comma + 1


def append_item(file: File, collection: Collection, text: str) -> tuple[TextEdit, ...]:
    """Add an item behind the last one; the text of an object's item is that of `entry_text`."""
    editor = _Editor(file, collection)
    return editor.append(text) if collection.items else editor.fill(text)


def append_entry(file: File, collection: nodes.Object, key: str, value: str) -> tuple[TextEdit, ...]:
    """Add `key = value` to an object, in the manner of its other entries."""
    return append_item(file, collection, entry_text(file, collection, key, value))


def remove_item(file: File, collection: Collection, index: int) -> tuple[TextEdit, ...]:
    """Remove an item with its comments and its separator."""
    return _Editor(file, collection).remove(index)


class _Editor:
    def __init__(self, file: File, collection: Collection) -> None:
        self.layout = Layout(file)
        self.source = file.source
        self.collection = collection
        self.open = collection.start
        self.close = collection.end - 1
        self.cells = self._cells(collection.items)

    def _cells(self, items: Sequence[nodes.Node]) -> list[_Cell]:
        found: list[_Cell] = []
        lead: int | None = None
        for place, item in enumerate(items):
            limit = items[place + 1].start if place + 1 < len(items) else self.close
            end, comma = self._end(item.end, limit)
            own = comma if comma is not None and not self.layout.begins_line(comma) else None
            found.append(_Cell(self._start(item.start), end, own, lead))
            lead = comma if own is None else None
        return found

    def _start(self, start: int) -> int:
        """The item with the comments before it on its line, behind the last separator."""
        layout = self.layout
        index = layout.token(start) - 1
        while layout.kinds[index] == kind.BLOCK_COMMENT and layout.same_line(layout.starts[index], start):
            start = layout.starts[index]
            index -= 1
        return start

    def _end(self, end: int, limit: int) -> tuple[int, int | None]:
        layout = self.layout
        index = layout.token(end)
        ends = layout.file.tokens.ends
        while layout.kinds[index] == kind.BLOCK_COMMENT and ends[index] <= limit and layout.same_line(end, ends[index]):
            following = layout.kinds[index + 1]
            if following not in (",", kind.NEWLINE, kind.LINE_COMMENT, kind.BLOCK_COMMENT, "]", "}"):
                break
            end = ends[index]
            index += 1
        while layout.starts[index] < limit:
            if layout.kinds[index] == ",":
                return end, layout.starts[index]
            index += 1
        return end, None

    def edit(self, start: int, end: int, text: str = "") -> TextEdit:
        return TextEdit(Span(self.source, start, end), text)

    def append(self, text: str) -> tuple[TextEdit, ...]:
        layout = self.layout
        last = self.cells[-1]
        is_object = isinstance(self.collection, nodes.Object)
        needs_comma = not is_object or last.comma is not None or self._has_commas()
        closing = "," if last.comma is not None else ""
        if last.lead is not None and layout.begins_line(last.lead):
            gap = layout.text[last.lead + 1 : last.start]
            place = layout.owned_end(last.tail)
            return (self.edit(place, place, f"{layout.newline}{layout.indent(last.lead)},{gap}{text}"),)
        place = layout.owned_end(last.tail)
        if layout.begins_line(last.start) or not layout.same_line(last.end, place) or self._is_line_comment(place):
            indent = layout.indent(last.start) + ("" if layout.begins_line(last.start) else indent_unit(layout.file))
            added = f"{layout.newline}{indent}{text}{closing}"
            if last.comma is not None or not needs_comma:
                return (self.edit(place, place, added),)
            after = self.collection.items[-1].end
            if after == place:
                return (self.edit(after, after, f",{added}"),)
            return (self.edit(after, after, ","), self.edit(place, place, added))
        if last.comma is not None:
            return (self.edit(last.tail, last.tail, f" {text},"),)
        return (self.edit(last.end, last.end, f", {text}"),)

    def _has_commas(self) -> bool:
        """Whether the items of an object are separated by commas, or by newlines."""
        if len(self.cells) == 1:
            return self.layout.same_line(self.open, self.close)
        return self.cells[-2].comma is not None

    def _is_line_comment(self, end: int) -> bool:
        index = self.layout.token(end) - 1
        return self.layout.kinds[index] == kind.LINE_COMMENT and self.layout.starts[index] > self.open

    def fill(self, text: str) -> tuple[TextEdit, ...]:
        """Put the first item into an empty list or object."""
        layout = self.layout
        inside = layout.text[self.open + 1 : self.close]
        is_object = isinstance(self.collection, nodes.Object)
        if "\n" in inside:
            indent = layout.indent(self.close) + indent_unit(layout.file)
            place = layout.line_start(self.close) if layout.begins_line(self.close) else self.close
            lead = "" if place != self.close else layout.newline
            comma = "" if is_object else ","
            tail = layout.newline if place != self.close else ""
            return (self.edit(place, place, f"{lead}{indent}{text}{comma}{tail}"),)
        if is_object and layout.begins_line(self._owner_start()) and not inside.strip():
            outer = layout.indent(self.open)
            lines = f"{layout.newline}{outer}{indent_unit(layout.file)}{text}{layout.newline}{outer}"
            return (self.edit(self.open + 1, self.close, lines),)
        if not inside and is_object:
            return (self.edit(self.open + 1, self.close, f" {text} "),)
        return (self.edit(self.close, self.close, f"{text}{inside if not inside.strip() else ''}"),)

    def _owner_start(self) -> int:
        """Where what the collection is the value of begins: the name before the `=`, or the collection itself."""
        layout = self.layout
        index = layout.token(self.open)
        if index >= 2 and layout.kinds[index - 1] in ("=", ":"):
            return layout.starts[index - 2]
        return self.open

    def remove(self, place: int) -> tuple[TextEdit, ...]:
        if len(self.cells) == 1:
            return self._remove_only()
        layout = self.layout
        cell = self.cells[place]
        end = layout.owned_end(cell.tail)
        if layout.begins_line(cell.head) and layout.ends_line(end):
            return self._remove_lines(place, end)
        if place == len(self.cells) - 1:
            return self._remove_last(place)
        following = self.cells[place + 1]
        if layout.same_line(cell.start, following.start):
            return (self.edit(cell.start, following.start),)
        if place and layout.same_line(self.cells[place - 1].end, cell.start):
            before = self.cells[place - 1]
            if cell.comma is None or before.comma is None:
                return (self.edit(before.tail if before.comma is None else before.comma, cell.tail),)
            return (self.edit(before.tail, cell.tail),)
        if layout.has_comment(end, following.start):
            return (self.edit(cell.start, end),)
        return (self.edit(cell.start, following.start),)

    def _remove_only(self) -> tuple[TextEdit, ...]:
        layout = self.layout
        cell = self.cells[0]
        start = max(layout.owned_start(cell.start), self.open + 1)
        end = min(layout.owned_end(cell.tail), self.close)
        if layout.has_comment(self.open + 1, start) or layout.has_comment(end, self.close):
            if layout.begins_line(cell.start) and layout.ends_line(end):
                return (self.edit(start, layout.next_line(end)),)
            return (self.edit(cell.start, end),)
        left, right = layout.text[self.open + 1 : cell.start], layout.text[cell.tail : self.close]
        is_spaced = isinstance(self.collection, nodes.Tuple) and left == right and left and not left.strip(" \t")
        return (self.edit(self.open + 1, self.close, left if is_spaced else ""),)

    def _remove_lines(self, place: int, end: int) -> tuple[TextEdit, ...]:
        """Remove an item that has its lines for itself."""
        layout = self.layout
        cell = self.cells[place]
        start = layout.owned_start(cell.head)
        edits = [self.edit(start, layout.next_line(end))]
        if place == len(self.cells) - 1:
            before = self.cells[place - 1]
            if cell.comma is None and cell.lead is None and before.comma is not None:
                edits.append(self.edit(before.comma, before.comma + 1))
        elif place == 0 and self.cells[1].lead is not None:
            following = self.cells[1]
            edits.append(self.edit(following.head, following.start))
        return tuple(edits)

    def _remove_last(self, place: int) -> tuple[TextEdit, ...]:
        """Remove the last item, which shares its line with others or with the closing bracket."""
        layout = self.layout
        cell, before = self.cells[place], self.cells[place - 1]
        if cell.lead is not None:
            return (self.edit(layout.owned_end(before.end), layout.owned_end(cell.tail)),)
        keeps_comma = cell.comma is not None or before.comma is None
        end = layout.owned_end(cell.tail) if layout.begins_line(cell.start) else cell.tail
        if layout.has_comment(before.tail, cell.start):
            start = max(layout.owned_start(cell.start), before.tail)
            edits = [] if keeps_comma or before.comma is None else [self.edit(before.comma, before.comma + 1)]
            return (*edits, self.edit(start, end))
        if keeps_comma or before.comma is None:
            return (self.edit(before.tail, end),)
        return (self.edit(before.comma, end),)
