"""A file without a target or group `default`: `docker buildx bake` without a name fails.

Wrong:

    target "app" {
    }

Right:

    group "default" {
      targets = ["app"]
    }

    target "app" {
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find projects with targets and no default."""
    project = context.project
    if not project.targets or project.incomplete or "default" in project.targets or "default" in project.groups:
        return
    first = next(context.blocks.all("target"), None)
    span = first.span(first.block.labels[0]) if first else None
    message = 'there is no group "default", and docker buildx bake needs a name'
    help = f'group "default" {{ targets = ["{next(iter(project.targets))}"] }}'
    yield finding(Severity.INFO, "no-default-group", message, span, help=help)
