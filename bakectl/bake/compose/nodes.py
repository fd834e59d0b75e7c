"""A Compose document as a tree of values, each with its place; trees are never changed, only replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bakectl.record import Record

if TYPE_CHECKING:
    from bakectl.source import Span

Path: TypeAlias = "tuple[str, ...]"


class Timestamp(Record):
    """A plain scalar that YAML 1.1 reads as a date, in the two forms in which Go writes one."""

    text: str
    rfc3339: str


Plain: TypeAlias = "str | int | float | bool | Timestamp | None"


class Scalar(Record):
    """A string, number, bool, date or null; `within` is the collection it was written in."""

    value: Plain
    span: Span
    within: Span


class List(Record):
    """A sequence."""

    items: tuple[Node, ...]
    span: Span
    within: Span


class Map(Record):
    """A mapping; `keys` has the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Span]
    span: Span
    within: Span

    def get(self, name: str) -> Node | None:
        return self.entries.get(name)


Node: TypeAlias = "Scalar | List | Map"


def with_entry(node: Map, name: str, value: Node, key: Span | None = None) -> Map:
    """Return the mapping with one entry set."""
    keys = node.keys if name in node.keys and key is None else {**node.keys, name: key or value.span}
    return Map({**node.entries, name: value}, keys, node.span, node.within)


def with_entries(node: Map, entries: dict[str, Node]) -> Map:
    """Return the mapping with other values; keys that it did not have are placed at their values."""
    keys = node.keys
    if not entries.keys() <= keys.keys():
        keys = {**keys, **{name: value.span for name, value in entries.items() if name not in keys}}
    return Map(entries, keys, node.span, node.within)


def without(node: Map, name: str) -> Map:
    """Return the mapping without an entry."""
    return with_entries(node, {key: value for key, value in node.entries.items() if key != name})


def string(node: Node | None) -> str | None:
    """The text of a string scalar; None for anything else."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def is_null(node: Node | None) -> bool:
    """Whether this is a null that was written, or left out behind a colon."""
    return isinstance(node, Scalar) and node.value is None


def data(node: Node) -> object:
    """The values without their places, to compare them."""
    if isinstance(node, Map):
        return {name: data(value) for name, value in node.entries.items()}
    if isinstance(node, List):
        return [data(item) for item in node.items]
    return (type(node.value), node.value)


def kind(node: Node) -> str:
    """What the node is, in words for a message."""
    if isinstance(node, Map):
        return "a map"
    if isinstance(node, List):
        return "a list"
    if node.value is None:
        return "empty"
    if isinstance(node.value, bool):
        return "true or false"
    if isinstance(node.value, (int, float)):
        return "a number"
    return "a date" if isinstance(node.value, Timestamp) else "a string"
