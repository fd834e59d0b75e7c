"""The schema of the settings as rows: one for each key, with its table, kind and default."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema = dict[str, Any]


class Key(NamedTuple):
    """One key of the settings file."""

    name: str
    kind: str
    default: str
    """As TOML has it; empty where there is none."""
    doc: str


def table_title(name: str) -> str:
    """The head of a table as TOML has it."""
    plain = name.replace("[]", "")
    return f"[[{plain}]]" if name.endswith("[]") else f"[{plain}]"


def read_settings(schema: Schema) -> dict[str, tuple[Key, ...]]:
    """The keys of each table of the settings file, by the table's name."""
    return dict(_tables("", schema, schema))


def _tables(name: str, table: Schema, schema: Schema) -> Iterator[tuple[str, tuple[Key, ...]]]:
    keys: list[Key] = []
    below: list[tuple[str, Schema]] = []
    for key, written in table["properties"].items():
        item = _resolved(written, schema)
        path = f"{name}.{key}" if name else key
        if "properties" in item:
            below.append((path, item))
            continue
        for part, suffix in (("items", "[]"), ("additionalProperties", ".NAME")):
            inner = item.get(part)
            resolved = _resolved(inner, schema) if isinstance(inner, dict) else {}
            if "properties" in resolved:
                below.append((path + suffix, resolved))
        keys.append(Key(key, _kind(item, schema), _default(item), item.get("description", "")))
    if keys:
        yield name, tuple(keys)
    for path, item in below:
        yield from _tables(path, item, schema)


def _resolved(item: Schema, schema: Schema) -> Schema:
    if "$ref" not in item:
        return item
    found: Any = schema
    for part in item["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return {**_resolved(found, schema), **{key: value for key, value in item.items() if key != "$ref"}}


def _kind(item: Schema, schema: Schema) -> str:
    if "enum" in item:
        return " or ".join(f'"{value}"' for value in item["enum"])
    if "anyOf" in item:
        return " or ".join(_kind(_resolved(choice, schema), schema) for choice in item["anyOf"])
    if item["type"] == "array":
        inner = _resolved(item["items"], schema)
        return "list of tables" if "properties" in inner else f"list of {_kind(inner, schema)}s"
    return "table" if item["type"] == "object" else str(item["type"])


def _default(item: Schema) -> str:
    default = item.get("default")
    if isinstance(default, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {json.dumps(value)}" for key, value in default.items()) + " }"
    return "" if default is None else json.dumps(default)
