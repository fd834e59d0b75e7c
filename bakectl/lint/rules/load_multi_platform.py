"""An image of several platforms that is loaded into docker, which only some image stores can hold.

Wrong:

    target "app" {
      platforms = ["linux/amd64", "linux/arm64"]
      output    = ["type=docker"]
    }

Right:

    target "app" {
      platforms = ["linux/amd64", "linux/arm64"]
      output    = ["type=image"]
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
    """Find outputs of type docker of targets with more than one platform."""
    for name, target in context.targets.items():
        setting = target.settings.get("output")
        if setting is None or len(target.get("platforms", ())) < 2:
            continue
        if any(entry.get("type") == "docker" for entry in setting.value):
            message = f'target "{name}" has several platforms and is loaded: only the containerd image store takes that'
            help = "build one platform at a time, or push the image"
            yield finding(Severity.WARNING, "load-multi-platform", message, setting.origin.span, help=help)
