"""A target that inherits from itself, which has no effect.

Wrong:

    target "app" {
      inherits = ["app"]
    }

Right:

    target "base" {
    }

    target "app" {
      inherits = ["base"]
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
    """Find the name of a target in its own `inherits`."""
    for item in context.items("inherits"):
        node = item.node
        if isinstance(node, nodes.String) and context.made_by(item.at.name) == [node.value]:
            message = f'target "{node.value}" inherits from itself, which has no effect'
            yield finding(Severity.WARNING, "self-inherit", message, item.span, help="remove it, or name the right one")
