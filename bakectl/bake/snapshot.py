"""What all targets and groups of a project resolve to, and what differs between two such states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.resolve import resolve
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Data, Group, Project, Target


class Change(Record):
    """One setting of one target that is other than before; None stands for not set.

    `cause` is the target it comes from, when it is inherited or taken over from there.
    """

    target: str
    field: str
    before: Data
    after: Data
    cause: str | None = None


class Snapshot(Record):
    """The resolved targets and the groups of a project."""

    targets: Mapping[str, Target]
    groups: Mapping[str, Group]


def take_snapshot(project: Project) -> Snapshot:
    """Resolve every target, each for itself where not all can be resolved together."""
    names = tuple(project.targets)
    if not names:
        return Snapshot({}, project.groups)
    try:
        return Snapshot(_named(project, names), project.groups)
    except InvalidBakeFile:
        pass
    found: dict[str, Target] = {}
    for name in names:
        try:
            found.update(_named(project, (name,)))
        except InvalidBakeFile:
            continue
    return Snapshot(found, project.groups)


def _named(project: Project, names: tuple[str, ...]) -> dict[str, Target]:
    plan = resolve(project, names)
    return {name: plan.targets[name] for name in names if name in plan.targets}


def changed_settings(before: Mapping[str, Target], after: Mapping[str, Target]) -> list[Change]:
    """The settings that differ, of targets that are in both states, in the order of the later one."""
    found: list[Change] = []
    for name, target in after.items():
        earlier = before.get(name)
        if earlier is None:
            continue
        for field in dict.fromkeys((*earlier.settings, *target.settings)):
            old, new = earlier.get(field), target.get(field)
            if old != new:
                found.append(Change(name, field, old, new))
    return found
