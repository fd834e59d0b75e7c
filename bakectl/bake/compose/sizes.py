"""Sizes in bytes as Docker reads and writes them: `2gb`, `1.5GiB`."""

from __future__ import annotations

import re
from typing import Final

_SIZE: Final = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?) ?(?:([kKmMgGtTpP])(?:[iI]?[bB])?|[bB])?")
_POWERS: Final = {unit: 1024**power for power, unit in enumerate("kmgtp", 1)}
_UNITS: Final = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB", "ZiB", "YiB")
_LARGEST: Final = 1 << 63


def parse_size(text: str) -> int | None:
    """Read a size, binary units; None when it is none, and a negative number where Go overflows."""
    match = _SIZE.fullmatch(text)
    if match is None:
        return None
    size = float(match[1]) * _POWERS.get((match[2] or "").lower(), 1)
    return None if size < 0 else int(size) if size < _LARGEST else -1


def size_text(size: int) -> str:
    """Write a size with the unit that leaves less than 1024 of it, and four digits."""
    number, unit = float(size), 0
    while number >= 1024 and unit < len(_UNITS) - 1:
        number, unit = number / 1024, unit + 1
    return f"{number:.4g}{_UNITS[unit]}"
