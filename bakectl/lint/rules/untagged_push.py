"""A target that is pushed and has no tag and no name: the build fails at its end.

Wrong:

    target "app" {
      output = ["type=registry"]
    }

Right:

    target "app" {
      tags   = ["acme/app"]
      output = ["type=registry"]
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
    """Find outputs that push an image without a name; a tag may still come by --set, so it is a warning."""
    for name, target in context.targets.items():
        setting = target.settings.get("output")
        if setting is None or target.get("tags"):
            continue
        for entry in setting.value:
            pushes = entry.get("type") == "registry" or entry.get("push") == "true"
            if pushes and not entry.get("name"):
                message = f'target "{name}" is pushed, and has no tag'
                help = "give it tags, or a name in the output"
                yield finding(Severity.WARNING, "untagged-push", message, setting.origin.span, help=help)
                break
