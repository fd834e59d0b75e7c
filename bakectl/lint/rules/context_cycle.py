"""Targets that use one another as contexts in a circle: buildx fails.

Wrong:

    target "a" {
      contexts = {
        b = "target:b"
      }
    }

    target "b" {
      contexts = {
        a = "target:a"
      }
    }

Right:

    target "a" {
      contexts = {
        b = "target:b"
      }
    }

    target "b" {
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.lint.cycles import cycles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.model import Declared
    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_LINK = "target:"


def check(context: Context) -> Iterator[Diagnostic]:
    """Find circles of linked targets, by the contexts that each declares itself."""
    targets = context.project.targets
    graph = {name: tuple(other for other in _links(declared) if other in targets) for name, declared in targets.items()}
    for circle in cycles(graph):
        message = f"targets use one another as contexts: {' → '.join((*circle, circle[0]))}"
        yield finding(Severity.ERROR, "context-cycle", message, context.label_span(circle[0]), help="break the circle")


def _links(declared: Declared) -> list[str]:
    found: dict[str, str] = {}
    for layer in declared.layers:
        setting = layer.get("contexts")
        found.update(setting.value if setting and setting.value else {})
    return [value.removeprefix(_LINK) for value in found.values() if value and value.startswith(_LINK)]
