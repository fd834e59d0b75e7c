"""All nodes of the syntax tree: data only, with `start` and `end` as offsets in code points.

Nodes are built by the ten thousand, so they are plain slotted classes; `Final` keeps them unchanged after that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from bakectl.diagnostics import Diagnostic
    from bakectl.source import Source
    from bakectl.syntax.tokens import Tokens


class Node:
    """Base of all nodes."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        fields = [name for cls in type(self).__mro__ for name in getattr(cls, "__slots__", ())]
        inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields if name not in {"start", "end"})
        return f"{type(self).__name__}[{self.start}:{self.end}]({inner})"


class Expression(Node):
    """Base of the nodes that have a value."""

    __slots__ = ()


class Bad(Expression):
    """Stands where an expression could not be read; the problem has been reported."""

    __slots__ = ()


class Literal(Expression):
    """`true`, `false` or `null`."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: bool | None) -> None:
        self.start = start
        self.end = end
        self.value: Final = value


class NumberLiteral(Expression):
    """A number, kept as it was written."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text: Final = text


class String(Expression):
    """A quoted string or heredoc without interpolation or directive; `value` has its escapes resolved."""

    __slots__ = ("value",)

    def __init__(self, start: int, end: int, value: str) -> None:
        self.start = start
        self.end = end
        self.value: Final = value


class Template(Expression):
    """A string put together from parts."""

    __slots__ = ("parts",)

    def __init__(self, start: int, end: int, parts: tuple[TemplatePart, ...]) -> None:
        self.start = start
        self.end = end
        self.parts: Final = parts


class Wrapped(Expression):
    """A quoted template that is one interpolation only: its value keeps its type."""

    __slots__ = ("inner",)

    def __init__(self, start: int, end: int, inner: Expression) -> None:
        self.start = start
        self.end = end
        self.inner: Final = inner


class TemplateIf(Node):
    """`%{ if }…%{ else }…%{ endif }`."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(
        self,
        start: int,
        end: int,
        condition: Expression,
        then: tuple[TemplatePart, ...],
        otherwise: tuple[TemplatePart, ...],
    ) -> None:
        self.start = start
        self.end = end
        self.condition: Final = condition
        self.then: Final = then
        self.otherwise: Final = otherwise


class TemplateFor(Node):
    """`%{ for }…%{ endfor }`."""

    __slots__ = ("body", "collection", "key_name", "value_name")

    def __init__(
        self,
        start: int,
        end: int,
        key_name: str | None,
        value_name: str,
        collection: Expression,
        body: tuple[TemplatePart, ...],
    ) -> None:
        self.start = start
        self.end = end
        self.key_name: Final = key_name
        self.value_name: Final = value_name
        self.collection: Final = collection
        self.body: Final = body


TemplatePart: TypeAlias = "Expression | TemplateIf | TemplateFor"


class Parentheses(Expression):
    """`( … )`."""

    __slots__ = ("inner",)

    def __init__(self, start: int, end: int, inner: Expression) -> None:
        self.start = start
        self.end = end
        self.inner: Final = inner


class Variable(Expression):
    """A name."""

    __slots__ = ("name",)

    def __init__(self, start: int, end: int, name: str) -> None:
        self.start = start
        self.end = end
        self.name: Final = name


class GetAttribute(Expression):
    """`target.name`; `dot` is where the step begins."""

    __slots__ = ("dot", "name", "target")

    def __init__(self, start: int, end: int, target: Expression, dot: int, name: str) -> None:
        self.start = start
        self.end = end
        self.target: Final = target
        self.dot: Final = dot
        self.name: Final = name


class Index(Expression):
    """`target[key]` or the older `target.0`; `bracket` is where the step begins."""

    __slots__ = ("bracket", "key", "target")

    def __init__(self, start: int, end: int, target: Expression, bracket: int, key: Expression) -> None:
        self.start = start
        self.end = end
        self.target: Final = target
        self.bracket: Final = bracket
        self.key: Final = key


class Splat(Expression):
    """`source[*]…` or `source.*…`; `each` is evaluated for every element, which is its `SplatItem`."""

    __slots__ = ("each", "item", "source")

    def __init__(self, start: int, end: int, source: Expression, item: SplatItem, each: Expression) -> None:
        self.start = start
        self.end = end
        self.source: Final = source
        self.item: Final = item
        self.each: Final = each


class SplatItem(Expression):
    """The element that a splat is at."""

    __slots__ = ()


class Unary(Expression):
    """`-operand` or `!operand`."""

    __slots__ = ("operand", "operator")

    def __init__(self, start: int, end: int, operator: str, operand: Expression) -> None:
        self.start = start
        self.end = end
        self.operator: Final = operator
        self.operand: Final = operand


class Binary(Expression):
    """`left operator right`."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, start: int, end: int, operator: str, left: Expression, right: Expression) -> None:
        self.start = start
        self.end = end
        self.operator: Final = operator
        self.left: Final = left
        self.right: Final = right


