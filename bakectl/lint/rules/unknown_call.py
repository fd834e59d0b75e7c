"""A method that no frontend has.

Wrong:

    target "app" {
      call = "chek"
    }

Right:

    target "app" {
      call = "check"
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_METHODS = ("build", "check", "lint", "outline", "targets")


def check(context: Context) -> Iterator[Diagnostic]:
    """Find literal methods of another name; a frontend of one's own has names with points."""
    for at in context.blocks.all("target"):
        call = at.attribute("call")
        value = call.value if call else None
        if isinstance(value, nodes.String):
            method = value.value.partition(",")[0]
            if method and method not in _METHODS and "." not in method:
                message = f'there is no method "{method}"'
                help = did_you_mean(method, _METHODS) or f"there are {', '.join(_METHODS)}"
                yield finding(Severity.WARNING, "unknown-call", message, at.span(value), help=help)
