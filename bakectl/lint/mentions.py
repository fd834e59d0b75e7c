"""Which variables and functions the expressions of all files mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.syntax import nodes
from bakectl.syntax.walk import calls, references

if TYPE_CHECKING:
    from bakectl.lint.context import Context


def mentioned(context: Context) -> tuple[set[str], set[str]]:
    """The names of variables and of functions that are mentioned; a variable's own block does not count."""
    names: set[str] = set()
    called: set[str] = set()
    for file in context.project.files:
        for item in file.body.items:
            waiting: list[nodes.Node] = [item]
            own = (
                item.labels[0].text
                if isinstance(item, nodes.Block) and item.type == "variable" and item.labels
                else None
            )
            while waiting:
                node = waiting.pop()
                if isinstance(node, nodes.Block):
                    waiting.extend(node.body.items)
                elif isinstance(node, nodes.Attribute):
                    names.update(reference.name for reference in references(node.value) if reference.name != own)
                    called.update(call.name for call in calls(node.value))
    return names, called
