"""What a log says, without what a terminal would obey."""

from __future__ import annotations

import re
from typing import Final

MAX_LINE: Final = 1000
"""Characters that are kept of one line."""
_SEQUENCE: Final = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|.?)"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(line: str) -> str:
    """A line of a log as a terminal leaves it: what a carriage return wrote over is gone, and so are all sequences."""
    if line.isascii() and line.isprintable():
        return line if len(line) <= MAX_LINE else _cut(line)
    line = line[:100_000].rstrip("\r").rpartition("\r")[2]
    line = _CONTROL.sub("", _SEQUENCE.sub("", line)).expandtabs(8).rstrip()
    return line if len(line) <= MAX_LINE else _cut(line)


def _cut(line: str) -> str:
    return f"{line[:MAX_LINE]}…"
