"""Bodies of the functions on lists, tuples, maps and objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.convert import ConversionError, convert, unify
from bakectl.eval.functions import FunctionError
from bakectl.eval.functions.integers import to_int64
from bakectl.eval.limits import check_items
from bakectl.eval.sizes import check_nested
from bakectl.eval.types import DYNAMIC, NUMBER, STRING, ListType, MapType, ObjectType, SetType, TupleType
from bakectl.eval.values import (
    Value,
    boolean,
    integer,
    is_mapping,
    is_sequence,
    list_of,
    map_of,
    object_of,
    string,
    strings,
    tuple_of,
)

if TYPE_CHECKING:
    from bakectl.eval.types import Type


def length(args: tuple[Value, ...]) -> Value:
    value = args[0]
    if not isinstance(value.type, (TupleType, ListType, MapType, SetType)):
        raise FunctionError("collection must be a list, a map or a tuple")
    return integer(len(value.data))


def hasindex(args: tuple[Value, ...]) -> Value:
    collection, key = args
    if isinstance(collection.type, (TupleType, ListType)):
        return boolean(key.type is NUMBER and _position(key) in range(len(collection.data)))
    if isinstance(collection.type, MapType):
        return boolean(key.type is STRING and key.data in collection.data)
    raise FunctionError("collection must be a list, a map or a tuple")


def index(args: tuple[Value, ...]) -> Value:
    collection, key = args
    if isinstance(collection.type, TupleType):
        return _tuple_item(collection.data, key)
    if isinstance(collection.type, ListType):
        if key.type is not NUMBER:
            raise FunctionError("key for list must be number")
        position = _position(key)
        if position not in range(len(collection.data)):
            raise FunctionError("invalid index")
        item: Value = collection.data[position]
        return item
    if isinstance(collection.type, MapType):
        if key.type is not STRING:
            raise FunctionError("key for map must be string")
        if key.data not in collection.data:
            raise FunctionError("invalid index")
        found: Value = collection.data[key.data]
        return found
    raise FunctionError("collection must be a list, a map or a tuple")


def _tuple_item(items: tuple[Value, ...], key: Value) -> Value:
    if key.type is not NUMBER:
        raise FunctionError("key for tuple must be number")
    position = to_int64(key, prefix="invalid key for tuple: ")
    if position not in range(len(items)):
        # The number in this message is cty's, one too many.
        raise FunctionError(f"key must be between 0 and {len(items)} inclusive")
    return items[position]


def _position(key: Value) -> int:
    """The index that a number stands for; -1, which no sequence has, when it is not whole."""
    return to_int64(key) if key.data.is_integer and key.data.magnitude_bits < 64 else -1


def element(args: tuple[Value, ...]) -> Value:
    """Wrap a negative index too: cty does so since 1.15, so official buildx does and Debian's 0.29.1 does not."""
    items = args[0]
    if not isinstance(items.type, (ListType, TupleType)):
        raise FunctionError(f"cannot read elements from {items.type.friendly}")
    position = to_int64(args[1], prefix="invalid index: ")
    if not items.data:
        raise FunctionError("cannot use element function with an empty list")
    item: Value = items.data[position % len(items.data)]
    return item


def indexof(args: tuple[Value, ...]) -> Value:
    items, wanted = args
    if not isinstance(items.type, (ListType, TupleType)):
        raise FunctionError("argument must be a list or tuple")
    if not items.data:
        raise FunctionError("cannot search an empty list")
    check_nested(args)
    if wanted not in items.data:
        raise FunctionError("item not found")
    return integer(items.data.index(wanted))


def contains(args: tuple[Value, ...]) -> Value:
    items, wanted = args
    if not is_sequence(items):
        raise FunctionError("argument must be list, tuple, or set")
    check_nested(args)
    return boolean(wanted in items.data)


def slice_(args: tuple[Value, ...]) -> Value:
    items = args[0]
    if isinstance(items.type, SetType):
        raise FunctionError(
            "cannot slice a set, because its elements do not have indices;"
            " explicitly convert to a list if the ordering of the result is not important",
            0,
        )
    if not isinstance(items.type, (ListType, TupleType)):
        raise FunctionError("must be a list or tuple value", 0)
    size = len(items.data)
    start, end = _bound(args, 1, "start", size), _bound(args, 2, "end", size)
    if start > end:
        raise FunctionError("start index must not be greater than end index", 1)
    return _sequence_like(items, items.data[start:end])


def _bound(args: tuple[Value, ...], argument: int, name: str, size: int) -> int:
    bound = to_int64(args[argument], argument, f"invalid {name} index: ")
    if bound < 0:
        raise FunctionError(f"{name} index must not be less than zero", argument)
    if bound > size:
        raise FunctionError(f"{name} index must not be greater than the length of the list", argument)
    return bound


def reverselist(args: tuple[Value, ...]) -> Value:
    items = args[0]
    if not is_sequence(items):
        raise FunctionError(f"can only reverse list or tuple values, not {items.type.friendly}", 0)
    return _sequence_like(items, items.data[::-1])


def _sequence_like(model: Value, items: tuple[Value, ...]) -> Value:
    """A tuple for a tuple; a list for a list and for a set."""
    if isinstance(model.type, (ListType, SetType)):
        return list_of(model.type.element, items)
    return tuple_of(items)


