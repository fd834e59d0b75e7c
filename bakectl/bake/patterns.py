"""Patterns for names, as Go's `path.Match` reads them."""

from __future__ import annotations

import re
from functools import lru_cache


class BadPattern(ValueError):
    """The pattern has a bracket or a backslash without its end."""


def matches(pattern: str, name: str) -> bool:
    """Whether the whole name fits the pattern; raises BadPattern."""
    return _compiled(pattern).fullmatch(name) is not None


def has_wildcard(name: str) -> bool:
    return any(character in name for character in "*?[]")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts: list[str] = []
    index = 0
    while index < len(pattern):
        character = pattern[index]
        index += 1
        if character == "*":
            if parts[-1:] != ["[^/]*"]:
                parts.append("[^/]*")
        elif character == "?":
            parts.append("[^/]")
        elif character == "\\":
            if index == len(pattern):
                raise BadPattern(pattern)
            parts.append(re.escape(pattern[index]))
            index += 1
        elif character == "[":
            text, index = _class(pattern, index)
            parts.append(text)
        else:
            parts.append(re.escape(character))
    return re.compile("".join(parts), re.DOTALL)


def _class(pattern: str, index: int) -> tuple[str, int]:
    negated = pattern.startswith("^", index)
    index += negated
    ranges: list[str] = []
    while True:
        if index >= len(pattern):
            raise BadPattern(pattern)
        if pattern[index] == "]" and ranges:
            break
        low, index = _bound(pattern, index)
        high = low
        if pattern.startswith("-", index):
            high, index = _bound(pattern, index + 1)
        if low <= high:
            ranges.append(f"{re.escape(low)}-{re.escape(high)}")
        else:
            ranges.append("")
    body = "".join(ranges)
    if not body:
        return ("(?s:.)" if negated else "(?!)"), index + 1
    return f"[{'^' if negated else ''}{body}]", index + 1


def _bound(pattern: str, index: int) -> tuple[str, int]:
    if index >= len(pattern) or pattern[index] in "-]":
        raise BadPattern(pattern)
    if pattern[index] == "\\":
        index += 1
        if index >= len(pattern):
            raise BadPattern(pattern)
    return pattern[index], index + 1
