"""Bodies of the functions that compare values and combine truths."""

from __future__ import annotations

from bakectl.eval.operators import is_equal
from bakectl.eval.values import Value, boolean


def equal(args: tuple[Value, ...]) -> Value:
    return boolean(is_equal(args[0], args[1]))


def notequal(args: tuple[Value, ...]) -> Value:
    return boolean(not is_equal(args[0], args[1]))


def and_(args: tuple[Value, ...]) -> Value:
    return boolean(args[0].data and args[1].data)


def or_(args: tuple[Value, ...]) -> Value:
    return boolean(args[0].data or args[1].data)


def not_(args: tuple[Value, ...]) -> Value:
    return boolean(not args[0].data)
