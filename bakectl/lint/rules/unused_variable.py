"""A variable that nothing reads.

Wrong:

    variable "TAG" {
      default = "latest"
    }

    target "app" {
      tags = ["acme/app"]
    }

Right:

    variable "TAG" {
      default = "latest"
    }

    target "app" {
      tags = ["acme/app:${TAG}"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Fix, Severity
from bakectl.lint.context import finding
from bakectl.lint.mentions import mentioned
from bakectl.rewrite.body import remove_block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find variables whose name no expression mentions, their own validations aside."""
    names, _ = mentioned(context)
    for at in context.blocks.all("variable"):
        if at.name in names or at.name not in context.project.variables:
            continue
        fix = None
        if not at.file.source.path.endswith(".json"):
            fix = Fix("remove it", remove_block(at.file, at.block), safe=False)
        message = f'nothing reads the variable "{at.name}"'
        span = at.span(at.block.labels[0])
        yield finding(Severity.WARNING, "unused-variable", message, span, help="remove it, or use it", fix=fix)
