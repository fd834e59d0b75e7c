"""The settings of `check`: the section `[check]` of the settings file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.lint.run import Choice, unknown_names
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from bakectl.settings import SettingsFile

LEVELS: Final = ("error", "warning", "info")


class Settings(Record):
    """What a project wants of `check`; `buildx` is the version that its files are for."""

    choice: Choice = Choice()
    fail_on: str = "warning"
    buildx: tuple[int, ...] | None = None


def read_settings(file: SettingsFile) -> Settings:
    """Read the section; raises InvalidBakeFile with all that is wrong."""
    problems = Problems()
    table = file.section("check", problems)
    select, ignore = table.texts("select") or (), table.texts("ignore") or ()
    for key, words in (("select", select), ("ignore", ignore)):
        for word in unknown_names(words):
            table.report(key, f'names no rule: "{word}"', _help(word))
    level = table.choice("fail-on", LEVELS) or "warning"
    version = table.text("buildx")
    table.finish()
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return Settings(Choice(select, ignore), level, None if version is None else read_version(version))


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
