"""Bodies of `format` and `formatlist`: text from a format such as `%s-%03d` and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.functions import FunctionError
from bakectl.eval.limits import check_text
from bakectl.eval.types import BOOL, NUMBER, STRING
from bakectl.eval.values import Value, is_sequence, string, strings
from bakectl.record import Record
from bakectl.syntax.graphemes import clusters, count

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.eval.numbers import Number

_FLAGS = "0#-+ "
_BASES = {"b": ("b", "0b"), "o": ("o", "0"), "x": ("x", "0x"), "X": ("X", "0X")}


class FormatError(Exception):
    """The format and the values do not fit; `extra` is the index of the first value that nothing uses."""

    def __init__(self, message: str, extra: int | None = None) -> None:
        self.extra = extra
        super().__init__(message)


class Verb(Record):
    """One `%…` of a format: its text, where that begins in bytes, and what it says."""

    raw: str
    offset: int
    letter: str
    flags: frozenset[str]
    width: int | None
    precision: int | None
    argument: int


def format_(args: tuple[Value, ...]) -> Value:
    try:
        return string(_formatted(args[0].data, args[1:]))
    except FormatError as error:
        raise FunctionError(str(error), None if error.extra is None else error.extra + 1) from None


def formatlist(args: tuple[Value, ...]) -> Value:
    values = args[1:]
    if not values:
        return strings([format_(args).data])
    length, chooser = 1, None
    for place, value in enumerate(values, 1):
        if not _is_iterated(value):
            continue
        if chooser is None:
            length, chooser = len(value.data), place
        elif len(value.data) != length:
            raise FunctionError(
                f"argument {place} has length {len(value.data)}, "
                f"which is inconsistent with argument {chooser} of length {length}",
                place,
            )
    texts: list[str] = []
    size = 0
    for index in range(length):
        row = tuple(value.data[index] if _is_iterated(value) else value for value in values)
        try:
            texts.append(_formatted(args[0].data, row))
        except FormatError as error:
            raise FunctionError(f"error on format iteration {index}: {error}") from None
        size += len(texts[-1])
        check_text(size)
    return strings(texts)


def _is_iterated(value: Value) -> bool:
    return value.data is not None and is_sequence(value)


def _formatted(template: str, values: tuple[Value, ...]) -> str:
    pieces: list[str] = []
    size = position = used = 0
    following = 1
    while (start := template.find("%", position)) >= 0:
        pieces.append(template[position:start])
        if template.startswith("%%", start):
            pieces.append("%")
            position = start + 2
            continue
        verb, position = _parse(template, start, following)
        following = verb.argument + 1
        used = max(used, verb.argument)
        pieces.append(_apply(verb, values))
        size += len(pieces[-1])
        check_text(size)
    pieces.append(template[position:])
    if used < len(values):
        message = f"only {used} used by format string" if used else "no verbs in format string"
        raise FormatError(f"too many arguments; {message}", used)
    return "".join(pieces)


def _parse(template: str, start: int, following: int) -> tuple[Verb, int]:
    """Read the verb at a `%`; give it and the position after it."""
    position = start + 1
    while position < len(template) and template[position] in _FLAGS:
        position += 1
    flags = frozenset(template[start + 1 : position])
    width, position = _number(template, position)
    precision = None
    if template.startswith(".", position):
        end = position + 1
        while end < len(template) and template[end] in "0123456789":
            end += 1
        precision, position = int(template[position + 1 : end][-9:] or 0), end
    argument = following
    if template.startswith("[", position):
        index, position = _number(template, position + 1)
        if index is None or not template.startswith("]", position):
            raise _unexpected(template, position)
        argument, position = index, position + 1
    if position >= len(template) or not (template[position].isascii() and template[position].isalpha()):
        raise _unexpected(template, position)
    end = position + 1
    verb = Verb(template[start:end], _offset(template, start), template[position], flags, width, precision, argument)
    return verb, end


def _number(template: str, position: int) -> tuple[int | None, int]:
    """Read a number that does not begin with 0, if one is there."""
    end = position
    while end < len(template) and template[end] in ("0123456789" if end > position else "123456789"):
        end += 1
    check_text(0 if end - position < 10 else 1 << 40)
    return (int(template[position:end]) if end > position else None), end


def _offset(template: str, position: int) -> int:
    return len(template[:position].encode("utf-8", "surrogatepass"))


def _unexpected(template: str, position: int) -> FormatError:
    offset = _offset(template, position)
    if position >= len(template):
        return FormatError(f"invalid format string starting at offset {offset}")
    return FormatError(f"unrecognized format character {_quoted_letter(template[position])} at offset {offset}")


def _quoted_letter(letter: str) -> str:
    """A letter as Go's `%q` has it, between single quotes."""
    from bakectl.eval.number_text import quoted

    return "'" + {"'": "\\'", '"': '"'}.get(letter, quoted(letter)[1:-1]) + "'"


