"""An attribute that another kind of block has: buildx drops it here without a word.

Wrong:

    target "app" {
      targets = ["api", "web"]
    }

Right:

    group "app" {
      targets = ["api", "web"]
    }

    target "api" {
    }

    target "web" {
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.lint.known import ATTRIBUTES
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find attributes that belong to blocks of another kind."""
    for kind, known in ATTRIBUTES.items():
        if kind == "function":
            continue
        for at in context.blocks.all(kind):
            for name, attribute in at.block.body.attributes.items():
                owners = [other for other, names in ATTRIBUTES.items() if name in names]
                if name in known or not owners:
                    continue
                span = Span(at.file.source, attribute.start, attribute.name_end)
                message = f'a {kind} has no "{name}", and buildx drops it without a word'
                help = f"only a {owners[0]} has it"
                if kind == "target" and name == "targets":
                    help = "only a group has targets; a target has inherits and contexts"
                yield finding(Severity.ERROR, "misplaced-attribute", message, span, help=help)
