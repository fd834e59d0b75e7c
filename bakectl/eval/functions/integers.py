"""Whole numbers as functions take them: those that a Go int64 holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.functions import FunctionError

if TYPE_CHECKING:
    from bakectl.eval.numbers import Number
    from bakectl.eval.values import Value

_MIN = -(1 << 63)
_MAX = (1 << 63) - 1


def to_int64(value: Value, argument: int | None = None, prefix: str = "") -> int:
    """Take a number as an int; the prefix begins the message of the FunctionError for a number that is none."""
    number: Number = value.data
    if number.is_integer and number.magnitude_bits <= 64:
        integer = number.to_int()
        if _MIN <= integer <= _MAX:
            return integer
    raise FunctionError(f"{prefix}value must be a whole number, between {_MIN} and {_MAX}", argument)
