"""Values of expressions to the plain data of a field, and back for `target.NAME.ATTRIBUTE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.bake import fields, options
from bakectl.bake.options import OptionError
from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.types import BOOL, NUMBER, STRING, ListType, MapType, ObjectType, SetType, TupleType
from bakectl.eval.values import Value, boolean, list_of, map_of, string, strings
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bakectl.bake.model import Data

_LIST_OF_STRING = ListType(STRING)
_MAP_OF_STRING = MapType(STRING)
_OBJECTS: dict[str, Callable[[Mapping[str, Any]], options.Entry]] = {
    fields.OUTPUTS: options.output_object,
    fields.CACHES: options.cache_object,
    fields.ATTESTS: options.attest_object,
    fields.SECRETS: options.secret_object,
    fields.SSHES: options.ssh_object,
    fields.POLICIES: options.policy_object,
}
_RESOURCE_STRINGS = ("memory", "memory-swap", "cpuset-cpus", "cpuset-mems")
_RESOURCE_NUMBERS = ("cpu-shares", "cpu-period", "cpu-quota")
_RESOURCES = ("memory", "memory-swap", "cpu-shares", "cpu-period", "cpu-quota", "cpuset-cpus", "cpuset-mems")


class AttributeFault(ValueError):
    """A value does not fit its attribute; `help` says what to write."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


def literal_data(shape: str, node: nodes.Expression) -> Data:
    """The data of an expression that is all literals, without evaluating; None when it is not that plain."""
    kind = type(node)
    if kind is nodes.String:
        return node.value if shape == fields.STRING and node.value.isascii() else None  # type: ignore[attr-defined]
    if kind is nodes.Tuple and shape == fields.STRINGS:
        items = []
        for item in node.items:  # type: ignore[attr-defined]
            if type(item) is not nodes.String or not item.value.isascii():
                return None
            items.append(item.value)
        return tuple(items)
    return None


def to_data(shape: str, value: Value, name: str) -> Data:
    """Convert a value to the data of a field, None for null; raises AttributeFault."""
    if shape == fields.STRING:
        return _string(value, name)
    if value.data is None:
        if shape in _OBJECTS:
            raise AttributeFault(f'"{name}" must not be null', "write [] for none")
        return None
    if shape == fields.STRINGS:
        return _strings(value, name)
    if shape == fields.MAP:
        return _map(value, name)
    if shape == fields.BOOL:
        return _bool(value, name)
    if shape == fields.RESOURCES:
        return _resources(value, name)
    return _entries(shape, value, name)


def _found(value: Value) -> str:
    return "null" if value.data is None else f"a {value.type.friendly}"


def _string(value: Value, name: str) -> str | None:
    if value.data is None:
        if name == "description":
            raise AttributeFault('"description" must not be null', 'write "" for none')
        return None
    try:
        text: str = convert(value, STRING).data
    except ConversionError:
        raise AttributeFault(f'"{name}" is a string, and this is {_found(value)}') from None
    return text


def _bool(value: Value, name: str) -> bool:
    if value.type is NUMBER:
        raise AttributeFault(f'"{name}" is true or false, and this is a number', "write true or false")
    try:
        flag: bool = convert(value, BOOL).data
    except ConversionError:
        raise AttributeFault(f'"{name}" is true or false, and this is {_found(value)}', "write true or false") from None
    return flag


def _strings(value: Value, name: str) -> tuple[str, ...]:
    if not isinstance(value.type, (ListType, SetType, TupleType)):
        help = "put it in [ ]" if value.type in (STRING, NUMBER, BOOL) else None
        raise AttributeFault(f'"{name}" is a list of strings, and this is {_found(value)}', help)
    items: list[str] = []
    for place, item in enumerate(value.data, 1):
        if item.data is None:
            raise AttributeFault(f'"{name}" is a list of strings, and its item {place} is null', "use compact()")
        try:
            items.append(convert(item, STRING).data)
        except ConversionError:
            raise AttributeFault(f'"{name}" is a list of strings, and its item {place} is {_found(item)}') from None
    if isinstance(value.type, SetType):
        items.sort()
    return tuple(items)


def _map(value: Value, name: str) -> dict[str, str | None]:
    """A map of strings; nulls stay, because expressions can see them, and go when the target is made."""
    if not isinstance(value.type, (MapType, ObjectType)):
        raise AttributeFault(f'"{name}" is a map of strings, and this is {_found(value)}', 'write { KEY = "value" }')
    result: dict[str, str | None] = {}
    for key, item in value.data.items():
        if item.data is None:
            if name == "contexts":
                raise AttributeFault(f'"contexts" is a map of strings, and "{key}" is null')
            result[key] = None
            continue
        try:
            result[key] = convert(item, STRING).data
        except ConversionError:
            raise AttributeFault(f'"{name}" is a map of strings, and "{key}" is {_found(item)}') from None
    return result


