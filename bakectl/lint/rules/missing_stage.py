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
    """Find stages that no FROM names, of targets that are built and not only inherited from."""
    seen: set[tuple[str, str, int]] = set()
    for name, target in context.built.items():
        wanted = target.get("target")
        file = context.dockerfile(name) if wanted else None
        if file is None or file.find(wanted) is not None:
            continue
        span = target.settings["target"].origin.span
        key = (file.source.path, wanted, span.start if span else -1)
        if key in seen:
            continue
        seen.add(key)
        message = f'the Dockerfile of target "{name}" has no stage "{wanted}"'
        help = did_you_mean(wanted, file.names) or (f"there are {', '.join(file.names)}" if file.names else None)
        yield finding(Severity.ERROR, "missing-stage", message, span, help=help)
