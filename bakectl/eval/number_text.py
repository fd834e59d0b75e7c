"""Decimal text of numbers, as Go's `big.Float` and `big.Int` print it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bakectl.eval.limits import check_text

if TYPE_CHECKING:
    from bakectl.eval.numbers import Number

_SMALL_BITS = 8192
_GUARD_DIGITS = 40
_NATIVE_DIGITS = 4000


class Decimal(NamedTuple):
    """`0.digits * 10 ** point`; `more` says that other digits than zeros follow. No zeros at the end otherwise."""

    digits: str
    point: int
    more: bool = False


def plain(number: Number) -> str:
    """Text without an exponent, with the fewest digits that give the number back."""
    if number.is_infinite:
        return _sign(number) + "Inf"
    _check_size(number)
    decimal = shortest(number)
    return _sign(number) + _fixed(decimal, max(len(decimal.digits) - decimal.point, 0))


def fixed(number: Number, places: int) -> str:
    """Text without an exponent, with a number of places after the point: `%.2f`."""
    if number.is_infinite:
        return _sign(number) + "Inf"
    check_text(places)
    _check_size(number)
    return _sign(number) + _fixed(_rounded(number, places, after_point=True), places)


def scientific(number: Number, places: int, letter: str = "e") -> str:
    """Text with an exponent, with a number of places after the point: `%.2e`."""
    if number.is_infinite:
        return _sign(number) + "Inf"
    check_text(places)
    return _sign(number) + _scientific(_rounded(number, places + 1), places, letter)


def general(number: Number, digits: int | None = None, letter: str = "e") -> str:
    """The shorter of both forms, with a number of digits or as many as give the number back: `%g`."""
    if number.is_infinite:
        return _sign(number) + "Inf"
    if digits is None:
        decimal = shortest(number)
        wanted, threshold = len(decimal.digits), 6
    else:
        check_text(digits)
        wanted = max(digits, 1)
        decimal = _rounded(number, wanted)
        known = len(decimal.digits)
        threshold = known if wanted > known >= decimal.point else wanted
    if not -4 <= decimal.point - 1 < threshold:
        return _sign(number) + _scientific(decimal, min(wanted, len(decimal.digits)) - 1, letter)
    if wanted > decimal.point:
        wanted = len(decimal.digits)
    return _sign(number) + _fixed(decimal, max(wanted - decimal.point, 0))


def integer(number: Number) -> str:
    """Text of the whole part, all digits exact: `%d`."""
    whole = number.truncate()
    if not whole.mantissa:
        return "0"
    _check_size(whole)
    return _sign(whole) + _fixed(_expand(abs(whole.mantissa), whole.exponent, whole.magnitude_bits), 0)


def quoted(text: str) -> str:
    """Text between double quotes as Go's `%q` has it."""
    named = {"\a": "a", "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", "\v": "v", '"': '"', "\\": "\\"}
    pieces: list[str] = []
    for character in text:
        code = ord(character)
        if character in named:
            pieces.append(f"\\{named[character]}")
        elif character == " " or character.isprintable():
            pieces.append(character)
        elif 0xDC80 <= code <= 0xDCFF:
            pieces.append(f"\\x{code - 0xDC00:02x}")
        elif code < 0x80:
            pieces.append(f"\\x{code:02x}")
        else:
            pieces.append(f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
    return '"' + "".join(pieces) + '"'


def shortest(number: Number) -> Decimal:
    """The fewest digits within half a unit in the last place of the number, chosen digit by digit as Go does."""
    mantissa = abs(number.mantissa)
    if not mantissa:
        return Decimal("", 0)
    shift = number.precision + 1 - mantissa.bit_length()
    exponent = number.exponent - shift
    mantissa = mantissa << shift if shift >= 0 else mantissa >> -shift
    width = max((number.precision + 1) * 3 // 10 + 5, 8)
    exact, lower, upper = (_expand(mantissa + step, exponent, width) for step in (0, -1, 1))
    inclusive = mantissa & 2 == 0
    for index, digit in enumerate(exact.digits):
        low = lower.digits[index] if index < len(lower.digits) else "0"
        high = upper.digits[index] if index < len(upper.digits) else "0"
        lower_ends = not lower.more and index + 1 == len(lower.digits)
        upper_goes_on = upper.more or index + 1 < len(upper.digits)
        down = low != digit or (inclusive and lower_ends)
        up = digit != high and (inclusive or int(digit) + 1 < int(high) or upper_goes_on)
        if down and up:
            return _round_half_even(exact, index + 1)
        if down:
            return _cut(exact, index + 1)
        if up:
            return _round_up(exact, index + 1)
    return exact


def _sign(number: Number) -> str:
    return "-" if number.negative else "+" if number.is_infinite else ""


def _check_size(number: Number) -> None:
    check_text(abs(number.magnitude_bits) * 3 // 10)


def _fixed(decimal: Decimal, places: int) -> str:
    digits, point, _ = decimal
    whole = digits[:point].ljust(point, "0") if point > 0 else "0"
    if not places:
        return whole
    fraction = digits[point:] if point > 0 else "0" * min(-point, places) + digits
    return f"{whole}.{fraction[:places].ljust(places, '0')}"


def _scientific(decimal: Decimal, places: int, letter: str) -> str:
    digits = decimal.digits or "0"
    exponent = decimal.point - 1 if decimal.digits else 0
    fraction = f".{digits[1 : places + 1].ljust(places, '0')}" if places > 0 else ""
    return f"{digits[0]}{fraction}{letter}{'-' if exponent < 0 else '+'}{abs(exponent):02}"


def _rounded(number: Number, places: int, *, after_point: bool = False) -> Decimal:
    """Round to a number of digits, or of digits after the point."""
    mantissa = abs(number.mantissa)
    if not mantissa:
        return Decimal("", 0)
    width = places + (max(number.magnitude_bits * 30103 // 100000, 0) + 2 if after_point else 1)
    decimal = _expand(mantissa, number.exponent, max(width, 8))
    return _round_half_even(decimal, places + decimal.point if after_point else places)


def _expand(mantissa: int, exponent: int, width: int) -> Decimal:
    """The first digits, at least `width` of them, of `mantissa * 2 ** exponent`."""
    if abs(exponent) <= _SMALL_BITS and mantissa.bit_length() <= _SMALL_BITS:
        if exponent >= 0:
            return _stripped(_digits(mantissa << exponent), 0)
        return _stripped(_digits(mantissa * 5**-exponent), exponent)
    import decimal

    # So far from the point, no number ends within the digits wanted unless all digits are wanted: then compute them.
    wanted = width + _GUARD_DIGITS
    full = (mantissa.bit_length() + (exponent if exponent > 0 else -exponent * 2)) * 31 // 100 + 10
    with decimal.localcontext() as context:
        context.prec = min(wanted, full)
        context.Emax, context.Emin = decimal.MAX_EMAX, decimal.MIN_EMIN
        context.traps[decimal.Inexact] = False
        _, figures, power = (decimal.Decimal(mantissa) * decimal.Decimal(2) ** exponent).as_tuple()
        inexact = bool(context.flags[decimal.Inexact])
    assert isinstance(power, int)
    text = "".join(map(str, figures))
    if not inexact:
        return _stripped(text, power)
    kept = text[:width]
    return Decimal(kept, len(text) + power, True)


def _stripped(digits: str, exponent: int) -> Decimal:
    stripped = digits.rstrip("0")
    return Decimal(stripped, len(digits) + exponent)


def _cut(decimal: Decimal, count: int) -> Decimal:
    if count <= 0:
        return Decimal("", 0)
    digits = decimal.digits[:count].rstrip("0")
    return Decimal(digits, decimal.point if digits else 0)


def _round_up(decimal: Decimal, count: int) -> Decimal:
    if count >= len(decimal.digits) and not decimal.more:
        return decimal
    digits = decimal.digits[:count].rstrip("9")
    if not digits:
        return Decimal("1", decimal.point + 1)
    return Decimal(digits[:-1] + str(int(digits[-1]) + 1), decimal.point)


def _round_half_even(decimal: Decimal, count: int) -> Decimal:
    digits = decimal.digits
    if count < 0:
        return Decimal("", 0)
    if count >= len(digits):
        return decimal
    if digits[count] == "5" and count + 1 == len(digits) and not decimal.more:
        up = count > 0 and int(digits[count - 1]) % 2 == 1
    else:
        up = digits[count] >= "5"
    return _round_up(decimal, count) if up else _cut(decimal, count)


def _digits(value: int) -> str:
    """Decimal text of an int; Python's own `str` refuses more than 4300 digits."""
    if value.bit_length() <= 3 * _NATIVE_DIGITS:
        return str(value)
    count = value.bit_length() * 3 // 20
    high, low = divmod(value, 10**count)
    return _digits(high) + _digits(low).rjust(count, "0")
