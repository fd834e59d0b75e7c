"""`bakectl ci`: jobs of CI from the plan."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from bakectl.cli import definition, options, screen
from bakectl.cli.options import MANY, Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.bake.model import Override, Project
    from bakectl.ci.matrix import Row

_OTHERS = (options.FILE, options.VAR, options.SET)


def run_matrix(
    *,
    targets: tuple[str, ...],
    field: tuple[str, ...],
    file: tuple[str, ...],
    var: tuple[str, ...],
    set: tuple[str, ...],
) -> int:
    """Write the rows on one line, as an output of a step takes it."""
    from json import dumps

    from bakectl.ci.matrix import MOST_JOBS

    rows = _matrix(targets, field, file, var, set)
    if len(rows) > MOST_JOBS:
        screen.say(f"warning: these are {len(rows)} jobs, and GitHub Actions takes {MOST_JOBS} in a matrix [many-jobs]")
    screen.write(dumps([row.facts() for row in rows], ensure_ascii=False, separators=(",", ":")) + "\n")
    return 0


def _matrix(
    targets: tuple[str, ...], fields: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], set: tuple[str, ...]
) -> tuple[Row, ...]:
    from bakectl import api
    from bakectl.ci.matrix import rows
    from bakectl.ci.settings import read_settings
    from bakectl.diagnostics import Problems
    from bakectl.errors import InvalidBakeFile
    from bakectl.settings import find_settings

    definition.refuse_remote(targets, "ci matrix")
    settings = read_settings(find_settings("."))
    problems = Problems()
    overrides = definition.read_overrides(set, problems)
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    project = definition.load(file, var)
    plan = api.plan(project, *targets, overrides=overrides)
    screen.show(plan.problems)
    names = tuple(name.strip() for text in fields for name in text.split(",") if name.strip())
    return rows(plan, settings, _scopes(project, overrides), names)


def _scopes(project: Project, overrides: tuple[Override, ...]) -> Callable[[str, str], str]:
    """The gha scope that a bake of one target and platform writes with `--cache gha`, asked of that very code."""
    from bakectl.bake.checkout import find_checkout
    from bakectl.building import Choices, prepare
    from bakectl.record import replace

    checkout = find_checkout(".", os.environ)
    # A pull request writes none, and yet has one.
    environment = {name: value for name, value in project.environment.items() if name != "GITHUB_EVENT_NAME"}
    writing = replace(project, environment=environment)
    others = tuple(override for override in overrides if override.key != "platform")

    def scope_of(target: str, platform: str) -> str:
        platforms = (platform,) if platform else ()
        choices = Choices((target,), platforms, any_platform=True, cache="gha", overrides=others)
        plan = prepare(writing, choices, checkout).plan
        scopes: list[Any] = [entry.get("scope") for entry in plan[target].get("cache-to", ()) if entry["type"] == "gha"]
        return str(scopes[0] or "") if scopes else ""

    return scope_of


COMMANDS = {
    "ci matrix": options.Command(
        "ci matrix",
        "Print the jobs that build each platform of each target on a runner of its own, as JSON for fromJSON: target, "
        "platform, runner, slug, scope (where --cache gha keeps it) and fields. The runners are those of [ci] in the "
        "settings.",
        run_matrix,
        options.TARGETS,
        (
            Option(("--field",), MANY, "FIELD", "A row for each item of this field too; repeatable, or with commas."),
            *_OTHERS,
        ),
        ("bakectl ci matrix", "bakectl ci matrix all --field tags", "bakectl ci matrix --set '*.platform=linux/arm64'"),
    ),
}
