"""A cache that is written and never read.

Wrong:

    target "app" {
      cache-to = ["type=registry,ref=acme/cache:app"]
    }

Right:

    target "app" {
      cache-from = ["type=registry,ref=acme/cache:app"]
      cache-to   = ["type=registry,ref=acme/cache:app"]
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
    """Find targets that write a cache and read none; the one of type inline is in the image."""
    for name, target in context.targets.items():
        setting = target.settings.get("cache-to")
        if setting is None or target.get("cache-from"):
            continue
        if any(entry.get("type") != "inline" for entry in setting.value):
            message = f'target "{name}" writes a cache and reads none'
            yield finding(Severity.INFO, "cache-write-only", message, setting.origin.span, help="add cache-from")
