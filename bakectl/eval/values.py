"""Values: a type and plain Python data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bakectl.eval.types import BOOL, DYNAMIC, NUMBER, STRING, ListType, MapType, ObjectType, SetType, TupleType, Type

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.eval.numbers import Number

Data: TypeAlias = Any
"""`str` | `Number` | `bool` | `tuple[Value, …]` (list, set, tuple) | `dict[str, Value]` (map, object) | None (null)"""


class Value:
    """A typed value. Data of sets is in iteration order, without doubles; dictionaries are in sorted key order."""

    __slots__ = ("data", "type")

    def __init__(self, type: Type, data: Data) -> None:
        self.type: Final = type
        self.data: Final = data

    @property
    def is_null(self) -> bool:
        return self.data is None

    def __eq__(self, other: object) -> bool:
        """Equal type and equal data, without any conversion, as `==` of HCL for two known values."""
        return isinstance(other, Value) and self.type == other.type and bool(self.data == other.data)

    def __hash__(self) -> int:
        data = self.data
        if isinstance(data, dict):
            return hash(tuple(data.items()))
        return hash(data)

    def __repr__(self) -> str:
        return f"Value({self.type!r}, {self.data!r})"


NULL: Final = Value(DYNAMIC, None)
UNKNOWN: Final = Value(DYNAMIC, ...)
"""Stands for a value that could not be computed; whatever is computed from it is unknown too, without a new error."""
TRUE: Final = Value(BOOL, True)
FALSE: Final = Value(BOOL, False)
EMPTY_STRING: Final = Value(STRING, "")
EMPTY_TUPLE: Final = Value(TupleType(()), ())
EMPTY_OBJECT: Final = Value(ObjectType({}), {})


def string(text: str) -> Value:
    """A string in normal form C, as cty keeps all strings."""
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFC", text)
    return Value(STRING, text)


def number(value: Number) -> Value:
    return Value(NUMBER, value)


def integer(value: int) -> Value:
    """A number as cty makes it from a Go integer: 64 bits of precision."""
    from bakectl.eval.numbers import Number

    return Value(NUMBER, Number.from_int(value, 64))


def boolean(value: bool) -> Value:
    return TRUE if value else FALSE


def tuple_of(items: Iterable[Value]) -> Value:
    data = tuple(items)
    return Value(TupleType([item.type for item in data]), data)


def object_of(attributes: Mapping[str, Value]) -> Value:
    data = {key: attributes[key] for key in sorted(attributes)}
    return Value(ObjectType({key: item.type for key, item in data.items()}), data)


def list_of(element: Type, items: Iterable[Value]) -> Value:
    """A list whose items are already of the element type."""
    return Value(ListType(element), tuple(items))


def map_of(element: Type, items: Mapping[str, Value]) -> Value:
    """A map whose values are already of the element type."""
    return Value(MapType(element), {key: items[key] for key in sorted(items)})


def set_of(element: Type, items: Iterable[Value]) -> Value:
    """A set in cty's iteration order: numbers by size, strings by their bytes, false before true, others by a hash."""
    unique = list(dict.fromkeys(items))
    if element is STRING:
        unique.sort(key=lambda item: (item.data is None, (item.data or "").encode("utf-8", "surrogatepass")))
    elif element is NUMBER:
        from functools import cmp_to_key

        nulls = [item for item in unique if item.data is None]
        known = [item for item in unique if item.data is not None]
        known.sort(key=cmp_to_key(lambda left, right: left.data.compare(right.data)))
        unique = known + nulls
    elif element is BOOL:
        unique.sort(key=lambda item: (item.data is None, bool(item.data)))
    else:
        unique.sort(key=lambda item: (item.data is None, _set_key(item)))
    return Value(SetType(element), tuple(unique))


def _set_key(value: Value) -> str:
    """The text that cty hashes for a value; sets of anything but primitives iterate in its order."""
    data = value.data
    if data is None:
        return "~"
    if isinstance(data, bool):
        return "T" if data else "F"
    if isinstance(data, str):
        from bakectl.eval.number_text import quoted

        return quoted(data)
    if isinstance(data, tuple):
        inner = "".join(f"{_set_key(item)};" for item in data)
        return f"<{inner}>" if isinstance(value.type, TupleType) else f"[{inner}]"
    if isinstance(data, dict):
        if isinstance(value.type, ObjectType):
            return f"<{''.join(f'{_set_key(item)};' for item in data.values())}>"
        return f"{{{''.join(f'{_set_key(string(key))}:{_set_key(item)};' for key, item in data.items())}}}"
    from bakectl.eval.number_text import general

    return general(data, 10)


def is_sequence(value: Value) -> bool:
    """Whether the value is a list, a set or a tuple."""
    return isinstance(value.type, (ListType, SetType, TupleType))


def is_mapping(value: Value) -> bool:
    """Whether the value is a map or an object."""
    return isinstance(value.type, (MapType, ObjectType))


def strings(items: Sequence[str]) -> Value:
    """A `list(string)`."""
    return list_of(STRING, [string(item) for item in items])
