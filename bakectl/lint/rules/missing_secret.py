"""A secret that the Dockerfile needs and the target does not give.

Wrong:

    target "app" {
    }

Right:

    target "app" {
      secret = ["id=token,env=TOKEN"]
    }

Files:

    Dockerfile: FROM scratch
    Dockerfile: RUN --mount=type=secret,id=token,required=true true
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.lint.mounts import missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find secrets that a needed stage mounts; without `required` the step runs without it."""
    return missing(context, "secret", "missing-secret")
