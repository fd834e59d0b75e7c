"""Text as a sequence of characters in the sense of people: Unicode's extended grapheme clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# The rules of UAX 29 as of Unicode 15, like go-textseg: GB9c, which joins Indic consonants, came later.
_CLUSTER = r"""
    \r\n | [\p{GCB=Control}\r\n]
  | \p{GCB=Prepend}*
    (?: \p{GCB=L}* (?: \p{GCB=V}+ | \p{GCB=LV} \p{GCB=V}* | \p{GCB=LVT} ) \p{GCB=T}* | \p{GCB=L}+ | \p{GCB=T}+
      | \p{GCB=Regional_Indicator}{2}
      | \p{Extended_Pictographic} (?: \p{GCB=Extend}* \p{GCB=ZWJ} \p{Extended_Pictographic} )*
      | [^\p{GCB=Control}\p{GCB=Prepend}\r\n] )
    [\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*
  | \p{GCB=Prepend}+ [\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*
"""
_JOINING = r"[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}\p{GCB=Prepend}\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=RI}]"


def is_plain(text: str) -> bool:
    """Whether each code point is a character of its own."""
    if "\r\n" in text:
        return False
    # Combining marks begin at U+0300.
    if text.isascii() or max(text) < "\u0300":
        return True
    import regex

    return regex.search(_JOINING, text, regex.VERSION1) is None


def clusters(text: str) -> Iterator[str]:
    """The characters of the text, one after the other."""
    if is_plain(text):
        return iter(text)
    import regex

    # The library keeps compiled patterns.
    return (match[0] for match in regex.finditer(_CLUSTER, text, regex.VERBOSE | regex.VERSION1))


def count(text: str) -> int:
    """The number of characters of the text."""
    return len(text) if is_plain(text) else sum(1 for _ in clusters(text))
