"""The operators of expressions as two tables, each with the conversion of its operands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.numbers import NumberError
from bakectl.eval.types import BOOL, NUMBER, SetType, Type
from bakectl.eval.values import UNKNOWN, Value, boolean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Literal

    Side = Literal["left", "right"]


class OperatorError(Exception):
    """An operation failed: `operand` is the side whose value does not suit, None when the operation itself failed."""

    def __init__(self, message: str, operand: Side | None = None) -> None:
        self.message = message
        self.operand = operand
        super().__init__(message)


def binary(operator: str, left: Value, right: Value) -> Value:
    """Apply an operator such as `+` or `==` to two values, both evaluated; unknown makes unknown."""
    operand_type, apply = BINARY[operator]
    if operand_type is None:
        if left.data is ... or right.data is ...:
            return UNKNOWN
        return apply(left, right)
    if left.type is not operand_type:
        left = _operand(left, operand_type, "left")
    if right.type is not operand_type:
        right = _operand(right, operand_type, "right")
    if left.data is ... or right.data is ...:
        return UNKNOWN
    if left.data is None or right.data is None:
        raise OperatorError("argument must not be null")
    try:
        return apply(left.data, right.data)
    except NumberError as error:
        raise OperatorError(str(error)) from None


def unary(operator: str, value: Value) -> Value:
    """Apply `-` or `!` to a value; unknown makes unknown."""
    operand_type, apply = UNARY[operator]
    value = _operand(value, operand_type, None)
    if value.data is ...:
        return UNKNOWN
    if value.data is None:
        raise OperatorError("argument must not be null")
    return apply(value.data)


def is_equal(left: Value, right: Value) -> bool:
    """Compare as `==` does: nothing is converted, null equals null of any type."""
    if left.data is None or right.data is None:
        return left.data is right.data
    return left.type == right.type and _same(left, right)


def _same(left: Value, right: Value) -> bool:
    """Compare two values of one type; only sets need more than their data."""
    if isinstance(left.type, SetType) and left.data and right.data:
        return frozenset(left.data) == frozenset(right.data)
    return bool(left.data == right.data)


def _operand(value: Value, to: Type, side: Side | None) -> Value:
    try:
        return convert(value, to)
    except ConversionError as error:
        raise OperatorError(str(error), side) from None


BINARY: Final[Mapping[str, tuple[Type | None, Callable[..., Value]]]] = {
    "==": (None, lambda left, right: boolean(is_equal(left, right))),
    "!=": (None, lambda left, right: boolean(not is_equal(left, right))),
    "&&": (BOOL, lambda left, right: boolean(left and right)),
    "||": (BOOL, lambda left, right: boolean(left or right)),
    "<": (NUMBER, lambda left, right: boolean(left.compare(right) < 0)),
    "<=": (NUMBER, lambda left, right: boolean(left.compare(right) <= 0)),
    ">": (NUMBER, lambda left, right: boolean(left.compare(right) > 0)),
    ">=": (NUMBER, lambda left, right: boolean(left.compare(right) >= 0)),
    "+": (NUMBER, lambda left, right: Value(NUMBER, left + right)),
    "-": (NUMBER, lambda left, right: Value(NUMBER, left - right)),
    "*": (NUMBER, lambda left, right: Value(NUMBER, left * right)),
    "/": (NUMBER, lambda left, right: Value(NUMBER, left / right)),
    "%": (NUMBER, lambda left, right: Value(NUMBER, left.modulo(right))),
}
"""Operator to the type of its operands (None: as they are) and what it does with their data."""

UNARY: Final[Mapping[str, tuple[Type, Callable[..., Value]]]] = {
    "-": (NUMBER, lambda number: Value(NUMBER, number.negate())),
    "!": (BOOL, lambda value: boolean(not value)),
}
"""Operator to the type of its operand and what it does with the data."""
