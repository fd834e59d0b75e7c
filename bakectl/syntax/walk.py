"""Going through the tree: children, all nodes, the node at a place, and the names that an expression mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.syntax.nodes import Call, Expression, File, Node, Variable

Key: TypeAlias = nodes.String | nodes.NumberLiteral | nodes.Literal
"""A key of an index that is known without evaluation."""
Step: TypeAlias = str | Key
"""`.name` as its name, `[key]` as the node of its key."""

_FIELDS: dict[type[Node], tuple[str, ...]] = {
    nodes.Template: ("parts",),
    nodes.Wrapped: ("inner",),
    nodes.TemplateIf: ("condition", "then", "otherwise"),
    nodes.TemplateFor: ("collection", "body"),
    nodes.Parentheses: ("inner",),
    nodes.GetAttribute: ("target",),
    nodes.Index: ("target", "key"),
    nodes.Splat: ("source", "each"),
    nodes.Unary: ("operand",),
    nodes.Binary: ("left", "right"),
    nodes.Conditional: ("condition", "then", "otherwise"),
    nodes.Call: ("arguments",),
    nodes.Tuple: ("items",),
    nodes.ObjectItem: ("key", "value"),
    nodes.Object: ("items",),
    nodes.For: ("collection", "key", "value", "condition"),
    nodes.Attribute: ("value",),
    nodes.Block: ("labels", "body"),
    nodes.Body: ("items",),
}


def children(node: Node) -> list[Node]:
    """The nodes directly below a node, in the order of the text."""
    found: list[Node] = []
    for field in _FIELDS.get(type(node), ()):
        value = getattr(node, field)
        if value.__class__ is tuple:
            found.extend(value)
        elif value is not None:
            found.append(value)
    return found


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, each before its children, in the order of the text."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        below = children(node)
        below.reverse()
        waiting.extend(below)


def node_at(file: File, offset: int) -> Node:
    """The innermost node that holds the character at an offset; the body of the file when there is no other."""
    node: Node = file.body
    while True:
        inner = next((child for child in children(node) if child.start <= offset < child.end), None)
        if inner is None:
            return node
        node = inner


def references(expression: Node) -> list[Variable]:
    """The mentions of names that are not bound within the expression, in order; a name used twice is there twice.

    Neither the names that `for` binds nor keys of objects that are bare names are mentions.
    """
    found: list[Variable] = []
    waiting: list[tuple[Node, frozenset[str]]] = [(expression, frozenset())]
    while waiting:
        node, bound = waiting.pop()
        if isinstance(node, nodes.Variable):
            if node.name not in bound:
                found.append(node)
            continue
        below = children(node)
        if isinstance(node, nodes.ObjectItem) and isinstance(node.key, nodes.Variable):
            below = [node.value]
        inner = bound
        if isinstance(node, nodes.For | nodes.TemplateFor):
            inner = bound | {node.value_name, node.key_name or node.value_name}
            waiting.extend((child, inner) for child in reversed(below[1:]))
            waiting.append((node.collection, bound))
        else:
            waiting.extend((child, inner) for child in reversed(below))
    return found


def calls(expression: Node) -> list[Call]:
    """All calls of functions in an expression, in order."""
    return [node for node in walk(expression) if isinstance(node, nodes.Call)]


def static_traversal(expression: Expression) -> tuple[str, tuple[Step, ...]] | None:
    """The root name and the steps of `a.b["k"][0]`; None for all that is more than names and literal keys."""
    steps: list[Step] = []
    node = expression
    while not isinstance(node, nodes.Variable):
        if isinstance(node, nodes.GetAttribute):
            steps.append(node.name)
        elif isinstance(node, nodes.Index) and isinstance(node.key, Key):
            steps.append(node.key)
        else:
            return None
        node = node.target
    return node.name, tuple(reversed(steps))
