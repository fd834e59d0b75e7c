"""What a terminal shows of a text, and how many columns that takes."""

from __future__ import annotations

from typing import Final

TAB: Final = "    "
_SHOWN: Final = {"\t": TAB, "\ufeff": "", "\u200d": "\u200d", "\x7f": "\u2421"}


def visible(text: str) -> str:
    """The text with nothing in it that a terminal would obey or could not show."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if character.isprintable() else _shown(character) for character in text)


def _shown(character: str) -> str:
    picture = chr(0x2400 + ord(character)) if character < " " else "\ufffd"
    return " " if character.isspace() and character > " " else _SHOWN.get(character, picture)


def width(text: str) -> int:
    """Columns that a terminal needs for visible text."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        0 if category(character) in {"Mn", "Me", "Cf"} else 2 if east_asian_width(character) in "WF" else 1
        for character in text
    )
