"""Characters as HCL counts them: which make a name, and which are white space."""

from __future__ import annotations

from typing import Final

SPACES: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""What Go's unicode.IsSpace counts as white space."""

FOREIGN_QUOTES: Final = {"'": "'", "`": "`", "\u201c": "\u201d", "\u2018": "\u2019"}
"""Quotes that are none in HCL, and what closes them."""

_START = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nl"))
_CONTINUE = _START | {"Mn", "Mc", "Nd", "Pc"}
# Other_ID_Start and Other_ID_Continue of Unicode, and a letter that is Pattern_Syntax.
_OTHER_START = frozenset("\u1885\u1886\u2118\u212e\u309b\u309c")
_OTHER_CONTINUE = _OTHER_START | frozenset("\xb7\u0387\u1369\u136a\u136b\u136c\u136d\u136e\u136f\u1370\u1371\u19da")
_NO_LETTER = "\u2e2f"


def name_end(text: str, start: int, end: int) -> int:
    """Where the name that begins at `start` ends; `start` itself when none begins there."""
    if start >= end or not (text[start] == "_" or _is(text[start], _START, _OTHER_START)):
        return start
    stop = start + 1
    while stop < end and (text[stop] in "_-" or _is(text[stop], _CONTINUE, _OTHER_CONTINUE)):
        stop += 1
    return stop


def _is(character: str, categories: frozenset[str], others: frozenset[str]) -> bool:
    if character < "\x80":
        return character.isalpha() or (character.isdigit() and "Nd" in categories)
    from unicodedata import category

    return character in others or (category(character) in categories and character != _NO_LETTER)
