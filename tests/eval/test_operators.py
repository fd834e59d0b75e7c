"""The operators; expectations are what buildx 0.29.1 printed."""

from __future__ import annotations

from typing import Any

import pytest
from function_calls import map_of, null_of, numbers, set_of, strings, value

from bakectl.eval.json_values import encode
from bakectl.eval.operators import OperatorError, binary, is_equal, unary
from bakectl.eval.types import NUMBER, STRING, ListType
from bakectl.eval.values import UNKNOWN, Value, tuple_of


def outcome(operator: str, *operands: Any) -> str:
    """The result as JSON; or what is wrong, with the side at fault in front."""
    values = [value(operand) for operand in operands]
    try:
        result = binary(operator, *values) if len(values) == 2 else unary(operator, *values)
    except OperatorError as error:
        return f"error on the {error.operand}: {error}" if error.operand else f"error: {error}"
    return encode(result)


EQUALITIES: dict[str, tuple[Any, Any, bool]] = {
    "numbers": (1, 1.0, True),
    "number-and-text": (1, "1", False),
    "number-and-bool": (1, True, False),
    "zero-and-minus-zero": (0, -0.0, True),
    "texts": ("a", "a", True),
    "case": ("a", "A", False),
    "nulls": (None, None, True),
    "null-of-a-type": (None, null_of(STRING), True),
    "nulls-of-two-types": (null_of(NUMBER), null_of(STRING), True),
    "null-and-text": (None, "", False),
    "text-and-null-of-its-type": ("a", null_of(STRING), False),
    "tuples": ([1, "a"], [1, "a"], True),
    "tuples-of-nulls": ([None], [None], True),
    "tuples-of-nulls-of-types": ([None], [null_of(STRING)], False),
    "tuples-of-numbers-and-texts": ([1], ["1"], False),
    "tuple-and-list": (["a"], strings("a"), False),
    "empty-tuple-and-list": ([], strings(), False),
    "lists": (strings("a"), strings("a"), True),
    "lists-of-two-types": (strings("1"), numbers(1), False),
    "objects": ({"a": 1, "b": [2]}, {"b": [2], "a": 1}, True),
    "objects-of-other-names": ({"a": 1}, {"b": 1}, False),
    "object-and-map": ({"a": 1}, map_of(a=1), False),
    "sets": (set_of(1, 2), set_of(2, 1), True),
    "sets-of-tuples": (set_of([1], [2]), set_of([2], [1]), True),
    "other-sets": (set_of([1], [2]), set_of([1], [3]), False),
    "set-and-list": (set_of("a"), strings("a"), False),
}


@pytest.mark.parametrize(("left", "right", "expected"), EQUALITIES.values(), ids=EQUALITIES.keys())
def test_equality(left: Any, right: Any, expected: bool) -> None:
    assert is_equal(value(left), value(right)) is expected
    assert outcome("==", left, right) == str(expected).lower()
    assert outcome("!=", left, right) == str(not expected).lower()


CASES = [
    ("5", "+", 1, "6"),
    (2, "-", "3", "-1"),
    (2, "*", 3, "6"),
    (7, "/", 2, "3.5"),
    (-7, "%", 3, "-1"),
    (2, ">", "1", "true"),
    (2, "<", 10, "true"),
    ("2", "<", "10", "true"),
    (2, ">=", 2, "true"),
    (2, "<=", 1, "false"),
    (1, "+", "z", "error on the right: a number is required"),
    ("z", "+", 1, "error on the left: a number is required"),
    ("z", "+", "z", "error on the left: a number is required"),
    (1, "<", "z", "error on the right: a number is required"),
    (True, "+", 1, "error on the left: number required"),
    (1, "+", [], "error on the right: number required"),
    ({}, "*", 1, "error on the left: number required"),
    (1, "+", "", "error on the right: a number is required"),
    (1, "+", None, "error: argument must not be null"),
    (None, "<", 1, "error: argument must not be null"),
    (None, "+", [], "error on the right: number required"),
    (0, "/", 0, "error: can't divide zero by zero or infinity by infinity"),
    (True, "&&", False, "false"),
    (True, "&&", True, "true"),
    (False, "||", True, "true"),
    (False, "||", False, "false"),
    ("1", "&&", "true", "true"),
    ("0", "||", "false", "false"),
    (True, "&&", "z", "error on the right: a bool is required"),
    ("z", "||", True, "error on the left: a bool is required"),
    (True, "&&", 1, "error on the right: bool required"),
    (True, "&&", None, "error: argument must not be null"),
    ("True", "&&", True, 'error on the left: a bool is required; to convert from string, use lowercase "true"'),
]


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"), CASES, ids=[f"{case[0]!r} {case[1]} {case[2]!r}" for case in CASES]
)
def test_binary(left: Any, operator: str, right: Any, expected: str) -> None:
    assert outcome(operator, left, right) == expected


UNARY_CASES = [
    ("-", 5, "-5"),
    ("-", "5", "-5"),
    ("-", 0, "-0"),
    ("-", "z", "error: a number is required"),
    ("-", True, "error: number required"),
    ("-", None, "error: argument must not be null"),
    ("!", True, "false"),
    ("!", "0", "true"),
    ("!", "z", "error: a bool is required"),
    ("!", 1, "error: bool required"),
    ("!", [], "error: bool required"),
    ("!", None, "error: argument must not be null"),
]


@pytest.mark.parametrize(
    ("operator", "operand", "expected"), UNARY_CASES, ids=[f"{case[0]} {case[1]!r}" for case in UNARY_CASES]
)
def test_unary(operator: str, operand: Any, expected: str) -> None:
    assert outcome(operator, operand) == expected


@pytest.mark.parametrize("operator", ["==", "!=", "+", "<", "&&"])
@pytest.mark.parametrize("other", [1, None], ids=["value", "null"])
def test_unknown_makes_unknown(operator: str, other: Any) -> None:
    bad = operator == "&&" and other == 1
    other = value(True if bad else other)
    assert binary(operator, UNKNOWN, other) is UNKNOWN
    assert binary(operator, other, UNKNOWN) is UNKNOWN


def test_unknown_operand_of_unary() -> None:
    assert unary("-", UNKNOWN) is UNKNOWN
    assert unary("!", UNKNOWN) is UNKNOWN


def test_sets_within_tuples() -> None:
    left = tuple_of([set_of([1], [2])])
    assert is_equal(left, tuple_of([set_of([2], [1])]))


def test_null_list_is_null() -> None:
    assert is_equal(Value(ListType(STRING), None), value(None))
