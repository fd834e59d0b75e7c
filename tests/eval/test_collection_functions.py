"""Functions on lists, tuples, sets, maps and objects; expectations are what buildx 0.29.1 printed, except where said."""

from __future__ import annotations

from typing import Any

import pytest
from function_calls import call, map_of, null_of, numbers, result, set_of, strings, value

from bakectl.eval.limits import MAX_ITEMS, LimitExceeded
from bakectl.eval.types import NUMBER, STRING, ListType, MapType
from bakectl.eval.values import Value, list_of

INT64 = "value must be a whole number, between -9223372036854775808 and 9223372036854775807"

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "length-tuple": (("length", [1, 2]), "2"),
    "length-map": (("length", map_of(a=1)), "1"),
    "length-set": (("length", set_of(1, 1)), "1"),
    "length-object": (("length", {"a": 1}), "error: collection must be a list, a map or a tuple"),
    "length-string": (("length", "abc"), "error: collection must be a list, a map or a tuple"),
    "length-null": (("length", None), "error in collection: argument must not be null"),
    "hasindex-tuple": (("hasindex", [1], 0), "true"),
    "hasindex-past-the-end": (("hasindex", [1], 1), "false"),
    "hasindex-negative": (("hasindex", [1], -1), "false"),
    "hasindex-fraction": (("hasindex", [1], 0.5), "false"),
    "hasindex-huge": (("hasindex", [1], 1e30), "false"),
    "hasindex-text": (("hasindex", [1], "0"), "false"),
    "hasindex-map": (("hasindex", map_of(a=1), "a"), "true"),
    "hasindex-map-number": (("hasindex", map_of(a=1), 1), "false"),
    "hasindex-object": (("hasindex", {"a": 1}, "a"), "error: collection must be a list, a map or a tuple"),
    "index-tuple": (("index", [1, 2], 0), "1"),
    "index-tuple-text": (("index", [1, 2], "0"), "error: key for tuple must be number"),
    "index-tuple-past-the-end": (("index", [1, 2], 2), "error: key must be between 0 and 2 inclusive"),
    "index-tuple-fraction": (("index", [1, 2], 0.5), f"error: invalid key for tuple: {INT64}"),
    "index-tuple-huge": (("index", [1, 2], 1e30), f"error: invalid key for tuple: {INT64}"),
    "index-list": (("index", numbers(5), 0), "5"),
    "index-list-fraction": (("index", numbers(5), 0.5), "error: invalid index"),
    "index-list-text": (("index", numbers(5), "0"), "error: key for list must be number"),
    "index-map": (("index", map_of(a=1), "a"), "1"),
    "index-map-missing": (("index", map_of(a=1), "b"), "error: invalid index"),
    "index-map-number": (("index", map_of(a=1), 1), "error: key for map must be string"),
    "index-set": (("index", set_of(1), 0), "error: collection must be a list, a map or a tuple"),
    "element": (("element", [1, 2, 3], 4), "2"),
    "element-text": (("element", [1], "0"), "1"),
    "element-fraction": (("element", [1], 1.5), f"error: invalid index: {INT64}"),
    "element-empty": (("element", [], 0), "error: cannot use element function with an empty list"),
    "element-set": (("element", set_of("a"), 0), "error: cannot read elements from set of string"),
    # Official buildx; 0.29.1 of Debian refuses a negative index, for its older cty.
    "element-negative": (("element", [1, 2, 3], -1), "3"),
    "element-negative-wraps": (("element", [1, 2, 3], -4), "3"),
    "coalescelist": (("coalescelist", [], [1]), "[1]"),
    "coalescelist-typed-null": (("coalescelist", null_of(ListType(STRING)), ["a"]), '["a"]'),
    "coalescelist-null": (("coalescelist", None, [1]), "error: coalescelist arguments must be lists or tuples"),
    "coalescelist-all-empty": (("coalescelist", [], []), "error: no non-null arguments"),
    "coalescelist-nothing": (("coalescelist",), "error: at least one argument is required"),
    "compact": (("compact", ["a", "", None, "b"]), '["a","b"]'),
    "compact-converts": (("compact", [1, "", True]), '["1","true"]'),
    "contains": (("contains", [1, 2], 1), "true"),
    "contains-other-type": (("contains", [1, 2], "1"), "false"),
    "contains-set": (("contains", set_of("a"), "a"), "true"),
    "contains-tuple": (("contains", [[1]], [1]), "true"),
    "contains-list-is-no-tuple": (("contains", [numbers(1)], [1]), "false"),
    "contains-empty": (("contains", [], 1), "false"),
    "contains-object": (("contains", {"a": 1}, 1), "error: argument must be list, tuple, or set"),
    "contains-null": (("contains", [None], None), "error in value: argument must not be null"),
    "distinct": (("distinct", [1, 1, 2]), "[1,2]"),
    "distinct-unifies": (("distinct", [1, "1"]), '["1"]'),
    "distinct-null": (("distinct", [None, "a", None]), '[null,"a"]'),
    "distinct-objects": (("distinct", [{"a": 1}, {"a": 1}]), '[{"a":1}]'),
    "chunklist": (("chunklist", [1, 2, 3], 2), "[[1,2],[3]]"),
    "chunklist-zero": (("chunklist", [1, 2, 3], 0), "[[1,2,3]]"),
    "chunklist-empty": (("chunklist", [], 0), "[]"),
    "chunklist-negative": (("chunklist", [], -1), "error: the size argument must be positive"),
    "chunklist-fraction": (("chunklist", [], 1.5), f"error: invalid size: {INT64}"),
    "flatten": (("flatten", [[1], [2, [3]]]), "[1,2,3]"),
    "flatten-null-list": (("flatten", [[null_of(ListType(STRING))], 1]), "[null,1]"),
    "flatten-not-objects": (("flatten", [{"a": [1]}]), '[{"a":[1]}]'),
    "flatten-string": (("flatten", "a"), "error: can only flatten lists, sets and tuples"),
    "keys-object": (("keys", {"b": 1, "a": 2}), '["a","b"]'),
    "keys-empty": (("keys", {}), "[]"),
    "keys-tuple": (("keys", [1]), "error in inputMap: must have map or object type"),
    "values-object": (("values", {"b": 1, "a": "x"}), '["x",1]'),
    "values-tuple": (("values", [1]), "error: values() requires a map as the first argument"),
    "lookup": (("lookup", {"a": 1}, "a", "z"), "1"),
    "lookup-default": (("lookup", {"a": 1}, "b", "z"), '"z"'),
    "lookup-null-value": (("lookup", {"a": None}, "a", "z"), "null"),
    "lookup-null-default": (("lookup", {"a": 1}, "b", None), "error in default: argument must not be null"),
    "lookup-map-converts": (("lookup", map_of(a="x"), "b", 5), '"5"'),
    "lookup-map-bad-default": (
        ("lookup", map_of(a=1), "a", "z"),
        "error in default: the default value must have the same type as the map elements",
    ),
    "lookup-tuple": (("lookup", [1], "a", "z"), "error in inputMap: lookup() requires a map as the first argument"),
    "merge": (("merge", {"a": 1}, {"b": 2}, {"a": 3}), '{"a":3,"b":2}'),
    "merge-nothing": (("merge",), "{}"),
    "merge-nulls": (("merge", None, {"a": 1}, None), '{"a":1}'),
    "merge-only-null": (("merge", None), "{}"),
    "merge-tuple": (("merge", {"a": 1}, [1]), 'error: arguments must be maps or objects, got "tuple"'),
    "merge-null-hides-types": (
        ("merge", None, 1),
        "error: panic in function implementation: attempt to iterate on non-collection, non-tuple type",
    ),
    "reverselist": (("reverselist", [1, "a"]), '["a",1]'),
    "reverselist-set": (("reverselist", set_of("b", "a")), '["b","a"]'),
    "reverselist-map": (
        ("reverselist", map_of(a=1)),
        "error in list: can only reverse list or tuple values, not map of number",
    ),
    "slice": (("slice", [1, 2, 3], 1, 2), "[2]"),
    "slice-empty": (("slice", [1, 2, 3], 3, 3), "[]"),
    "slice-backwards": (
        ("slice", [1, 2, 3], 2, 1),
        "error in start_index: start index must not be greater than end index",
    ),
    "slice-past-the-end": (
        ("slice", [1, 2, 3], 0, 4),
        "error in end_index: end index must not be greater than the length of the list",
    ),
    "slice-negative": (("slice", [1], -1, 1), "error in start_index: start index must not be less than zero"),
    "slice-fraction": (("slice", [1], 0, 0.5), f"error in end_index: invalid end index: {INT64}"),
    "slice-string": (("slice", "abc", 0, 1), "error in list: must be a list or tuple value"),
    "concat": (("concat", [1], ["a"]), '[1,"a"]'),
    "concat-lists-unify": (("concat", numbers(1), strings("a")), '["1","a"]'),
    "concat-string": (("concat", [1], "a"), "error in seqs: all arguments must be lists or tuples; got string"),
    "concat-set": (("concat", set_of("a")), "error in seqs: all arguments must be lists or tuples; got set of string"),
    "concat-nothing": (("concat",), "error: at least one argument is required"),
    "sort": (("sort", ["b", "a", "B", "é", "\uffff", "a😀"]), '["B","a","a😀","b","é","\uffff"]'),
    "sort-numbers": (("sort", [10, 9]), '["10","9"]'),
    "sort-null": (("sort", ["a", None]), "error: given list element 1 is null; a null string cannot be sorted"),
    "coalesce": (("coalesce", None, 1, "a"), '"1"'),
    "coalesce-empty-string-counts": (("coalesce", "", "a"), '""'),
    "coalesce-typed-null": (("coalesce", null_of(NUMBER), "x"), '"x"'),
    "coalesce-no-common-type": (("coalesce", 1, True), "error: all arguments must have the same type"),
    "coalesce-nulls": (("coalesce", None, None), "error: no non-null arguments"),
    "coalesce-nothing": (("coalesce",), "error: all arguments must have the same type"),
    "zipmap": (("zipmap", ["a", "b"], [1, "x"]), '{"a":1,"b":"x"}'),
    "zipmap-last-wins": (("zipmap", ["a", "a"], [1, 2]), '{"a":2}'),
    "zipmap-sizes": (("zipmap", ["a"], [1, 2]), "error: number of keys (1) does not match number of values (2)"),
    "zipmap-null-key": (("zipmap", [None], [1]), "error: keys list has null value at index 0"),
    "zipmap-set": (("zipmap", ["a"], set_of(1)), "error: values argument must be a list or tuple value"),
    "indexof": (("indexof", [1, None, 2], 2), "2"),
    "indexof-other-type": (("indexof", [1, 2], "2"), "error: item not found"),
    "indexof-empty": (("indexof", [], 1), "error: cannot search an empty list"),
    "indexof-set": (("indexof", set_of("a"), "a"), "error: argument must be a list or tuple"),
    "setunion": (("setunion", ["b", "a"], ["c"]), '["a","b","c"]'),
    "setunion-numbers": (("setunion", [10, 9], [1.5]), "[1.5,9,10]"),
    "setunion-bools": (("setunion", [True], [False]), "[false,true]"),
    "setunion-unifies": (("setunion", ["10", "9"], [1]), '["1","10","9"]'),
    "setunion-empty": (("setunion", [], [1]), "[1]"),
    "setunion-null-last": (("setunion", [None, "b"], ["a", None]), '["a","b",null]'),
    "setunion-no-common-type": (
        ("setunion", [1], [True]),
        "error: given sets must all have compatible element types",
    ),
    "setintersection": (("setintersection", [1, 2], ["2", 3]), '["2"]'),
    "setintersection-none": (("setintersection", [1], [2], [1]), "[]"),
    "setsubtract": (("setsubtract", [1, 2], ["2"]), '["1"]'),
    "setsymmetricdifference": (("setsymmetricdifference", [1, 2], [2, 3]), "[1,3]"),
    "setsymmetricdifference-three": (("setsymmetricdifference", [1, 2], [2, 3], [1]), "[3]"),
    "sethaselement": (("sethaselement", [1, 2], 2), "true"),
    "sethaselement-other-type": (("sethaselement", ["1"], 1), "false"),
    "sethaselement-unified": (("sethaselement", [1, "2"], "1"), "true"),
    "setproduct": (("setproduct", [1, 2], ["a", "b"]), '[[1,"a"],[1,"b"],[2,"a"],[2,"b"]]'),
    "setproduct-unifies": (("setproduct", [1, "x"], [True]), '[["1",true],["x",true]]'),
    "setproduct-empty": (("setproduct", [], [1]), "[]"),
    "setproduct-one": (("setproduct", [1]), "error: at least two arguments are required"),
    "setproduct-mixed": (("setproduct", [1, True], ["a"]), "error in sets: all elements must be of the same type"),
    "setproduct-string": (("setproduct", [1], "a"), "error in sets: a set or a list is required"),
}


