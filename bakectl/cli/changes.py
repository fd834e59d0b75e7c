"""Differences between two resolved definitions, as people read them and as JSON has them, without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bakectl.bake.model import Data
    from bakectl.bake.snapshot import Change


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """Each setting that differs as a line, maps key by key."""
    for one in changes:
        suffix = f' (from "{one.cause}")' if one.cause and one.cause != one.target else ""
        for part, text in _parts(one.field, one.before, one.after):
            yield f"{one.target}.{one.field}{part}: {text}{suffix}"


def _parts(field: str, before: Data, after: Data) -> Iterator[tuple[str, str]]:
    """The parts of a setting that differ, and how: keys of maps, items of lists, or the value itself."""
    if isinstance(before or after, dict):
        old, new = before or {}, after or {}
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield f".{key}", _arrow(_text(old.get(key), key), _text(new.get(key), key))
    elif isinstance(before if before is not None else after, tuple):
        gone = [_text(item) for item in before or () if item not in (after or ())]
        come = [_text(item) for item in after or () if item not in (before or ())]
        yield "", " ".join([*(f"- {text}" for text in gone), *(f"+ {text}" for text in come)]) or "in another order"
    else:
        yield "", _arrow(_text(before), _text(after))


def _arrow(before: str | None, after: str | None) -> str:
    if before is None:
        return f"+ {after}"
    return f"- {before}" if after is None else f"{before} → {after}"


def _text(value: Any, name: str = "") -> str | None:
    """A value as people read it, without secrets."""
    from json import dumps

    from bakectl.bake.secrets import mask_text, mask_variable

    if value is None:
        return None
    if isinstance(value, dict):
        value = ",".join(f"{key}={','.join(item) if isinstance(item, tuple) else item}" for key, item in value.items())
    if isinstance(value, str):
        value = mask_variable(name, value) if name else mask_text(value)
    return dumps(value, ensure_ascii=False)


def shown(data: Data) -> Data:
    """A value for JSON."""
    from bakectl.bake.secrets import mask_text, mask_variable

    if isinstance(data, dict):
        return {key: mask_variable(key, item) if isinstance(item, str) else shown(item) for key, item in data.items()}
    if isinstance(data, tuple):
        return [shown(item) for item in data]
    return mask_text(data) if isinstance(data, str) else data
