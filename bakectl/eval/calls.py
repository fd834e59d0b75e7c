"""Function calls: the library, the functions of the file, and those that take their arguments unevaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Note
from bakectl.eval import functions
from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.functions import FunctionError
from bakectl.eval.limits import LimitExceeded
from bakectl.eval.scope import Scope
from bakectl.eval.typeexpr import read_type
from bakectl.eval.types import DYNAMIC, ListType, SetType, TupleType
from bakectl.eval.values import FALSE, TRUE, UNKNOWN, Value, tuple_of
from bakectl.source import Span
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from bakectl.eval.evaluator import Evaluator
    from bakectl.eval.functions import Function, Param
    from bakectl.eval.scope import UserFunction
    from bakectl.syntax import nodes


def call(evaluator: Evaluator, node: nodes.Call, scope: Scope) -> Value:
    """Evaluate a call. A function of the library wins over one of the file with its name, as in buildx."""
    name = node.name
    special = _SPECIAL.get(name)
    if special is not None:
        return special(evaluator, node, scope)
    function = functions.lookup(name)
    user = scope.root.function(name) if function is None else None
    if function is None and user is None:
        known = {*functions.NAMES, *scope.root.function_names()}
        help = did_you_mean(name, known)
        place = (node.start, node.name_end)
        return evaluator.error(scope, "unknown-function", f'there is no function named "{name}"', place, help=help)
    arguments = _arguments(evaluator, node, scope)
    if arguments is None:
        return UNKNOWN
    values, places = arguments
    if function is not None:
        return _call_library(evaluator, node, scope, function, values, places)
    assert user is not None
    return _call_user(evaluator, node, scope, user, values, places)


def _arguments(
    evaluator: Evaluator, node: nodes.Call, scope: Scope
) -> tuple[list[Value], list[nodes.Expression]] | None:
    """All arguments with the expression each came from; None when one of them is unknown."""
    values = [evaluator.evaluate(argument, scope) for argument in node.arguments]
    places = list(node.arguments)
    if any(value is UNKNOWN for value in values):
        return None
    if node.expands:
        last, place = values.pop(), places.pop()
        if last.data is None or not isinstance(last.type, (ListType, SetType, TupleType)):
            what = "null" if last.data is None else f"a {last.type.friendly}"
            message = f'"..." expands a list, a set or a tuple, and this is {what}'
            evaluator.error(scope, "bad-expansion", message, (place.start, place.end))
            return None
        values.extend(last.data)
        places.extend([place] * len(last.data))
    return values, places


def _count_is_right(
    evaluator: Evaluator, node: nodes.Call, scope: Scope, params: tuple[str, ...], variadic: bool, given: int
) -> bool:
    expected = len(params)
    if given < expected:
        least = "at least " if variadic else ""
        message = (
            f'function "{node.name}" expects {least}{_counted(expected)}, not {given}: "{params[given]}" is missing'
        )
        evaluator.error(scope, "argument-count", message, (node.name_end, node.end))
        return False
    if given > expected and not variadic:
        extra = node.arguments[min(expected, len(node.arguments) - 1)]
        message = f'function "{node.name}" expects {_counted(expected)}, not {given}'
        evaluator.error(scope, "argument-count", message, (extra.start, extra.end), help="remove what is too much")
        return False
    return True


def _counted(count: int) -> str:
    return "no argument" if count == 0 else f"{count} argument{'s' if count > 1 else ''}"


def _call_library(
    evaluator: Evaluator,
    node: nodes.Call,
    scope: Scope,
    function: Function,
    values: list[Value],
    places: list[nodes.Expression],
) -> Value:
    names = tuple(param.name for param in function.params)
    if not _count_is_right(evaluator, node, scope, names, function.variadic is not None, len(values)):
        return UNKNOWN
    for index, value in enumerate(values):
        param = function.params[index] if index < len(function.params) else function.variadic
        assert param is not None
        converted = _argument(evaluator, node, scope, param, value, places[index])
        if converted is None:
            return UNKNOWN
        values[index] = converted
    try:
        result = functions.load(function)(tuple(values))
    except FunctionError as error:
        at: nodes.Node = node
        subject = f'function "{node.name}"'
        if error.argument is not None and error.argument < len(places):
            at = places[error.argument]
            param = function.params[error.argument] if error.argument < len(function.params) else function.variadic
            subject += f', parameter "{param.name}"' if param else ""
        return evaluator.error(scope, "function-call", f"{subject}: {error.message}", (at.start, at.end))
    except (ConversionError, ArithmeticError) as error:
        message = f'function "{node.name}": {error}'
        return evaluator.error(scope, "function-call", message, (node.start, node.end))
    except LimitExceeded as error:
        raise LimitExceeded(f'function "{node.name}": {error}') from None
    data = result.data
    if isinstance(data, (tuple, dict)):
        evaluator.budget.spend_items(len(data))
    elif isinstance(data, str):
        evaluator.budget.spend(len(data))
    return result


def _argument(
    evaluator: Evaluator, node: nodes.Call, scope: Scope, param: Param, value: Value, place: nodes.Expression
) -> Value | None:
    where = (place.start, place.end)
    if value.data is None and not param.allow_null:
        message = f'function "{node.name}", parameter "{param.name}": the argument must not be null'
        evaluator.error(scope, "function-call", message, where)
        return None
    if param.type is DYNAMIC or value.type is param.type:
        return value
    try:
        return convert(value, param.type)
    except ConversionError as error:
        evaluator.error(scope, "function-call", f'function "{node.name}", parameter "{param.name}": {error}', where)
        return None


def _call_user(
    evaluator: Evaluator,
    node: nodes.Call,
    scope: Scope,
    function: UserFunction,
    values: list[Value],
    places: list[nodes.Expression],
) -> Value:
    count = len(function.params)
    if not _count_is_right(evaluator, node, scope, function.params, function.variadic is not None, len(values)):
        return UNKNOWN
    for index, value in enumerate(values):
        if value.data is None:
            name = function.params[index] if index < count else function.variadic
            message = f'function "{node.name}", parameter "{name}": the argument must not be null'
            return evaluator.error(scope, "function-call", message, (places[index].start, places[index].end))
    names = dict(zip(function.params, values, strict=False))
    if function.variadic is not None:
        names[function.variadic] = tuple_of(values[count:])
    inner = Scope(scope.root, function.source, names)
    result, problems = evaluator.attempt(function.result, inner)
    errors = problems.errors
    if not errors:
        return result
    first = errors[0]
    notes = (Note(first.span, f'this fails in function "{function.name}"'), *first.notes) if first.span else first.notes
    return evaluator.error(
        scope,
        first.rule,
        f'function "{node.name}": {first.message}',
        (node.start, node.end),
        help=first.help,
        notes=notes,
    )


def _try(evaluator: Evaluator, node: nodes.Call, scope: Scope) -> Value:
    """`try(…)`: the first argument that can be evaluated."""
    if not node.arguments:
        return evaluator.error(
            scope, "argument-count", 'function "try" expects at least 1 argument', (node.name_end, node.end)
        )
    failures: list[str] = []
    for argument in node.arguments:
        value, problems = evaluator.attempt(argument, scope)
        if not problems.has_errors:
            return value
        failures.append(problems.errors[0].message)
    message = 'function "try": none of its arguments can be evaluated: ' + "; ".join(failures)
    return evaluator.error(scope, "function-call", message, (node.start, node.end))


def _can(evaluator: Evaluator, node: nodes.Call, scope: Scope) -> Value:
    """`can(…)`: whether the argument can be evaluated."""
    if not _count_is_right(evaluator, node, scope, ("expression",), False, len(node.arguments)):
        return UNKNOWN
    _, problems = evaluator.attempt(node.arguments[0], scope)
    return FALSE if problems.has_errors else TRUE


def _convert(evaluator: Evaluator, node: nodes.Call, scope: Scope) -> Value:
    """`convert(value, type)`: the second argument is a type expression."""
    if not _count_is_right(evaluator, node, scope, ("value", "type"), False, len(node.arguments)):
        return UNKNOWN
    value = evaluator.evaluate(node.arguments[0], scope)
    wanted = read_type(node.arguments[1], Span(scope.source, node.start, node.end), evaluator.problems, defaults=False)
    if wanted is None or value is UNKNOWN:
        return UNKNOWN
    try:
        return convert(value, wanted)
    except ConversionError as error:
        place = (node.arguments[0].start, node.arguments[0].end)
        return evaluator.error(scope, "function-call", f'function "convert", parameter "value": {error}', place)


_SPECIAL = {"try": _try, "can": _can, "convert": _convert}
