"""Logarithm, exponential and power of floats by Go's algorithms, which differ from C's in the last digit."""

from __future__ import annotations

from math import frexp, inf, isnan, ldexp, nan, sqrt

_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_L1 = 6.666666666666735130e-01
_L2 = 3.999999999940941908e-01
_L3 = 2.857142874366239149e-01
_L4 = 2.222219843214978396e-01
_L5 = 1.818357216161805012e-01
_L6 = 1.531383769920937332e-01
_L7 = 1.479819860511658591e-01
_SQRT_HALF = 0.7071067811865475244
_MAX_EXPONENT = 1 << 12
_LOG2_E = 1.4426950408889634073599246810018920
_LN2_UPPER = 0.69314718055966295651160180568695068359375
_LN2_LOWER = 0.28235290563031577122588448175013436025525412068e-12
# 1 / n! for n from 8 down to 1.
_TAYLOR = (
    2.4801587301587301587e-5,
    1.9841269841269841270e-4,
    1.3888888888888888889e-3,
    8.3333333333333333333e-3,
    4.1666666666666666667e-2,
    1.6666666666666666667e-1,
    0.5,
    1.0,
)


def log(value: float) -> float:
    """Natural logarithm as `math.Log`: FreeBSD's `e_log.c`."""
    if isnan(value) or value == inf:
        return value
    if value <= 0:
        return nan if value < 0 else -inf
    fraction, exponent = frexp(value)
    if fraction < _SQRT_HALF:
        fraction, exponent = fraction * 2, exponent - 1
    fraction -= 1
    scale = float(exponent)
    s = fraction / (2 + fraction)
    s2 = s * s
    s4 = s2 * s2
    t1 = s2 * (_L1 + s4 * (_L3 + s4 * (_L5 + s4 * _L7)))
    t2 = s4 * (_L2 + s4 * (_L4 + s4 * _L6))
    half_square = 0.5 * fraction * fraction
    return scale * _LN2_HIGH - ((half_square - (s * (half_square + (t1 + t2)) + scale * _LN2_LOW)) - fraction)


def exp(value: float) -> float:
    """`math.Exp` as on amd64 processors with fused multiplication and addition; elsewhere a last digit may differ."""
    scale = round(value * _LOG2_E)
    rest = _fma(-float(scale), _LN2_UPPER, value)
    rest = _fma(-float(scale), _LN2_LOWER, rest) / 16
    series = _TAYLOR[0]
    for factor in _TAYLOR[1:]:
        series = _fma(series, rest, factor)
    # exp(16 x) - 1 from exp(x) - 1: four times (y + 2) * y.
    result = rest * series
    for _ in range(3):
        result *= result + 2
    return ldexp(_fma(result, result + 2, 1.0), scale)


def _fma(left: float, right: float, addend: float) -> float:
    """`left * right + addend` with one rounding: `math.fma`, which Python has since 3.13."""
    (a, b), (c, d), (e, f) = left.as_integer_ratio(), right.as_integer_ratio(), addend.as_integer_ratio()
    return (a * c * f + e * b * d) / (b * d * f)


def power(base: float, exponent: float) -> float:
    """`math.Pow`."""
    if exponent == 0 or base == 1:
        return 1.0
    if exponent == 1:
        return base
    if base == 0:
        return _power_of_zero(base, exponent)
    if exponent in (inf, -inf):
        if base == -1:
            return 1.0
        return 0.0 if (abs(base) < 1) == (exponent > 0) else inf
    if base in (inf, -inf):
        if base < 0:
            return _power_of_zero(-0.0, -exponent)
        return inf if exponent > 0 else 0.0
    if exponent == 0.5:
        return sqrt(base) if base >= 0 else nan
    if exponent == -0.5:
        return 1 / sqrt(base) if base >= 0 else nan
    return _finite_power(base, exponent)


def _power_of_zero(zero: float, exponent: float) -> float:
    odd = exponent % 2 in (1, -1) and str(zero).startswith("-")
    if exponent < 0:
        return -inf if odd else inf
    return zero if odd else 0.0


def _finite_power(base: float, exponent: float) -> float:
    size = abs(exponent)
    whole = int(size)
    fraction = size - whole
    if fraction and base < 0:
        return nan
    if whole >= 1 << 63:
        if base == -1:
            return 1.0
        return 0.0 if (abs(base) < 1) == (exponent > 0) else inf
    result, result_exponent = 1.0, 0
    if fraction:
        if fraction > 0.5:
            fraction, whole = fraction - 1, whole + 1
        result = exp(fraction * log(base))
    factor, factor_exponent = frexp(base)
    while whole:
        if not -_MAX_EXPONENT <= factor_exponent <= _MAX_EXPONENT:
            result_exponent += factor_exponent
            break
        if whole & 1:
            result *= factor
            result_exponent += factor_exponent
        factor *= factor
        factor_exponent *= 2
        if factor < 0.5:
            factor += factor
            factor_exponent -= 1
        whole >>= 1
    if exponent < 0:
        result, result_exponent = 1 / result, -result_exponent
    try:
        return ldexp(result, result_exponent)
    except OverflowError:
        return inf if result > 0 else -inf
