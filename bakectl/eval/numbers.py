"""`Number`: a binary floating-point number of any precision, calculating as cty does with Go's `big.Float`."""

from __future__ import annotations

import re
from math import copysign, inf, isinf, isnan
from typing import Final

LITERAL_PRECISION = 512
"""Bits that a number written as text is rounded to."""
INTEGER_PRECISION = 64
"""Bits of a number that cty makes from a Go integer."""
FLOAT_PRECISION = 53
"""Bits of a number that cty makes from a Go float64."""

_INFINITE = 1 << 40
_MAX_EXPONENT = (1 << 31) - 1
_MIN_EXPONENT = -(1 << 31)
_INTEGER_BITS = 4096
_EXACT_DIGITS = 154
_MAX_DIGITS = 4000
_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:(\.)([0-9]*))?(?:([eEpP])([+-]?[0-9]+))?", re.ASCII)
_GO_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
_GO_HEXADECIMAL = re.compile(r"[+-]?0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?[0-9]+", re.ASCII)
_GO_INFINITY = re.compile(r"[+-]?inf(?:inity)?|nan", re.IGNORECASE | re.ASCII)
_MISPLACED_UNDERSCORE = re.compile(r"(?<![0-9a-fA-FxX])_|_(?![0-9a-fA-F])")


class NumberError(ArithmeticError):
    """The calculation has no result; the text is cty's."""


