"""The settings of `ci`: the section `[ci]` of the settings file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from bakectl.bake.patterns import BadPattern, matches
from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.settings import SettingsFile, Table

Runner: TypeAlias = "str | tuple[str, ...]"
"""The label of a runner, or several that it must all have."""

GITHUB_RUNNERS: Final = {"": "ubuntu-24.04", "linux/arm*": "ubuntu-24.04-arm"}
GITLAB_RUNNERS: Final = {"": "saas-linux-small-amd64", "linux/arm*": "saas-linux-small-arm64"}
"""The runners that everybody has, by patterns of platforms; the one without a pattern is for all others."""
STRATEGIES: Final = ("one-runner", "native-runners")
AUTO: Final = "auto"
TAGS: Final = (AUTO, "file")
"""Where tags come from: from what is built, or from the file alone."""


class Settings(Record):
    """What a project wants of its CI; None and empty stand for what it does not say."""

    runner: Runner
    """Where what fits no pattern is built, and what builds nothing runs."""
    runners: tuple[tuple[str, Runner], ...]
    """Patterns of platforms and their runners; the first that fits counts."""
    strategy: str | None = None
    tags: str | None = None
    cache: str | None = None
    sbom: bool | None = None
    provenance: str | None = None
    sign: bool | None = None
    timeout: int | None = None

    def runner_of(self, platform: str) -> Runner:
        """The runner for a platform."""
        return next((runner for pattern, runner in self.runners if _fits(pattern, platform)), self.runner)


def _fits(pattern: str, platform: str) -> bool:
    # A star stands for several parts of a platform too, but in patterns of names it ends at a slash.
    return pattern == platform or matches(_flat(pattern), _flat(platform))


def _flat(text: str) -> str:
    return text.replace("/", "-")


def read_settings(file: SettingsFile, usual: Mapping[str, Runner] = GITHUB_RUNNERS) -> Settings:
    """Read the section, which adds to the usual runners; raises InvalidBakeFile with all that is wrong."""
    problems = Problems()
    table = file.section("ci", problems)
    runner = _runner(table, "runner") or usual[""]
    given = table.table("runners")
    runners = {_pattern(given, key): found for key in given.values if (found := _runner(given, key)) is not None}
    settings = Settings(
        runner,
        _ordered({**{key: label for key, label in usual.items() if key}, **runners}),
        table.choice("strategy", STRATEGIES),
        table.choice("tags", TAGS),
        table.text("cache"),
        table.flag("sbom"),
        table.text("provenance"),
        table.flag("sign"),
        table.number("timeout"),
    )
    table.finish()
    if settings.timeout is not None and settings.timeout < 1:
        table.report("timeout", "is a number of minutes")
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return settings


def _runner(table: Table, key: str) -> Runner | None:
    value = table.texts(key) if isinstance(table.values.get(key), list) else table.text(key)
    if value is not None and not (value and all(value)):
        table.report(key, "names no runner", f'write "{GITHUB_RUNNERS[""]}", or a list of labels')
        return None
    return value


def _pattern(table: Table, key: str) -> str:
    try:
        matches(_flat(key), "")
    except BadPattern:
        table.report(key, "is no pattern of platforms", 'write one such as "linux/arm*"')
    return normalised(key)


def _ordered(runners: dict[str, Runner]) -> tuple[tuple[str, Runner], ...]:
    """Names before patterns, and longer patterns before shorter ones, for these say less."""
    return tuple(sorted(runners.items(), key=lambda row: ("*" in row[0] or "?" in row[0], -len(row[0]))))
