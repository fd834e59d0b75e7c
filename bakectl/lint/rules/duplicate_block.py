"""Two blocks of one name in one file: of a variable or a function only the last one counts, and targets are merged.

Wrong:

    target "app" {
      tags = ["acme/app:1"]
    }

    target "app" {
      tags = ["acme/app:2"]
    }

Right:

    target "app" {
      tags = ["acme/app:1", "acme/app:2"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Note, Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.places import At
    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find second blocks of a name within a file; a second file is there to change the first."""
    for kind in ("variable", "function", "target", "group"):
        first: dict[tuple[str, str], At] = {}
        for at in context.blocks.all(kind):
            key = (at.file.source.path, at.name)
            earlier = first.setdefault(key, at)
            if earlier is at:
                continue
            span = at.span(at.block.labels[0])
            notes = (Note(earlier.span(earlier.block.labels[0]), f'"{at.name}" is first written here'),)
            effect = "the two are merged" if kind == "target" else "only the last one counts"
            message = f'there is a {kind} "{at.name}" already, and {effect}'
            yield finding(Severity.WARNING, "duplicate-block", message, span, notes=notes, help="make them one")
