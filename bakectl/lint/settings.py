"""The settings of `check`: `bakectl.toml`, or `[tool.bakectl]` in `pyproject.toml`, found upwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.lint.run import Choice, unknown_names
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME: Final = "bakectl.toml"
PROJECT: Final = "pyproject.toml"
LEVELS: Final = ("error", "warning", "info")
_KEYS: Final = {"select": list, "ignore": list, "fail-on": str, "buildx": str}


class Settings(Record):
    """What a project wants of `check`; `buildx` is the version that its files are for."""

    choice: Choice = Choice()
    fail_on: str = "warning"
    buildx: tuple[int, ...] | None = None
    path: str | None = None


def read_settings(folder: str) -> Settings:
    """Read the first settings found from a folder upwards, no higher than where `.git` is; raises InvalidBakeFile."""
    place = os.path.realpath(folder)
    while True:
        for name, table in ((NAME, ()), (PROJECT, ("tool", "bakectl"))):
            path = os.path.join(place, name)  # noqa: PTH118
            if os.path.isfile(path):  # noqa: PTH113
                found = _read(path, table)
                if found is not None:
                    return _settings(os.path.relpath(path, folder), found.get("check", {}), found)
        above = os.path.dirname(place)  # noqa: PTH120
        if above == place or os.path.exists(os.path.join(place, ".git")):  # noqa: PTH110, PTH118
            return Settings()
        place = above


def _read(path: str, table: tuple[str, ...]) -> Mapping[str, Any] | None:
    import tomllib

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            found: Any = tomllib.load(file)
    except (OSError, tomllib.TOMLDecodeError) as error:
        problems = Problems()
        problems.error("bad-settings", f"{path} cannot be read: {error}", None)
        raise InvalidBakeFile(problems) from None
    for key in table:
        found = found.get(key)
        if not isinstance(found, dict):
            return None
    return dict(found)


def _settings(path: str, given: Any, whole: Mapping[str, Any]) -> Settings:
    problems = Problems()
    for key in whole:
        if key != "check":
            help = did_you_mean(key, ("check",)) or "there is [check]"
            problems.error("bad-settings", f'{path}: there is no setting "{key}"', None, help=help)
    if not isinstance(given, dict):
        problems.error("bad-settings", f'{path}: "check" is a table', None)
        given = {}
    for key, value in given.items():
        kind = _KEYS.get(key)
        if kind is None:
            help = did_you_mean(key, _KEYS) or f"there are {', '.join(_KEYS)}"
            problems.error("bad-settings", f'{path}: [check] has no "{key}"', None, help=help)
        elif not isinstance(value, kind) or (kind is list and not all(isinstance(item, str) for item in value)):
            what = "a list of strings" if kind is list else "a string"
            problems.error("bad-settings", f'{path}: "{key}" is {what}', None)
        elif kind is list:
            for word in unknown_names(value):
                problems.error("bad-settings", f'{path}: "{key}" names no rule: "{word}"', None, help=_help(word))
    level = given.get("fail-on", "warning")
    if level not in LEVELS:
        problems.error("bad-settings", f'{path}: "fail-on" is {", ".join(LEVELS)}, and not "{level}"', None)
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    choice = Choice(tuple(given.get("select", ())), tuple(given.get("ignore", ())))
    return Settings(choice, level, read_version(given["buildx"]) if "buildx" in given else None, path)


def _help(word: str) -> str | None:
    from bakectl.lint.rules import FAMILIES, RULES

    return did_you_mean(word, (*RULES, *FAMILIES))


def read_version(text: str) -> tuple[int, ...]:
    """A version of buildx, as numbers; raises InvalidBakeFile."""
    parts = text.removeprefix("v").split(".")
    if not all(part.isdecimal() for part in parts):
        problems = Problems()
        problems.error("bad-settings", f'"{text}" is not a version of buildx', None, help='write "0.29.1"')
        raise InvalidBakeFile(problems)
    return tuple(int(part) for part in parts)
