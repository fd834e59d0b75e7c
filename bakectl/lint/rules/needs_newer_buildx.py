"""Something that older versions of buildx do not know.

Wrong:

    # buildx 0.20
    target "app" {
      extra-hosts = {
        db = "10.0.0.1"
      }
    }

Right:

    # buildx 0.25
    target "app" {
      extra-hosts = {
        db = "10.0.0.1"
      }
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.fields import FIELDS
from bakectl.diagnostics import Severity
from bakectl.eval.functions import lookup
from bakectl.lint.context import finding
from bakectl.source import Span
from bakectl.syntax.walk import calls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_NEWEST = (0, 30)
"""Without a version to hold the file against, what is newer than this is said."""


def check(context: Context) -> Iterator[Diagnostic]:
    """Find fields, typed variables, matrices and functions that came after the version that is there."""
    limit = context.buildx or _NEWEST
    for what, since, span in _uses(context):
        if version(since) > limit:
            have = ".".join(map(str, context.buildx)) if context.buildx else ""
            message = f"{what} needs buildx {since}" + (f", and this is for {have}" if have else "")
            severity = Severity.ERROR if context.buildx else Severity.INFO
            yield finding(severity, "needs-newer-buildx", message, span)


def version(text: str) -> tuple[int, ...]:
    """A version as numbers."""
    return tuple(int(part) for part in text.removeprefix("v").split(".") if part.isdecimal())


def _uses(context: Context) -> Iterator[tuple[str, str, Span]]:
    for at in context.blocks.all("target"):
        for name, attribute in at.block.body.attributes.items():
            field = FIELDS.get(name)
            since = field.since if field else {"matrix": "0.11", "name": "0.11"}.get(name)
            if since:
                yield f'"{name}"', since, Span(at.file.source, attribute.start, attribute.name_end)
    for at in context.blocks.all("variable"):
        kind = at.attribute("type")
        if kind is not None:
            yield "a typed variable", "0.24", Span(at.file.source, kind.start, kind.name_end)
    declared = {at.name for at in context.blocks.all("function")}
    for file in context.project.files:
        for call in calls(file.body):
            function = None if call.name in declared else lookup(call.name)
            since = function.since if function else None
            if since:
                yield f"{call.name}()", since, Span(file.source, call.start, call.name_end)
