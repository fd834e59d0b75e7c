"""`format` and `formatlist`; expectations are what buildx 0.29.1 printed."""

from __future__ import annotations

from typing import Any

import pytest
from function_calls import call, result, strings

from bakectl.eval.limits import LimitExceeded
from bakectl.eval.numbers import Number
from bakectl.eval.types import NUMBER
from bakectl.eval.values import Value

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "text": (("format", "%s %s", "a", "b"), '"a b"'),
    "percent": (("format", "100%%"), '"100%"'),
    "nothing": (("format", ""), '""'),
    "number-as-text": (("format", "%s", 1.5), '"1.5"'),
    "large-number-as-text": (("format", "%s", 1e21), '"1000000000000000000000"'),
    "bool-as-text": (("format", "%s", True), '"true"'),
    "tuple-as-text": (("format", "%s", [1]), 'error: unsupported value for "%s" at 0: string required'),
    "null-as-text": (("format", "%s", None), 'error: unsupported value for "%s" at 0: null value cannot be formatted'),
    "width": (("format", "%5s|", "\u65e5\u672c"), '"   \u65e5\u672c|"'),
    "width-left": (("format", "%-5s|", "ab"), '"ab   |"'),
    "width-zeros": (("format", "%05s|", "ab"), '"000ab|"'),
    "width-zeros-left": (("format", "%-05s|", "ab"), '"ab000|"'),
    "precision": (("format", "%.2s|", "x\u0301y\u0301z"), '"x\u0301ý|"'),
    "precision-0": (("format", "%.0s|", "abc"), '"abc|"'),
    "quoted": (("format", "%q", 'a"<&>\n\x07'), '"\\"a\\\\\\"\\\\u003c\\\\u0026\\\\u003e\\\\n\\\\u0007\\""'),
    "quoted-width": (("format", "%8q|", "ab"), '"    \\"ab\\"|"'),
    "quoted-precision": (("format", "%.2q", "abcdef"), '"\\"ab\\""'),
    "any-text": (("format", "%v", 'a"<'), '"a\\"\\u003c"'),
    "any-null": (("format", "%v", None), '"null"'),
    "any-bool": (("format", "%05v|", True), '"0true|"'),
    "any-tuple": (("format", "%v", [1, "a", None, {"b": True}]), '"[1,\\"a\\",null,{\\"b\\":true}]"'),
    "any-width": (("format", "%12v|", [1]), '"         [1]|"'),
    "any-json": (("format", "%#v", "a<"), '"\\"a\\\\u003c\\""'),
    "any-number": (("format", "%v", 123456), '"123456"'),
    "any-large": (("format", "%v", 1234567), '"1.234567e+06"'),
    "any-round": (("format", "%v", 120000000), '"1.2e+08"'),
    "any-fraction": (("format", "%v", 0.25), '"0.25"'),
    "any-sign-ignored": (("format", "%+.2v|", 1.555), '"1.555|"'),
    "any-zeros": (("format", "%07v|", -1.5), '"000-1.5|"'),
    "any-json-number": (("format", "%#v", 1e21), '"1000000000000000000000"'),
    "bool": (("format", "%t", True), '"true"'),
    "bool-text": (("format", "%t", "1"), '"true"'),
    "bool-width-ignored": (("format", "%9t|", True), '"true|"'),
    "bool-number": (("format", "%t", 1), 'error: unsupported value for "%t" at 0: bool required'),
    "integer": (("format", "%d", 12), '"12"'),
    "integer-text": (("format", "%d", "12"), '"12"'),
    "integer-no-number": (("format", "%d", "x"), 'error: unsupported value for "%d" at 0: a number is required'),
    "integer-fraction": (("format", "%d", 1.5), 'error: unsupported value for "%d" at 0: an integer is required'),
    "integer-bool": (("format", "%d", True), 'error: unsupported value for "%d" at 0: number required'),
    "integer-huge": (("format", "%d", 1e30), '"1000000000000000000000000000000"'),
    "integer-width": (("format", "%5d|", -12), '"  -12|"'),
    "integer-zeros": (("format", "%05d|", -12), '"-0012|"'),
    "integer-left": (("format", "%-05d|", 12), '"12   |"'),
    "integer-plus": (("format", "%+d", 12), '"+12"'),
    "integer-space": (("format", "% d", 12), '" 12"'),
    "integer-plus-and-space": (("format", "% +d", 12), '"+12"'),
    "integer-precision": (("format", "%.5d", 12), '"00012"'),
    "integer-precision-and-zeros": (("format", "%08.5d|", 12), '"   00012|"'),
    "integer-precision-0-of-0": (("format", "%5.0d|", 0), '"|"'),
    "binary": (("format", "%b", 10), '"1010"'),
    "binary-prefix": (("format", "%#b", -10), '"-0b1010"'),
    "octal": (("format", "%#o", 64), '"0100"'),
    "hexadecimal": (("format", "%x", 255), '"ff"'),
    "hexadecimal-upper": (("format", "%#X", -255), '"-0XFF"'),
    "hexadecimal-zeros": (("format", "%#08x|", 255), '"0x0000ff|"'),
    "hexadecimal-text": (("format", "%x", "abc"), 'error: unsupported value for "%x" at 0: a number is required'),
    "fixed": (("format", "%f", 1.5), '"1.500000"'),
    "fixed-text": (("format", "%f", "1.5"), '"1.500000"'),
    "fixed-places": (("format", "%.2f", 2.675), '"2.67"'),
    "fixed-half-even": (("format", "%.0f %.0f %.0f", 0.5, 1.5, 2.5), '"0 2 2"'),
    "fixed-no-places": (("format", "%.f", 2.5), '"2"'),
    "fixed-width": (("format", "%8.2f|", 3.14159), '"    3.14|"'),
    "fixed-left": (("format", "%-8.2f|", 3.14159), '"3.14    |"'),
    "fixed-zeros": (("format", "%08.2f|", -3.14159), '"-0003.14|"'),
    "fixed-zeros-left": (("format", "%-08.2f|", 3.14159), '"00003.14|"'),
    "fixed-plus": (("format", "%+.1f", 0.25), '"+0.2"'),
    "fixed-exact-digits": (
        ("format", "%.160f", 0.1),
        '"0.1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000018646"',
    ),
    "fixed-tiny": (("format", "%f", 1e-10), '"0.000000"'),
    "scientific": (("format", "%e", 123456), '"1.234560e+05"'),
    "scientific-upper": (("format", "%E", 0.00012), '"1.200000E-04"'),
    "scientific-zero": (("format", "%e", 0), '"0.000000e+00"'),
    "scientific-places": (("format", "%.0e", 1500), '"2e+03"'),
    "scientific-large-exponent": (("format", "%.3e", 1e-100), '"1.000e-100"'),
    "scientific-width": (("format", "%012.3e|", -1234.5678), '"-001.235e+03|"'),
    "general": (("format", "%g", 123456), '"123456"'),
    "general-large": (("format", "%g", 1234567), '"1.234567e+06"'),
    "general-small": (("format", "%g %g", 0.0001, 1e-05), '"0.0001 1e-05"'),
    "general-digits": (("format", "%.3g %.3g %.3g", 123456, 1.5, 999.9), '"1.23e+05 1.5 1e+03"'),
    "general-digits-0": (("format", "%.0g", 1.5), '"2"'),
    "general-many-digits": (("format", "%.10g", 12345678901), '"1.23456789e+10"'),
    "general-upper": (("format", "%G", 1e21), '"1E+21"'),
    "argument-by-number": (("format", "%[2]s %[1]s", "a", "b"), '"b a"'),
    "argument-after-number": (("format", "%[2]s %s", "a", "b", "c"), '"b c"'),
    "argument-number-and-width": (("format", "%5[1]s|", "a"), '"    a|"'),
    "argument-number-before-width": (
        ("format", "%[1]5s|", "a"),
        "error: unrecognized format character '5' at offset 4",
    ),
    "argument-0": (("format", "%[0]s", "a"), "error: unrecognized format character '0' at offset 2"),
    "argument-empty": (("format", "%[]s", "a"), "error: unrecognized format character ']' at offset 2"),
    "argument-open": (("format", "%[1", "a"), "error: invalid format string starting at offset 3"),
    "argument-missing": (("format", "%s"), 'error: not enough arguments for "%s" at 0: need index 1 but have 0 total'),
    "argument-missing-by-number": (
        ("format", "%[4]s", "a"),
        'error: not enough arguments for "%[4]s" at 0: need index 4 but have 1 total',
    ),
    "argument-extra": (
        ("format", "%s", "a", "b", "c"),
        "error in args: too many arguments; only 1 used by format string",
    ),
    "argument-unused": (("format", "x", 1), "error in args: too many arguments; no verbs in format string"),
    "argument-unused-by-number": (
        ("format", "%[1]v %[1]v", 1, 2),
        "error in args: too many arguments; only 1 used by format string",
    ),
    "verb-unknown": (("format", "é%z", 1), "error: unsupported format verb 'z' in \"%z\" at offset 2"),
    "verb-star": (("format", "é%*d", 3, 4), "error: unrecognized format character '*' at offset 3"),
    "verb-letter-not-ascii": (("format", "%é", 1), "error: unrecognized format character 'é' at offset 1"),
    "verb-newline": (("format", "%\n", 1), "error: unrecognized format character '\\n' at offset 1"),
    "verb-quote": (("format", "%'", 1), "error: unrecognized format character '\\'' at offset 1"),
    "verb-missing": (("format", "a%5"), "error: invalid format string starting at offset 3"),
    "verb-percent-with-width": (("format", "%5%", "a"), "error: unrecognized format character '%' at offset 2"),
    "template-null": (("format", None), "error in format: argument must not be null"),
    "template-number": (("format", 12), '"12"'),
    "list-both": (("formatlist", "%s-%d", ["a", "b"], [1, 2]), '["a-1","b-2"]'),
    "list-scalar": (("formatlist", "%s-%d", ["a", "b"], 1), '["a-1","b-1"]'),
    "list-object": (("formatlist", "%v", {"a": 1}), '["{\\"a\\":1}"]'),
    "list-nested": (("formatlist", "%v", [[1], [2]]), '["[1]","[2]"]'),
    "list-strings": (("formatlist", "%s", strings("a", "b")), '["a","b"]'),
    "list-empty": (("formatlist", "%s", []), "[]"),
    "list-empty-and-scalar": (("formatlist", "%s %s", "q", []), "[]"),
    "list-no-arguments": (("formatlist", "x"), '["x"]'),
    "list-no-arguments-wanted": (
        ("formatlist", "%s"),
        'error: not enough arguments for "%s" at 0: need index 1 but have 0 total',
    ),
    "list-lengths-differ": (
        ("formatlist", "%s-%d", ["a", "b"], [1]),
        "error in args: argument 2 has length 1, which is inconsistent with argument 1 of length 2",
    ),
    "list-null": (("formatlist", "%v", None), '["null"]'),
    "list-null-item": (
        ("formatlist", "%s", ["a", None]),
        'error: error on format iteration 1: unsupported value for "%s" at 0: null value cannot be formatted',
    ),
    "list-bad-item": (
        ("formatlist", "%d", [1, "a"]),
        'error: error on format iteration 1: unsupported value for "%d" at 0: a number is required',
    ),
    "list-extra": (
        ("formatlist", "%s", ["a"], ["b"]),
        "error: error on format iteration 0: too many arguments; only 1 used by format string",
    ),
}


