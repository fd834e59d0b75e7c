"""Which targets are built in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.bake.model import Project


def built_together(project: Project, names: Sequence[str]) -> tuple[str, str] | None:
    """The first two of some targets that a group holds, itself or by a group in it; those of one matrix are a group."""

    def expand(name: str, path: tuple[str, ...]) -> set[str]:
        group = project.groups.get(name)
        if group is None or name in path:
            return {name}
        found: set[str] = set()
        for member in group.targets or ():
            found |= expand(member, (*path, name))
        return found

    for group in project.groups:
        members = expand(group, ())
        both = [name for name in names if name in members]
        if len(both) > 1:
            return both[0], both[1]
    return None
