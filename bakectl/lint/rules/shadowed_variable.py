"""A variable that never has its default: buildx sets it itself, or the environment of every process has it.

Wrong:

    variable "HOME" {
      default = "/app"
    }

    target "app" {
      args = {
        HOME = HOME
      }
    }

Right:

    variable "APP_HOME" {
      default = "/app"
    }

    target "app" {
      args = {
        HOME = APP_HOME
      }
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.collect import BUILTIN_VARIABLES
from bakectl.diagnostics import Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_ALWAYS = frozenset(("HOME", "LOGNAME", "PATH", "PWD", "SHELL", "TERM", "USER"))


def check(context: Context) -> Iterator[Diagnostic]:
    """Find variables with a default that are named as what is always set."""
    for at in context.blocks.all("variable"):
        is_builtin = at.name in BUILTIN_VARIABLES
        if not is_builtin and (at.name not in _ALWAYS or at.attribute("default") is None):
            continue
        who = "buildx sets" if is_builtin else "every environment has"
        message = f'{who} "{at.name}", and the default of this variable does not count'
        span = at.span(at.block.labels[0])
        yield finding(Severity.WARNING, "shadowed-variable", message, span, help="choose another name")
