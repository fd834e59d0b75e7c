"""A stage that the Dockerfile does not have: the build fails.

Wrong:

    target "app" {
      target = "realease"
    }

Right:

    target "app" {
      target = "release"
    }

Files:

    Dockerfile: FROM scratch AS release
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find stages that no FROM names."""
    for name, target in context.targets.items():
        wanted = target.get("target")
        file = context.dockerfile(name) if wanted else None
        if not wanted or file is None or not file.stages or file.stage(wanted) is not None:
            continue
        message = f'the Dockerfile of target "{name}" has no stage "{wanted}"'
        help = did_you_mean(wanted, file.names) or (f"there are {', '.join(file.names)}" if file.names else None)
        span = target.settings["target"].origin.span
        yield finding(Severity.ERROR, "missing-stage", message, span, help=help)
