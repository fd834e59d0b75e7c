"""A folder to build from that is not there.

Wrong:

    target "app" {
      context = "./no/such/folder"
    }

Right:

    target "app" {
      context = "."
    }

Files:

    Dockerfile: FROM scratch
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bakectl.bake.dockerfiles import context_path
from bakectl.diagnostics import Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find contexts that are no folder here; a build may make it first, so it is a warning."""
    seen: set[str] = set()
    for name, target in context.targets.items():
        path = context_path(target)
        if path is None or path in seen or os.path.isdir(path):  # noqa: PTH112
            continue
        seen.add(path)
        origin = target.settings["context"].origin
        message = f'the context of target "{name}" is not there: {path}'
        yield finding(Severity.WARNING, "missing-context", message, origin.span or context.label_span(name))
