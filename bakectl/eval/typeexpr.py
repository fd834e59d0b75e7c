"""Type expressions: `string`, `list(number)`, `object({name = string, port = optional(number)})`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
)
from bakectl.source import Span
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from bakectl.diagnostics import Problems

_PRIMITIVES = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC}
_COLLECTIONS = {"list": ListType, "set": SetType, "map": MapType}
_CONSTRUCTORS = (*_COLLECTIONS, "tuple", "object")
_EXAMPLE = "write a type such as string, number, bool or list(string)"


def read_type(node: nodes.Expression, within: Span, problems: Problems, *, defaults: bool = True) -> Type | None:
    """The type that an expression stands for; None, with a problem reported, when it stands for none.

    `within` tells the source. With `defaults`, `optional(T)` marks an attribute that may be left out.
    """
    return _Reader(within, problems, defaults).type(node)


class _Reader:
    def __init__(self, within: Span, problems: Problems, defaults: bool) -> None:
        self.source = within.source
        self.problems = problems
        self.defaults = defaults

    def error(self, message: str, node: nodes.Node, help: str | None = None) -> None:
        self.problems.error("bad-type", message, Span(self.source, node.start, node.end), help=help)

    def type(self, node: nodes.Expression) -> Type | None:
        if isinstance(node, nodes.Variable):
            return self.keyword(node)
        if isinstance(node, nodes.Call):
            return self.constructor(node)
        self.error("this is not a type", node, _EXAMPLE)
        return None

    def keyword(self, node: nodes.Variable) -> Type | None:
        primitive = _PRIMITIVES.get(node.name)
        if primitive is not None:
            return primitive
        if node.name in _COLLECTIONS:
            example = f"{node.name}(string)"
            self.error(f'the type "{node.name}" needs the type of its elements', node, f"write {example}")
        elif node.name in _CONSTRUCTORS:
            self.error(f'the type "{node.name}" needs an argument', node, f"write {node.name}(…)")
        else:
            names = (*_PRIMITIVES, *_CONSTRUCTORS)
            self.error(f'"{node.name}" is not a type', node, did_you_mean(node.name, names) or _EXAMPLE)
        return None

    def constructor(self, node: nodes.Call) -> Type | None:
        name = node.name
        if name in _PRIMITIVES:
            self.error(f'the type "{name}" takes no argument', node, f"write {name}")
        elif name == "optional":
            self.error('"optional" is only for attributes of an object type', node)
        elif name not in _CONSTRUCTORS:
            self.error(f'"{name}" is not a type that takes an argument', node, did_you_mean(name, _CONSTRUCTORS))
        elif len(node.arguments) != 1 or node.expands:
            self.error(f'the type "{name}" takes one argument, not {len(node.arguments)}', node)
        elif name == "tuple":
            return self.tuple_(node.arguments[0])
        elif name == "object":
            return self.object_(node.arguments[0])
        else:
            element = self.type(node.arguments[0])
            return None if element is None else _COLLECTIONS[name](element)
        return None

    def tuple_(self, node: nodes.Expression) -> Type | None:
        if not isinstance(node, nodes.Tuple):
            self.error("a tuple type needs a list of types", node, "write tuple([string, number])")
            return None
        elements = [self.type(item) for item in node.items]
        known = [element for element in elements if element is not None]
        return TupleType(known) if len(known) == len(elements) else None

    def object_(self, node: nodes.Expression) -> Type | None:
        if not isinstance(node, nodes.Object):
            self.error("an object type needs a map of types", node, "write object({name = string})")
            return None
        attributes: dict[str, Type] = {}
        optional: set[str] = set()
        failed = False
        for item in node.items:
            if not isinstance(item.key, nodes.Variable):
                self.error("the attributes of an object type are bare names", item.key)
                failed = True
                continue
            value = item.value
            if isinstance(value, nodes.Call) and value.name == "optional":
                if len(value.arguments) != 1:
                    self.error('"optional" takes one argument, the type of the attribute', value)
                    failed = True
                    continue
                value = value.arguments[0]
                if self.defaults:
                    optional.add(item.key.name)
            kind = self.type(value)
            if kind is None:
                failed = True
            else:
                attributes[item.key.name] = kind
        return None if failed else ObjectType(attributes, frozenset(optional))
