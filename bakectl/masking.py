"""Secrets in lines of files that are shown: hidden, and every character stays in its column."""

from __future__ import annotations

import re
from typing import Final

WORD: Final = re.compile(
    r"(?:^|[_.-])(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|CREDENTIALS?|AUTH|APIKEY|"
    r"(?:API|ACCESS|PRIVATE|SIGNING|SSH)[_-]?KEY)(?:[_.-]|$)",
    re.IGNORECASE,
)
"""A part of a name that says that its value is a secret."""
OPTIONS: Final = (
    "account_key",
    "access_key_id",
    "ghtoken",
    "password",
    "secret_access_key",
    "session_token",
    "token",
)
"""Options of caches and outputs that are secrets."""
_OPTION = re.compile(rf"(?:^|(?<=[,\"?&= ]))(?:{'|'.join(OPTIONS)})=(?P<value>[^,\"&$]+)", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/@\s:\"]*:(?P<value>[^/@\s\"]+)@")
_QUOTED = re.compile(r"(?<![\w.-])(?P<name>[\w.-]+)\"?\s*[=:]\s*\"(?P<value>[^\"$]+)\"")
_BARE = re.compile(r"^\s*(?:-\s+)?(?P<name>[\w.-]+)(?::\s+|=)(?P<value>[^\s\"'$={\[]+)\s*$")
_VARIABLE = re.compile(r"^\s*variable\s+\"(?P<name>[^\"]+)\".*\bdefault\s*=\s*\"(?P<value>[^\"$]+)\"")
_PIECE: Final = 4096
_SWITCHES: Final = frozenset(("true", "false", "1", "0", "null"))


def mask_line(line: str) -> str:
    """A line of a bake or Compose file as it may be shown; what a template computes is no secret yet.

    A line of more than some thousand characters is looked at in pieces, so that its length costs no more than it is.
    """
    if len(line) > _PIECE:
        return "".join(mask_line(line[place : place + _PIECE]) for place in range(0, len(line), _PIECE))
    for pattern in (_OPTION, _USER, _QUOTED, _BARE, _VARIABLE):
        line = pattern.sub(_starred, line)
    return line


def _starred(found: re.Match[str]) -> str:
    name, value = found.groupdict().get("name"), found["value"]
    if (name is not None and WORD.search(name) is None) or value.lower() in _SWITCHES:
        return found[0]
    start, end = found.start("value") - found.start(), found.end("value") - found.start()
    return found[0][:start] + "*" * len(value) + found[0][end:]
