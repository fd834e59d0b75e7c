"""A Dockerfile that is not there.

Wrong:

    target "app" {
      dockerfile = "Dockerfile.none"
    }

Right:

    target "app" {
      dockerfile = "Dockerfile"
    }

Files:

    Dockerfile: FROM scratch
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bakectl.bake.dockerfiles import context_path, dockerfile_path
from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find Dockerfiles that are not in a context that is there.

    Targets that others inherit from need none, nor do empty ones, which CI fills.
    """
    parents = {
        parent
        for declared in context.project.targets.values()
        for layer in declared.layers
        if "inherits" in layer
        for parent in layer["inherits"].value
    }
    seen: set[str] = set()
    for name, target in context.targets.items():
        path, folder = dockerfile_path(target), context_path(target)
        is_hook = not any(context.project.targets[name].layers)
        if path is None or path in seen or name in parents or name.startswith("_") or is_hook:
            continue
        if os.path.exists(path) or not os.path.isdir(folder or "."):  # noqa: PTH110, PTH112
            continue
        seen.add(path)
        origin = target.settings["dockerfile"].origin
        where = os.path.dirname(path) or "."  # noqa: PTH120
        known = os.listdir(where) if os.path.isdir(where) else []  # noqa: PTH112, PTH208
        message = f'the Dockerfile of target "{name}" is not there: {os.path.normpath(path)}'
        help = did_you_mean(os.path.basename(path), known)  # noqa: PTH119
        yield finding(
            Severity.WARNING, "missing-dockerfile", message, origin.span or context.label_span(name), help=help
        )
