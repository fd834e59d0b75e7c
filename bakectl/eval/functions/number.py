"""Bodies of the functions on numbers."""

from __future__ import annotations

from math import inf, isinf
from typing import TYPE_CHECKING

from bakectl.eval.functions import FunctionError
from bakectl.eval.functions.integers import to_int64
from bakectl.eval.numbers import INTEGER_PRECISION, Number, NumberError
from bakectl.eval.types import NUMBER, STRING
from bakectl.eval.values import Value, boolean, integer, list_of

if TYPE_CHECKING:
    from collections.abc import Callable

_MAX_RANGE = 1024
_MAX_PARSED = 4096
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PANIC = "panic in function implementation: "
_NIL_DEREFERENCE = f"{_PANIC}runtime error: invalid memory address or nil pointer dereference"
_MAX_FLOAT = (2**53 - 1) << 971


def absolute(args: tuple[Value, ...]) -> Value:
    return Value(NUMBER, args[0].data.absolute())


def negate(args: tuple[Value, ...]) -> Value:
    return Value(NUMBER, args[0].data.negate())


def add(args: tuple[Value, ...]) -> Value:
    return _calculate(args, Number.__add__)


def subtract(args: tuple[Value, ...]) -> Value:
    return _calculate(args, Number.__sub__)


def multiply(args: tuple[Value, ...]) -> Value:
    return _calculate(args, Number.__mul__)


def divide(args: tuple[Value, ...]) -> Value:
    return _calculate(args, Number.__truediv__)


def modulo(args: tuple[Value, ...]) -> Value:
    return _calculate(args, Number.modulo)


def _calculate(args: tuple[Value, ...], operation: Callable[[Number, Number], Number]) -> Value:
    try:
        return Value(NUMBER, operation(args[0].data, args[1].data))
    except NumberError as error:
        raise FunctionError(str(error)) from None


def ceil(args: tuple[Value, ...]) -> Value:
    return _to_whole(args[0].data, 1)


def floor(args: tuple[Value, ...]) -> Value:
    return _to_whole(args[0].data, -1)


def _to_whole(number: Number, step: int) -> Value:
    """Round up (step 1) or down (step -1), at the precision of the number."""
    if number.exponent >= 0:
        return Value(NUMBER, number if number.mantissa else number.absolute())
    whole = number.truncate().mantissa
    if number.negative == (step < 0):
        whole += step
    return Value(NUMBER, Number.from_int(whole, number.precision))


def int_(args: tuple[Value, ...]) -> Value:
    number: Number = args[0].data
    if number.is_infinite:
        raise FunctionError(_NIL_DEREFERENCE)
    if number.is_integer:
        return args[0]
    whole = number.truncate().mantissa
    return Value(NUMBER, Number.from_int(whole, max(whole.bit_length(), INTEGER_PRECISION)))


def signum(args: tuple[Value, ...]) -> Value:
    value = to_int64(args[0])
    return integer((value > 0) - (value < 0))


def min_(args: tuple[Value, ...]) -> Value:
    return _extreme(args, -1)


def max_(args: tuple[Value, ...]) -> Value:
    return _extreme(args, 1)


def _extreme(args: tuple[Value, ...], order: int) -> Value:
    if not args:
        raise FunctionError("must pass at least one number")
    best = args[0]
    for value in args[1:]:
        if value.data.compare(best.data) == order:
            best = value
    return best


def log(args: tuple[Value, ...]) -> Value:
    from bakectl.eval.floats import log as logarithm

    number, base = _to_float(args[0]), _to_float(args[1])
    dividend, divisor = logarithm(number), logarithm(base)
    if divisor == 0:
        # Go gives an infinity where Python raises; 0 * inf is "not a number" in both.
        return _from_float(dividend * inf)
    return _from_float(dividend / divisor)


def pow_(args: tuple[Value, ...]) -> Value:
    from bakectl.eval.floats import power

    return _from_float(power(_to_float(args[0]), _to_float(args[1])))


def _to_float(value: Value) -> float:
    number: Number = value.data
    result = number.to_float()
    if isinf(result) and not number.is_infinite:
        raise FunctionError(f"value must be between -{_MAX_FLOAT}.000000 and {_MAX_FLOAT}.000000 inclusive")
    return result


def _from_float(value: float) -> Value:
    try:
        return Value(NUMBER, Number.from_float(value))
    except NumberError as error:
        raise FunctionError(_PANIC + str(error)) from None


def parseint(args: tuple[Value, ...]) -> Value:
    text, base = args
    if text.type is not STRING:
        raise FunctionError(f"first argument must be a string, not {text.type.friendly}", 0)
    radix = to_int64(base, 1)
    if not 2 <= radix <= 62:
        raise FunctionError("base must be a whole number between 2 and 62 inclusive", 1)
    number = _parse_digits(text.data, radix)
    if number is None:
        raise FunctionError(f'cannot parse "{text.data}" as a base {radix} integer', 0)
    return Value(NUMBER, Number.from_int(number, max(number.bit_length(), INTEGER_PRECISION)))


def _parse_digits(text: str, base: int) -> int | None:
    digits = text[1:] if text[:1] in ("+", "-") else text
    if not digits:
        return None
    if len(digits) > _MAX_PARSED:
        from bakectl.eval.limits import LimitExceeded

        raise LimitExceeded(f"an integer of {len(digits)} digits; the limit is {_MAX_PARSED}")
    values = {digit: place for place, digit in enumerate(_DIGITS[:base])}
    if base <= 36:
        values.update({digit.upper(): place for digit, place in values.items()})
    number = 0
    for digit in digits:
        value = values.get(digit)
        if value is None:
            return None
        number = number * base + value
    return -number if text[0] == "-" else number


def range_(args: tuple[Value, ...]) -> Value:
    start, end, step = _range_bounds([value.data for value in args])
    down = step.negative and not step.is_zero
    if down and end > start:
        raise FunctionError("end must be less than start when step is negative", 1)
    if not down and end < start:
        raise FunctionError("end must be greater than start when step is positive", 1)
    numbers: list[Value] = []
    number = start
    while number > end if down else number < end:
        if len(numbers) >= _MAX_RANGE:
            raise FunctionError(
                "more than 1024 values were generated; "
                "either decrease the difference between start and end or use a smaller step"
            )
        numbers.append(Value(NUMBER, number))
        try:
            number = number + step
        except NumberError:
            raise FunctionError(f"{_PANIC}addition of infinities with opposite signs") from None
    return list_of(NUMBER, numbers)


def _range_bounds(given: list[Number]) -> tuple[Number, Number, Number]:
    zero, one = Number.from_int(0, INTEGER_PRECISION), Number.from_int(1, INTEGER_PRECISION)
    match given:
        case [end]:
            return zero, end, one.negate() if end < zero else one
        case [start, end]:
            return start, end, one.negate() if end < start else one
        case [start, end, step]:
            return start, end, step
    raise FunctionError("must have one, two, or three arguments")


def greaterthan(args: tuple[Value, ...]) -> Value:
    return boolean(args[0].data > args[1].data)


def greaterthanorequalto(args: tuple[Value, ...]) -> Value:
    return boolean(args[0].data >= args[1].data)


def lessthan(args: tuple[Value, ...]) -> Value:
    return boolean(args[0].data < args[1].data)


def lessthanorequalto(args: tuple[Value, ...]) -> Value:
    return boolean(args[0].data <= args[1].data)
