"""Blocks and attributes of the tree as the text of an HCL file, in canonical layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.convert.expressions import bare, key_text, template_text, text_of
from bakectl.record import Record
from bakectl.rewrite.format import format_edits
from bakectl.source import Source, apply_edits
from bakectl.syntax import nodes
from bakectl.syntax.parser import parse
from bakectl.syntax.quote import quote_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.syntax.nodes import Attribute, Block, Body, Expression

    Remarks = Mapping[int, Sequence[str]]

_WIDTH: Final = 100
"""Columns of a line; a longer list or object has one item per line."""
_STEP: Final = "  "
_MARKER: Final = "EOT"
_NOT_IN_HEREDOC: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def write_hcl(body: Body, remarks: Remarks) -> str:
    """Write a whole file; `remarks` are lines of comment for the head of a body, by where the body starts."""
    text = "".join(f"{line}\n" for line in _lines(body, "", remarks))
    file = parse(Source("", text))
    return apply_edits(file.source, format_edits(file.tokens)).text


class _Piece(Record):
    """An item as text, and whether it takes several lines; a block always does."""

    text: str
    is_tall: bool


def _lines(body: Body, indent: str, remarks: Remarks) -> list[str]:
    """The lines of a body, with a blank one around whatever takes several."""
    head = [f"{indent}# {line}".rstrip() for line in remarks.get(body.start, ())]
    pieces = [_item(item, indent, remarks) for item in body.items]
    rows: list[str] = []
    for place, piece in enumerate(pieces):
        if place and (piece.is_tall or pieces[place - 1].is_tall):
            rows.append("")
        rows.append(f"{indent}{piece.text}")
    # What is said of the whole file does not belong to the first block.
    between = [""] if head and rows and not indent else []
    return [*head, *between, *rows]


def _item(item: Attribute | Block, indent: str, remarks: Remarks) -> _Piece:
    if isinstance(item, nodes.Attribute):
        text = _pair(item.name, item.value, indent)
        return _Piece(text, "\n" in text)
    head = " ".join([item.type, *(quote_text(label.text) for label in item.labels)])
    inner = _lines(item.body, indent + _STEP, remarks)
    return _Piece("\n".join([f"{head} {{", *inner, f"{indent}}}"]) if inner else f"{head} {{}}", is_tall=True)


def _value(node: Expression, indent: str, column: int, *, is_whole: bool = False) -> str:
    """Write an expression that begins in a column; `is_whole` when it is all of an attribute or of an item."""
    heredoc = _heredoc(node, indent) if is_whole else None
    if heredoc is not None:
        return heredoc
    line = text_of(node)
    if not _is_tall(node, is_whole=is_whole) and column + len(line) <= _WIDTH:
        return line
    inner = indent + _STEP
    match node:
        case nodes.Tuple(items=items) if items:
            rows = [f"{inner}{_value(item, inner, len(inner) + 1)}," for item in items]
            return "\n".join(["[", *rows, f"{indent}]"])
        case nodes.Object(items=items) if items:
            rows = [f"{inner}{_pair(key_text(item.key), item.value, inner)}" for item in items]
            return "\n".join(["{", *rows, f"{indent}}}"])
        case nodes.Call(arguments=arguments) if arguments:
            return _call(node, indent, column)
        case _:
            return line


def _call(node: nodes.Call, indent: str, column: int) -> str:
    """Write a call on several lines: those of its one collection, or one for each argument."""
    end = "...)" if node.expands else ")"
    *others, last = node.arguments
    if not any(isinstance(argument, nodes.Tuple | nodes.Object | nodes.Call) for argument in others):
        head = f"{node.name}({''.join(f'{text_of(argument)}, ' for argument in others)}"
        return f"{head}{_value(last, indent, column + len(head))}{end}"
    inner = indent + _STEP
    rows = [f"{inner}{_value(argument, inner, len(inner) + 1)}" for argument in node.arguments]
    return "\n".join([f"{node.name}(", ",\n".join(rows) + end.removesuffix(")"), f"{indent})"])


def _pair(name: str, value: Expression, indent: str) -> str:
    return f"{name} = {_value(value, indent, len(indent) + len(name) + 3, is_whole=True)}"


def _is_tall(node: Expression, *, is_whole: bool) -> bool:
    """Whether a collection is easier to read with one item per line, however short it is."""
    match node:
        case nodes.Object(items=items):
            values = [item.value for item in items]
            return (is_whole and len(items) > 1) or any(_is_tall(value, is_whole=False) for value in values)
        case nodes.Tuple(items=items):
            objects = [item for item in items if isinstance(item, nodes.Object) and item.items]
            return bool(objects) and (len(items) > 1 or _is_tall(objects[0], is_whole=False))
        case _:
            return False


def _heredoc(node: Expression, indent: str) -> str | None:
    """Write a text of several lines as a heredoc; None where only quotes say exactly the same."""
    parts: Iterable[nodes.TemplatePart]
    match node:
        case nodes.String():
            parts = (node,)
        case nodes.Template(parts=parts):
            pass
        case _:
            return None
    text = template_text(tuple(parts), bare)
    lines = text.split("\n")
    if len(lines) < 3 or lines.pop() or _NOT_IN_HEREDOC.search(text) or _ends_in_sequence(parts):
        return None
    if any(line.strip() == _MARKER for line in lines):
        return None
    written = [line for line in lines if line.strip()]
    if all(line[:1].isspace() for line in written):
        return "\n".join([f"<<{_MARKER}", *lines, _MARKER])
    inner = indent + _STEP
    shifted = [f"{inner}{line}" if line.strip() else line for line in lines]
    return "\n".join([f"<<-{_MARKER}", *shifted, f"{indent}{_MARKER}"])


def _ends_in_sequence(parts: Iterable[nodes.TemplatePart]) -> bool:
    last = [*parts][-1]
    return not (isinstance(last, nodes.String) and last.value.endswith("\n"))
