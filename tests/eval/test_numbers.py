"""Numbers of any precision; expectations are what buildx 0.29.1 printed, except where said."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bakectl.eval import number_text
from bakectl.eval.limits import LimitExceeded
from bakectl.eval.numbers import Number, NumberError


def parsed(text: str) -> Number:
    number = Number.parse(text)
    assert number is not None
    return number


TEXTS = {
    "0": "0",
    "-0": "-0",
    "1": "1",
    "007": "7",
    "1.50": "1.5",
    "1e3": "1000",
    "1E2": "100",
    "1e21": "1000000000000000000000",
    "1e23": "100000000000000000000000",
    "1.7976931348623157e308": "17976931348623157" + "0" * 292,
    "0.1": "0.1",
    "1e-7": "0.0000001",
    "12.5e-1": "1.25",
    ".5": "0.5",
    "5.": "5",
    "+5": "5",
    "-.5e1": "-5",
    "1p3": "8",
    "1P2": "4",
    "1.5p-1": "0.75",
    "Inf": "+Inf",
    "+inf": "+Inf",
    "-Inf": "-Inf",
    "1e999999999": "+Inf",
    "1e-999999999": "0",
    "0e99999999": "0",
    "123456789012345678901234567890": "123456789012345678901234567890",
    "9" * 154: "9" * 154,
    "9" * 160: "1" + "0" * 160,
    "0." + "3" * 160: "0." + "3" * 154 + "5",
    "1" + "0" * 200: "1" + "0" * 200,
    "4.9e-324": "0." + "0" * 323 + "49",
    "1.0000000000000000000000000000000000000001": "1.0000000000000000000000000000000000000001",
    "1e-2000": "0." + "0" * 1999 + "1",
    "3e1000": "3" + "0" * 1000,
    # buildx gives these too, after a while.
    "1e1000000": "1" + "0" * 1000000,
    "-7e-1000000": "-0." + "0" * 999999 + "7",
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items(), ids=[text[:40] for text in TEXTS])
def test_parse_and_text(text: str, expected: str) -> None:
    assert parsed(text).text() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "-",
        "e5",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        " 1",
        "1 ",
        "1\n",
        "--1",
        "1.2.3",
        "infinity",
        "NaN",
        "\u0661",
        "\u00b2",
        "1e3000000000",
        "1e-3000000000",
        "1e99999999999999999999",
        "0e99999999999999999999",
    ],
)
def test_no_number(text: str) -> None:
    assert Number.parse(text) is None


ARITHMETIC = [
    ("0.1", "+", "0.2", "0.3"),
    ("1.1", "-", "1", "0.1" + "0" * 153 + "3"),
    ("1", "/", "3", "0." + "3" * 154 + "5"),
    ("2", "/", "3", "0." + "6" * 153 + "7"),
    ("7", "%", "0.3", "0.0" + "9" * 152 + "88"),
    ("0.1", "*", "0.1", "0.01" + "0" * 153 + "1"),
    ("0.1", "*", "3", "0.3"),
    ("1e200", "*", "1e200", "1" + "0" * 400),
    ("1e154", "*", "3.3", "33" + "0" * 153),
    ("-7", "%", "3", "-1"),
    ("7", "%", "-3", "1"),
    ("-6", "%", "3", "0"),
    ("5.5", "%", "2", "1.5"),
    ("5", "%", "0", "5"),
    ("-0", "%", "5", "-0"),
    ("0", "%", "-5", "0"),
    ("1e40", "%", "7", "4"),
    ("0", "-", "0", "0"),
    ("-0", "+", "-0", "-0"),
    ("-0", "-", "0", "-0"),
    ("0", "*", "-1", "-0"),
    ("-0", "*", "-1", "0"),
    ("1", "-", "1", "0"),
    ("1e30", "+", "1e-30", "1" + "0" * 30 + "." + "0" * 29 + "1"),
    ("1e200", "+", "1e-200", "1" + "0" * 200),
    ("-1e200", "+", "1e-200", "-1" + "0" * 200),
    ("1", "/", "0", "+Inf"),
    ("-1", "/", "0", "-Inf"),
    ("1", "/", "-0", "-Inf"),
    ("0", "/", "5", "0"),
    ("-0", "/", "5", "-0"),
    ("10", "/", "4", "2.5"),
    ("6", "/", "3", "2"),
    ("0.3", "/", "0.1", "3"),
    (
        "123456789012345678901234567890",
        "*",
        "987654321098765432109876543210",
        "121932631137021795226185032733622923332237463801111263526900",
    ),
    ("1e600000000", "*", "1e600000000", "+Inf"),
    ("1e-600000000", "*", "1e-600000000", "0"),
    ("1e600000000", "/", "1e600000000", "1"),
    ("1e600000000", "%", "7", "0"),
    ("7", "%", "1e600000000", "7"),
    ("9" * 44, "+", "1", "1" + "0" * 44),
]
OPERATIONS = {
    "+": Number.__add__,
    "-": Number.__sub__,
    "*": Number.__mul__,
    "/": Number.__truediv__,
    "%": Number.modulo,
}


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"), ARITHMETIC, ids=[" ".join(case[:3]) for case in ARITHMETIC]
)
def test_arithmetic(left: str, operator: str, right: str, expected: str) -> None:
    assert OPERATIONS[operator](parsed(left), parsed(right)).text() == expected


@pytest.mark.parametrize(
    ("left", "operator", "right", "message"),
    [
        ("Inf", "+", "-Inf", "can't compute sum of opposing infinities"),
        ("Inf", "-", "Inf", "can't subtract infinity from itself"),
        ("0", "*", "Inf", "can't multiply zero by infinity"),
        ("Inf", "*", "-0", "can't multiply zero by infinity"),
        ("0", "/", "0", "can't divide zero by zero or infinity by infinity"),
        ("Inf", "/", "Inf", "can't divide zero by zero or infinity by infinity"),
        ("5", "%", "Inf", "can't use modulo with zero and infinity"),
        # buildx stops with a nil dereference here.
        ("Inf", "%", "5", "can't use modulo with an infinite dividend"),
    ],
)
def test_no_result(left: str, operator: str, right: str, message: str) -> None:
    with pytest.raises(NumberError, match=f"^{message}$"):
        OPERATIONS[operator](parsed(left), parsed(right))


def test_precision_of_a_sum_and_a_quotient_is_the_greater_one() -> None:
    two, three = Number.from_int(2, 64), Number.from_int(3, 64)
    assert (two / three).text() == "0.6666666666666666667"
    assert (two / parsed("3")).text() == "0." + "6" * 153 + "7"
    assert (Number.from_float(0.1) + parsed("0.2")).text() == (
        "0.3000000000000000055511151231257827021181583404541015625"
    )


def test_precision_of_a_product_is_what_it_needs() -> None:
    assert (Number.from_int(2**63, 64) * Number.from_int(2**63 + 1, 64)).text() == "85070591730234615875" + "0" * 18
    assert (Number.from_int(2**63 - 1, 64) * Number.from_int(3, 64)).precision == 65


def test_modulo_rounds_to_the_precision_of_the_dividend() -> None:
    assert (Number.from_int(3, 64).modulo(parsed("0.7"))).text() == "0.20000000000000000004"


FLOATS = {
    2.0**64: "18446744073709550000",
    2.0**100: "1267650600228229400000000000000",
    1e22: "10000000000000000000000",
    1e23: "100000000000000000000000",
    math.sqrt(2): "1.4142135623730951",
    3.0**-30: "0.0000000000000048569357496188614",
    0.1: "0.1",
    2.0**-24: "0.00000005960464477539062",
    5e-324: "0." + "0" * 323 + "4940656458412465",
    -0.0: "-0",
    math.inf: "+Inf",
    -math.inf: "-Inf",
}


@pytest.mark.parametrize(("value", "expected"), FLOATS.items())
def test_from_float(value: float, expected: str) -> None:
    assert Number.from_float(value).text() == expected


def test_not_a_number() -> None:
    with pytest.raises(NumberError, match="NaN"):
        Number.from_float(math.nan)


ENVIRONMENT = {
    "1": "1",
    "0.1": "0.1",
    "-0": "-0",
    "+5": "5",
    "5.": "5",
    ".5": "0.5",
    "1.5e3": "1500",
    "1E5": "100000",
    "1_000": "1000",
    "1_0_0": "100",
    "0_1": "1",
    "1e1_0": "10000000000",
    "0x1p4": "16",
    "0X1P+3": "8",
    "0x.8p0": "0.5",
    "0x1.8p1": "3",
    "0x_1p0": "1",
    "0x1_0p0": "16",
    "1e-400": "0",
    "2e-324": "0",
    "123456789012345678901234567890": "123456789012345680000000000000",
    "_1": 'strconv.ParseFloat: parsing "_1": invalid syntax',
    "1_": 'strconv.ParseFloat: parsing "1_": invalid syntax',
    "1__0": 'strconv.ParseFloat: parsing "1__0": invalid syntax',
    "1_.5": 'strconv.ParseFloat: parsing "1_.5": invalid syntax',
    "1._5": 'strconv.ParseFloat: parsing "1._5": invalid syntax',
    "0x1": 'strconv.ParseFloat: parsing "0x1": invalid syntax',
    "0b1": 'strconv.ParseFloat: parsing "0b1": invalid syntax',
    "1p3": 'strconv.ParseFloat: parsing "1p3": invalid syntax',
    "abc": 'strconv.ParseFloat: parsing "abc": invalid syntax',
    "": 'strconv.ParseFloat: parsing "": invalid syntax',
    " 1": 'strconv.ParseFloat: parsing " 1": invalid syntax',
    "1\n": 'strconv.ParseFloat: parsing "1\\n": invalid syntax',
    '"x"': r'strconv.ParseFloat: parsing "\"x\"": invalid syntax',
    "infinit": 'strconv.ParseFloat: parsing "infinit": invalid syntax',
    "+nan": 'strconv.ParseFloat: parsing "+nan": invalid syntax',
    "1e400": 'strconv.ParseFloat: parsing "1e400": value out of range',
    "0x1p2000": 'strconv.ParseFloat: parsing "0x1p2000": value out of range',
    "inf": "invalid number value",
    "-Infinity": "invalid number value",
    "nan": "invalid number value",
}


@pytest.mark.parametrize(("text", "expected"), ENVIRONMENT.items())
def test_parse_env(text: str, expected: str) -> None:
    try:
        result = Number.parse_env(text).text()
    except ValueError as error:
        result = str(error)
    assert result == expected


def test_comparison_ignores_precision() -> None:
    assert Number.from_int(5, 64) == parsed("5.0")
    assert hash(Number.from_int(5, 64)) == hash(parsed("5.0"))
    assert parsed("0") == parsed("-0")
    assert hash(parsed("0")) == hash(parsed("-0"))
    assert Number.from_float(0.1) != parsed("0.1")
    assert Number.from_int(2**5000, 64) == parsed("1p5000")


ASCENDING = [
    "-Inf",
    "-1e600000000",
    "-2",
    "-1.5",
    "-1e-600000000",
    "0",
    "1e-600000000",
    "0.1",
    "1",
    "1e600000000",
    "Inf",
]


@pytest.mark.parametrize("left", range(len(ASCENDING)))
@pytest.mark.parametrize("right", range(len(ASCENDING)))
def test_compare(left: int, right: int) -> None:
    assert parsed(ASCENDING[left]).compare(parsed(ASCENDING[right])) == (left > right) - (left < right)


@pytest.mark.parametrize(
    ("text", "whole", "is_integer"),
    [("1.9", 1, False), ("-1.9", -1, False), ("0.5", 0, False), ("3", 3, True), ("1e30", 10**30, True)],
)
def test_to_int(text: str, whole: int, is_integer: bool) -> None:
    number = parsed(text)
    assert (number.to_int(), number.is_integer) == (whole, is_integer)


@pytest.mark.parametrize("text", ["1e600000000", "-1e600000000", "1e-600000000"])
def test_endless_text_is_refused(text: str) -> None:
    with pytest.raises(LimitExceeded, match="the limit is"):
        parsed(text).text()


def test_endless_int_is_refused() -> None:
    with pytest.raises(LimitExceeded, match="the limit is"):
        parsed("1e600000000").to_int()
    with pytest.raises(ValueError, match="infinity"):
        parsed("Inf").to_int()


def test_long_digits_are_read() -> None:
    assert parsed("1" * 100_000).text()[:10] == "1" * 10
    assert parsed("0." + "1" * 100_000).text() == "0." + "1" * 155 + "5"
    assert parsed("1" + "0" * 100_000 + "e-100000").text() == "1"


@given(st.floats(allow_nan=False))
def test_floats_come_back(value: float) -> None:
    number = Number.from_float(value)
    assert number.to_float() == value
    # The text of a power of two may be one digit too short: Go takes the gap below it for as wide as the one above.
    if number.mantissa not in {-1, 1}:
        assert parsed(number.text()).to_float() == value


@given(st.integers(-(2**511), 2**511), st.integers(-(2**511), 2**511))
def test_whole_numbers_calculate_as_ints(left: int, right: int) -> None:
    total = Number.from_int(left) + Number.from_int(right)
    assert total == Number.from_int(left + right)
    assert Number.from_int(left).compare(Number.from_int(right)) == (left > right) - (left < right)
    if abs(right) < 2**200 > abs(left) and right:
        rest = abs(left) % abs(right) * (1 if left > 0 else -1)
        assert Number.from_int(left).modulo(Number.from_int(right)) == Number.from_int(rest)


@given(st.integers(0, 2**512 - 1), st.integers(-3000, 3000))
def test_text_gives_the_number_back(mantissa: int, exponent: int) -> None:
    number = Number.from_int(mantissa) * parsed(f"1p{exponent}")
    assume(number.mantissa.bit_count() != 1)
    again = parsed(number.text())
    assert again == number
    assert number_text.general(again) == number_text.general(number)
