"""A cache that no target of the file writes: it may come from elsewhere, or be forgotten.

Wrong:

    target "app" {
      cache-from = ["type=gha,scope=app"]
    }

Right:

    target "app" {
      cache-from = ["type=gha,scope=app"]
      cache-to   = ["type=gha,scope=app,mode=max"]
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
    """Find gha caches that are read where nothing in the file writes a cache at all."""
    if any(target.get("cache-to") for target in context.targets.values()):
        return
    for name, target in context.targets.items():
        setting = target.settings.get("cache-from")
        if setting and any(entry.get("type") == "gha" for entry in setting.value):
            message = f'target "{name}" reads a cache that no target here writes'
            help = "add cache-to, unless CI does"
            yield finding(Severity.INFO, "cache-read-only", message, setting.origin.span, help=help)
