"""Numbers: which texts are one, within the bounds that HCL sets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.syntax.nodes import NumberLiteral

if TYPE_CHECKING:
    from bakectl.syntax.reader import TokenReader

_NUMBER = re.compile(r"([0-9]+)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
_LARGEST = 1 << 31
"""HCL keeps the exponent to base 2 in 32 bits."""
_BITS_PER_DIGIT = 3.3219280948873626


def read_number(reader: TokenReader) -> NumberLiteral:
    """Read the number that is the next token."""
    index = reader.index
    start, end = reader.starts[index], reader.ends[index]
    text = reader.source.text[start:end]
    if not text.isdigit() and not is_number(text):
        reader.error("this is not a number", start, end, help="write digits with at most one point")
        text = "0"
    reader.index = index + 1
    return NumberLiteral(start, end, text)


def is_number(text: str) -> bool:
    """Whether HCL takes this text, which has no sign, as a number."""
    found = _NUMBER.fullmatch(text)
    if found is None:
        return False
    whole, fraction, exponent = found[1], found[2] or "", found[3]
    if exponent is None or len(exponent) < 9:
        return True
    if len(exponent.lstrip("+-").lstrip("0")) > 19 or not -(1 << 63) <= int(exponent) < 1 << 63:
        return False
    digits = (whole + fraction).lstrip("0")
    bits = int(len(digits) * _BITS_PER_DIGIT) if len(digits) > 1000 else int(digits or "0").bit_length()
    return not digits or -_LARGEST <= bits + int(exponent) - len(fraction) < _LARGEST