def _apply(verb: Verb, values: tuple[Value, ...]) -> str:
    from bakectl.eval.json_tokens import JsonError
    from bakectl.eval.number_text import quoted

    if verb.argument > len(values):
        raise FormatError(
            f"not enough arguments for {quoted(verb.raw)} at {verb.offset}: "
            f"need index {verb.argument} but have {len(values)} total"
        )
    value = values[verb.argument - 1]
    check_text(max(verb.width or 0, verb.precision or 0))
    misfit = f"unsupported value for {quoted(verb.raw)} at {verb.offset}"
    if value.data is None and verb.letter != "v":
        raise FormatError(f"{misfit}: null value cannot be formatted")
    form = _FORMS.get(verb.letter)
    if form is None:
        letter = _quoted_letter(verb.letter)
        raise FormatError(f"unsupported format verb {letter} in {quoted(verb.raw)} at offset {verb.offset}")
    try:
        return form(verb, value)
    except (ConversionError, JsonError) as error:
        raise FormatError(f"{misfit}: {error}") from None


def _as_is(verb: Verb, value: Value) -> str:
    from bakectl.eval.json_values import encode
    from bakectl.eval.number_text import general

    if value.data is not None and "#" not in verb.flags:
        if value.type is STRING:
            return _padded(verb, value.data)
        if value.type is NUMBER:
            return _padded(verb, general(value.data))
    return _padded(verb, encode(value))


def _as_bool(verb: Verb, value: Value) -> str:
    return "true" if convert(value, BOOL).data else "false"


def _as_text(verb: Verb, value: Value) -> str:
    text: str = convert(value, STRING).data
    if verb.precision:
        text = "".join(cluster for _, cluster in zip(range(verb.precision), clusters(text), strict=False))
    if verb.letter == "q":
        from bakectl.eval.json_values import quote

        text = quote(text)
    return _padded(verb, text)


def _padded(verb: Verb, text: str) -> str:
    if verb.width is None:
        return text
    padding = ("0" if "0" in verb.flags else " ") * (verb.width - count(text))
    return text + padding if "-" in verb.flags else padding + text


def _as_integer(verb: Verb, value: Value) -> str:
    number: Number = convert(value, NUMBER).data
    if not number.is_integer:
        raise ConversionError("an integer is required")
    digits, prefix = _digits(verb, number)
    precision = verb.precision
    if precision == 0 and digits == "0":
        return ""
    sign = _sign(verb, number.negative and not number.is_zero)
    digits = digits.rjust(precision or 0, "0")
    padding = (verb.width or 0) - len(sign) - len(prefix) - len(digits)
    if "-" in verb.flags:
        return sign + prefix + digits + " " * padding
    if "0" in verb.flags and precision is None:
        return sign + prefix + "0" * padding + digits
    return " " * padding + sign + prefix + digits


def _digits(verb: Verb, number: Number) -> tuple[str, str]:
    """Digits without a sign, and what stands before them to name the base."""
    if verb.letter == "d":
        from bakectl.eval.number_text import integer

        return integer(number.absolute()), ""
    base, prefix = _BASES[verb.letter]
    return f"{abs(number.to_int()):{base}}", prefix if "#" in verb.flags else ""


def _as_float(verb: Verb, value: Value) -> str:
    from bakectl.eval.number_text import fixed, general, scientific

    number: Number = convert(value, NUMBER).data
    places = 6 if verb.precision is None else verb.precision
    letter = "E" if verb.letter.isupper() else "e"
    if verb.letter == "f":
        text = fixed(number, places)
    elif verb.letter == letter:
        text = scientific(number, places, letter)
    else:
        text = general(number, verb.precision, letter)
    # Infinity always has its sign.
    sign = _sign(verb, number.negative) or ("+" if number.is_infinite else "")
    text = text.lstrip("+-")
    padding = (verb.width or 0) - len(sign) - len(text)
    if "0" in verb.flags and not number.is_infinite:
        return sign + "0" * padding + text
    return sign + text + " " * padding if "-" in verb.flags else " " * padding + sign + text


def _sign(verb: Verb, negative: bool) -> str:
    if negative:
        return "-"
    return "+" if "+" in verb.flags else " " if " " in verb.flags else ""


_FORMS: dict[str, Callable[[Verb, Value], str]] = {
    "v": _as_is,
    "t": _as_bool,
    **dict.fromkeys("sq", _as_text),
    **dict.fromkeys("bdoxX", _as_integer),
    **dict.fromkeys("eEfgG", _as_float),
}
