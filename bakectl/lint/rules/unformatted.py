"""A file that is not in the canonical layout.

Wrong:

    target "app" {
        tags=["acme/app"]
    }

Right:

    target "app" {
      tags = ["acme/app"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Fix, Severity
from bakectl.lint.context import finding
from bakectl.rewrite.format import format_edits
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find files that `bakectl fmt` would change, at the first place."""
    for file in context.project.files:
        if file.problems or file.source.path.endswith(".json"):
            continue
        edits = format_edits(file.tokens)
        if edits:
            place = edits[0].span.end
            message = "this file is not in the canonical layout"
            help = f"bakectl fmt {file.source.path}"
            span = Span(file.source, place, place)
            yield finding(Severity.INFO, "unformatted", message, span, help=help, fix=Fix("format the file", edits))
