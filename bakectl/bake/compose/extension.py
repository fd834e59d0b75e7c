"""`x-bake` below `build`: what bake has and Compose does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.bake import options
from bakectl.bake.compose.nodes import List, Map, Node, Path, Scalar, is_null, kind
from bakectl.bake.compose.parts import Part
from bakectl.bake.compose.rules import label
from bakectl.bake.compose.scalars import yaml_text
from bakectl.bake.options import Entry, OptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.bake.compose.parts import Parts
    from bakectl.bake.compose.reading import Reading

EXTENSION: Final = "x-bake"
_OLD_TRUE: Final = frozenset(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"))
_OLD_FALSE: Final = frozenset(("n", "N", "no", "No", "NO", "off", "Off", "OFF"))
_STRINGS: Final = ("tags", "platforms", "no-cache-filter")
_ENTRIES: Final[dict[str, Callable[[str], tuple[Entry, ...]]]] = {
    "cache-from": options.cache_entries,
    "cache-to": options.cache_entries,
    "secret": options.secret_entries,
    "ssh": options.ssh_entries,
    "output": options.output_entries,
}
_FLAGS: Final = ("pull", "no-cache")


def add_extension(node: Node | None, path: Path, parts: Parts, reading: Reading) -> dict[str, Part]:
    """Add the settings of `x-bake`; returns the contexts, which only fill what Compose does not name."""
    if node is None or is_null(node):
        return {}
    if not isinstance(node, Map):
        reading.error("bad-value", f'"{label(path)}" is a map, and this is {kind(node)}', node.span)
        return {}
    reader = _Reader(path, parts, reading)
    for name in (*_STRINGS, *_ENTRIES):
        value = node.get(name)
        if value is not None:
            reader.list(name, value)
    for name in _FLAGS:
        value = node.get(name)
        if value is not None and not is_null(value):
            reader.flag(name, value)
    contexts = node.get("contexts")
    return {} if contexts is None or is_null(contexts) else reader.contexts(contexts)


class _Reader:
    def __init__(self, path: Path, parts: Parts, reading: Reading) -> None:
        self.path = path
        self.parts = parts
        self.reading = reading

    def refuse(self, name: str, node: Node, wanted: str) -> None:
        message = f'"{label((*self.path, name))}" is {wanted}, and this is {kind(node)}'
        self.reading.error("bad-value", message, node.span)

    def list(self, name: str, node: Node) -> None:
        """Read a list of strings, or one string that is split at its spaces."""
        if isinstance(node, Map):
            self.refuse(name, node, "a list or a string")
            return
        texts: list[tuple[str, Scalar]] = []
        if isinstance(node, Scalar):
            texts = [] if node.value is None else [(text, node) for text in yaml_text(node.value).split()]
        for item in node.items if isinstance(node, List) else ():
            if isinstance(item, Scalar):
                texts.append((yaml_text(item.value), item))
            else:
                self.refuse(name, item, "a list of strings")
        if texts:
            place = node.span
            self.parts.add(name, (Part(value, place) for text, item in texts for value in self.parse(name, text, item)))

    def parse(self, name: str, text: str, item: Scalar) -> tuple[Any, ...]:
        parse = _ENTRIES.get(name)
        if parse is None:
            return (text,)
        kept = self.reading.symbols and self.reading.symbols.entries(text)
        try:
            return kept or (parse(text) if text else ())
        except OptionError as error:
            self.reading.error("bad-value", f'"{label((*self.path, name))}": {error}', item.span)
            return ()

    def flag(self, name: str, node: Node) -> None:
        value = node.value if isinstance(node, Scalar) else None
        if isinstance(value, str):
            value = True if value in _OLD_TRUE else False if value in _OLD_FALSE else value
        if isinstance(value, bool):
            self.parts.set(name, value, node.span)
        else:
            self.refuse(name, node, "true or false")

    def contexts(self, node: Node) -> dict[str, Part]:
        if not isinstance(node, Map):
            self.refuse("contexts", node, "a map")
            return {}
        found: dict[str, Part] = {}
        for name, value in node.entries.items():
            if isinstance(value, Scalar):
                found[name] = Part(yaml_text(value.value), value.within)
            else:
                self.refuse("contexts", value, "a map of strings")
        return found
