"""A cache of type gha without a scope: every target that has none writes the scope `buildkit`.

Wrong:

    target "app" {
      cache-to = ["type=gha,mode=max"]
    }

Right:

    target "app" {
      cache-to = ["type=gha,mode=max,scope=app"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.entries import known_options
from bakectl.bake.fields import FIELDS
from bakectl.diagnostics import Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find gha entries that are written without a scope."""
    for item in context.items("cache-to"):
        options = known_options(item.at.file, FIELDS["cache-to"], item.node)
        if options.get("type") == "gha" and not options.get("scope"):
            message = 'this cache has no scope, and is shared with every other that has none: "buildkit"'
            help = f"add scope={item.at.name}"
            yield finding(Severity.WARNING, "cache-unscoped", message, item.span, help=help)
