"""Settings put together from parts, each with the place in the file where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.bake.model import Origin, Setting
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bakectl.bake.model import Data, Settings
    from bakectl.bake.options import Entry
    from bakectl.source import Span

KIND = "compose"


class Part(Record):
    """An item of a list or a value of a map, and the collection it was written in.

    `variable` is the environment variable that gave the value, where none was written.
    """

    value: Any
    place: Span
    variable: str = ""


class Parts:
    """The settings of one target, while they are gathered."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.settings: Settings = {}
        self.items: dict[str, list[Part]] = {}

    def origin(self, span: Span, variable: str = "") -> Origin:
        kind = "environment" if variable else KIND
        return Origin(kind, self.target, span.source, span.start, span.end, variable)

    def set(self, field: str, value: Data, span: Span) -> None:
        """Give a field that has one value."""
        self.settings[field] = Setting(value, ((value, self.origin(span)),))

    def set_map(self, field: str, values: dict[str, Part]) -> None:
        """Give a field that is a map; nothing is set when there is nothing in it."""
        if not values:
            return
        grouped: dict[tuple[Span, str], dict[str, str]] = {}
        for name, part in values.items():
            grouped.setdefault((part.place, part.variable), {})[name] = part.value
        given = tuple((group, self.origin(span, variable)) for (span, variable), group in grouped.items())
        self.settings[field] = Setting({name: part.value for name, part in values.items()}, given)

    def add(self, field: str, parts: Iterable[Part]) -> None:
        """Give more items for a field that is a list."""
        self.items.setdefault(field, []).extend(parts)

    def values(self, field: str) -> Sequence[Any]:
        return [part.value for part in self.items.get(field, ())]

    def finish_list(self, field: str, tidy: Callable[[Sequence[Entry]], tuple[Any, ...]] = tuple) -> None:
        """Make the setting of a list from its items; `tidy` sorts them or drops doubles."""
        parts = self.items.get(field)
        if parts is None:
            return
        grouped: dict[Span, list[Any]] = {}
        for part in parts:
            grouped.setdefault(part.place, []).append(part.value)
        given = tuple((tuple(group), self.origin(span)) for span, group in grouped.items())
        value = tidy([part.value for part in parts])
        self.settings[field] = Setting(value, given)
