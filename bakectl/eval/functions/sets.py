"""Bodies of the functions on sets."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from bakectl.eval.convert import ConversionError, convert, unify
from bakectl.eval.functions import FunctionError
from bakectl.eval.limits import check_items
from bakectl.eval.sizes import check_nested
from bakectl.eval.types import DYNAMIC, ListType, SetType, TupleType
from bakectl.eval.values import Value, boolean, list_of, set_of, tuple_of

if TYPE_CHECKING:
    from bakectl.eval.types import Type


def sethaselement(args: tuple[Value, ...]) -> Value:
    check_nested(args)
    return boolean(args[1] in args[0].data)


def setunion(args: tuple[Value, ...]) -> Value:
    element, sets = _of_one_type(args)
    return set_of(element, [item for items in sets for item in items])


def setintersection(args: tuple[Value, ...]) -> Value:
    element, (first, *others) = _of_one_type(args)
    return set_of(element, [item for item in first if all(item in items for items in others)])


def setsubtract(args: tuple[Value, ...]) -> Value:
    element, (first, second) = _of_one_type(args)
    return set_of(element, [item for item in first if item not in second])


def setsymmetricdifference(args: tuple[Value, ...]) -> Value:
    element, (result, *others) = _of_one_type(args)
    for items in others:
        only_left = [item for item in result if item not in items]
        result = dict.fromkeys([*only_left, *(item for item in items if item not in result)])
    return set_of(element, result)


def _of_one_type(args: tuple[Value, ...]) -> tuple[Type, list[dict[Value, None]]]:
    """The items of all sets, which keep their order, converted to one element type."""
    check_nested(args)
    elements = [_element(value.type) for value in args if value.data or _element(value.type) is not DYNAMIC]
    element = unify(elements) if elements else DYNAMIC
    if element is None or (element is DYNAMIC and any(type is not DYNAMIC for type in elements)):
        raise FunctionError("given sets must all have compatible element types")
    sets: list[dict[Value, None]] = []
    for place, value in enumerate(args):
        try:
            sets.append(dict.fromkeys(convert(value, SetType(element)).data))
        except ConversionError as error:
            raise FunctionError(str(error), place) from None
    return element, sets


def _element(type: Type) -> Type:
    return type.element if isinstance(type, (SetType, ListType)) else DYNAMIC


def setproduct(args: tuple[Value, ...]) -> Value:
    if len(args) < 2:
        raise FunctionError("at least two arguments are required")
    check_nested(args)
    elements = [_product_element(value.type, place) for place, value in enumerate(args)]
    check_items(prod(len(value.data) for value in args) * len(args))
    factors = [[convert(item, element) for item in value.data] for value, element in zip(args, elements, strict=True)]
    combinations = [tuple_of(combination) for combination in product(*factors)]
    if any(combination.type != combinations[0].type for combination in combinations):
        raise FunctionError("all elements must be of the same type")
    combined = TupleType(elements)
    if any(isinstance(value.type, SetType) for value in args):
        return set_of(combined, combinations)
    return list_of(combined, combinations)


def _product_element(type: Type, argument: int) -> Type:
    if isinstance(type, (SetType, ListType)):
        return type.element
    if not isinstance(type, TupleType):
        raise FunctionError("a set or a list is required", argument)
    element = unify(type.elements) if type.elements else DYNAMIC
    if element is None:
        raise FunctionError("all elements must be of the same type", argument)
    return element