@pytest.mark.parametrize(("arguments", "expected"), CASES.values(), ids=CASES)
def test_result(arguments: tuple[Any, ...], expected: str) -> None:
    assert result(*arguments) == expected


# What the type is shows in messages such as `arguments must be maps or objects, got "list of string"`.
TYPES: dict[str, tuple[tuple[Any, ...], str]] = {
    "keys-of-object": (("keys", {"a": 1}), "tuple"),
    "keys-of-map": (("keys", map_of(a=1)), "list of string"),
    "values-of-map": (("values", map_of(a="x")), "list of string"),
    "reverselist-of-set": (("reverselist", set_of("a")), "list of string"),
    "slice-of-list": (("slice", numbers(1), 0, 0), "list of number"),
    "concat-of-lists": (("concat", numbers(1), strings("a")), "list of string"),
    "concat-of-list-and-tuple": (("concat", numbers(1), [2]), "tuple"),
    "coalesce-of-tuples": (("coalesce", [1], ["a", "b"]), "list of string"),
    "zipmap-of-list": (("zipmap", ["a"], numbers(1)), "map of number"),
    "merge-of-maps": (("merge", map_of(a=1), map_of(b=2)), "map of number"),
    "merge-of-map-and-object": (("merge", map_of(a=1), {"b": 2}), "object"),
    "merge-of-null-map": (("merge", null_of(MapType(STRING))), "map of string"),
    "setunion-of-nothing": (("setunion", []), "set of dynamic"),
    "setproduct-of-tuples": (("setproduct", [1], [2]), "list of tuple"),
    "setproduct-of-a-set": (("setproduct", set_of(1), [2]), "set of tuple"),
    "chunklist": (("chunklist", [1], 1), "list of list of number"),
    "indexof": (("indexof", ["a"], "a"), "number"),
}


@pytest.mark.parametrize(("arguments", "friendly"), TYPES.values(), ids=TYPES)
def test_type(arguments: tuple[Any, ...], friendly: str) -> None:
    assert call(*arguments).type.friendly == friendly


def _doubled(times: int) -> Value:
    """A value of which the text would have two to the power of so many items."""
    item = value([1])
    for _ in range(times):
        item = list_of(item.type, [item, item])
    return item


@pytest.mark.parametrize(
    "arguments",
    [
        ("flatten", _doubled(60)),
        ("contains", [_doubled(60)], _doubled(60)),
        ("indexof", [_doubled(60)], _doubled(60)),
        ("jsonencode", _doubled(60)),
        ("setproduct", *[list(range(100))] * 4),
    ],
    ids=lambda arguments: arguments[0],
)
def test_much_from_little_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(LimitExceeded):
        call(*arguments)


def test_concat_is_bounded() -> None:
    half = Value(ListType(STRING), strings("a").data * (MAX_ITEMS // 2))
    with pytest.raises(LimitExceeded, match="200001 items"):
        call("concat", half, half, strings("b"))
