"""Conversion of values between types, and the one type that several types convert to, as cty has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.types import (
    DYNAMIC,
    NUMBER,
    STRING,
    Collection,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    Type,
)
from bakectl.eval.unify import is_convertible, unify
from bakectl.eval.values import FALSE, TRUE, UNKNOWN, Value, set_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ConversionError", "convert", "unify"]


class ConversionError(Exception):
    """A value cannot become the type wanted; the text is cty's."""


def convert(value: Value, to: Type) -> Value:
    """Return the value as a value of a type, or itself when it is one already.

    Null becomes null of that type; an unknown value stays what it is, and so does one with unknown parts that does not
    fit.
    """
    source = value.type
    if source is to or to is DYNAMIC or source == to or value.data is ...:
        return value
    if not is_convertible(source, to):
        if _has_unknown(value):
            return UNKNOWN
        raise ConversionError(_mismatch(source, to))
    return _converted(value, to)


def _converted(value: Value, to: Type) -> Value:
    """Convert what `is_convertible` has found convertible by its type."""
    data = value.data
    if to is DYNAMIC or value.type is to or data is ...:
        return value
    if data is None:
        return Value(_plain(to), None)
    match to:
        case Primitive():
            return _to_primitive(value, to)
        case ListType() | SetType():
            return _to_sequence(value, to)
        case MapType():
            return _to_map(value, to)
        case TupleType():
            items = tuple(_converted(item, element) for item, element in zip(data, to.elements, strict=True))
            return Value(TupleType([item.type for item in items]), items)
        case ObjectType():
            return _to_object(value, to)
    raise TypeError(f"no conversion to {to!r}")


def _to_primitive(value: Value, to: Primitive) -> Value:
    data = value.data
    if to is STRING:
        return Value(STRING, data.text() if value.type is NUMBER else "true" if data else "false")
    if to is NUMBER:
        from bakectl.eval.numbers import Number

        number = Number.parse(data)
        if number is None:
            raise ConversionError("a number is required")
        return Value(NUMBER, number)
    if data in ("true", "1"):
        return TRUE
    if data in ("false", "0"):
        return FALSE
    if data in ("True", "TRUE", "False", "FALSE"):
        raise ConversionError(f'a bool is required; to convert from string, use lowercase "{data.lower()}"')
    raise ConversionError("a bool is required")


def _to_sequence(value: Value, to: ListType | SetType) -> Value:
    element = _element_wanted(value, to)
    items = [item if item.type is element else _converted(item, element) for item in value.data]
    if not _is_settled(element):
        found = _common([item.type for item in items])
        if isinstance(to, SetType) and any(item.type is not DYNAMIC and item.type != found for item in items):
            raise ConversionError("element types must all match for conversion to set")
        if found is None:
            raise ConversionError("cannot find a common base type for all elements")
        # Null has no type of its own; an element of another type is left when objects hold nulls without a type.
        items = [convert(item, found) for item in items]
        if any(item.type != found for item in items):
            raise ConversionError("element types must all match for conversion to list")
        element = found if items else element
    element = _plain(element)
    return set_of(element, items) if isinstance(to, SetType) else Value(ListType(element), tuple(items))


def _to_map(value: Value, to: MapType) -> Value:
    element = _element_wanted(value, to)
    items = {name: _converted(item, element) for name, item in value.data.items()}
    if not _is_settled(element):
        types = [item.type for item in items.values()]
        found = _common(types)
        if found is None and isinstance(element, (Collection, ObjectType)):
            raise ConversionError("cannot find a common base type for all elements")
        if found is None or any(type is not DYNAMIC and type != found for type in types if not _unifies(element)):
            raise ConversionError("attribute types must all match for conversion to map")
        items = {name: convert(item, found) for name, item in items.items()}
        element = found if items else element
    return Value(MapType(_plain(element)), items)


def _unifies(element: Type) -> bool:
    """Whether cty brings the elements of a map to one type after it has converted each."""
    return isinstance(element, (Collection, ObjectType))


