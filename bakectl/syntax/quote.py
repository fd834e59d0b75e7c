"""Python values as the text of HCL literals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TypeAlias

Plain: TypeAlias = "str | int | float | bool | Sequence[Plain] | Mapping[str, Plain] | None"

_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]|([$%])(?={)')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_KEYWORDS = frozenset(("true", "false", "null", "for"))


def quote(value: Plain) -> str:
    """Write a value on one line; raises ValueError for what has no literal, such as infinity."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote_text(value)
    if isinstance(value, int | float):
        if not isfinite(value):
            raise ValueError(f"{value} is not a number in HCL")
        return repr(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{quote_key(key)} = {quote(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    return f"[{', '.join(quote(item) for item in value)}]"


def quote_text(text: str) -> str:
    """Write a text as a string in quotes, in which nothing is a template; raises ValueError for lone surrogates."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ValueError(f"{text!r} is not text")
    return f'"{_ESCAPED.sub(_escape, text)}"'


def quote_key(key: str) -> str:
    """Write the key of an object, without quotes where none are needed."""
    return key if _BARE.fullmatch(key) and key not in _KEYWORDS else quote_text(key)


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    if found[1]:
        return character * 2
    return _SHORT.get(character) or f"\\u{ord(character):04X}"
