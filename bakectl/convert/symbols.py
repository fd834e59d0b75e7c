"""The variables of Compose files, kept by name: a mark stands for each in the strings until they are expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.compose.environment import pairs, with_dot_env
from bakectl.bake.compose.reading import Reading
from bakectl.bake.compose.rules import ITEM
from bakectl.bake.compose.template import Reference, complete, read
from bakectl.diagnostics import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from bakectl.bake.compose.nodes import Map, Path
    from bakectl.bake.options import Entry

# Not characters: no text that means anything has them.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK: Final = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")

_DIGITS: Final = 9

ARGUMENT: Final = "argument"
"""The operator of a build argument without a value: it is left out where the variable is not set."""
RAW: Final = "\0"
"""The key of an entry whose whole text is the value, because a variable stands in it."""
_SCALARS: Final = ("context", "dockerfile", "dockerfile_inline", "target", "network")
_LISTS: Final = ("tags", "platforms", "cache_from", "cache_to")
_MAPS: Final = ("args", "labels", "additional_contexts")
_EXTENDED: Final = ("tags", "platforms", "no-cache-filter", "cache-from", "cache-to", "output")
_KEPT: Final = frozenset(
    (
        ("image",),
        ("build",),
        *(("build", name) for name in _SCALARS),
        *(("build", name, ITEM) for name in _LISTS),
        *(("build", "x-bake", name, ITEM) for name in _EXTENDED),
        *(("build", "x-bake", name) for name in _EXTENDED),
    )
)
"""Places in a service at which a string becomes a setting as it is."""
_KEPT_MAPS: Final = frozenset((("environment",), ("build", "x-bake", "contexts"), *(("build", name) for name in _MAPS)))


class Table:
    """All variables that were met, each with its value; it is the `Symbols` of a reading.

    A string in which a variable of `lost` stands becomes its value, as do those that bake must know at once, such as
    numbers; None for all variables.
    """

    def __init__(self, environment: Mapping[str, str], lost: Collection[str] | None) -> None:
        self.lost = lost
        self.outside = with_dot_env(environment, Reading(environment, Problems()))
        self.values: dict[Reference, str | None] = {}
        self.marks: dict[Reference, str] = {}
        self.references: list[Reference] = []
        self.inserted: dict[str, str] = {}

    def is_lost(self, name: str) -> bool:
        """Whether a variable is no more than the value that it has now."""
        return self.lost is None or name in self.lost

    def insert(self, text: str, lookup: Callable[[str], str | None], path: Path) -> str:
        """Put marks in the place of variables where a setting is made of the string, and values elsewhere."""
        parts = read(text)
        names = [name for part in parts for name in _names(part)]
        if _is_kept(path, parts) and _OPEN not in text and not any(map(self.is_lost, names)):
            return "".join(part if isinstance(part, str) else self.mark(part, lookup) for part in parts)
        if path[:1] == ("services",) and path[2:3] in (("build",), ("image",)):
            self.inserted.update((name, lookup(name) or "") for name in names)
        return complete(parts, lookup)

    def mark(self, reference: Reference, lookup: Callable[[str], str | None]) -> str:
        self.values.setdefault(reference, complete((reference,), lookup))
        return self._mark(reference)

    def _mark(self, reference: Reference) -> str:
        if reference not in self.marks:
            self.marks[reference] = f"{_OPEN}{len(self.references)}{_CLOSE}"
            self.references.append(reference)
        return self.marks[reference]

    def argument(self, name: str, service: Map, variables: Mapping[str, str]) -> str | None:
        """A mark for an argument whose value comes from outside; that of the service itself is a value."""
        value = variables.get(name)
        if pairs(service.get("environment")).get(name) is not None:
            return value
        # An env_file of the service may say otherwise than the environment.
        if self.is_lost(name) or value != self.outside.get(name):
            self.inserted[name] = value or ""
            return value
        reference = Reference(name, ARGUMENT)
        self.values.setdefault(reference, self.outside.get(name))
        return self._mark(reference)

    def entries(self, text: str) -> tuple[Entry, ...] | None:
        """The text itself, if a variable stands in it: what bake reads from it is known when it has its value."""
        return ({RAW: text},) if _OPEN in text else None

    def split(self, text: str) -> Iterator[str | Reference]:
        """A string with marks as text and variables."""
        position = 0
        for found in _MARK.finditer(text):
            if len(found[1]) < _DIGITS and int(found[1]) < len(self.references):
                yield text[position : found.start()]
                yield self.references[int(found[1])]
                position = found.end()
        yield text[position:]

    def used(self, data: Any) -> Iterator[Reference]:
        """The variables in all strings of plain data, and those that these need."""
        if isinstance(data, str):
            for part in self.split(data):
                yield from _nested(part)
        elif isinstance(data, dict):
            for value in data.values():
                yield from self.used(value)
        elif isinstance(data, list | tuple):
            for item in data:
                yield from self.used(item)


def _nested(part: str | Reference) -> Iterator[Reference]:
    if isinstance(part, Reference):
        yield part
        for inner in part.operand:
            yield from _nested(inner)


def _names(part: str | Reference) -> Iterator[str]:
    return (reference.name for reference in _nested(part))


def _is_kept(path: Path, parts: tuple[str | Reference, ...]) -> bool:
    place = path[2:]
    if path[:1] != ("services",) or not place:
        return False
    if place in _KEPT:
        return True
    if place[:-1] not in _KEPT_MAPS:
        return False
    # In a list of `key=value` the key must be known.
    return place[-1] != ITEM or (isinstance(parts[0], str) and "=" in parts[0])