def concat(args: tuple[Value, ...]) -> Value:
    if not args:
        raise FunctionError("at least one argument is required")
    if all(isinstance(sequence.type, ListType) for sequence in args):
        common = unify([sequence.type for sequence in args])
        if isinstance(common, ListType):
            lists = [_converted(sequence, common, place) for place, sequence in enumerate(args)]
            check_items(sum(len(items.data) for items in lists))
            return list_of(common.element, [item for items in lists for item in items.data])
    for place, sequence in enumerate(args):
        if not isinstance(sequence.type, (ListType, TupleType)):
            raise FunctionError(f"all arguments must be lists or tuples; got {sequence.type.friendly}", place)
    check_items(sum(len(sequence.data) for sequence in args))
    return tuple_of([item for sequence in args for item in sequence.data])


def _converted(value: Value, type: Type, argument: int) -> Value:
    try:
        return convert(value, type)
    except ConversionError as error:
        raise FunctionError(str(error), argument) from None


def flatten(args: tuple[Value, ...]) -> Value:
    if not is_sequence(args[0]):
        raise FunctionError("can only flatten lists, sets and tuples")
    flat: list[Value] = []
    # One list may be an item of many lists, so both what waits and what is done are bounded.
    waiting = list(reversed(args[0].data))
    while waiting:
        item = waiting.pop()
        if is_sequence(item) and not item.is_null:
            waiting.extend(reversed(item.data))
        else:
            flat.append(item)
        check_items(len(flat) + len(waiting))
    return tuple_of(flat)


def chunklist(args: tuple[Value, ...]) -> Value:
    items = args[0]
    size = to_int64(args[1], prefix="invalid size: ")
    if size < 0:
        raise FunctionError("the size argument must be positive")
    step = size or len(items.data) or 1
    chunks = [items.data[start : start + step] for start in range(0, len(items.data), step)]
    return list_of(items.type, [Value(items.type, chunk) for chunk in chunks])


def distinct(args: tuple[Value, ...]) -> Value:
    check_nested(args)
    return Value(args[0].type, tuple(dict.fromkeys(args[0].data)))


def compact(args: tuple[Value, ...]) -> Value:
    return list_of(STRING, [item for item in args[0].data if item.data])


def sort(args: tuple[Value, ...]) -> Value:
    texts: list[str] = []
    for place, item in enumerate(args[0].data):
        if item.is_null:
            raise FunctionError(f"given list element {place} is null; a null string cannot be sorted")
        texts.append(item.data)
    return strings(sorted(texts))


def coalesce(args: tuple[Value, ...]) -> Value:
    common = unify([value.type for value in args]) if args else None
    if common is None:
        raise FunctionError("all arguments must have the same type")
    for place, value in enumerate(args):
        if not value.is_null:
            return _converted(value, common, place)
    raise FunctionError("no non-null arguments")


def coalescelist(args: tuple[Value, ...]) -> Value:
    if not args:
        raise FunctionError("at least one argument is required")
    if not all(isinstance(items.type, (ListType, TupleType)) for items in args):
        raise FunctionError("coalescelist arguments must be lists or tuples")
    for items in args:
        if items.data:
            return items
    raise FunctionError("no non-null arguments")


def keys(args: tuple[Value, ...]) -> Value:
    mapping = args[0]
    if not is_mapping(mapping):
        raise FunctionError("must have map or object type", 0)
    names = [string(name) for name in mapping.data]
    return list_of(STRING, names) if isinstance(mapping.type, MapType) else tuple_of(names)


def values_(args: tuple[Value, ...]) -> Value:
    mapping = args[0]
    if isinstance(mapping.type, MapType):
        return list_of(mapping.type.element, mapping.data.values())
    if isinstance(mapping.type, ObjectType):
        return tuple_of(mapping.data.values())
    raise FunctionError("values() requires a map as the first argument")


def lookup(args: tuple[Value, ...]) -> Value:
    mapping, key, default = args
    if not is_mapping(mapping):
        raise FunctionError("lookup() requires a map as the first argument", 0)
    if isinstance(mapping.type, MapType):
        try:
            default = convert(default, mapping.type.element)
        except ConversionError:
            raise FunctionError("the default value must have the same type as the map elements", 2) from None
    found: Value = mapping.data.get(key.data, default)
    return found


def merge(args: tuple[Value, ...]) -> Value:
    for mapping in args:
        if mapping.type is DYNAMIC:
            # cty looks no further for types once it has met an untyped null.
            break
        if not is_mapping(mapping):
            raise FunctionError(f'arguments must be maps or objects, got "{mapping.type.friendly}"')
    merged: dict[str, Value] = {}
    for mapping in args:
        if mapping.is_null:
            continue
        if not is_mapping(mapping):
            reason = "attempt to iterate on non-collection, non-tuple type"
            raise FunctionError(f"panic in function implementation: {reason}")
        merged.update(mapping.data)
    check_items(len(merged))
    types = {mapping.type for mapping in args}
    only = types.pop() if len(types) == 1 else None
    return map_of(only.element, merged) if isinstance(only, MapType) else object_of(merged)


def zipmap(args: tuple[Value, ...]) -> Value:
    names, values = args
    if not isinstance(values.type, (ListType, TupleType)):
        raise FunctionError("values argument must be a list or tuple value")
    if len(names.data) != len(values.data):
        raise FunctionError(f"number of keys ({len(names.data)}) does not match number of values ({len(values.data)})")
    for place, name in enumerate(names.data):
        if name.is_null:
            raise FunctionError(f"keys list has null value at index {place}")
    zipped = dict(zip((name.data for name in names.data), values.data, strict=True))
    return map_of(values.type.element, zipped) if isinstance(values.type, ListType) else object_of(zipped)
