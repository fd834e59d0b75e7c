"""One platform in two spellings: it is built twice, or once, as the builder likes it.

Wrong:

    target "app" {
      platforms = ["linux/arm64", "linux/arm64/v8"]
    }

Right:

    target "app" {
      platforms = ["linux/arm64"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Fix, Note, Severity
from bakectl.lint.context import finding
from bakectl.rewrite.collection import remove_item
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context, Item


def check(context: Context) -> Iterator[Diagnostic]:
    """Find platforms that are equal to an earlier one in their normal form."""
    seen: dict[tuple[int, str], Item] = {}
    for item in context.items("platforms"):
        node = item.node
        if not isinstance(node, nodes.String):
            continue
        first = seen.setdefault((id(item.collection), normalised(node.value)), item)
        if first is item or getattr(first.node, "value", None) == node.value:
            continue
        fix = Fix("remove it", remove_item(item.at.file, item.collection, item.place), safe=False)
        message = f'"{node.value}" is the same platform as "{getattr(first.node, "value", "")}"'
        notes = (Note(first.span, "it is here already"),)
        is_text = not item.at.file.source.path.endswith(".json")
        yield finding(
            Severity.WARNING, "redundant-platform", message, item.span, notes=notes, fix=fix if is_text else None
        )
