"""`bakectl tags`: the tags and labels that `--tags auto` gives."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from bakectl.cli import definition, options, screen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.bake.model import Target


def run(
    *, targets: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], set: tuple[str, ...], json: bool | None
) -> int:
    """Write what each target would get."""
    from bakectl import building
    from bakectl.bake import tags
    from bakectl.bake.checkout import find_checkout
    from bakectl.bake.event import find_event
    from bakectl.diagnostics import Problems
    from bakectl.errors import InvalidBakeFile

    definition.refuse_remote(targets, "tags")
    problems = Problems()
    users = definition.read_overrides(set, problems)
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    event = find_event(".", os.environ)
    choices = building.Choices(targets, tags=event, overrides=users)
    prepared = building.prepare(definition.load(file, var), choices, find_checkout(".", os.environ))
    screen.show((*prepared.plan.problems, *tags.notes(event)))
    known = tags.labels(event)
    facts = [_facts(prepared.plan[name], known) for name in prepared.plan.requested]
    if json:
        from json import dumps

        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
        return 0
    for fact in facts:
        screen.write(f"{fact['target']}\n")
        for tag in fact["tags"] or ["no tag: its file names no repository"]:
            screen.write(f"  {tag}\n")
        for key, value in fact["labels"].items():
            screen.write(f"  {key}={value}\n")
    return 0


def _facts(target: Target, known: Iterable[str]) -> dict[str, Any]:
    labels = target.get("labels", {})
    return {
        "target": target.name,
        "tags": list(target.get("tags", ())),
        "labels": {key: labels[key] for key in known if key in labels},
    }


COMMAND = options.Command(
    name="tags",
    help="Print the tags and labels that bake --tags auto gives: from the branch, tag or pull request that git's "
    "files or the variables of GitHub or GitLab tell, in the repositories that the tags of each target name.",
    run=run,
    argument=options.TARGETS,
    options=(options.FILE, options.VAR, options.SET, options.JSON),
    examples=("bakectl tags", "bakectl tags backend --json"),
)
