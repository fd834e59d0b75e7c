"""Calls of library functions with plain Python data, as the evaluator makes them."""

from __future__ import annotations

import json
from typing import Any

from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.functions import FunctionError, load, lookup
from bakectl.eval.json_values import decode, encode
from bakectl.eval.types import DYNAMIC, NUMBER, STRING, ListType, MapType, SetType, Type
from bakectl.eval.values import Value, object_of, tuple_of


def value(data: Any) -> Value:
    """A list is a tuple and a dictionary an object, as in HCL; a value stays what it is."""
    if isinstance(data, Value):
        return data
    if isinstance(data, (list, tuple)):
        return tuple_of(value(item) for item in data)
    if isinstance(data, dict):
        return object_of({name: value(item) for name, item in data.items()})
    return decode(json.dumps(data))


def strings(*items: str) -> Value:
    """A list of strings."""
    return convert(value(items), ListType(STRING))


def numbers(*items: float) -> Value:
    """A list of numbers."""
    return convert(value(items), ListType(NUMBER))


def set_of(*items: Any) -> Value:
    """A set."""
    return convert(value(items), SetType(DYNAMIC))


def map_of(**items: Any) -> Value:
    """A map."""
    return convert(value(items), MapType(DYNAMIC))


def null_of(type: Type) -> Value:
    """A null with a type."""
    return Value(type, None)


def call(name: str, *arguments: Any) -> Value:
    """Convert the arguments and call the function."""
    function = lookup(name)
    assert function is not None
    converted = []
    for place, argument in enumerate(map(value, arguments)):
        param = function.params[place] if place < len(function.params) else function.variadic
        assert param is not None
        if argument.is_null and not param.allow_null:
            raise FunctionError("argument must not be null", place)
        try:
            converted.append(convert(argument, param.type))
        except ConversionError as error:
            raise FunctionError(str(error), place) from None
    return load(function)(tuple(converted))


def result(name: str, *arguments: Any) -> str:
    """What a call gives, as JSON; or what is wrong, with the parameter at fault in front."""
    try:
        return encode(call(name, *arguments))
    except FunctionError as error:
        function = lookup(name)
        assert function is not None
        if error.argument is None:
            return f"error: {error.message}"
        param = function.params[error.argument] if error.argument < len(function.params) else function.variadic
        assert param is not None
        return f"error in {param.name}: {error.message}"
