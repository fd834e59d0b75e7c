"""`$NAME` and `${NAME:-default}` in the strings of Compose and `.env` files, as compose-go's `template` package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.compose.reading import MAX_DEPTH
from bakectl.eval.limits import LimitExceeded, check_text

if TYPE_CHECKING:
    from collections.abc import Callable

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


def substitute(text: str, lookup: Lookup, unset: Callable[[str], None] | None = None, *, depth: int = 0) -> str:
    """Replace all variables; `unset` is told the names that have neither value nor default."""
    if "$" not in text:
        return text
    if depth > MAX_DEPTH:
        raise LimitExceeded(f"defaults are nested more than {MAX_DEPTH} deep")
    pieces: list[str] = []
    length = position = 0
    while (dollar := text.find("$", position)) >= 0:
        piece, end = _piece(text, dollar + 1, lookup, unset, depth)
        pieces += (text[position:dollar], piece)
        length += dollar - position + len(piece)
        check_text(length)
        position = end
    return "".join((*pieces, text[position:]))


def _piece(text: str, start: int, lookup: Lookup, unset: Callable[[str], None] | None, depth: int) -> tuple[str, int]:
    """What stands for the dollar sign before `start` and what belongs to it, and where the rest begins."""
    if text.startswith("$", start):
        return "$", start + 1
    name = _NAME.match(text, start)
    if name is not None:
        return _value(name[0], lookup, unset), name.end()
    if not text.startswith("{", start):
        return "$", start
    name = _NAME.match(text, start + 1)
    if name is None:
        raise MalformedTemplateError(_fragment(text, start))
    if text.startswith("}", name.end()):
        return _value(name[0], lookup, unset), name.end() + 1
    operator = _OPERATOR.match(text, name.end())
    last = -1 if operator is None else text.rfind("}", operator.end(), _line_end(text, operator.end()))
    if operator is None or last < 0:
        raise MalformedTemplateError(_fragment(text, start))
    closing = _closing(text, start, last)
    operand = substitute(text[operator.end() : closing], lookup, unset, depth=depth + 1)
    return _choose(operator[0], lookup(name[0]), operand, name[0]), closing + 1


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
