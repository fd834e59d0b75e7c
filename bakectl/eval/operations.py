"""Unary and binary operators, and conditionals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.operators import OperatorError, binary, unary
from bakectl.eval.types import BOOL, DYNAMIC
from bakectl.eval.unify import unify
from bakectl.eval.values import UNKNOWN, Value, boolean
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from bakectl.eval.evaluator import Evaluator
    from bakectl.eval.scope import Scope


def unary_operation(evaluator: Evaluator, node: nodes.Unary, scope: Scope) -> Value:
    operand = evaluator.evaluate(node.operand, scope)
    if operand is UNKNOWN:
        return UNKNOWN
    try:
        return unary(node.operator, operand)
    except OperatorError as error:
        at = node.operand if error.operand else node
        return evaluator.error(scope, "bad-operand", f'"{node.operator}": {error}', (at.start, at.end))


def binary_operation(evaluator: Evaluator, node: nodes.Binary, scope: Scope) -> Value:
    # A long chain of operators leans to the left: go down it without recursion.
    spine = [node]
    while type(spine[-1].left) is nodes.Binary:
        spine.append(spine[-1].left)
    value = evaluator.evaluate(spine[-1].left, scope)
    for step in reversed(spine):
        evaluator.budget.steps -= 1
        if step.operator in ("&&", "||"):
            value = _logical(evaluator, step, value, scope)
        else:
            value = _operate(evaluator, step, value, evaluator.evaluate(step.right, scope), scope)
    return value


def _operate(evaluator: Evaluator, node: nodes.Binary, left: Value, right: Value, scope: Scope) -> Value:
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    try:
        return binary(node.operator, left, right)
    except OperatorError as error:
        at = {"left": node.left, "right": node.right}.get(error.operand or "", node)
        return evaluator.error(scope, "bad-operand", f'"{node.operator}": {error}', (at.start, at.end))


def _logical(evaluator: Evaluator, node: nodes.Binary, left: Value, scope: Scope) -> Value:
    """`&&` and `||`: when the left side decides, what is wrong on the right does not count (HCL 2.24)."""
    right, problems = evaluator.attempt(node.right, scope)
    if left is UNKNOWN:
        evaluator.keep(problems)
        return UNKNOWN
    try:
        decided = None if left.data is None else convert(left, BOOL).data
    except ConversionError:
        decided = None
    if decided is not None and decided is (node.operator == "||") and problems.has_errors:
        return boolean(decided)
    evaluator.keep(problems)
    return _operate(evaluator, node, left, right, scope)


def condition(evaluator: Evaluator, node: nodes.Expression, scope: Scope) -> bool | None:
    """A condition as a bool; None, with a problem reported, when it is none."""
    value = evaluator.evaluate(node, scope)
    if value is UNKNOWN:
        return None
    place = (node.start, node.end)
    if value.data is None:
        evaluator.error(scope, "bad-condition", "a condition is true or false, and this is null", place)
        return None
    try:
        chosen: bool = convert(value, BOOL).data
    except ConversionError as error:
        evaluator.error(
            scope, "bad-condition", f"a condition is true or false: {error}", place, help="compare it with a value"
        )
        return None
    return chosen


def conditional(evaluator: Evaluator, node: nodes.Conditional, scope: Scope) -> Value:
    chosen = condition(evaluator, node.condition, scope)
    if chosen is None:
        evaluator.attempt(node.then, scope)
        evaluator.attempt(node.otherwise, scope)
        return UNKNOWN
    if chosen:
        taken = evaluator.evaluate(node.then, scope)
        other, _ = evaluator.attempt(node.otherwise, scope)
    else:
        taken = evaluator.evaluate(node.otherwise, scope)
        other, _ = evaluator.attempt(node.then, scope)
    if taken is UNKNOWN or other is UNKNOWN or taken.type is other.type:
        return taken
    common = unify([taken.type, other.type] if chosen else [other.type, taken.type])
    if common is None:
        then, otherwise = (taken, other) if chosen else (other, taken)
        message = (
            "both results of a conditional must have one type: "
            f"the first is {_described(then)}, the second {_described(otherwise)}"
        )
        return evaluator.error(scope, "mixed-conditional", message, (node.then.start, node.otherwise.end))
    try:
        return convert(taken, common)
    except ConversionError as error:
        place = (node.then.start, node.otherwise.end)
        return evaluator.error(scope, "mixed-conditional", f"the results of a conditional differ: {error}", place)


def _described(value: Value) -> str:
    return "null" if value.type is DYNAMIC else value.type.friendly
