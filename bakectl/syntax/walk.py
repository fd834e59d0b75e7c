"""Ways through a tree: children, all nodes, the node at a place, and the names that an expression mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.syntax import nodes
from bakectl.syntax.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.syntax.nodes import Expression, File


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below a node, in the order of the text."""
    match node:
        case nodes.Body(items=items) | nodes.Object(items=items) | nodes.Tuple(items=items):
            yield from items
        case nodes.Block(labels=labels, body=body):
            yield from labels
            yield body
        case nodes.Attribute(value=value):
            yield value
        case nodes.Template(parts=parts):
            yield from parts
        case nodes.Wrapped(inner=inner) | nodes.Parentheses(inner=inner):
            yield inner
        case nodes.TemplateIf(condition=condition, then=parts, otherwise=others):
            yield condition
            yield from parts
            yield from others
        case nodes.TemplateFor(collection=collection, body=parts):
            yield collection
            yield from parts
        case nodes.GetAttribute(target=target):
            yield target
        case nodes.Index(target=target, key=key):
            yield target
            yield key
        case nodes.Splat(source=source, each=each):
            yield source
            yield each
        case nodes.Unary(operand=operand):
            yield operand
        case nodes.Binary(left=left, right=right):
            yield left
            yield right
        case nodes.Conditional(condition=condition, then=then, otherwise=otherwise):
            yield condition
            yield then
            yield otherwise
        case nodes.Call(arguments=arguments):
            yield from arguments
        case nodes.ObjectItem(key=key, value=value):
            yield key
            yield value
        case nodes.For(collection=collection, key=maybe_key, value=value, condition=maybe_condition):
            yield collection
            if maybe_key is not None:
                yield maybe_key
            yield value
            if maybe_condition is not None:
                yield maybe_condition


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, each before those below it, in the order of the text; deep trees are no trouble."""
    stack = [node]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(list(children(here))))


def node_at(file: File, offset: int) -> Node:
    """The smallest node that holds the offset."""
    found: Node = file.body
    for node in walk(file.body):
        if node.start <= offset < node.end and node.end - node.start <= found.end - found.start:
            found = node
    return found


def references(expression: Node) -> list[nodes.Variable]:
    """The free names of an expression, as often as they are mentioned, in the order of the text.

    Keys of maps that are bare names are no mentions, and the names of a `for` are not free within it.
    """
    found: list[nodes.Variable] = []
    stack: list[tuple[Node, frozenset[str | None]]] = [(expression, frozenset())]
    while stack:
        node, bound = stack.pop()
        if isinstance(node, nodes.Variable):
            if node.name not in bound:
                found.append(node)
            continue
        if isinstance(node, nodes.ObjectItem) and isinstance(node.key, nodes.Variable):
            stack.append((node.value, bound))
            continue
        if isinstance(node, (nodes.For, nodes.TemplateFor)):
            inner = bound | {node.key_name, node.value_name}
            collection, *others = children(node)
            stack.extend((other, inner) for other in reversed(others))
            stack.append((collection, bound))
            continue
        stack.extend((child, bound) for child in reversed(list(children(node))))
    return found


def calls(expression: Node) -> list[nodes.Call]:
    """All function calls of an expression, in the order of the text."""
    return [node for node in walk(expression) if isinstance(node, nodes.Call)]


def static_traversal(expression: Expression) -> tuple[nodes.Variable, tuple[str, ...]] | None:
    """The name and the steps of `a.b["c"][0]`, where all steps are names or literals; None for anything else."""
    steps: list[str] = []
    node = expression
    while True:
        if isinstance(node, nodes.Variable):
            return node, tuple(reversed(steps))
        if isinstance(node, nodes.GetAttribute):
            steps.append(node.name)
        elif isinstance(node, nodes.Index) and isinstance(node.key, nodes.String):
            steps.append(node.key.value)
        elif isinstance(node, nodes.Index) and isinstance(node.key, nodes.NumberLiteral):
            steps.append(node.key.text)
        else:
            return None
        node = node.target
