"""A label whose key nothing can read.

Wrong:

    target "app" {
      labels = {
        "my label" = "1"
      }
    }

Right:

    target "app" {
      labels = {
        "com.acme.label" = "1"
      }
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.syntax.written import key_of, written_maps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find keys of labels that are empty, or hold blanks or signs of equality."""
    for at in context.blocks.all("target"):
        labels = at.attribute("labels")
        for held in written_maps(labels.value) if labels else ():
            for item in held.items:
                key = key_of(item)
                if key is not None and (not key or any(character.isspace() or character == "=" for character in key)):
                    message = f'"{key}" cannot be the key of a label'
                    help = "write words with points between, such as com.acme.team"
                    yield finding(Severity.WARNING, "bad-label", message, at.span(item.key), help=help)
