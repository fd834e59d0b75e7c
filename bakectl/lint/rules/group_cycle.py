"""Groups that hold one another in a circle: buildx passes over it without a word.

Wrong:

    group "default" {
      targets = ["all"]
    }

    group "all" {
      targets = ["default", "app"]
    }

    target "app" {
    }

Right:

    group "default" {
      targets = ["all"]
    }

    group "all" {
      targets = ["app"]
    }

    target "app" {
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.lint.cycles import cycles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find circles of groups, those of one included; a group that holds a target of its own name is none."""
    project = context.project
    graph = {
        name: tuple(
            member
            for member in group.targets or ()
            if member in project.groups and not (member == name and member in project.targets)
        )
        for name, group in project.groups.items()
    }
    for circle in cycles(graph):
        message = f"groups hold one another: {' → '.join((*circle, circle[0]))}"
        yield finding(Severity.WARNING, "group-cycle", message, project.groups[circle[0]].declared_at)
