"""Bodies of the functions on text; `regex` and `format` have modules of their own."""

from __future__ import annotations

from itertools import islice

from bakectl.eval.functions import FunctionError
from bakectl.eval.functions.integers import to_int64
from bakectl.eval.limits import check_items, check_text
from bakectl.eval.values import EMPTY_STRING, Value, integer, string, strings
from bakectl.syntax.graphemes import clusters, count, is_plain

_WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
_NAME_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")


def strlen(args: tuple[Value, ...]) -> Value:
    return integer(count(args[0].data))


def reverse(args: tuple[Value, ...]) -> Value:
    text: str = args[0].data
    return string(text[::-1] if is_plain(text) else "".join(reversed(list(clusters(text)))))


def substr(args: tuple[Value, ...]) -> Value:
    text: str = args[0].data
    start, length = to_int64(args[1]), to_int64(args[2])
    if start < 0:
        start = max(start + count(text), 0)
        # With an offset from the end, buildx takes length 0 for "all the rest".
        length = length or -1
    end = None if length < 0 else start + length
    if is_plain(text):
        return string(text[start:end])
    if start >= len(text) or length == 0:
        return EMPTY_STRING
    return string("".join(islice(clusters(text), start, None if end is None else min(end, len(text)))))


def upper(args: tuple[Value, ...]) -> Value:
    text: str = args[0].data
    return string(text.upper() if text.isascii() else "".join(map(_upper_letter, text)))


def lower(args: tuple[Value, ...]) -> Value:
    text: str = args[0].data
    return string(text.lower() if text.isascii() else "".join(map(_lower_letter, text)))


def title(args: tuple[Value, ...]) -> Value:
    letters: list[str] = []
    is_start = True
    for letter in args[0].data:
        letters.append(_title_letter(letter) if is_start else letter)
        is_start = _is_separator(letter)
    return string("".join(letters))


def _upper_letter(letter: str) -> str:
    """Map to one letter, as Go does, where Python's `upper` gives several: `ß` stays."""
    mapped = letter.upper()
    return mapped if len(mapped) == 1 else _title_letter(letter)


def _lower_letter(letter: str) -> str:
    return letter.lower()[0]


def _title_letter(letter: str) -> str:
    mapped = letter.title()
    return mapped if len(mapped) == 1 else letter


def _is_separator(letter: str) -> bool:
    """What Go's `strings.Title` takes for a gap between words."""
    if letter.isascii():
        return not (letter.isalnum() or letter == "_")
    from unicodedata import category

    return category(letter) not in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd") and letter in _WHITE_SPACE


def trim(args: tuple[Value, ...]) -> Value:
    return string(args[0].data.strip(args[1].data))


def trimprefix(args: tuple[Value, ...]) -> Value:
    return string(args[0].data.removeprefix(args[1].data))


def trimsuffix(args: tuple[Value, ...]) -> Value:
    return string(args[0].data.removesuffix(args[1].data))


def trimspace(args: tuple[Value, ...]) -> Value:
    return string(args[0].data.strip(_WHITE_SPACE))


def chomp(args: tuple[Value, ...]) -> Value:
    return string(args[0].data.rstrip("\r\n"))


def indent(args: tuple[Value, ...]) -> Value:
    spaces = to_int64(args[0])
    text: str = args[1].data
    if spaces < 0:
        raise FunctionError("panic in function implementation: strings: negative Repeat count")
    lines = text.count("\n")
    check_text(len(text) + lines * spaces)
    return string(text.replace("\n", "\n" + " " * spaces)) if lines else args[1]


def replace(args: tuple[Value, ...]) -> Value:
    text, old, new = (arg.data for arg in args)
    check_text(len(text) + text.count(old) * (len(new) - len(old)))
    return string(text.replace(old, new))


def split(args: tuple[Value, ...]) -> Value:
    separator, text = args[0].data, args[1].data
    if not separator:
        check_items(len(text))
        return strings(text)
    check_items(text.count(separator) + 1)
    return strings(text.split(separator))


def join(args: tuple[Value, ...]) -> Value:
    separator: str = args[0].data
    lists = args[1:]
    if not lists:
        raise FunctionError("at least one list is required")
    items: list[str] = []
    for place, value in enumerate(lists, 1):
        for index, item in enumerate(value.data):
            if item.data is None:
                of_list = f" of list {place}" if len(lists) > 1 else ""
                raise FunctionError(f"element {index}{of_list} is null; cannot concatenate null values", place)
            items.append(item.data)
    check_text(sum(map(len, items)) + len(separator) * len(items))
    return string(separator.join(items))


def sanitize(args: tuple[Value, ...]) -> Value:
    return string("".join(letter if letter in _NAME_LETTERS else "_" for letter in args[0].data))