@pytest.mark.parametrize(("call_", "expected"), CASES.values(), ids=CASES.keys())
def test_format_functions(call_: tuple[Any, ...], expected: str) -> None:
    assert result(*call_) == expected


INFINITY = Value(NUMBER, Number.parse("Inf"))
INFINITE = {
    "%f": "+Inf",
    "% f": " Inf",
    "%08f": "    +Inf",
    "%-8f|": "+Inf    |",
    "%g": "+Inf",
    "%v": "+Inf",
    "%s": "+Inf",
}


@pytest.mark.parametrize(("template", "expected"), INFINITE.items(), ids=INFINITE.keys())
def test_infinity(template: str, expected: str) -> None:
    assert call("format", template, INFINITY).data == expected


@pytest.mark.parametrize(
    ("template", "problem"),
    [("%d", "an integer is required"), ("%#v", "cannot serialize infinity as JSON")],
    ids=["integer", "json"],
)
def test_infinity_where_there_is_none(template: str, problem: str) -> None:
    assert result("format", template, INFINITY) == f'error: unsupported value for "{template}" at 0: {problem}'


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("%99999999d", "1"),
        ("%.99999999f", "1"),
        ("%.99999999999999999999f", "1"),
        ("%d", "1e600000000"),
        ("%x", "1e600000000"),
        ("%f", "1e-600000000"),
        ("%[99999999999]d", "1"),
    ],
)
def test_too_large_a_result_is_refused(template: str, number: str) -> None:
    with pytest.raises(LimitExceeded, match="the limit is"):
        call("format", template, number)


def test_exponents_need_no_room() -> None:
    assert call("format", "%g %.3e", "1e600000000", "1e-600000000").data == "1e+600000000 1.000e-600000000"
