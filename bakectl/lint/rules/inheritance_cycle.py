"""Targets that inherit from one another in a circle: buildx cuts it somewhere, without a word.

Wrong:

    target "a" {
      inherits = ["b"]
    }

    target "b" {
      inherits = ["a"]
    }

Right:

    target "a" {
      inherits = ["b"]
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

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def parents(context: Context) -> dict[str, tuple[str, ...]]:
    """The targets that each target inherits from, as far as they are there."""
    project = context.project
    found: dict[str, tuple[str, ...]] = {}
    for name, declared in project.targets.items():
        given = [layer["inherits"].value for layer in declared.layers if "inherits" in layer]
        found[name] = tuple(parent for names in given for parent in names if parent in project.targets)
    return found


def check(context: Context) -> Iterator[Diagnostic]:
    """Find circles of two targets and more."""
    for circle in cycles(parents(context)):
        if len(circle) > 1:
            message = f"targets inherit from one another: {' → '.join((*circle, circle[0]))}"
            span = context.label_span(circle[0])
            yield finding(Severity.WARNING, "inheritance-cycle", message, span, help="buildx cuts the circle; break it")
