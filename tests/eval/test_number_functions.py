"""Functions on numbers and truths; expectations are what buildx 0.29.1 printed."""

from __future__ import annotations

from typing import Any

import pytest
from function_calls import call, numbers, result

from bakectl.eval.limits import LimitExceeded
from bakectl.eval.numbers import Number
from bakectl.eval.types import NUMBER
from bakectl.eval.values import Value

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "absolute": (("absolute", -1.5), "1.5"),
    "negate": (("negate", 2), "-2"),
    "negate-zero": (("negate", 0), "-0"),
    "ceil": (("ceil", 1.2), "2"),
    "ceil-negative": (("ceil", -1.2), "-1"),
    "ceil-huge": (("ceil", 1e30), "1000000000000000000000000000000"),
    "ceil-small": (("ceil", -0.5), "0"),
    "floor": (("floor", 1.8), "1"),
    "floor-negative": (("floor", -1.2), "-2"),
    "floor-small": (("floor", 0.5), "0"),
    "int": (("int", -1.9), "-1"),
    "int-whole": (("int", 1e30), "1000000000000000000000000000000"),
    "add": (("add", 0.1, 0.2), "0.3"),
    "add-text": (("add", "1", 2), "3"),
    "add-no-number": (("add", "x", 1), "error in a: a number is required"),
    "add-bool": (("add", 1, True), "error in b: number required"),
    "add-null": (("add", None, 1), "error in a: argument must not be null"),
    "add-tuple": (("add", [], 1), "error in a: number required"),
    "subtract": (
        ("subtract", 1.1, 1),
        "0.10000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000003",
    ),
    "multiply": (
        ("multiply", 0.1, 0.1),
        "0.010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
    ),
    "divide": (
        ("divide", 1, 3),
        "0.33333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333333335",
    ),
    "divide-zero-by-zero": (("divide", 0, 0), "error: can't divide zero by zero or infinity by infinity"),
    "modulo": (("modulo", -7, 3), "-1"),
    "modulo-fraction": (
        ("modulo", 7, 0.3),
        "0.09999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999988",
    ),
    "modulo-zero": (("modulo", 5, 0), "5"),
    "signum": (("signum", -3), "-1"),
    "signum-zero": (("signum", 0), "0"),
    "signum-fraction": (
        ("signum", 1.5),
        "error: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
    "signum-huge": (
        ("signum", 1e30),
        "error: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
    "log": (("log", 10, 2), "3.3219280948873626"),
    "log-last-digit": (("log", 7, 10), "0.8450980400142567"),
    "log-negative": (("log", -1, 10), "error: panic in function implementation: Float.SetFloat64(NaN)"),
    "log-base-1-of-1": (("log", 1, 1), "error: panic in function implementation: Float.SetFloat64(NaN)"),
    "pow": (("pow", 2, 10), "1024"),
    "pow-large": (("pow", 2, 64), "18446744073709550000"),
    "pow-0-0": (("pow", 0, 0), "1"),
    "pow-negative": (("pow", 2, -1), "0.5"),
    "pow-fraction": (("pow", 1.5, 2.5), "2.7556759606310757"),
    "pow-root": (("pow", 2, 0.5), "1.4142135623730951"),
    "pow-tenth": (
        ("pow", 10, -308),
        "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000009999999999999994",
    ),
    "pow-root-of-negative": (("pow", -8, 0.3), "error: panic in function implementation: Float.SetFloat64(NaN)"),
    "pow-underflow": (("pow", 2, -1075), "0"),
    "min": (("min", 3, 1, 2), "1"),
    "min-text": (("min", "1", 2), "1"),
    "min-nothing": (("min",), "error: must pass at least one number"),
    "max": (("max", 3, 1, 2), "3"),
    "max-one": (("max", -1), "-1"),
    "parseint": (("parseint", "ff", 16), "255"),
    "parseint-upper": (("parseint", "FF", 16), "255"),
    "parseint-base-62": (("parseint", "zZ", 62), "2231"),
    "parseint-base-37": (("parseint", "ff", 37), "570"),
    "parseint-sign": (("parseint", "-12", 10), "-12"),
    "parseint-plus": (("parseint", "+12", 10), "12"),
    "parseint-long": (
        (
            "parseint",
            "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
            36,
        ),
        "182179771682187282513946871240893712673389715281747606674596975493339599720905327003028267800766283867331479599455916367452421574456059646801054954062150177042349998869907885947439947961712484067309738073652485056311556920850878594283008099992731076250733948404739350551934565743979678824151197232629947748581375",
    ),
    "parseint-bad-digit": (("parseint", "12", 2), 'error in number: cannot parse "12" as a base 2 integer'),
    "parseint-prefix": (("parseint", "0x10", 16), 'error in number: cannot parse "0x10" as a base 16 integer'),
    "parseint-underscore": (("parseint", "1_0", 10), 'error in number: cannot parse "1_0" as a base 10 integer'),
    "parseint-empty": (("parseint", "", 10), 'error in number: cannot parse "" as a base 10 integer'),
    "parseint-sign-only": (("parseint", "-", 10), 'error in number: cannot parse "-" as a base 10 integer'),
    "parseint-number": (("parseint", 12, 10), "error in number: first argument must be a string, not number"),
    "parseint-base-1": (("parseint", "1", 1), "error in base: base must be a whole number between 2 and 62 inclusive"),
    "parseint-base-63": (
        ("parseint", "1", 63),
        "error in base: base must be a whole number between 2 and 62 inclusive",
    ),
    "parseint-base-fraction": (
        ("parseint", "1", 2.5),
        "error in base: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
    "parseint-base-text": (("parseint", "10", "2"), "2"),
    "range": (("range", 3), "[0,1,2]"),
    "range-down": (("range", -3), "[0,-1,-2]"),
    "range-0": (("range", 0), "[]"),
    "range-from": (("range", 1, 4), "[1,2,3]"),
    "range-from-down": (("range", 4, 1), "[4,3,2]"),
    "range-step": (("range", 0, 1, 0.25), "[0,0.25,0.5,0.75]"),
    "range-step-inexact": (
        ("range", 0, 1, 0.3),
        "[0,0.3,0.6,0.90000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000004]",
    ),
    "range-step-down": (("range", 4, 1, -2), "[4,2]"),
    "range-step-0": (
        ("range", 1, 2, 0),
        "error: more than 1024 values were generated; either decrease the difference between start and end or use a smaller step",
    ),
    "range-step-0-empty": (("range", 1, 1, 0), "[]"),
    "range-wrong-way-down": (("range", 1, 4, -1), "error in params: end must be less than start when step is negative"),
    "range-wrong-way-up": (("range", 4, 1, 1), "error in params: end must be greater than start when step is positive"),
    "range-too-long": (
        ("range", 1025),
        "error: more than 1024 values were generated; either decrease the difference between start and end or use a smaller step",
    ),
    "range-nothing": (("range",), "error: must have one, two, or three arguments"),
    "range-four": (("range", 1, 2, 3, 4), "error: must have one, two, or three arguments"),
    "greaterthan": (("greaterthan", 2, "1"), "true"),
    "greaterthanorequalto": (("greaterthanorequalto", 2, 2.0), "true"),
    "lessthan": (("lessthan", 2, 1), "false"),
    "lessthanorequalto": (("lessthanorequalto", 2, 1), "false"),
    "equal": (("equal", 1, 1.0), "true"),
    "equal-other-type": (("equal", 1, "1"), "false"),
    "equal-nulls": (("equal", None, None), "true"),
    "equal-null": (("equal", None, 1), "false"),
    "equal-tuples": (("equal", [1, {"a": None}], [1, {"a": None}]), "true"),
    "notequal": (("notequal", [1], ["1"]), "true"),
    "and": (("and", True, "0"), "false"),
    "and-text": (("and", "1", "true"), "true"),
    "and-no-bool": (("and", "x", True), "error in a: a bool is required"),
    "or": (("or", False, "1"), "true"),
    "or-null": (("or", None, True), "error in a: argument must not be null"),
    "not": (("not", "false"), "true"),
    "not-number": (("not", 1), "error in val: bool required"),
}


@pytest.mark.parametrize(("call_", "expected"), CASES.values(), ids=CASES.keys())
def test_number_functions(call_: tuple[Any, ...], expected: str) -> None:
    assert result(*call_) == expected


INFINITY = Value(NUMBER, Number.parse("Inf"))
INFINITE: dict[str, tuple[tuple[Any, ...], str]] = {
    "ceil": (("ceil", INFINITY), "+Inf"),
    "floor": (("floor", "-Inf"), "-Inf"),
    "absolute": (("absolute", "-Inf"), "+Inf"),
    "divide-by-zero": (("divide", -1, 0), "-Inf"),
    "log-of-zero": (("log", 0, 10), "-Inf"),
    "log-to-base-1": (("log", 10, 1), "+Inf"),
    "pow-overflow": (("pow", 2, 1024), "+Inf"),
    "max": (("max", 1, INFINITY), "+Inf"),
}


@pytest.mark.parametrize(("call_", "expected"), INFINITE.values(), ids=INFINITE.keys())
def test_infinity(call_: tuple[Any, ...], expected: str) -> None:
    assert call(*call_).data.text() == expected


WRONG: dict[str, tuple[tuple[Any, ...], str]] = {
    "add": (("add", INFINITY, "-Inf"), "error: can't compute sum of opposing infinities"),
    "subtract": (("subtract", INFINITY, INFINITY), "error: can't subtract infinity from itself"),
    "multiply": (("multiply", 0, INFINITY), "error: can't multiply zero by infinity"),
    "modulo": (("modulo", 5, INFINITY), "error: can't use modulo with zero and infinity"),
    "int": (
        ("int", INFINITY),
        "error: panic in function implementation: runtime error: invalid memory address or nil pointer dereference",
    ),
    "range": (
        ("range", INFINITY),
        (
            "error: more than 1024 values were generated; "
            "either decrease the difference between start and end or use a smaller step"
        ),
    ),
}


@pytest.mark.parametrize(("call_", "expected"), WRONG.values(), ids=WRONG.keys())
def test_infinity_where_there_is_none(call_: tuple[Any, ...], expected: str) -> None:
    assert result(*call_) == expected


def test_a_float_holds_no_such_number() -> None:
    limit = f"{(2**53 - 1) << 971}.000000"
    assert result("log", "1e400", 10) == f"error: value must be between -{limit} and {limit} inclusive"


def test_range_makes_a_list() -> None:
    assert call("range", 3) == numbers(0, 1, 2)


def test_parseint_takes_no_endless_text() -> None:
    with pytest.raises(LimitExceeded, match="5000 digits"):
        call("parseint", "1" * 5000, 10)
