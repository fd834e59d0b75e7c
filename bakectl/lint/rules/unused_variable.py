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

import re
from typing import TYPE_CHECKING, Final

from bakectl.diagnostics import Fix, Note, Severity
from bakectl.lint.context import finding
from bakectl.lint.mentions import mentioned
from bakectl.rewrite.body import remove_block
from bakectl.source import Span
from bakectl.syntax import nodes
from bakectl.syntax.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_SHOWN: Final = 3


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
        notes = tuple(
            Note(place, f"this is plain text; to read it write ${{{at.name}}}") for place in _in_text(context, at.name)
        )
        yield finding(
            Severity.WARNING, "unused-variable", message, span, notes=notes, help="remove it, or use it", fix=fix
        )


def _in_text(context: Context, name: str) -> list[Span]:
    """Strings that hold `$NAME` without braces, as a shell would read it; the first few."""
    wanted = re.compile(rf"\${re.escape(name)}(?![A-Za-z0-9_])")
    found: list[Span] = []
    for file in context.project.files:
        if not wanted.search(file.source.text):
            continue
        for node in walk(file.body):
            if isinstance(node, nodes.String) and wanted.search(node.value) and len(found) < _SHOWN:
                found.append(Span(file.source, node.start, node.end))
    return found
