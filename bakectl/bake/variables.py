"""Values of variables from outside: `--var`, the environment, and its `_JSON` form, read by the variable's type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.options import parse_bool
from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.csv_fields import CsvError, fields
from bakectl.eval.numbers import Number
from bakectl.eval.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    Type,
)
from bakectl.eval.values import Value, boolean, number, object_of, string, tuple_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class OverrideFault(ValueError):
    """A value from outside cannot be read as the variable's type; the text says why."""


def find_override(
    name: str, kind: Type | None, environment: Mapping[str, str], declared: Collection[str]
) -> tuple[str, str, bool] | None:
    """The environment's text for a variable: the name it was found by, the text, and whether it is JSON.

    `NAME_JSON` is looked at when the variable has a type, or when `NAME` is absent; not if it is a variable itself.
    """
    plain = environment.get(name)
    json_name = f"{name}_JSON"
    if (kind is not None or plain is None) and json_name not in declared:
        json_text = environment.get(json_name)
        if json_text is not None:
            return json_name, json_text, True
    return None if plain is None else (name, plain, False)


def read_override(name: str, text: str, kind: Type | None, default: Value, *, json: bool) -> Value:
    """Read a text as the type of a variable; raises OverrideFault (buildx's `applyOverride` rules)."""
    try:
        if kind is None:
            return _untyped(name, text, default)
        if json:
            return _json(text, kind)
        return _typed(name, text, kind)
    except ConversionError as error:
        raise OverrideFault(f'the value "{text}" of variable "{name}" does not fit its type: {error}') from None


def _untyped(name: str, text: str, default: Value) -> Value:
    kind = default.type
    if default.data is None or kind is DYNAMIC:
        return string(text)
    if isinstance(kind, Primitive):
        return _primitive(name, text, kind)
    raise OverrideFault(
        f'variable "{name}" has a default of the type "{kind.friendly}" and none declared: nobody can set it'
    )


def _primitive(name: str, text: str, kind: Type) -> Value:
    if kind is STRING:
        return string(text)
    if kind is BOOL:
        flag = parse_bool(text)
        if flag is None:
            raise OverrideFault(f'variable "{name}" is true or false, and its value from outside is "{text}"')
        return boolean(flag)
    try:
        return number(Number.parse_env(text))
    except ValueError:
        raise OverrideFault(f'variable "{name}" is a number, and its value from outside is "{text}"') from None


def _json(text: str, kind: Type) -> Value:
    """Read JSON as a type; what may be anything (`any`) is written `{"value": …, "type": …}`, as cty does."""
    from bakectl.eval.json_values import decode, decode_as, encode

    try:
        if kind is not DYNAMIC:
            return decode_as(text, kind)
        parts = decode(text).data
        if not isinstance(parts, dict) or set(parts) != {"value", "type"}:
            raise OverrideFault('the value of a variable of any type is JSON of the form {"value": …, "type": …}')
        return decode_as(encode(parts["value"]), _type_from_json(parts["type"]))
    except (ConversionError, OverrideFault):
        raise
    except ValueError as error:
        raise OverrideFault(f"this is not the JSON that is expected: {error}") from None


def _type_from_json(value: Value) -> Type:
    """The type that cty writes as JSON: `"string"`, `["list", "string"]`, `["object", {…}]`, `["tuple", […]]`."""
    data = value.data
    if value.type is STRING:
        primitive = {"string": STRING, "number": NUMBER, "bool": BOOL, "dynamic": DYNAMIC}.get(data)
        if primitive is not None:
            return primitive
    elif isinstance(data, tuple) and len(data) >= 2:
        kind, inner = data[0].data, data[1]
        if kind in ("list", "set", "map"):
            return {"list": ListType, "set": SetType, "map": MapType}[kind](_type_from_json(inner))
        if kind == "tuple" and isinstance(inner.data, tuple):
            return TupleType([_type_from_json(item) for item in inner.data])
        if kind == "object" and isinstance(inner.data, dict):
            return ObjectType({key: _type_from_json(item) for key, item in inner.data.items()})
    raise ConversionError("this is not a type")


def _typed(name: str, text: str, kind: Type) -> Value:
    if isinstance(kind, Primitive):
        return _primitive(name, text, kind)
    if isinstance(kind, (ListType, SetType)) and isinstance(kind.element, Primitive):
        return convert(tuple_of(_primitive(name, item, kind.element) for item in _csv(name, text)), kind)
    if isinstance(kind, TupleType) and all(isinstance(element, Primitive) for element in kind.elements):
        items = _csv(name, text)
        if len(items) != len(kind.elements):
            raise OverrideFault(f'variable "{name}" has {len(kind.elements)} elements, and "{text}" has {len(items)}')
        pairs = zip(items, kind.elements, strict=True)
        return convert(tuple_of(_primitive(name, item, element) for item, element in pairs), kind)
    if isinstance(kind, MapType) and isinstance(kind.element, Primitive):
        entries: dict[str, Value] = {}
        for field in _csv(name, text):
            pair = _csv(name, field, ":")
            if len(pair) != 2:
                raise OverrideFault(f'"{field}" in the value of variable "{name}" is not of the form key:value')
            entries[pair[0]] = _primitive(name, pair[1], kind.element)
        return convert(object_of(entries), kind)
    raise OverrideFault(f'variable "{name}" is of the type "{kind.friendly}": give its value as JSON in {name}_JSON')


def _csv(name: str, text: str, separator: str = ",") -> list[str]:
    try:
        return fields(text, separator)
    except CsvError as error:
        raise OverrideFault(f'the value "{text}" of variable "{name}" is no list: {error}') from None
