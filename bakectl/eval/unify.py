"""Which types convert to which, and the one type that several types convert to, without a look at values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.types import (
    BOOL,
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

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PRIMITIVE = frozenset({(NUMBER, STRING), (BOOL, STRING), (STRING, NUMBER), (STRING, BOOL)})


def is_convertible(source: Type, to: Type) -> bool:
    """Whether values of a type may convert to another; texts that are no numbers show only with the value."""
    if source is to or to is DYNAMIC or source is DYNAMIC:
        return True
    match source, to:
        case Primitive(), Primitive():
            return (source, to) in _PRIMITIVE
        case TupleType(), TupleType():
            return len(source.elements) == len(to.elements) and all(map(is_convertible, source.elements, to.elements))
        case TupleType(), ListType() | SetType():
            return _all_convertible(source.elements, to.element)
        case ObjectType(), MapType():
            # Here cty does not look whether nulls without a type hide that the others have no type in common.
            return not source.attributes or _all_convertible(source.attributes.values(), to.element, nulls=True)
        case ((ListType() | SetType()), (ListType() | SetType())):
            return is_convertible(source.element, to.element)
        case MapType(), MapType():
            return is_convertible(source.element, to.element)
        case MapType(), ObjectType():
            # An optional attribute of another type is only wrong when the map has it.
            return all(
                is_convertible(source.element, attribute)
                for name, attribute in to.attributes.items()
                if name not in to.optional
            )
        case ObjectType(), ObjectType():
            return all(
                is_convertible(source.attributes[name], attribute) if name in source.attributes else name in to.optional
                for name, attribute in to.attributes.items()
            )
    return False


def _all_convertible(sources: Iterable[Type], to: Type, *, nulls: bool = False) -> bool:
    types = dict.fromkeys(sources)
    if to is DYNAMIC and types:
        common = unify(types)
        if common is None or (common is DYNAMIC and len(types) > 1 and not nulls):
            return False
        to = common
    return all(type is to or is_convertible(type, to) for type in types)


def unify(types: Iterable[Type]) -> Type | None:
    """The type that all of the types convert to; None when there is none.

    DYNAMIC, the type of null, adapts to the others; together with structures or collections of one kind it makes the
    result DYNAMIC: then values stay as they are.
    """
    unique = list(dict.fromkeys(types))
    if len(unique) == 1:
        return unique[0]
    known = [type for type in unique if type is not DYNAMIC]
    has_null = len(known) < len(unique)
    kinds = {type.__class__ for type in known}
    if kinds in ({ObjectType, MapType}, {TupleType, ListType}):
        collection = _unify_as_collections(unique)
        if collection is not None:
            return collection
    elif kinds >= {ObjectType, TupleType}:
        return None
    elif len(kinds) == 1 and Primitive not in kinds:
        return DYNAMIC if has_null else _unify_kind(known)
    # What has nothing in common is left as it is when null is there to permit it.
    return _most_general(known) or (DYNAMIC if has_null else None)


def _unify_kind(types: list[Type]) -> Type | None:
    """Unify different types of one kind."""
    first = types[0]
    if isinstance(first, Collection):
        element = unify([type.element for type in types if isinstance(type, Collection)])
        return None if element is None else first.__class__(element)
    if isinstance(first, TupleType):
        return _unify_tuples([type for type in types if isinstance(type, TupleType)])
    return _unify_objects([type for type in types if isinstance(type, ObjectType)])


def _unify_tuples(types: Sequence[TupleType]) -> Type | None:
    if len({len(type.elements) for type in types}) > 1:
        element = unify([element for type in types for element in type.elements])
        return None if element is None else _if_all_convert(types, ListType(element))
    elements = [unify(column) for column in zip(*(type.elements for type in types), strict=True)]
    found = [element for element in elements if element is not None]
    return TupleType(found) if len(found) == len(elements) else None


def _unify_objects(types: Sequence[ObjectType]) -> Type | None:
    names = types[0].attributes.keys()
    if any(type.attributes.keys() != names for type in types):
        element = unify([attribute for type in types for attribute in type.attributes.values()])
        return None if element is None else _if_all_convert(types, MapType(element))
    attributes: dict[str, Type] = {}
    for name in names:
        attribute = unify([type.attributes[name] for type in types])
        if attribute is None:
            return None
        attributes[name] = attribute
    return ObjectType(attributes)


def _if_all_convert(types: Sequence[Type], to: Type) -> Type | None:
    return to if all(is_convertible(type, to) for type in types) else None


def _unify_as_collections(types: Sequence[Type]) -> Type | None:
    """Unify objects among maps as maps, or tuples among lists as lists."""
    structures = [type for type in types if isinstance(type, (ObjectType, TupleType))]
    elements: list[Type] = []
    for type in structures:
        elements.extend(type.attributes.values() if isinstance(type, ObjectType) else type.elements)
    element = unify(elements) if elements else None
    if element is None:
        return None
    collection = (MapType if isinstance(structures[0], ObjectType) else ListType)(element)
    if _if_all_convert(structures, collection) is None:
        return None
    found = unify([collection if type in structures else type for type in types])
    return found if isinstance(found, collection.__class__) else None


def _most_general(types: Sequence[Type]) -> Type | None:
    """The first of the types, the more general before the less, that all others convert to."""
    for candidate in _by_generality(types):
        if all(type is candidate or is_convertible(type, candidate) for type in types):
            return candidate
    return None


def _by_generality(types: Sequence[Type]) -> list[Type]:
    """Sort topologically, otherwise keeping the order."""
    below: dict[Type, list[Type]] = {type: [] for type in types}
    above = dict.fromkeys(types, 0)
    for place, first in enumerate(types):
        for second in types[place + 1 :]:
            order = _compare(first, second)
            if order:
                upper, lower = (first, second) if order < 0 else (second, first)
                below[upper].append(lower)
                above[lower] += 1
    result = [type for type in types if not above[type]]
    for upper in result:
        for lower in below[upper]:
            above[lower] -= 1
            if not above[lower]:
                result.append(lower)
    return result


def _compare(first: Type, second: Type) -> int:
    """-1 when the first type is more general than the second, 1 when it is less so, 0 when neither is."""
    if first is DYNAMIC or second is DYNAMIC:
        return (second is DYNAMIC) - (first is DYNAMIC)
    if first is STRING or second is STRING:
        both = isinstance(first, Primitive) and isinstance(second, Primitive)
        return (second is STRING) - (first is STRING) if both else 0
    if isinstance(first, Collection) and first.__class__ is second.__class__ and isinstance(second, Collection):
        return _compare(first.element, second.element)
    ranks = _rank(first, second), _rank(second, first)
    return (ranks[0] > ranks[1]) - (ranks[0] < ranks[1])


def _rank(type: Type, other: Type) -> int:
    """A place among list, tuple and set, or map and object; the lower, the more general."""
    match type, other:
        case (ListType(), TupleType() | SetType()) | (MapType(), ObjectType()):
            return -1
        case TupleType(), SetType():
            return -1
    return 0
