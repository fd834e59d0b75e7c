"""A function that nothing calls.

Wrong:

    function "tag" {
      params = [name]
      result = "acme/${name}"
    }

    target "app" {
      tags = ["acme/app"]
    }

Right:

    function "tag" {
      params = [name]
      result = "acme/${name}"
    }

    target "app" {
      tags = [tag("app")]
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
    """Find functions whose name no expression calls."""
    _, called = mentioned(context)
    for at in context.blocks.all("function"):
        if at.name in called:
            continue
        fix = None
        if not at.file.source.path.endswith(".json"):
            fix = Fix("remove it", remove_block(at.file, at.block), safe=False)
        message = f'nothing calls the function "{at.name}"'
        span = at.span(at.block.labels[0])
        yield finding(Severity.WARNING, "unused-function", message, span, help="remove it, or use it", fix=fix)