def _to_object(value: Value, to: ObjectType) -> Value:
    attributes: dict[str, Value] = {}
    given: dict[str, Value] = value.data
    for name in sorted(to.attributes):
        wanted = to.attributes[name]
        if name in given:
            if not is_convertible(given[name].type, wanted):
                reason = _mismatch(given[name].type, wanted)
                raise ConversionError(f'map element type is incompatible with attribute "{name}": {reason}')
            attributes[name] = _converted(given[name], wanted)
        elif name in to.optional:
            attributes[name] = Value(_plain(wanted), None)
        else:
            raise ConversionError(f'map has no element for required attribute "{name}"')
    return Value(ObjectType({name: item.type for name, item in attributes.items()}), attributes)


def _element_wanted(value: Value, to: Collection) -> Type:
    """The element type of a collection; where any one type will do, the one that suits all elements."""
    if to.element is not DYNAMIC:
        return to.element
    match value.type:
        case Collection(element=element):
            return element
        case TupleType(elements=types):
            return unify(types) or DYNAMIC
        case ObjectType(attributes=attributes):
            return unify(attributes.values()) or DYNAMIC
    return DYNAMIC


def _common(types: Iterable[Type]) -> Type | None:
    known = [type for type in types if type is not DYNAMIC]
    return unify(known) if known else DYNAMIC


def _is_settled(type: Type) -> bool:
    """Whether a type says everything about its values."""
    if isinstance(type, Primitive):
        return True
    match type:
        case Collection(element=element):
            return _is_settled(element)
        case TupleType(elements=elements):
            return all(map(_is_settled, elements))
        case ObjectType(attributes=attributes):
            return all(map(_is_settled, attributes.values()))
    return False


def _plain(type: Type) -> Type:
    """The type that values have: without the mark of optional attributes."""
    if isinstance(type, Primitive):
        return type
    match type:
        case Collection(element=element) if not isinstance(element, Primitive):
            return type.__class__(_plain(element))
        case TupleType(elements=elements):
            return TupleType([_plain(element) for element in elements])
        case ObjectType(attributes=attributes):
            return ObjectType({name: _plain(attributes[name]) for name in sorted(attributes)})
    return type


def _has_unknown(value: Value) -> bool:
    data = value.data
    if isinstance(data, dict):
        return any(map(_has_unknown, data.values()))
    return any(map(_has_unknown, data)) if isinstance(data, tuple) else data is ...


def _mismatch(got: Type, want: Type) -> str:
    """Why values of one type never convert to another."""
    match got, want:
        case ObjectType(), ObjectType():
            return _object_mismatch(got, want)
        case TupleType(), ListType(element=element) | SetType(element=element) if element is DYNAMIC:
            return f"all {'list' if isinstance(want, ListType) else 'set'} elements must have the same type"
        case ObjectType(), MapType(element=element) if element is DYNAMIC:
            return "all map elements must have the same type"
        case TupleType(elements=types), ListType(element=element) | SetType(element=element):
            for index, type in enumerate(types):
                if not is_convertible(type, element):
                    return f"element {index}: {_mismatch(type, element)}"
        case ObjectType(attributes=attributes), MapType(element=element):
            for name, type in attributes.items():
                if not is_convertible(type, element):
                    return f'element "{name}": {_mismatch(type, element)}'
        case Collection(), Collection() if isinstance(got, MapType) == isinstance(want, MapType):
            return f"incorrect {want.kind} element type: {_mismatch(got.element, want.element)}"
    return f"{_constraint(want)} required"


def _object_mismatch(got: ObjectType, want: ObjectType) -> str:
    missing = sorted(want.attributes.keys() - got.attributes.keys() - want.optional)
    if len(missing) == 1:
        return f'attribute "{missing[0]}" is required'
    if missing:
        names = [f'"{name}"' for name in missing]
        return f"attributes {', '.join(names[:-1])}{',' if len(names) > 2 else ''} and {names[-1]} are required"
    for name, type in want.attributes.items():
        if name in got.attributes and not is_convertible(got.attributes[name], type):
            return f'attribute "{name}": {_mismatch(got.attributes[name], type)}'
    return "incorrect object attributes"


def _constraint(type: Type) -> str:
    """The name of a type where it says what is allowed."""
    if type is DYNAMIC:
        return "any type"
    if isinstance(type, Collection):
        return f"{type.kind} of {'any single type' if type.element is DYNAMIC else _constraint(type.element)}"
    return type.friendly
