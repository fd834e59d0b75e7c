"""The rows of a CI matrix: one for each target and platform, and for each combination of further fields."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.cache_places import entry_text
from bakectl.bake.fields import FIELDS
from bakectl.bake.platforms import platforms_of
from bakectl.bake.secrets import mask_text, mask_variable
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from bakectl.bake.model import Plan, Target
    from bakectl.ci.settings import Runner, Settings

MOST_JOBS: Final = 256
"""Jobs that a matrix of GitHub Actions may have."""


class Row(Record):
    """One job; `platform` is empty for a target that declares none, and `fields` has what was asked for besides."""

    target: str
    platform: str
    runner: Runner
    slug: str
    scope: str
    fields: Mapping[str, Any]

    def facts(self) -> dict[str, Any]:
        """The row as data for JSON."""
        runner = self.runner if isinstance(self.runner, str) else list(self.runner)
        return {
            "target": self.target,
            "platform": self.platform,
            "runner": runner,
            "slug": self.slug,
            "scope": self.scope,
            "fields": dict(self.fields),
        }


def rows(
    plan: Plan, settings: Settings, scope_of: Callable[[str, str], str], fields: Sequence[str] = ()
) -> tuple[Row, ...]:
    """The rows of all targets asked for; `scope_of` says in which gha scope a target and platform is cached.

    Linked targets have none, because they are built with those that use them. Raises InvalidBakeFile.
    """
    _check_fields(fields)
    return tuple(row for name in plan.requested for row in _rows(plan[name], settings, scope_of, fields))


def _check_fields(fields: Sequence[str]) -> None:
    problems = Problems()
    for field in fields:
        if field not in FIELDS:
            problems.error("unknown-field", f'there is no field "{field}"', None, help=did_you_mean(field, FIELDS))
        elif field == "platforms":
            problems.error("unknown-field", "every row has its platform", None, help="leave out --field platforms")
    if problems.has_errors:
        raise InvalidBakeFile(problems)


def _rows(
    target: Target, settings: Settings, scope_of: Callable[[str, str], str], fields: Sequence[str]
) -> Iterator[Row]:
    choices = [_choices(target, field) for field in fields]
    for platform in platforms_of(target):
        runner, scope = settings.runner_of(platform), scope_of(target.name, platform)
        for values in product(*choices):
            named = dict(zip(fields, values, strict=True))
            yield Row(target.name, platform, runner, platform.replace("/", "-"), scope, named)


def _choices(target: Target, field: str) -> tuple[Any, ...]:
    """The values of a field, one for each row: the items of a list, anything else as a whole, None for nothing.

    Logs of CI are often public, so secrets are masked.
    """
    value = target.get(field)
    if isinstance(value, tuple):
        return tuple(mask_text(item) if isinstance(item, str) else _entry(item) for item in value) or (None,)
    if isinstance(value, dict):
        return ({key: mask_variable(key, str(item)) for key, item in value.items()},)
    return (mask_text(value) if isinstance(value, str) else value,)


def _entry(entry: Mapping[str, Any]) -> str:
    return mask_text(entry_text({key: str(value) for key, value in entry.items()}))
