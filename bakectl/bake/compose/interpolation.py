"""`${NAME:-default}` in Compose files, and files of variables such as `.env`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from bakectl.bake.compose.document import ComposeFault

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = re.compile(r"[_a-zA-Z][_a-zA-Z0-9]*")
_OPERATORS = (":-", "-", ":?", "?", ":+", "+")
_LINE = re.compile(
    r"""\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*[=:]\s*"""
    r"""(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|([^\n]*?))\s*(?:\#[^\n]*)?\n""",
    re.DOTALL,
)
_MAX_DEPTH = 20
_MAX_LENGTH = 1 << 20


def interpolate(text: str, environment: Mapping[str, str], depth: int = 0) -> str:
    """Fill in variables as compose-go does; one that is not set is empty. Raises ComposeFault."""
    if "$" not in text:
        return text
    pieces: list[str] = []
    index = 0
    while (dollar := text.find("$", index)) >= 0:
        pieces.append(text[index:dollar])
        following = text[dollar + 1 : dollar + 2]
        name = _NAME.match(text, dollar + 1)
        if following == "$":
            pieces.append("$")
            index = dollar + 2
        elif following == "{":
            index = _closing(text, dollar + 2)
            pieces.append(_braced(text[dollar + 2 : index], environment, depth))
            index += 1
        elif name is not None:
            pieces.append(environment.get(name[0], ""))
            index = name.end()
        else:
            raise ComposeFault(f'"{text}" has a "$" without a name', help='write "$$" for the sign itself')
    pieces.append(text[index:])
    result = "".join(pieces)
    if len(result) > _MAX_LENGTH:
        raise ComposeFault("a value grows beyond a million characters when its variables are filled in")
    return result


def _closing(text: str, start: int) -> int:
    depth = 1
    for index in range(start, len(text)):
        if text.startswith("${", index):
            depth += 1
        elif text[index] == "}":
            depth -= 1
            if depth == 0:
                return index
    raise ComposeFault(f'"{text}" has a "${{" that is never closed', help='add "}"')


def _braced(inner: str, environment: Mapping[str, str], depth: int) -> str:
    found = _NAME.match(inner)
    if found is None or depth > _MAX_DEPTH:
        raise ComposeFault(f'"${{{inner}}}" is not a variable', help="write ${NAME} or ${NAME:-default}")
    name, rest = found[0], inner[found.end() :]
    value = environment.get(name)
    if not rest:
        return value or ""
    operator = next((sign for sign in _OPERATORS if rest.startswith(sign)), None)
    if operator is None:
        raise ComposeFault(f'"${{{inner}}}" is not a variable', help="write ${NAME} or ${NAME:-default}")
    word = rest[len(operator) :]
    is_set = bool(value) if operator.startswith(":") else value is not None
    match operator[-1]:
        case "-":
            return (value or "") if is_set else interpolate(word, environment, depth + 1)
        case "+":
            return interpolate(word, environment, depth + 1) if is_set else ""
    if not is_set:
        reason = interpolate(word, environment, depth + 1)
        raise ComposeFault(f'the required variable "{name}" is missing{f": {reason}" if reason else ""}')
    return value or ""


def read_env_file(path: str) -> dict[str, str]:
    """The variables of a file such as `.env`; one that is not there has none."""
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    found: dict[str, str] = {}
    for match in _LINE.finditer(
        "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#")) + "\n"
    ):
        name, single, double, bare = match.groups()
        if single is not None:
            found[name] = single
        elif double is not None:
            found[name] = interpolate(re.sub(r"\\(.)", _escaped, double), found)
        else:
            found[name] = interpolate(bare.partition(" #")[0].rstrip(), found)
    return found


def _escaped(match: re.Match[str]) -> str:
    return {"n": "\n", "r": "\r", "t": "\t"}.get(match[1], match[1])
