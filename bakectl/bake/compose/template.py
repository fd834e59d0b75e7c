"""`$NAME` and `${NAME:-default}` in the strings of Compose and `.env` files, as compose-go's `template` package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.compose.reading import MAX_DEPTH
from bakectl.eval.limits import LimitExceeded, check_text
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Lookup = Callable[[str], str | None]

_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_OPERATOR: Final = re.compile(r":?[-+?]")
_BRACE: Final = re.compile(r"\{.?|\}", re.DOTALL)


class TemplateError(ValueError):
    """A string that cannot be completed."""


class MalformedTemplateError(TemplateError):
    """A `${` that does not begin anything that Compose knows; the text is what was found."""


class MissingVariableError(TemplateError):
    """A variable that `?` requires has no value."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(reason)
        self.name = name
        self.reason = reason


class Reference(Record):
    """A variable in a string: `${name}`, or `${name<operator>operand}`."""

    name: str
    operator: str = ""
    operand: tuple[str | Reference, ...] = ()


def read(text: str, *, depth: int = 0) -> tuple[str | Reference, ...]:
    """Split a string into text and variables."""
    if "$" not in text:
        return (text,) if text else ()
    if depth > MAX_DEPTH:
        raise LimitExceeded(f"defaults are nested more than {MAX_DEPTH} deep")
    parts: list[str | Reference] = []
    position = 0
    while (dollar := text.find("$", position)) >= 0:
        part, end = _part(text, dollar + 1, depth)
        parts += (text[position:dollar], part)
        position = end
    return tuple(part for part in (*parts, text[position:]) if part)


def substitute(text: str, lookup: Lookup, unset: Callable[[str], None] | None = None) -> str:
    """Replace all variables; `unset` is told the names that have neither value nor default."""
    return complete(read(text), lookup, unset) if "$" in text else text


def complete(parts: Iterable[str | Reference], lookup: Lookup, unset: Callable[[str], None] | None = None) -> str:
    """Put values in the place of all variables."""
    pieces: list[str] = []
    length = 0
    for part in parts:
        piece = part if isinstance(part, str) else _completed(part, lookup, unset)
        pieces.append(piece)
        length += len(piece)
        check_text(length)
    return "".join(pieces)


def _completed(reference: Reference, lookup: Lookup, unset: Callable[[str], None] | None) -> str:
    if not reference.operator:
        return _value(reference.name, lookup, unset)
    operand = complete(reference.operand, lookup, unset)
    return _choose(reference.operator, lookup(reference.name), operand, reference.name)


def _part(text: str, start: int, depth: int) -> tuple[str | Reference, int]:
    """What the dollar sign before `start` and what belongs to it is, and where the rest begins."""
    if text.startswith("$", start):
        return "$", start + 1
    name = _NAME.match(text, start)
    if name is not None:
        return Reference(name[0]), name.end()
    if not text.startswith("{", start):
        return "$", start
    name = _NAME.match(text, start + 1)
    if name is None:
        raise MalformedTemplateError(_fragment(text, start))
    if text.startswith("}", name.end()):
        return Reference(name[0]), name.end() + 1
    operator = _OPERATOR.match(text, name.end())
    last = -1 if operator is None else text.rfind("}", operator.end(), _line_end(text, operator.end()))
    if operator is None or last < 0:
        raise MalformedTemplateError(_fragment(text, start))
    closing = _closing(text, start, last)
    operand = read(text[operator.end() : closing], depth=depth + 1)
    return Reference(name[0], operator[0], operand), closing + 1


def _value(name: str, lookup: Lookup, unset: Callable[[str], None] | None) -> str:
    value = lookup(name)
    if value is None and unset is not None:
        unset(name)
    return value or ""


def _choose(operator: str, value: str | None, operand: str, name: str) -> str:
    is_there = value is not None and (value != "" or operator[0] != ":")
    if operator[-1] == "-":
        return value or "" if is_there else operand
    if operator[-1] == "+":
        return operand if is_there else value or ""
    if not is_there:
        raise MissingVariableError(name, operand)
    return value or ""


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _closing(text: str, start: int, last: int) -> int:
    """The brace that closes the one at `start`; compose-go does not look at the character behind an opening one."""
    level = 0
    for match in _BRACE.finditer(text, start, last + 1):
        level += -1 if match[0] == "}" else 1
        if level == 0:
            return match.start()
    return last


def _fragment(text: str, start: int) -> str:
    end = text.find("}", start)
    return text[start - 1 : start + 40 if end < 0 else end + 1]
