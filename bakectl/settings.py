"""The settings file: `bakectl.toml`, or `[tool.bakectl]` in `pyproject.toml`, found upwards; a section a subject."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "bakectl.toml"
PROJECT: Final = "pyproject.toml"
SECTIONS: Final = ("check", "ci", "builder", "verify")


class SettingsFile(Record):
    """What was found: `path` is how people name it, None when there is none; `tables` are its sections."""

    path: str | None = None
    tables: Mapping[str, Any] = {}

    def section(self, name: str, problems: Problems) -> Table:
        """A section, empty when there is none."""
        return Table(self.tables.get(name, {}), f"{self.path}: [{name}]", problems)


def find_settings(folder: str) -> SettingsFile:
    """Read the first settings found from a folder upwards, no higher than where `.git` is; raises InvalidBakeFile."""
    place = os.path.realpath(folder)
    while True:
        for name, table in ((NAME, ()), (PROJECT, ("tool", "bakectl"))):
            path = os.path.join(place, name)  # noqa: PTH118
            if os.path.isfile(path):  # noqa: PTH113
                found = _read(path, table)
                if found is not None:
                    return _checked(SettingsFile(os.path.relpath(path, folder), found))
        above = os.path.dirname(place)  # noqa: PTH120
        if above == place or os.path.exists(os.path.join(place, ".git")):  # noqa: PTH110, PTH118
            return SettingsFile()
        place = above


def _read(path: str, table: tuple[str, ...]) -> Mapping[str, Any] | None:
    import tomllib

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            found: Any = tomllib.load(file)
    except (OSError, ValueError) as error:
        problems = Problems()
        problems.error("bad-settings", f"{path} cannot be read: {error}", None)
        raise InvalidBakeFile(problems) from None
    for key in table:
        found = found.get(key)
        if not isinstance(found, dict):
            return None
    return dict(found)


def _checked(file: SettingsFile) -> SettingsFile:
    problems = Problems()
    for key, value in file.tables.items():
        if key not in SECTIONS:
            help = did_you_mean(key, SECTIONS) or f"there are {', '.join(f'[{name}]' for name in SECTIONS)}"
            problems.error("bad-settings", f'{file.path}: there is no setting "{key}"', None, help=help)
        elif not isinstance(value, dict):
            problems.error("bad-settings", f'{file.path}: "{key}" is a table', None, help=f"write [{key}]")
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return file


class Table:
    """One table of the settings, read key by key; what is wrong is reported, and counts as not there."""

    def __init__(self, values: Mapping[str, Any], place: str, problems: Problems) -> None:
        self.values = values
        self.place = place
        """The file and the section, for messages."""
        self._problems = problems
        self._known: list[str] = []

    def text(self, key: str) -> str | None:
        """A string."""
        value: str | None = self._typed(key, str, "a string")
        return value

    def flag(self, key: str) -> bool | None:
        """True or false."""
        value: bool | None = self._typed(key, bool, "true or false")
        return value

    def number(self, key: str) -> int | None:
        """A whole number."""
        value: int | None = self._typed(key, int, "a whole number")
        if isinstance(value, bool):
            self.report(key, "is a whole number")
            return None
        return value

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        """One of some words."""
        value = self.text(key)
        if value is not None and value not in choices:
            self.report(key, f'is {", ".join(choices)}, and not "{value}"', did_you_mean(value, choices))
            return None
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of strings."""
        value = self._typed(key, list, "a list of strings")
        if value is not None and not all(isinstance(item, str) for item in value):
            self.report(key, "is a list of strings")
            return None
        return None if value is None else tuple(value)

    def table(self, key: str) -> Table:
        """A table inside of this one, empty when there is none."""
        return Table(self._typed(key, dict, "a table") or {}, f"{self.place} {key}", self._problems)

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables."""
        value = self._typed(key, list, "a list of tables") or []
        if not all(isinstance(item, dict) for item in value):
            self.report(key, "is a list of tables")
            return ()
        return tuple(Table(item, f"{self.place} {key} {i + 1}", self._problems) for i, item in enumerate(value))

    def report(self, key: str, message: str, help: str | None = None) -> None:
        """Add a problem with the value of a key."""
        self._problems.error("bad-settings", f'{self.place}: "{key}" {message}', None, help=help)

    def finish(self) -> None:
        """Report the keys that nobody asked for; call it after the last question."""
        for key in self.values:
            if key not in self._known:
                help = did_you_mean(key, self._known) or f"there are {', '.join(self._known)}"
                self._problems.error("bad-settings", f'{self.place} has no "{key}"', None, help=help)

    def _typed(self, key: str, kind: type, what: str) -> Any:
        self._known.append(key)
        value = self.values.get(key)
        if value is not None and not isinstance(value, kind):
            self.report(key, f"is {what}")
            return None
        return value
