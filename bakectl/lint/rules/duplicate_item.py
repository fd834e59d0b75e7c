"""An item that a list has twice: it has no effect.

Wrong:

    target "app" {
      tags = ["acme/app", "acme/app:latest", "acme/app"]
    }

Right:

    target "app" {
      tags = ["acme/app", "acme/app:latest"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.fields import FIELDS, STRINGS
from bakectl.diagnostics import Fix, Note, Severity
from bakectl.lint.context import finding
from bakectl.rewrite.collection import remove_item
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context, Item

_FIELDS = tuple(field.name for field in FIELDS.values() if field.shape == STRINGS)


def check(context: Context) -> Iterator[Diagnostic]:
    """Find strings that a list holds a second time."""
    seen: dict[tuple[int, str], Item] = {}
    for item in context.items(*_FIELDS):
        node = item.node
        if not isinstance(node, nodes.String):
            continue
        first = seen.setdefault((id(item.collection), node.value), item)
        if first is item:
            continue
        fix = None
        if not item.at.file.source.path.endswith(".json") and FIELDS[item.attribute.name].unique:
            fix = Fix("remove it", remove_item(item.at.file, item.collection, item.place))
        message = f'"{node.value}" is in this list already'
        notes = (Note(first.span, "it is here first"),)
        yield finding(Severity.WARNING, "duplicate-item", message, item.span, notes=notes, help="remove it", fix=fix)