class Conditional(Expression):
    """`condition ? then : otherwise`."""

    __slots__ = ("condition", "otherwise", "then")

    def __init__(self, start: int, end: int, condition: Expression, then: Expression, otherwise: Expression) -> None:
        self.start = start
        self.end = end
        self.condition: Final = condition
        self.then: Final = then
        self.otherwise: Final = otherwise


class Call(Expression):
    """`name(arguments)`; with `expands`, the last argument is followed by `...`."""

    __slots__ = ("arguments", "expands", "name", "name_end")

    def __init__(
        self, start: int, end: int, name: str, name_end: int, arguments: tuple[Expression, ...], expands: bool
    ) -> None:
        self.start = start
        self.end = end
        self.name: Final = name
        self.name_end: Final = name_end
        self.arguments: Final = arguments
        self.expands: Final = expands


class Tuple(Expression):
    """`[ … ]`."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: tuple[Expression, ...]) -> None:
        self.start = start
        self.end = end
        self.items: Final = items


class ObjectItem(Node):
    """`key = value`; a key that is a bare name is a `Variable` whose name is the key."""

    __slots__ = ("key", "value")

    def __init__(self, start: int, end: int, key: Expression, value: Expression) -> None:
        self.start = start
        self.end = end
        self.key: Final = key
        self.value: Final = value


class Object(Expression):
    """`{ … }`."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: tuple[ObjectItem, ...]) -> None:
        self.start = start
        self.end = end
        self.items: Final = items


class For(Expression):
    """`[for … ]`, or `{for … }` when it has a key."""

    __slots__ = ("collection", "condition", "groups", "key", "key_name", "value", "value_name")

    def __init__(
        self,
        start: int,
        end: int,
        names: tuple[str | None, str],
        collection: Expression,
        key: Expression | None,
        value: Expression,
        condition: Expression | None,
        groups: bool,
    ) -> None:
        self.start = start
        self.end = end
        self.key_name: Final = names[0]
        self.value_name: Final = names[1]
        self.collection: Final = collection
        self.key: Final = key
        self.value: Final = value
        self.condition: Final = condition
        self.groups: Final = groups


class Attribute(Node):
    """`name = value`; `equals` is the offset of the sign, and `start` that of the name."""

    __slots__ = ("equals", "name", "name_end", "value")

    def __init__(self, start: int, end: int, name: str, name_end: int, equals: int, value: Expression) -> None:
        self.start = start
        self.end = end
        self.name: Final = name
        self.name_end: Final = name_end
        self.equals: Final = equals
        self.value: Final = value


class Label(Node):
    """A label of a block, quoted or bare."""

    __slots__ = ("text",)

    def __init__(self, start: int, end: int, text: str) -> None:
        self.start = start
        self.end = end
        self.text: Final = text


class Block(Node):
    """`type label { … }`; `open` and `close` are the offsets of the braces."""

    __slots__ = ("body", "close", "labels", "open", "type", "type_end")

    def __init__(
        self,
        start: int,
        end: int,
        type: str,
        type_end: int,
        labels: tuple[Label, ...],
        braces: tuple[int, int],
        body: Body,
    ) -> None:
        self.start = start
        self.end = end
        self.type: Final = type
        self.type_end: Final = type_end
        self.labels: Final = labels
        self.open: Final = braces[0]
        self.close: Final = braces[1]
        self.body: Final = body


class Body(Node):
    """Attributes and blocks, in the order of the text; an attribute set twice is there twice in `items` only."""

    __slots__ = ("attributes", "blocks", "items")

    def __init__(self, start: int, end: int, items: tuple[Attribute | Block, ...]) -> None:
        self.start = start
        self.end = end
        self.items: Final = items
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        for item in items:
            if type(item) is Attribute:
                attributes.setdefault(item.name, item)
            else:
                blocks.append(item)  # type: ignore[arg-type]
        self.attributes: Final = attributes
        self.blocks: Final = tuple(blocks)


class File:
    """One file: its source, its tokens, its body, and what is wrong with its syntax."""

    __slots__ = ("body", "problems", "source", "tokens")

    def __init__(self, source: Source, tokens: Tokens, body: Body, problems: tuple[Diagnostic, ...]) -> None:
        self.source: Final = source
        self.tokens: Final = tokens
        self.body: Final = body
        self.problems: Final = problems
