"""Variables in the words of a Dockerfile, and the arguments that BuildKit knows without a declaration."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Values: TypeAlias = "Mapping[str, str | None]"
"""What arguments are set to; None for one that is set to something unknown."""

PREDEFINED: Final = re.compile(
    r"(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE|SOURCE_DATE_EPOCH"
    r"|BUILDKIT_\w+|(?:HTTP|HTTPS|FTP|ALL|NO)_PROXY|(?:http|https|ftp|all|no)_proxy"
)
"""Arguments that need no ARG: of platforms, of proxies, and what BuildKit itself reads."""

_PART: Final = re.compile(
    r"\\(?P<escaped>.)|\$(?P<name>[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])"
    r"|\$\{(?P<braced>[A-Za-z_][A-Za-z0-9_]*)(?P<operator>:?[-+?])?(?P<word>[^${}]*)\}"
)


def expand(text: str, values: Values) -> str | None:
    """A word with its variables replaced; None where that depends on something unknown, or cannot be told here."""
    pieces: list[str] = []
    position = 0
    for found in _PART.finditer(text):
        between, position = text[position : found.start()], found.end()
        value = _value(found, values)
        if value is None or "$" in between:
            return None
        pieces += (between, value)
    rest = text[position:]
    return None if "$" in rest else ("".join(pieces) + rest).replace('"', "").replace("'", "")


def mentions(text: str) -> set[str]:
    """The names of the variables in a word."""
    return {found["name"] or found["braced"] for found in _PART.finditer(text) if not found["escaped"]}


def _value(found: re.Match[str], values: Values) -> str | None:
    if found["escaped"] is not None:
        return found["escaped"]
    name = found["name"] or found["braced"]
    operator, word = found["operator"], found["word"] or ""
    value = values.get(name, "")
    if operator is None:
        return value if not word else None
    is_set = bool(value) if operator[0] == ":" else name in values
    if name in values and value is None:
        return None
    if operator[-1] == "+":
        return word if is_set else ""
    return value if is_set or operator[-1] == "?" else word
