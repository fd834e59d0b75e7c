"""The options within an entry of a cache, output, attest, secret or ssh list: `type=gha,scope=x`, or an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import options
from bakectl.editing.refusal import refused
from bakectl.record import Record
from bakectl.rewrite.body import replace_node
from bakectl.rewrite.collection import append_entry, remove_item
from bakectl.source import Span, TextEdit
from bakectl.syntax import nodes
from bakectl.syntax import tokens as kind

if TYPE_CHECKING:
    from bakectl.bake.fields import Field
    from bakectl.editing.values import Value
    from bakectl.syntax.nodes import File


class Option(Record):
    """`key=value` in a string, as places in the file; `value` is None for a part without a sign."""

    start: int
    end: int
    key: str
    value: int | None


def split_string(file: File, node: nodes.Expression) -> tuple[Option, ...] | None:
    """The options of an entry that is a string in quotes; None for one that is written in another way.

    Commas within `${…}` separate nothing; a string with quotes in it, as CSV has them, is not split.
    """
    text = file.source.text
    if not isinstance(node, nodes.String | nodes.Template | nodes.Wrapped) or text[node.start] != '"':
        return None
    commas = [node.start]
    first = _first_token(file, node)
    index = first
    while file.tokens.starts[index] < node.end:
        start, end = file.tokens.starts[index], file.tokens.ends[index]
        if file.tokens.kinds[index] in (kind.TEXT, kind.STRING) and _is_outside(file, first, index):
            if '\\"' in text[start:end]:
                return None
            commas.extend(place for place in range(start, end) if text[place] == ",")
        index += 1
    found: list[Option] = []
    for place, comma in enumerate(commas):
        end = commas[place + 1] if place + 1 < len(commas) else node.end - 1
        raw = text[comma + 1 : end]
        key, sign, _ = raw.partition("=")
        if sign and "${" not in key:
            found.append(Option(comma + 1, end, key.strip().lower(), comma + 1 + len(key) + 1))
        else:
            found.append(Option(comma + 1, end, "", None))
    return tuple(found)


def _first_token(file: File, node: nodes.Node) -> int:
    from bisect import bisect_left

    return bisect_left(file.tokens.starts, node.start)


def _is_outside(file: File, first: int, index: int) -> bool:
    """Whether a token of a string is outside all `${…}` and `%{…}` of it."""
    depth = 0
    for token in file.tokens.kinds[first:index]:
        if token in (kind.INTERPOLATION, kind.DIRECTIVE):
            depth += 1
        elif token == kind.SEQUENCE_END:
            depth -= 1
    return depth == 0


def known_options(file: File, field: Field, node: nodes.Expression) -> dict[str, str]:
    """The options of an entry that are plain text, by key; those of a template are its text."""
    if isinstance(node, nodes.Object):
        return {
            _key(item): item.value.value if isinstance(item.value, nodes.String) else _text(file, item.value)
            for item in node.items
        }
    if isinstance(node, nodes.String):
        try:
            read = options.PARSERS[field.shape](node.value)
        except options.OptionError:
            return {}
        return {key: str(value) for entry in read[:1] for key, value in entry.items()}
    split = split_string(file, node) or ()
    text = file.source.text
    return {option.key: text[option.value : option.end] for option in split if option.value is not None}


def _key(item: nodes.ObjectItem) -> str:
    key = item.key
    return key.name if isinstance(key, nodes.Variable) else key.value if isinstance(key, nodes.String) else ""


def _text(file: File, node: nodes.Node) -> str:
    return file.source.text[node.start : node.end]


def set_option(file: File, node: nodes.Expression, key: str, value: Value) -> tuple[TextEdit, ...]:
    """Give an entry an option, or another value of it; raises EditRejected when the entry cannot be read."""
    if isinstance(node, nodes.Object):
        item = next((item for item in reversed(node.items) if _key(item) == key), None)
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
            if _key(item) == key:
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
