"""Lists, maps and `for` expressions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.operations import condition
from bakectl.eval.types import STRING, ListType, MapType, ObjectType, SetType, TupleType
from bakectl.eval.values import UNKNOWN, Value, integer, object_of, tuple_of
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.eval.evaluator import Evaluator
    from bakectl.eval.scope import Scope


def tuple_literal(evaluator: Evaluator, node: nodes.Tuple, scope: Scope) -> Value:
    evaluate = evaluator.evaluate
    data = tuple([evaluate(item, scope) for item in node.items])
    if any(item is UNKNOWN for item in data):
        return UNKNOWN
    return Value(TupleType([item.type for item in data]), data)


def object_literal(evaluator: Evaluator, node: nodes.Object, scope: Scope) -> Value:
    attributes: dict[str, Value] = {}
    known = True
    for item in node.items:
        key = _key(evaluator, item.key, scope)
        value = evaluator.evaluate(item.value, scope)
        if key is None or value is UNKNOWN:
            known = False
        else:
            attributes[key] = value
    return object_of(attributes) if known else UNKNOWN


def _key(evaluator: Evaluator, node: nodes.Expression, scope: Scope) -> str | None:
    """The key of an item; None, with a problem reported, when it cannot be one."""
    place = (node.start, node.end)
    if type(node) is nodes.Variable:
        return node.name
    if type(node) is nodes.Literal:
        return {True: "true", False: "false", None: "null"}[node.value]
    if isinstance(node, (nodes.GetAttribute, nodes.Index)) and _is_static(node):
        evaluator.error(
            scope,
            "ambiguous-key",
            "this key is either a name with a dot or a reference",
            place,
            help="put it in quotes for the name, or in parentheses for the reference",
        )
        return None
    return _text_key(evaluator, node, scope)


def _text_key(evaluator: Evaluator, node: nodes.Expression, scope: Scope) -> str | None:
    value = evaluator.evaluate(node, scope)
    if value is UNKNOWN:
        return None
    place = (node.start, node.end)
    if value.data is None:
        evaluator.error(scope, "bad-key", "a null cannot be a key", place)
        return None
    try:
        key: str = convert(value, STRING).data
    except ConversionError as error:
        evaluator.error(scope, "bad-key", f"this cannot be a key: {error}", place)
        return None
    return key


def elements(
    evaluator: Evaluator, collection: Value, node: nodes.Expression, scope: Scope
) -> Iterator[tuple[Value, Value]] | None:
    """Keys and values to iterate over; None, with a problem reported, when there is nothing to iterate."""
    if collection is UNKNOWN:
        return None
    place = (node.start, node.end)
    if collection.data is None:
        evaluator.error(scope, "not-iterable", "a null cannot be iterated over", place, help="use an empty list")
        return None
    match collection.type:
        case ListType() | TupleType():
            return ((integer(place), value) for place, value in enumerate(collection.data))
        case SetType():
            return ((value, value) for value in collection.data)
        case MapType() | ObjectType():
            return ((Value(STRING, key), value) for key, value in collection.data.items())
    kind = collection.type.friendly
    evaluator.error(scope, "not-iterable", f"a {kind} cannot be iterated over", place, help="put it in [ ]")
    return None


def for_expression(evaluator: Evaluator, node: nodes.For, scope: Scope) -> Value:
    pairs = elements(evaluator, evaluator.evaluate(node.collection, scope), node.collection, scope)
    if pairs is None:
        return UNKNOWN
    results: list[Value] = []
    keyed: dict[str, Value] = {}
    groups: dict[str, list[Value]] = {}
    known = True
    for index, item in pairs:
        evaluator.budget.spend_items(1)
        local = {node.value_name: item} if node.key_name is None else {node.key_name: index, node.value_name: item}
        inner = scope.child(local)
        if node.condition is not None:
            chosen = condition(evaluator, node.condition, inner)
            if chosen is None:
                return UNKNOWN
            if not chosen:
                continue
        key = None if node.key is None else _text_key(evaluator, node.key, inner)
        value = evaluator.evaluate(node.value, inner)
        if value is UNKNOWN or (node.key is not None and key is None):
            known = False
        elif key is None:
            results.append(value)
        elif node.groups:
            groups.setdefault(key, []).append(value)
        elif key in keyed:
            message = f'two items of this "for" have the key "{key}"'
            help = 'add "..." after the value to group items by key'
            return evaluator.error(scope, "duplicate-key", message, (node.key.start, node.key.end), help=help)  # type: ignore[union-attr]
        else:
            keyed[key] = value
    if not known:
        return UNKNOWN
    if node.key is None:
        return tuple_of(results)
    return object_of({key: tuple_of(values) for key, values in groups.items()} if node.groups else keyed)


def _is_static(node: nodes.Expression) -> bool:
    """Whether this is a name with steps by name or literal index only."""
    while isinstance(node, (nodes.GetAttribute, nodes.Index)):
        if isinstance(node, nodes.Index) and not isinstance(node.key, (nodes.NumberLiteral, nodes.String)):
            return False
        node = node.target
    return type(node) is nodes.Variable
