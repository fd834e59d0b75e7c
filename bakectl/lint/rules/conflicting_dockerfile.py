"""A target with `dockerfile` and `dockerfile-inline`: the file is not read.

Wrong:

    target "app" {
      dockerfile        = "Dockerfile.app"
      dockerfile-inline = "FROM scratch"
    }

Right:

    target "app" {
      dockerfile-inline = "FROM scratch"
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Note, Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find blocks that set both."""
    for at in context.blocks.all("target"):
        named, inline = at.attribute("dockerfile"), at.attribute("dockerfile-inline")
        if named is None or inline is None:
            continue
        values = [context.targets[name] for name in context.made_by(at.name) if name in context.targets]
        if any(not target.get("dockerfile-inline") for target in values):
            continue
        message = '"dockerfile" has no effect beside "dockerfile-inline"'
        notes = (Note(at.span(inline), "this is built"),)
        yield finding(
            Severity.WARNING, "conflicting-dockerfile", message, at.span(named), notes=notes, help="remove one"
        )