def _entries(shape: str, value: Value, name: str) -> tuple[options.Entry, ...]:
    if not isinstance(value.type, (ListType, TupleType)):
        raise AttributeFault(f'"{name}" is a list, and this is {_found(value)}', "put it in [ ]")
    entries: list[options.Entry] = []
    for place, item in enumerate(value.data, 1):
        where = f'item {place} of "{name}"'
        try:
            if isinstance(item.type, (MapType, ObjectType)) and item.data is not None:
                entries.append(_OBJECTS[shape](_object(shape, item, where)))
            elif item.type is STRING and item.data is not None:
                if item.data:
                    entries.extend(options.PARSERS[shape](item.data))
            else:
                raise AttributeFault(f"{where} is a string or a map, and this is {_found(item)}")
        except OptionError as error:
            raise AttributeFault(f"{where}: {error}") from None
    return tuple(entries)


def _object(shape: str, value: Value, where: str) -> dict[str, Any]:
    """The attributes of an entry in object form, converted to what the shape wants."""
    result: dict[str, Any] = {}
    for key, item in value.data.items():
        if shape == fields.SSHES and key == "paths":
            if item.data is not None:
                result[key] = _strings(item, f"paths of {where}")
            continue
        if shape == fields.POLICIES:
            if item.data is not None and isinstance(item.type, (ListType, TupleType)):
                result[key] = _strings(item, f"{key} of {where}")
            elif item.data is not None:
                result[key] = convert(item, STRING).data
            continue
        if shape in (fields.SECRETS, fields.SSHES) and (key not in ("id", "src", "env") or item.data is None):
            continue
        if item.data is None:
            raise AttributeFault(f'{where}: "{key}" is null', "leave it out")
        try:
            result[key] = convert(item, STRING).data
        except ConversionError:
            raise AttributeFault(f'{where}: "{key}" is a string, and this is {_found(item)}') from None
    return result


def _resources(value: Value, name: str) -> dict[str, str | int]:
    if not isinstance(value.type, (MapType, ObjectType)):
        raise AttributeFault(f'"{name}" is a map, and this is {_found(value)}')
    result: dict[str, str | int] = {}
    for key in _RESOURCES:
        item = value.data.get(key)
        if item is None or item.data is None:
            continue
        try:
            if key in _RESOURCE_NUMBERS:
                result[key] = convert(item, NUMBER).data.to_int()
            else:
                result[key] = convert(item, STRING).data
        except (ConversionError, ArithmeticError):
            wanted = "whole number" if key in _RESOURCE_NUMBERS else "string"
            raise AttributeFault(f'"{key}" of "{name}" is a {wanted}, and this is {_found(item)}') from None
    return result


_SECRET_TYPE = ObjectType({"env": STRING, "id": STRING, "src": STRING})
_SSH_TYPE = ObjectType({"id": STRING, "paths": _LIST_OF_STRING})


def to_value(shape: str, data: Data, name: str) -> Value:
    """The value that `target.NAME.ATTRIBUTE` has in an expression; `data` is None when it is not set."""
    if shape == fields.STRING:
        return Value(STRING, ("" if name in ("description", "name") else None) if data is None else data)
    if shape == fields.BOOL:
        return Value(BOOL, None) if data is None else boolean(data)
    if shape == fields.STRINGS:
        return Value(_LIST_OF_STRING, None) if data is None else strings(data)
    if shape == fields.MAP:
        if data is None:
            return Value(_MAP_OF_STRING, None)
        return map_of(
            STRING, {key: Value(STRING, None) if text is None else string(text) for key, text in data.items()}
        )
    entries = data or ()
    if shape == fields.SECRETS:
        return list_of(_SECRET_TYPE, [_record(entry, ("env", "id", "src"), _SECRET_TYPE) for entry in entries])
    if shape == fields.SSHES:
        items = []
        for entry in entries:
            paths = strings(entry.get("paths", ())) if "paths" in entry else Value(_LIST_OF_STRING, None)
            items.append(Value(_SSH_TYPE, {"id": string(entry.get("id", "")), "paths": paths}))
        return list_of(_SSH_TYPE, items)
    return list_of(_MAP_OF_STRING, [_text_map(shape, entry) for entry in entries])


def _record(entry: Mapping[str, str], keys: tuple[str, ...], kind: ObjectType) -> Value:
    return Value(kind, {key: string(entry.get(key, "")) for key in keys})


def _text_map(shape: str, entry: Mapping[str, Any]) -> Value:
    texts = {key: "true" if value is True else str(value) for key, value in entry.items()}
    if shape == fields.OUTPUTS:
        texts.setdefault("dest", "")
    return map_of(STRING, {key: string(text) for key, text in texts.items()})
