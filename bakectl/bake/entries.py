"""The options within an entry of a cache, output, attest, secret or ssh list, as they are written."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from bakectl.bake import options
from bakectl.record import Record
from bakectl.syntax import nodes
from bakectl.syntax import tokens as kind
from bakectl.syntax.written import key_of

if TYPE_CHECKING:
    from bakectl.bake.fields import Field
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
    first = bisect_left(file.tokens.starts, node.start)
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
            key_of(item) or "": item.value.value if isinstance(item.value, nodes.String) else _text(file, item.value)
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


def _text(file: File, node: nodes.Node) -> str:
    return file.source.text[node.start : node.end]
