"""The instructions of a Dockerfile, for who needs no more of it than its words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ESCAPE = re.compile(r"#\s*escape\s*=\s*(\S)\s*$", re.IGNORECASE)
_INSTRUCTION = re.compile(r"\s*([A-Za-z]+)\s+(.*)", re.DOTALL)
_HEREDOC = re.compile(r"<<-?\s*(['\"]?)([A-Za-z_][A-Za-z0-9_.]*)\1")


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction with what follows it, lines joined, comments and heredocs left out."""
    lines = iter(text.splitlines())
    escape = "\\"
    is_head = True
    for line in lines:
        if line.lstrip().startswith("#"):
            directive = _ESCAPE.match(line.strip()) if is_head else None
            escape = directive[1] if directive else escape
            continue
        is_head = False
        whole = line
        while whole.rstrip().endswith(escape):
            whole = whole.rstrip()[: -len(escape)]
            following = next(lines, None)
            while following is not None and (following.lstrip().startswith("#") or not following.strip()):
                following = next(lines, None)
            if following is None:
                break
            whole += following
        found = _INSTRUCTION.match(whole)
        if found is None:
            continue
        word = found[1].upper()
        if word in {"RUN", "COPY", "ADD"}:
            for _, end in _HEREDOC.findall(whole):
                for inner in lines:
                    if inner.strip() == end:
                        break
        yield word, found[2]
