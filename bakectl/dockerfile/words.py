"""Words of an instruction: apart at blanks outside of quotes, `NAME=value`, and `<<END`."""

from __future__ import annotations

import re
from typing import Final

_HEREDOC: Final = re.compile(r"\d*<<(-?)([^<]+)", re.DOTALL)


def split_quoted(text: str, escape: str = "\\") -> list[str] | None:
    """The words of a text with their quotes and escapes; None when a quote has no end."""
    words: list[str] = []
    word, quote = "", ""
    position = 0
    while position < len(text):
        character = text[position]
        if character == escape and quote != "'" and position + 1 < len(text):
            word += text[position : position + 2]
            position += 2
            continue
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character.isspace():
            if word:
                words.append(word)
            word = ""
            position += 1
            continue
        word += character
        position += 1
    if quote:
        return None
    return [*words, word] if word else words


def heredoc_of(word: str) -> tuple[str, bool] | None:
    """The end of the heredoc that a word begins, and whether tabs before it are passed over; None for another word."""
    found = _HEREDOC.fullmatch(word)
    name = unquoted(found[2]) if found else ""
    return (name, found[1] == "-") if found and name else None


def unquoted(word: str, escape: str = "\\") -> str:
    """A word without its quotes and escapes."""
    text, quote = "", ""
    position = 0
    while position < len(word):
        character = word[position]
        if character == escape and quote != "'" and position + 1 < len(word):
            position += 1
            # Within double quotes an escape is one before a few characters only.
            text += word[position] if not quote or word[position] in '"$' + escape else escape + word[position]
        elif quote:
            text, quote = (text, "") if character == quote else (text + character, quote)
        elif character in "'\"":
            quote = character
        else:
            text += character
        position += 1
    return text
