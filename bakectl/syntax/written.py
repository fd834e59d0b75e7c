"""Lists and objects that are written out, alone or as parts of an expression that joins them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.syntax.nodes import Expression

_JOINING = frozenset(("concat", "distinct", "compact", "flatten", "sort"))
"""Functions whose result holds the items of the lists given to them."""


def unwrapped(node: Expression) -> Expression:
    """The expression without parentheses around it."""
    while isinstance(node, nodes.Parentheses):
        node = node.inner
    return node


def written_lists(node: Expression) -> Iterator[nodes.Tuple]:
    """The lists written out of which an expression is put together, in order."""
    node = unwrapped(node)
    if isinstance(node, nodes.Tuple):
        yield node
    elif isinstance(node, nodes.Call) and node.name in _JOINING and not node.expands:
        for argument in node.arguments:
            yield from written_lists(argument)


def written_maps(node: Expression) -> Iterator[nodes.Object]:
    """The objects written out of which an expression is put together, in order; later ones win."""
    node = unwrapped(node)
    if isinstance(node, nodes.Object):
        yield node
    elif isinstance(node, nodes.Call) and node.name == "merge" and not node.expands:
        for argument in node.arguments:
            yield from written_maps(argument)


def key_of(item: nodes.ObjectItem) -> str | None:
    """The key of an entry, None when it is computed."""
    key = item.key
    if isinstance(key, nodes.Variable):
        return key.name
    return key.value if isinstance(key, nodes.String) else None
