"""An expression alone in quotes, as it had to be written before HCL 2.

Wrong:

    variable "TAG" {
      default = "1"
    }

    target "app" {
      args = {
        TAG = "${TAG}"
      }
    }

Right:

    variable "TAG" {
      default = "1"
    }

    target "app" {
      args = {
        TAG = TAG
      }
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Fix, Severity
from bakectl.lint.context import finding
from bakectl.source import Span, TextEdit
from bakectl.syntax import nodes
from bakectl.syntax.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find quotes around one interpolation on one line; the value keeps its type either way."""
    for file in context.project.files:
        if file.source.path.endswith(".json"):
            continue
        keys = {id(node.key) for node in walk(file.body) if isinstance(node, nodes.ObjectItem)}
        for node in walk(file.body):
            if not isinstance(node, nodes.Wrapped) or id(node) in keys:
                continue
            span = Span(file.source, node.start, node.end)
            inner = file.source.text[node.inner.start : node.inner.end]
            if not span.text.startswith('"') or "\n" in span.text:
                continue
            fix = Fix("take it out of the quotes", (TextEdit(span, inner),))
            message = "the quotes and braces around this expression are not needed"
            yield finding(Severity.INFO, "deprecated-syntax", message, span, help=f"write {inner}", fix=fix)
