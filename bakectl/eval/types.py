"""Types of values, as in cty: primitives, collections and structures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.eval.limits import check_items

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Type:
    """Base of all types. Types are compared by value and never changed.

    `size` counts the types within: a value may hold another many times, and what goes through it must end.
    """

    __slots__ = ()
    size = 1

    @property
    def friendly(self) -> str:
        """The name that messages use, such as `list of string`."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<{self.friendly}>"


class Primitive(Type):
    """`string`, `number` or `bool`."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name: Final = name

    @property
    def friendly(self) -> str:
        return self.name


class Dynamic(Type):
    """The type of an untyped null, and of a parameter that takes anything."""

    __slots__ = ()

    @property
    def friendly(self) -> str:
        return "dynamic"


class Collection(Type):
    """Base of list, set and map: all elements have one type."""

    __slots__ = ("element", "size")
    kind = ""

    def __init__(self, element: Type) -> None:
        self.element: Final = element
        self.size = 1 + element.size

    @property
    def friendly(self) -> str:
        return f"{self.kind} of {self.element.friendly}"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.element == other.element

    def __hash__(self) -> int:
        return hash((self.kind, self.element))


class ListType(Collection):
    """`list(T)`."""

    __slots__ = ()
    kind = "list"


class SetType(Collection):
    """`set(T)`."""

    __slots__ = ()
    kind = "set"


class MapType(Collection):
    """`map(T)`."""

    __slots__ = ()
    kind = "map"


class TupleType(Type):
    """`tuple([T, …])`: a type for each place."""

    __slots__ = ("elements", "size")

    def __init__(self, elements: Iterable[Type]) -> None:
        self.elements: Final = tuple(elements)
        self.size = 1
        for element in self.elements:
            self.size += element.size
        check_items(self.size)

    @property
    def friendly(self) -> str:
        return "tuple"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TupleType) and self.elements == other.elements

    def __hash__(self) -> int:
        return hash(self.elements)


class ObjectType(Type):
    """`object({name = T, …})`: a type for each attribute; `optional` ones may be left out."""

    __slots__ = ("attributes", "optional", "size")

    def __init__(self, attributes: Mapping[str, Type], optional: frozenset[str] = frozenset()) -> None:
        self.attributes: Final = attributes
        self.optional: Final = optional
        self.size = 1
        for attribute in attributes.values():
            self.size += attribute.size
        check_items(self.size)

    @property
    def friendly(self) -> str:
        return "object"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ObjectType) and self.attributes == other.attributes and self.optional == other.optional

    def __hash__(self) -> int:
        return hash((frozenset(self.attributes.items()), self.optional))


STRING: Final = Primitive("string")
NUMBER: Final = Primitive("number")
BOOL: Final = Primitive("bool")
DYNAMIC: Final = Dynamic()
