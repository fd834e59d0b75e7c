"""Templates: text with interpolations and directives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval import limits
from bakectl.eval.collections import elements
from bakectl.eval.convert import convert
from bakectl.eval.operations import condition
from bakectl.eval.types import BOOL, NUMBER, STRING
from bakectl.eval.values import UNKNOWN, Value, string
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from bakectl.eval.evaluator import Evaluator
    from bakectl.eval.scope import Scope


def template(evaluator: Evaluator, node: nodes.Template, scope: Scope) -> Value:
    pieces: list[str] = []
    known = _render(evaluator, node.parts, scope, pieces)
    if not known:
        return UNKNOWN
    text = "".join(pieces)
    limits.check_text(len(text))
    evaluator.budget.spend(len(text))
    return string(text)


def _render(evaluator: Evaluator, parts: tuple[nodes.TemplatePart, ...], scope: Scope, pieces: list[str]) -> bool:
    """Add the text of each part; False when one of them is unknown."""
    known = True
    for part in parts:
        if type(part) is nodes.String:
            pieces.append(part.value)
        elif isinstance(part, nodes.TemplateIf):
            chosen = condition(evaluator, part.condition, scope)
            if chosen is None:
                known = False
            else:
                known &= _render(evaluator, part.then if chosen else part.otherwise, scope, pieces)
        elif isinstance(part, nodes.TemplateFor):
            known &= _render_for(evaluator, part, scope, pieces)
        else:
            value = evaluator.evaluate(part, scope)
            if value.type is STRING and value.data is not None:
                pieces.append(value.data)
            elif value is UNKNOWN:
                known = False
            else:
                text = _as_text(evaluator, value, part, scope)
                if text is None:
                    known = False
                else:
                    pieces.append(text)
    return known


def _render_for(evaluator: Evaluator, part: nodes.TemplateFor, scope: Scope, pieces: list[str]) -> bool:
    collection = evaluator.evaluate(part.collection, scope)
    pairs = elements(evaluator, collection, part.collection, scope)
    if pairs is None:
        return False
    known = True
    for key, value in pairs:
        names = {part.value_name: value} if part.key_name is None else {part.key_name: key, part.value_name: value}
        before = len(pieces)
        known &= _render(evaluator, part.body, scope.child(names), pieces)
        evaluator.budget.spend(1 + sum(map(len, pieces[before:])))
    return known


def _as_text(evaluator: Evaluator, value: Value, node: nodes.Expression, scope: Scope) -> str | None:
    """The text of an interpolated value; None, with a problem reported, when it has none."""
    place = (node.start, node.end)
    if value.data is None:
        evaluator.error(
            scope,
            "null-in-template",
            "this is null, and a null cannot be part of a string",
            place,
            help="give it a value, or choose one with coalesce() or a conditional",
        )
        return None
    if value.type is NUMBER or value.type is BOOL:
        text: str = convert(value, STRING).data
        return text
    kind = value.type.friendly
    evaluator.error(
        scope,
        "not-a-string",
        f"a {kind} cannot be part of a string",
        place,
        help="use join() for a list, or jsonencode()",
    )
    return None


def wrapped(evaluator: Evaluator, node: nodes.Wrapped | nodes.Parentheses, scope: Scope) -> Value:
    return evaluator.evaluate(node.inner, scope)