class Number:
    """An immutable number: `mantissa * 2 ** exponent`, rounded to `precision` bits, halves to even.

    `mantissa` carries the sign; `negative` tells -0 from 0. Equal numbers have equal mantissa and exponent: an integer
    of up to 4096 bits has exponent 0, any other number an odd mantissa. Precision takes no part in comparisons.
    """

    __slots__ = ("exponent", "mantissa", "negative", "precision")

    def __init__(self, mantissa: int, exponent: int, precision: int, negative: bool) -> None:
        """Take the parts of a number in its one form as they are; use `from_int`, `from_float` or `parse` instead."""
        self.mantissa: Final = mantissa
        self.exponent: Final = exponent
        self.precision: Final = precision
        self.negative: Final = negative

    @classmethod
    def from_int(cls, value: int, precision: int = LITERAL_PRECISION) -> Number:
        """Round an integer to the precision."""
        if value.bit_length() <= precision and value.bit_length() <= _INTEGER_BITS:
            return cls(value, 0, precision, value < 0)
        return _rounded(value < 0, abs(value), 0, precision)

    @classmethod
    def from_float(cls, value: float) -> Number:
        """Take a float as it is; raises NumberError when it is not a number."""
        if isnan(value):
            raise NumberError("Float.SetFloat64(NaN)")
        negative = copysign(1, value) < 0
        if isinf(value):
            return _infinity(negative, FLOAT_PRECISION)
        numerator, denominator = value.as_integer_ratio()
        return _rounded(negative, abs(numerator), 1 - denominator.bit_length(), FLOAT_PRECISION)

    @classmethod
    def parse(cls, text: str) -> Number | None:
        """Read a decimal number as HCL literals, strings and JSON have it; None when the text is none."""
        if len(text) <= _EXACT_DIGITS and text.isdigit() and text.isascii():
            return cls(int(text), 0, LITERAL_PRECISION, False)
        match = _DECIMAL.fullmatch(text)
        if match is None:
            unsigned = text[1:] if text[:1] in ("+", "-") else text
            return _infinity(text[0] == "-", LITERAL_PRECISION) if unsigned in ("Inf", "inf") else None
        sign, whole, _, fraction, letter, power = match.groups("")
        if not whole and not fraction:
            return None
        return _scaled(sign == "-", whole + fraction, -len(fraction), letter, power)

    @classmethod
    def parse_env(cls, text: str) -> Number:
        """Read a number as Go's `strconv.ParseFloat`; raises ValueError with the message of buildx."""
        if _GO_INFINITY.fullmatch(text):
            raise ValueError("invalid number value")
        plain = "?" if _MISPLACED_UNDERSCORE.search(text) else text.replace("_", "")
        try:
            if _GO_DECIMAL.fullmatch(plain):
                value = float(plain)
            elif _GO_HEXADECIMAL.fullmatch(plain):
                value = float.fromhex(plain)
            else:
                raise ValueError(f"strconv.ParseFloat: parsing {_go_quoted(text)}: invalid syntax")
        except OverflowError:
            value = inf
        if isinf(value):
            raise ValueError(f"strconv.ParseFloat: parsing {_go_quoted(text)}: value out of range")
        return cls.from_float(value)

    @property
    def is_infinite(self) -> bool:
        return self.exponent == _INFINITE

    @property
    def is_zero(self) -> bool:
        return self.mantissa == 0

    @property
    def is_integer(self) -> bool:
        """Whether the number is whole; infinity is not."""
        return 0 <= self.exponent < _INFINITE

    @property
    def magnitude_bits(self) -> int:
        """Bits before the binary point, negative for small fractions: the exponent of Go's `big.Float`."""
        return self.mantissa.bit_length() + self.exponent

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Number):
            return NotImplemented
        return self.mantissa == other.mantissa and self.exponent == other.exponent

    def __hash__(self) -> int:
        return hash((self.mantissa, self.exponent)) if self.exponent else hash(self.mantissa)

    def __repr__(self) -> str:
        if self.exponent:
            return f"Number({self.mantissa} * 2**{self.exponent}, {self.precision} bits)"
        return f"Number({'-0' if self.negative and not self.mantissa else self.mantissa}, {self.precision} bits)"

    def compare(self, other: Number) -> int:
        """-1, 0 or 1, exactly and for any two numbers."""
        left, right = self.mantissa, other.mantissa
        if self.exponent or other.exponent:
            left, right = _aligned(self, other)
        return (left > right) - (left < right)

    def __lt__(self, other: Number) -> bool:
        return self.compare(other) < 0

    def __le__(self, other: Number) -> bool:
        return self.compare(other) <= 0

    def __gt__(self, other: Number) -> bool:
        return self.compare(other) > 0

    def __ge__(self, other: Number) -> bool:
        return self.compare(other) >= 0

    def negate(self) -> Number:
        """The number with the opposite sign; 0 becomes -0."""
        return Number(-self.mantissa, self.exponent, self.precision, not self.negative)

    def absolute(self) -> Number:
        """The number without its sign."""
        return self.negate() if self.negative else self

    def __add__(self, other: Number) -> Number:
        precision = max(self.precision, other.precision)
        if self.exponent == 0 == other.exponent:
            total = self.mantissa + other.mantissa
            if total and total.bit_length() <= precision:
                return Number(total, 0, precision, total < 0)
        return _sum(self, other, precision)

    def __sub__(self, other: Number) -> Number:
        if self.is_infinite and self == other:
            raise NumberError("can't subtract infinity from itself")
        return self + other.negate()

    def __mul__(self, other: Number) -> Number:
        precision = max(self.precision, other.precision)
        negative = self.negative != other.negative
        if self.is_infinite or other.is_infinite:
            if self.is_zero or other.is_zero:
                raise NumberError("can't multiply zero by infinity")
            return _infinity(negative, precision)
        # cty multiplies with 512 bits and keeps as many of them as the product needs.
        return _product(self, other, negative, LITERAL_PRECISION).reduced(precision)

    def __truediv__(self, other: Number) -> Number:
        precision = max(self.precision, other.precision)
        negative = self.negative != other.negative
        if (self.is_zero and other.is_zero) or (self.is_infinite and other.is_infinite):
            raise NumberError("can't divide zero by zero or infinity by infinity")
        if self.is_infinite or other.is_zero:
            return _infinity(negative, precision)
        if self.is_zero or other.is_infinite:
            return Number(0, 0, precision, negative)
        return _quotient(self, other, negative, precision)

    def modulo(self, other: Number) -> Number:
        """Remainder of the division towards zero, with cty's roundings; the number itself when `other` is 0."""
        if other.is_zero:
            return self
        if self.is_infinite:
            raise NumberError("can't use modulo with an infinite dividend")
        if other.is_infinite:
            raise NumberError("can't use modulo with zero and infinity")
        if self.exponent == 0 == other.exponent and self.mantissa.bit_length() + 2 < self.precision <= other.precision:
            rest = abs(self.mantissa) % abs(other.mantissa)
            if rest:
                return Number(-rest if self.negative else rest, 0, self.precision, self.negative)
        quotient = (self / other).truncate()
        whole = _rounded(quotient.mantissa < 0, abs(quotient.mantissa), quotient.exponent, self.precision)
        product = _product(other, whole, other.negative != whole.negative, self.precision)
        return _sum(self, product.negate(), self.precision)

    def truncate(self) -> Number:
        """The whole part, towards zero, at the same precision."""
        if self.exponent >= 0:
            return self
        whole = abs(self.mantissa) >> -self.exponent if self.magnitude_bits > 0 else 0
        return Number(-whole if self.negative else whole, 0, self.precision, self.negative and whole != 0)

    def reduced(self, precision: int) -> Number:
        """The same number, held in `precision` bits or in the fewest that it needs."""
        needed = self.mantissa.bit_length()
        if needed > precision and self.mantissa & 1 == 0:
            needed -= _trailing_zeros(self.mantissa)
        return Number(self.mantissa, self.exponent, max(precision, needed), self.negative)

    def to_int(self) -> int:
        """The whole part as an int; raises LimitExceeded when it would be enormous, ValueError for infinity."""
        if self.exponent <= 0:
            return self.truncate().mantissa
        if self.is_infinite:
            raise ValueError("infinity is no integer")
        from bakectl.eval.limits import check_text

        check_text(self.magnitude_bits * 3 // 10)
        return self.mantissa << self.exponent

    def to_float(self) -> float:
        """The nearest float, which may be infinite."""
        size = self.magnitude_bits
        if size > 1024:
            return -inf if self.negative else inf
        if size < -1080 or self.is_zero:
            return -0.0 if self.negative else 0.0
        try:
            # Division of integers rounds once, to even, also into the subnormal floats.
            return self.mantissa / (1 << -self.exponent) if self.exponent < 0 else float(self.mantissa << self.exponent)
        except OverflowError:
            return -inf if self.negative else inf

    def text(self) -> str:
        """Plain decimal text, never with an exponent: the fewest digits that give the number back."""
        if self.exponent == 0 and self.mantissa and self.mantissa.bit_length() <= self.precision:
            try:
                return str(self.mantissa)
            except ValueError:
                pass
        from bakectl.eval.number_text import plain

        return plain(self)


def _infinity(negative: bool, precision: int) -> Number:
    return Number(-1 if negative else 1, _INFINITE, precision, negative)


def _trailing_zeros(mantissa: int) -> int:
    return (mantissa & -mantissa).bit_length() - 1


def _rounded(negative: bool, mantissa: int, exponent: int, precision: int, rest: bool = False) -> Number:
    """Make a number from a magnitude; `rest` says that the magnitude has more bits below those given."""
    excess = mantissa.bit_length() - precision
    if excess > 0:
        half = 1 << (excess - 1)
        tail = mantissa & ((half << 1) - 1)
        mantissa >>= excess
        exponent += excess
        if tail > half or (tail == half and (rest or mantissa & 1)):
            mantissa += 1
    size = mantissa.bit_length() + exponent
    if mantissa == 0 or size < _MIN_EXPONENT:
        return Number(0, 0, precision, negative)
    if size > _MAX_EXPONENT:
        return _infinity(negative, precision)
    if exponent > 0 and size <= _INTEGER_BITS:
        mantissa <<= exponent
        exponent = 0
    elif exponent:
        zeros = _trailing_zeros(mantissa)
        if exponent < 0:
            zeros = min(zeros, -exponent)
        mantissa >>= zeros
        exponent += zeros
    elif size > _INTEGER_BITS:
        exponent = _trailing_zeros(mantissa)
        mantissa >>= exponent
    return Number(-mantissa if negative else mantissa, exponent, precision, negative)


def _aligned(left: Number, right: Number) -> tuple[int, int]:
    """Two integers that compare as the numbers do."""
    if left.negative != right.negative or left.is_zero or right.is_zero:
        return left.mantissa, right.mantissa
    if left.magnitude_bits != right.magnitude_bits:
        sign = -1 if left.negative else 1
        return sign * left.magnitude_bits, sign * right.magnitude_bits
    lowest = min(left.exponent, right.exponent)
    return left.mantissa << (left.exponent - lowest), right.mantissa << (right.exponent - lowest)


def _sum(left: Number, right: Number, precision: int) -> Number:
    if left.is_infinite or right.is_infinite:
        if left.is_infinite and right.is_infinite and left.negative != right.negative:
            raise NumberError("can't compute sum of opposing infinities")
        return _infinity((left if left.is_infinite else right).negative, precision)
    if left.is_zero and right.is_zero:
        return Number(0, 0, precision, left.negative and right.negative)
    left_mantissa, left_exponent = left.mantissa, left.exponent
    right_mantissa, right_exponent = right.mantissa, right.exponent
    if left_mantissa and right_mantissa:
        # An operand too small to be seen moves to just below the rounding bit of the other: its sign still counts.
        lowest = max(left.magnitude_bits, right.magnitude_bits) - max(precision, _INTEGER_BITS) - 8
        if left.magnitude_bits < lowest:
            left_mantissa, left_exponent = -1 if left.negative else 1, lowest
        elif right.magnitude_bits < lowest:
            right_mantissa, right_exponent = -1 if right.negative else 1, lowest
    elif left_mantissa:
        right_exponent = left_exponent
    else:
        left_exponent = right_exponent
    exponent = min(left_exponent, right_exponent)
    total = (left_mantissa << (left_exponent - exponent)) + (right_mantissa << (right_exponent - exponent))
    return _rounded(total < 0, abs(total), exponent, precision)


def _product(left: Number, right: Number, negative: bool, precision: int) -> Number:
    return _rounded(negative, abs(left.mantissa * right.mantissa), left.exponent + right.exponent, precision)


def _quotient(left: Number, right: Number, negative: bool, precision: int) -> Number:
    dividend, divisor = abs(left.mantissa), abs(right.mantissa)
    shift = max(0, precision + 2 + divisor.bit_length() - dividend.bit_length())
    quotient, rest = divmod(dividend << shift, divisor)
    return _rounded(negative, quotient << 1 | (rest != 0), left.exponent - right.exponent - shift - 1, precision)


def _scaled(negative: bool, digits: str, point: int, letter: str, power: str) -> Number | None:
    """Read digits times a power of ten (or of two, letter `p`) with the roundings of Go's `Float.Parse`."""
    digits = digits.lstrip("0")
    exponent = int(power) if power and len(power) <= 20 else 0
    if (power and len(power.lstrip("+-").lstrip("0")) > 19) or not -(1 << 63) <= exponent < 1 << 63:
        return None
    if not digits:
        return Number(0, 0, LITERAL_PRECISION, negative)
    if len(digits) > _MAX_DIGITS:
        point += len(digits) - _MAX_DIGITS
        digits = digits[: _MAX_DIGITS - 1] + ("1" if digits[_MAX_DIGITS - 1 :].strip("0") else "0")
    mantissa = int(digits)
    binary, fives = point, point
    if letter in ("e", "E"):
        binary, fives = binary + exponent, fives + exponent
    else:
        binary += exponent
    if not _MIN_EXPONENT <= mantissa.bit_length() + binary <= _MAX_EXPONENT:
        return None
    if fives == 0:
        return _rounded(negative, mantissa, binary, LITERAL_PRECISION)
    number = Number(mantissa, binary, mantissa.bit_length(), False)
    power_of_five = _power_of_five(abs(fives))
    if power_of_five.is_infinite:
        return _infinity(negative, LITERAL_PRECISION) if fives > 0 else Number(0, 0, LITERAL_PRECISION, negative)
    if fives > 0:
        return _product(number, power_of_five, negative, LITERAL_PRECISION)
    return _quotient(number, power_of_five, negative, LITERAL_PRECISION)


def _power_of_five(count: int) -> Number:
    """5 ** count as Go has it: exact up to 576 bits, then by squaring with roundings."""
    if count <= 240:
        return Number(5**count, 0, 576, False)
    result = Number(5**27, 0, 576, False)
    factor = Number(5, 0, 640, False)
    count -= 27
    while count:
        if count & 1:
            result = _infinity(False, 576) if factor.is_infinite else _product(result, factor, False, 576)
        if result.is_infinite:
            return result
        if not factor.is_infinite:
            factor = _product(factor, factor, False, 640)
        count >>= 1
    return result


def _go_quoted(text: str) -> str:
    """Text as Go's `strconv.Quote` has it, for what may stand in an environment variable."""
    from bakectl.eval.number_text import quoted

    return quoted(text)
