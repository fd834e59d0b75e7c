"""Reads a command line without click, whose import costs more than most commands take.

Only what needs no explanation is read here. Anything else - help, a mistake, a rare form - gives None, and click reads
the line again; where both read a line, they read the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from bakectl.cli.options import MANY, SWITCH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bakectl.cli.options import Command, Option

Values: TypeAlias = "dict[str, Any]"

SWITCH_WORDS = {
    **dict.fromkeys(("1", "t", "T", "true", "True", "TRUE"), True),
    **dict.fromkeys(("0", "f", "F", "false", "False", "FALSE"), False),
}
"""What may stand after the `=` of a switch: the words that buildx takes."""


def read_words(command: Command, words: Sequence[str]) -> Values | None:
    """The values for the command's function, or None if click has to read the words."""
    by_name = {name: option for option in command.options for name in option.names}
    values: Values = {option.key: () if option.kind == MANY else None for option in command.options}
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            plain.extend(rest)
        elif not word.startswith("-") or word == "-":
            plain.append(word)
        else:
            name, sign, text = word.partition("=")
            option = by_name.get(name)
            value = _value(option, text if sign else None, rest) if option else None
            if option is None or value is None:
                return None
            values[option.key] = (*values[option.key], value) if option.kind == MANY else value
    return values | {command.argument.key: tuple(plain)}


def _value(option: Option, text: str | None, rest: Iterator[str]) -> str | bool | None:
    if option.kind == SWITCH:
        return True if text is None else SWITCH_WORDS.get(text)
    if text is None:
        text = next(rest, None)
    return text if not option.choices or text in option.choices else None
