"""An inline cache with `mode=max`: it knows only the layers of the image, whatever the mode.

Wrong:

    target "app" {
      cache-to = ["type=inline,mode=max"]
    }

Right:

    target "app" {
      cache-to = ["type=inline"]
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
    """Find inline entries with a mode other than min."""
    for item in context.items("cache-to"):
        options = known_options(item.at.file, FIELDS["cache-to"], item.node)
        if options.get("type") == "inline" and options.get("mode", "min") == "max":
            message = "an inline cache holds the layers of the image only, and mode=max has no effect"
            help = "remove the mode, or choose another type"
            yield finding(Severity.WARNING, "cache-inline-max", message, item.span, help=help)
