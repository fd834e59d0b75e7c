"""`Evaluator`: an expression and a scope to a value, within a budget; one function per kind of node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bakectl.diagnostics import Note, Problems
from bakectl.eval import limits
from bakectl.eval.calls import call
from bakectl.eval.collections import for_expression, object_literal, tuple_literal
from bakectl.eval.limits import LimitExceeded
from bakectl.eval.numbers import Number
from bakectl.eval.operations import binary_operation, conditional, unary_operation
from bakectl.eval.templates import template, wrapped
from bakectl.eval.traversal import get_attribute, index, splat, splat_item, variable
from bakectl.eval.types import NUMBER, STRING
from bakectl.eval.values import FALSE, NULL, TRUE, UNKNOWN, Value, string
from bakectl.source import Span
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.eval.scope import Scope

_LITERALS: Final = {True: TRUE, False: FALSE, None: NULL}


class Budget:
    """What all evaluation of one project may use together; raises LimitExceeded beyond."""

    __slots__ = ("produced", "steps")

    def __init__(self) -> None:
        self.steps = limits.MAX_STEPS
        self.produced = limits.MAX_PRODUCED

    def spend(self, characters: int) -> None:
        """Account for characters that were made."""
        self.produced -= characters
        if self.produced < 0:
            raise LimitExceeded(f"the values of the file take more than {limits.MAX_PRODUCED} characters")

    def spend_items(self, count: int) -> None:
        """Account for items of collections that were made."""
        self.spend(count * limits.ITEM)


class Evaluator:
    """Evaluates expressions; what goes wrong is added to `problems`, and the value is then UNKNOWN."""

    def __init__(self, problems: Problems, budget: Budget) -> None:
        self.problems = problems
        self.budget: Final = budget
        self.splat_items: Final[dict[nodes.SplatItem, Value]] = {}
        self.numbers: Final[dict[str, Value]] = {}

    def evaluate(self, node: nodes.Expression, scope: Scope) -> Value:
        """Compute the value; raises LimitExceeded when the budget is spent."""
        budget = self.budget
        budget.steps -= 1
        if budget.steps < 0:
            raise LimitExceeded(f"evaluating the file takes more than {limits.MAX_STEPS} steps")
        return _EVALUATE[type(node)](self, node, scope)

    def attempt(self, node: nodes.Expression, scope: Scope) -> tuple[Value, Problems]:
        """Evaluate with problems kept apart, for what may fail without harm."""
        outer, self.problems = self.problems, Problems()
        try:
            value = self.evaluate(node, scope)
            return value, self.problems
        finally:
            self.problems = outer

    def keep(self, problems: Problems) -> None:
        """Report problems that were kept apart after all."""
        for problem in problems:
            self.problems.add(problem)

    def error(
        self,
        scope: Scope,
        rule: str,
        message: str,
        place: tuple[int, int],
        *,
        help: str | None = None,
        notes: tuple[Note, ...] = (),
    ) -> Value:
        """Report a problem and return UNKNOWN."""
        self.problems.error(rule, message, Span(scope.source, *place), help=help, notes=notes)
        return UNKNOWN


def _literal(evaluator: Evaluator, node: nodes.Literal, scope: Scope) -> Value:
    return _LITERALS[node.value]


def _number(evaluator: Evaluator, node: nodes.NumberLiteral, scope: Scope) -> Value:
    value = evaluator.numbers.get(node.text)
    if value is None:
        parsed = Number.parse(node.text)
        if parsed is None:
            message = f'"{node.text}" is not a number'
            return evaluator.error(scope, "bad-number", message, (node.start, node.end))
        value = evaluator.numbers[node.text] = Value(NUMBER, parsed)
    return value


def _string(evaluator: Evaluator, node: nodes.String, scope: Scope) -> Value:
    text = node.value
    return Value(STRING, text) if text.isascii() else string(text)


def _bad(evaluator: Evaluator, node: nodes.Bad, scope: Scope) -> Value:
    return UNKNOWN


_Evaluation: TypeAlias = "Callable[[Evaluator, Any, Scope], Value]"
_EVALUATE: Final[dict[type[nodes.Expression], _Evaluation]] = {
    nodes.Literal: _literal,
    nodes.NumberLiteral: _number,
    nodes.String: _string,
    nodes.Template: template,
    nodes.Wrapped: wrapped,
    nodes.Parentheses: wrapped,
    nodes.Variable: variable,
    nodes.GetAttribute: get_attribute,
    nodes.Index: index,
    nodes.Splat: splat,
    nodes.SplatItem: splat_item,
    nodes.Unary: unary_operation,
    nodes.Binary: binary_operation,
    nodes.Conditional: conditional,
    nodes.Tuple: tuple_literal,
    nodes.Object: object_literal,
    nodes.For: for_expression,
    nodes.Call: call,
    nodes.Bad: _bad,
}
