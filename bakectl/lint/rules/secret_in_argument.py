"""A build argument that looks like a secret: it can be read in the history of the image.

Wrong:

    variable "GITHUB_TOKEN" {
    }

    target "app" {
      args = {
        GITHUB_TOKEN = GITHUB_TOKEN
      }
    }

Right:

    target "app" {
      secret = ["id=github_token,env=GITHUB_TOKEN"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.secrets import looks_secret
from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.syntax import nodes
from bakectl.syntax.written import key_of, written_maps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find arguments by the words of their names; one that is true, false, a number or empty holds no secret."""
    for at in context.blocks.all("target"):
        args = at.attribute("args")
        for held in written_maps(args.value) if args else ():
            for item in held.items:
                key = key_of(item)
                value = item.value
                is_plain = isinstance(value, nodes.NumberLiteral | nodes.Literal) or (
                    isinstance(value, nodes.String) and value.value.lower() in ("", "0", "1", "false", "true")
                )
                if key is not None and looks_secret(key) and not is_plain:
                    message = f'"{key}" looks like a secret, and arguments can be read in the history of the image'
                    help = 'give it as a secret: secret = ["id=…,env=…"]'
                    yield finding(Severity.WARNING, "secret-in-argument", message, at.span(item.key), help=help)
