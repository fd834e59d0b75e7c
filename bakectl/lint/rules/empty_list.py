"""An empty list of platforms: buildx takes it as if it were not there, and builds for the builder's own platform.

Wrong:

    target "app" {
      platforms = []
    }

Right:

    target "app" {
      platforms = ["linux/amd64"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find `platforms = []` where there is nothing inherited that it could clear."""
    for at in context.blocks.all("target"):
        platforms = at.attribute("platforms")
        if platforms is None or at.attribute("inherits"):
            continue
        if isinstance(platforms.value, nodes.Tuple) and not platforms.value.items:
            message = "this list is empty, and the image is built for the builder's own platform"
            help = "name the platforms, or remove it"
            yield finding(Severity.INFO, "empty-list", message, at.span(platforms.value), help=help)
