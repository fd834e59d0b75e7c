"""Names, attributes, indexes and splats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.numbers import Number
from bakectl.eval.scope import VariableCycle
from bakectl.eval.types import DYNAMIC, NUMBER, STRING, ListType, MapType, ObjectType, SetType, TupleType
from bakectl.eval.values import UNKNOWN, Value, tuple_of
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from bakectl.eval.evaluator import Evaluator
    from bakectl.eval.scope import Scope

_SUGGESTED = 50
"""Problems up to which a name is suggested: in a file with more, looking for names takes longer than it helps."""


def variable(evaluator: Evaluator, node: nodes.Variable, scope: Scope) -> Value:
    name = node.name
    place = (node.start, node.end)
    try:
        value = scope.lookup(name)
    except VariableCycle as cycle:
        remedy = "give one of them a value that does not depend on the others"
        return evaluator.error(scope, "variable-cycle", str(cycle), place, help=remedy)
    if value is not None:
        return value
    if scope.root.namespace(name) is not None:
        return evaluator.error(
            scope,
            "bare-namespace",
            f'"{name}" is not a value by itself',
            place,
            help=f"write {name}.NAME.ATTRIBUTE",
        )
    help = did_you_mean(name, scope.known_names()) if len(evaluator.problems) < _SUGGESTED else None
    return evaluator.error(scope, "unknown-variable", f'there is no variable named "{name}"', place, help=help)


def get_attribute(evaluator: Evaluator, node: nodes.GetAttribute, scope: Scope) -> Value:
    reference = _reference(evaluator, node, scope)
    if reference is not None:
        return reference
    value = evaluator.evaluate(node.target, scope)
    return _attribute_of(evaluator, value, node.name, (node.dot, node.end), scope)


def _reference(evaluator: Evaluator, node: nodes.GetAttribute, scope: Scope) -> Value | None:
    """The value of `target.NAME` or `target.NAME.ATTRIBUTE`, or None when this is no such reference."""
    target = node.target
    if type(target) is nodes.GetAttribute:
        root, block, attribute = target.target, target.name, node.name
    else:
        root, block, attribute = target, node.name, None
    if type(root) is not nodes.Variable:
        return None
    namespace = scope.root.namespace(root.name)
    if namespace is None or scope.lookup(root.name) is not None:
        return None
    value = namespace.whole(block) if attribute is None else namespace.attribute(block, attribute)
    if value is not None:
        return value
    if attribute is not None and block in namespace.names():
        message = f'a {root.name} has no attribute "{attribute}"'
        return evaluator.error(scope, "unknown-attribute", message, (node.dot, node.end))
    place = (target.dot, target.end) if isinstance(target, nodes.GetAttribute) else (node.dot, node.end)
    message = f'there is no {root.name} named "{block}"'
    help = did_you_mean(block, namespace.names())
    return evaluator.error(scope, f"unknown-{root.name}", message, place, help=help)


def _attribute_of(evaluator: Evaluator, value: Value, name: str, place: tuple[int, int], scope: Scope) -> Value:
    if value is UNKNOWN:
        return UNKNOWN
    if value.data is None:
        return evaluator.error(scope, "null-value", f'this value is null, so it has no attribute "{name}"', place)
    if isinstance(value.type, (ObjectType, MapType)):
        found: Value | None = value.data.get(name)
        if found is not None:
            return found
        kind = value.type.friendly if isinstance(value.type, ObjectType) else "map"
        help = did_you_mean(name, value.data)
        return evaluator.error(scope, "unknown-attribute", f'this {kind} has no attribute "{name}"', place, help=help)
    kind = value.type.friendly
    help = 'use "[*]" to take it from each element' if isinstance(value.data, tuple) else None
    return evaluator.error(
        scope, "unknown-attribute", f'a {kind} has no attributes, such as "{name}"', place, help=help
    )


def index(evaluator: Evaluator, node: nodes.Index, scope: Scope) -> Value:
    target = node.target
    if type(target) is nodes.Variable and scope.root.namespace(target.name) and scope.lookup(target.name) is None:
        return evaluator.error(
            scope,
            "bare-namespace",
            f'"{target.name}" cannot be indexed',
            (target.start, node.end),
            help=f"write {target.name}.NAME.ATTRIBUTE",
        )
    value = evaluator.evaluate(target, scope)
    key = evaluator.evaluate(node.key, scope)
    if value is UNKNOWN or key is UNKNOWN:
        return UNKNOWN
    place = (node.bracket, node.end)
    if value.data is None:
        return evaluator.error(scope, "null-value", "this value is null, so it has no elements", place)
    if key.data is None:
        return evaluator.error(scope, "null-value", "a null cannot be an index", place)
    if isinstance(value.type, (ObjectType, MapType)):
        return _index_mapping(evaluator, value, key, place, scope)
    if isinstance(value.type, (ListType, TupleType)):
        return _index_sequence(evaluator, value, key, place, scope)
    if isinstance(value.type, SetType):
        message = "the elements of a set have no index"
        return evaluator.error(scope, "bad-index", message, place, help='use a "for" expression, or sort() it first')
    return evaluator.error(scope, "bad-index", f"a {value.type.friendly} has no elements", place)


def _index_mapping(evaluator: Evaluator, value: Value, key: Value, place: tuple[int, int], scope: Scope) -> Value:
    try:
        name = convert(key, STRING).data
    except ConversionError as error:
        return evaluator.error(scope, "bad-index", f"this cannot be a key: {error}", place)
    found: Value | None = value.data.get(name)
    if found is None:
        help = did_you_mean(name, value.data)
        return evaluator.error(scope, "bad-index", f'there is no element with the key "{name}"', place, help=help)
    return found


def _index_sequence(evaluator: Evaluator, value: Value, key: Value, place: tuple[int, int], scope: Scope) -> Value:
    try:
        number: Number = convert(key, NUMBER).data
    except ConversionError as error:
        return evaluator.error(scope, "bad-index", f"this cannot be an index: {error}", place)
    size = len(value.data)
    if not number.is_integer:
        return evaluator.error(scope, "bad-index", f"an index is a whole number, not {number.text()}", place)
    if number.compare(Number.from_int(0)) < 0 or number.compare(Number.from_int(size)) >= 0:
        count = f"{size} element{'s' if size != 1 else ''}"
        return evaluator.error(
            scope,
            "bad-index",
            f"there is no element {_short(number)}: this {value.type.friendly} has {count}",
            place,
        )
    element: Value = value.data[number.to_int()]
    return element


def splat(evaluator: Evaluator, node: nodes.Splat, scope: Scope) -> Value:
    source = evaluator.evaluate(node.source, scope)
    if source is UNKNOWN:
        return UNKNOWN
    if source.data is None:
        return tuple_of(())
    kind = source.type
    whole = isinstance(kind, (ListType, SetType, TupleType))
    results: list[Value] = []
    for element in source.data if whole else (source,):
        evaluator.splat_items[node.item] = element
        results.append(evaluator.evaluate(node.each, scope))
    if any(result is UNKNOWN for result in results):
        return UNKNOWN
    evaluator.budget.spend_items(len(results))
    if whole and not isinstance(kind, TupleType):
        if not results:
            element = kind.element if isinstance(kind, (ListType, SetType)) and node.each is node.item else DYNAMIC
            return Value(ListType(element), ())
        return Value(ListType(results[0].type), tuple(results))
    return tuple_of(results)


def splat_item(evaluator: Evaluator, node: nodes.SplatItem, scope: Scope) -> Value:
    return evaluator.splat_items[node]


def _short(number: Number) -> str:
    return number.text() if number.magnitude_bits < 64 else "of this size"
