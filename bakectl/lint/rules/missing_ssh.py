"""An ssh agent that the Dockerfile needs and the target does not give.

Wrong:

    target "app" {
    }

Right:

    target "app" {
      ssh = ["default"]
    }

Files:

    Dockerfile: FROM scratch
    Dockerfile: RUN --mount=type=ssh,required=true true
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.lint.mounts import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find agents that a needed stage mounts."""
    return missing(context, "ssh", "missing-ssh")
