"""YAML to plain data with places, cut to what matters to a build; several documents merged by Compose's rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bakectl.record import Record
from bakectl.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MAX_NODES = 100_000
_MAX_DEPTH = 100
_INT = re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*|0)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_CONSTANTS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_SERVICE_NAME = re.compile(r"[a-zA-Z0-9._-]+")
_LISTS_AS_MAPS = ("args", "labels", "additional_contexts", "environment", "extra_hosts")
_UNIQUE = ("tags", "platforms", "cache_from", "cache_to", "entitlements")


class ComposeFault(ValueError):
    """A Compose file cannot be used; `help` says what to write."""

    def __init__(self, message: str, span: Span | None = None, help: str | None = None) -> None:
        super().__init__(message)
        self.span = span
        self.help = help


class Document(Record):
    """The data of a file, or of several, and the span of each value by its path."""

    source: Source
    data: dict[str, Any]
    places: Mapping[tuple[str, ...], Span]

    def place(self, path: tuple[str, ...]) -> Span | None:
        """The span of a value, or of the nearest that holds it."""
        while path:
            span = self.places.get(path)
            if span is not None:
                return span
            path = path[:-1]
        return None


def read_document(source: Source, kept: Sequence[str]) -> Document:
    """Read a file: of its services only the kept properties stay, and its secrets. Raises ComposeFault."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(source.text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        offset = min(mark.index, len(source.text)) if mark is not None else 0
        raise ComposeFault(f"this is not YAML: {error.problem}", Span(source, offset, offset)) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise ComposeFault(f"this is not YAML: {str(error).splitlines()[0]}") from None
    reader = _Reader(source)
    data = reader.value(root, (), 0) if root is not None else None
    if not isinstance(data, dict):
        raise ComposeFault("a Compose file is a map with services", None, "write services:")
    services = data.get("services")
    cut: dict[str, Any] = {}
    if services is not None:
        if not isinstance(services, dict):
            raise ComposeFault("services must be a map", reader.places.get(("services",)))
        cut["services"] = {name: _cut(name, service, kept, reader) for name, service in services.items()}
    if isinstance(data.get("secrets"), dict):
        cut["secrets"] = data["secrets"]
    return Document(source, cut, reader.places)


def _cut(name: Any, service: Any, kept: Sequence[str], reader: _Reader) -> dict[str, Any]:
    span = reader.places.get(("services", str(name)))
    if not isinstance(name, str) or _SERVICE_NAME.fullmatch(name) is None:
        raise ComposeFault(f'"{name}" cannot be the name of a service', span, 'use letters, digits, ".", "_" and "-"')
    if service is None:
        return {}
    if not isinstance(service, dict):
        raise ComposeFault(f"service {name} must be a map", span)
    return {key: service[key] for key in kept if key in service}


class _Reader:
    """Makes plain data of YAML nodes, as yaml.v3 does, within bounds."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.places: dict[tuple[str, ...], Span] = {}
        self.count = 0

    def value(self, node: Any, path: tuple[str, ...], depth: int) -> Any:
        self.count += 1
        span = Span(self.source, node.start_mark.index, node.end_mark.index)
        if self.count > _MAX_NODES or depth > _MAX_DEPTH:
            limit = f"{_MAX_NODES} values" if self.count > _MAX_NODES else f"{_MAX_DEPTH} levels"
            raise ComposeFault(f"this file is larger than {limit} when its aliases are filled in", span)
        if len(path) <= 4:
            self.places.setdefault(path, span)
        kind = type(node).__name__
        if kind == "ScalarNode":
            return _scalar(node, self.source)
        if kind == "SequenceNode":
            return [self.value(item, (*path, "*"), depth + 1) for item in node.value]
        found: dict[Any, Any] = {}
        merged: list[dict[Any, Any]] = []
        for key_node, item in node.value:
            key = self.value(key_node, (*path, "?"), depth + 1)
            if key_node.tag == "tag:yaml.org,2002:merge" or (key == "<<" and key_node.style is None):
                values = self.value(item, (*path, "<<"), depth + 1)
                merged += values if isinstance(values, list) else [values]
                continue
            if isinstance(key, (list, dict, bool)):
                raise ComposeFault("a key must be a string", Span(self.source, key_node.start_mark.index, span.end))
            if key in found:
                place = Span(self.source, key_node.start_mark.index, key_node.end_mark.index)
                raise ComposeFault(f'"{key}" is already set in this map', place, "remove one of the two")
            found[key] = self.value(item, (*path, str(key)), depth + 1)
        for other in merged:
            if not isinstance(other, dict):
                raise ComposeFault('what is merged with "<<" must be a map', span)
            found = {**other, **found}
        return found


def _scalar(node: Any, source: Source) -> Any:
    """The value of a scalar: only plain ones without a tag are anything else than text."""
    text: str = node.value
    if node.style or source.text[node.start_mark.index : node.start_mark.index + 1] == "!":
        return text
    if node.tag == "tag:yaml.org,2002:timestamp":
        raise ComposeFault(f'"{text}" is a date, and Compose knows no dates', help=f'write "{text}" in quotes')
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    return text if (value := _number(text)) is None else value


def _number(text: str) -> int | float | None:
    if _INT.fullmatch(text):
        digits = text.replace("_", "")
        sign = -1 if digits.startswith("-") else 1
        digits = digits.lstrip("+-")
        if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
            digits = f"0o{digits[1:]}"
        return sign * int(digits, 0)
    if _INFINITE.fullmatch(text):
        return float(text.replace(".", ""))
    return float(text) if _FLOAT.fullmatch(text) else None


def merge_documents(documents: Sequence[Document]) -> Document:
    """Merge files in order: maps by key, lists one after the other, later scalars win."""
    data: dict[str, Any] = {}
    places: dict[tuple[str, ...], Span] = {}
    for document in documents:
        data = _merged(data, document.data, "")
        places.update(document.places)
    return Document(documents[-1].source, data, places)


def _merged(base: Any, later: Any, key: str) -> Any:
    if key == "build":
        base = {"context": base} if isinstance(base, str) else base
        later = {"context": later} if isinstance(later, str) else later
    if key in _LISTS_AS_MAPS:
        base, later = as_map(base), as_map(later)
    if isinstance(base, dict) and isinstance(later, dict):
        return {**base, **{name: _merged(base.get(name), item, str(name)) for name, item in later.items()}}
    if isinstance(base, list) and isinstance(later, list):
        joined = base + later
        return (
            list(dict.fromkeys(joined)) if key in _UNIQUE and all(isinstance(item, str) for item in joined) else joined
        )
    return base if later is None else later


def as_map(value: Any, *, joins: bool = False) -> Any:
    """A list of `KEY=VALUE` as a map; a key without a value has None. With `joins`, values of one key are joined."""
    if not isinstance(value, list):
        return value
    found: dict[str, Any] = {}
    for item in value:
        text = item if isinstance(item, str) else str(item)
        position = next((place for place, letter in enumerate(text) if letter in "=:"), -1) if ":" in text else -1
        key, sign, rest = text.partition("=")
        if not sign and position > 0:
            key, sign, rest = text.partition(":")
        if sign and joins and found.get(key):
            rest = f"{found[key]},{rest}"
        found[key] = rest if sign else None
    return found
