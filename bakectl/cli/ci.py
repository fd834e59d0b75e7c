"""`bakectl ci matrix` and `bakectl ci merge`: the jobs of CI, and what they have built as one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from bakectl.cli import definition, options, screen
from bakectl.cli.options import MANY, ONE, SWITCH, Option, WrongCommandLine
from bakectl.diagnostics import Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bakectl.bake.model import Override, Plan, Project
    from bakectl.ci.digests import Pushed
    from bakectl.ci.matrix import Row
    from bakectl.ci.merge import Join, Joined

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
    from bakectl.bake.cache_policy import ALWAYS
    from bakectl.bake.checkout import find_checkout
    from bakectl.building import Choices, prepare

    checkout = find_checkout(".", os.environ)
    others = tuple(override for override in overrides if override.key != "platform")

    def scope_of(target: str, platform: str) -> str:
        platforms = (platform,) if platform else ()
        choices = Choices((target,), platforms, any_platform=True, cache="gha", cache_write=ALWAYS, overrides=others)
        plan = prepare(project, choices, checkout).plan
        scopes: list[Any] = [entry.get("scope") for entry in plan[target].get("cache-to", ()) if entry["type"] == "gha"]
        return str(scopes[0] or "") if scopes else ""

    return scope_of


class _Registry:
    """Registries as `docker buildx imagetools` reaches them."""

    def __init__(self, builder: str | None) -> None:
        from bakectl.engine.imagetools import ImageTools

        self.tools = ImageTools(builder, os.environ)
        self.platforms = self.tools.platforms
        self.manifest = self.tools.manifest

    def preview(self, join: Join) -> str:
        return self.tools.create(join.tags, join.annotations, join.sources, "--dry-run")

    def create(self, join: Join) -> None:
        self.tools.create(join.tags, join.annotations, join.sources)


def run_merge(*, dry_run: bool | None, json: bool | None, builder: str | None, **line: Any) -> int:
    """Join what the jobs pushed, or show the commands that would."""
    from bakectl.ci.merge import join_all, plan_joins
    from bakectl.engine.preflight import check_client
    from bakectl.errors import BuildFailed

    problems = Problems()
    plan, pushed = _pushed(problems, **line)
    check_client(os.environ)
    registry = _Registry(builder)
    joins = plan_joins(plan, pushed, registry, problems)
    if problems.has_errors:
        raise BuildFailed(0, problems)
    if dry_run:
        from shlex import join as shell

        for one in joins:
            registry.preview(one)
            screen.write(shell(registry.tools.create_command(one.tags, one.annotations, one.sources)) + "\n")
        return 0
    _show_joined(join_all(joins, registry), json=bool(json))
    return 0


def _pushed(
    problems: Problems,
    *,
    targets: tuple[str, ...],
    tags: str | None,
    file: tuple[str, ...],
    var: tuple[str, ...],
    set: tuple[str, ...],
    **line: Any,
) -> tuple[Plan, tuple[Pushed, ...]]:
    """The plan with the tags to give, and what the jobs pushed."""
    from bakectl.bake.checkout import find_checkout
    from bakectl.bake.event import find_event
    from bakectl.bake.tags import notes
    from bakectl.building import Choices, prepare
    from bakectl.ci.digests import read_digests
    from bakectl.errors import InvalidBakeFile

    definition.refuse_remote(targets, "ci merge")
    folder = line["from"]
    if folder is None:
        raise WrongCommandLine("say with --from where the files of bake --digests are")
    if not os.path.isdir(folder):  # noqa: PTH112
        raise WrongCommandLine(f"there is no folder {folder}")
    overrides = definition.read_overrides(set, problems)
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    event = find_event(".", os.environ) if tags else None
    choices = Choices(targets, tags=event, overrides=overrides)
    plan = prepare(definition.load(file, var), choices, find_checkout(".", os.environ)).plan
    screen.show((*plan.problems, *(notes(event) if event else ())))
    return plan, read_digests(folder, problems)


def _show_joined(joined: Sequence[Joined], *, json: bool) -> None:
    if json:
        from json import dumps

        facts = [
            {
                "target": one.join.target,
                "platforms": list(one.join.platforms),
                "digest": one.digest,
                "tags": list(one.join.tags),
                "references": list(one.references),
            }
            for one in joined
        ]
        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
        return
    for one in joined:
        screen.write(f"{one.join.target}  {', '.join(one.join.platforms)}\n  {one.digest}\n")
        for tag in one.join.tags:
            screen.write(f"  {tag}\n")


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
    "ci merge": options.Command(
        "ci merge",
        "Join the images that jobs have pushed with bake --by-digest, and give them their tags. Every platform of "
        "every target must be there exactly once; before that no tag is touched.",
        run_merge,
        options.TARGETS,
        (
            Option(("--from",), ONE, "DIR", "The folder with the files of --digests, or metadata files of buildx."),
            options.TAGS,
            Option(("--dry-run",), SWITCH, "", "Check everything, print the commands, and give no tag."),
            Option(("--builder",), ONE, "NAME", "The builder whose settings say how registries are reached."),
            *_OTHERS,
            options.JSON,
        ),
        ("bakectl ci merge --from digests --tags auto", "bakectl ci merge backend --from digests --dry-run"),
    ),
}
