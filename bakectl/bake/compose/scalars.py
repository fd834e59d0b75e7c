"""Plain scalars as go-yaml reads them, and values as Go writes them.

The rules are those of `resolve.go` in go.yaml.in/yaml/v3: YAML 1.2 for booleans, 1.1 for dates and old octal numbers.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.compose.nodes import Timestamp

if TYPE_CHECKING:
    from bakectl.bake.compose.nodes import Plain

_WORDS: Final[dict[str, bool | float | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_NUMERIC: Final = frozenset("+-.0123456789")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DOTTED: Final = re.compile(r"\.[0-9]+(?:[eE][-+]?[0-9]+)?")
_INTEGERS: Final = (
    (re.compile(r"([-+]?)0[xX]([0-9a-fA-F]+)"), 16),
    (re.compile(r"([-+]?)0[bB]([01]+)"), 2),
    (re.compile(r"([-+]?)0[oO]?([0-7]+)"), 8),
    (re.compile(r"([-+]?)(0|[1-9][0-9]*)"), 10),
)
_TIMESTAMP: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)?)?"
)
_NANOSECOND_DIGITS: Final = 9
_PLAIN_EXPONENTS: Final = range(-4, 6)

TYPE_TAGS: Final = {"null": type(None), "bool": bool, "int": int, "float": float, "timestamp": Timestamp}
"""The types of scalars that have a tag `!!null`, `!!bool` and so on."""


def plain_value(text: str) -> Plain:
    """Read a scalar without quotes and tag."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMERIC:
        return text
    if text[0] == ".":
        return float(text) if _DOTTED.fullmatch(text) else text
    if (stamp := timestamp(text)) is not None:
        return stamp
    digits = text.replace("_", "")
    number = _integer(digits)
    if number is not None:
        return number
    if _FLOAT.fullmatch(digits) and math.isfinite(value := float(digits)):
        return value
    return text


def _integer(digits: str) -> int | None:
    for pattern, base in _INTEGERS:
        if (match := pattern.fullmatch(digits)) is not None:
            if len(match[2]) > 70:
                return None
            number = int(match[2], base)
            number = -number if match[1] == "-" else number
            fits = -(1 << 63) <= number < (1 << 64) and (match[1] != "+" or number < 1 << 63)
            return number if fits else None
    return None


def timestamp(text: str) -> Timestamp | None:
    """Read a date with or without time in one of the four forms that go-yaml knows."""
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    year, month, day, separator, hour, minute, second, fraction, zone = match.groups()
    if (separator == " " and zone) or (separator in ("T", "t") and not zone):
        return None
    parts = [int(part) for part in (year, month, day, hour or "0", minute or "0", second or "0")]
    if not _is_date(*parts[:3]) or parts[3] > 23 or parts[4] > 59 or parts[5] > 59:
        return None
    digits = (fraction or "")[:_NANOSECOND_DIGITS].rstrip("0")
    day_text = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}"
    time_text = f"{parts[3]:02}:{parts[4]:02}:{parts[5]:02}" + (f".{digits}" if digits else "")
    zone = "Z" if zone in (None, "+00:00", "-00:00") else zone
    offset = "+0000" if zone == "Z" else zone.replace(":", "")
    return Timestamp(
        f"{day_text} {time_text} {offset} {'UTC' if zone == 'Z' else offset}", f"{day_text}T{time_text}{zone}"
    )


def _is_date(year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12 or day < 1:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = 29 if month == 2 and leap else 28 if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    return day <= days


def go_text(value: Plain) -> str:
    """Write a value as Go's `%v`."""
    if isinstance(value, str):
        return value
    if value is None:
        return "<nil>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_text(value)
    return value.text if isinstance(value, Timestamp) else str(value)


def yaml_text(value: Plain) -> str:
    """Write a value as go-yaml does, which is what a string field gets that is read back."""
    if value is None:
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    return value.rfc3339 if isinstance(value, Timestamp) else go_text(value)


def _float_text(value: float) -> str:
    """The shortest text that reads back as the number, with an exponent from 1e+06 on, as Go's `%g`."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
    sign = "-" if math.copysign(1, value) < 0 else ""
    mantissa, _, exponent_text = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    exponent = int(exponent_text or 0) + len(whole) - 1
    if whole == "0":
        exponent -= len(fraction) - len(fraction.lstrip("0")) + 1 if digits else 0
    digits = digits.rstrip("0") or "0"
    if digits == "0":
        return f"{sign}0"
    if exponent not in _PLAIN_EXPONENTS:
        rest = f".{digits[1:]}" if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{rest}e{'-' if exponent < 0 else '+'}{abs(exponent):02}"
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{digits}"
    padded = digits.ljust(exponent + 1, "0")
    rest = padded[exponent + 1 :]
    return f"{sign}{padded[: exponent + 1]}{'.' + rest if rest else ''}"
