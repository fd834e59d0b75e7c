"""Functions on text; expectations are what buildx 0.29.1 printed."""

from __future__ import annotations

from typing import Any

import pytest
from function_calls import call, result

from bakectl.eval.functions import FunctionError
from bakectl.eval.limits import MAX_ITEMS, MAX_TEXT, LimitExceeded
from bakectl.eval.types import STRING
from bakectl.eval.values import Value

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "strlen": (("strlen", "abc"), "3"),
    "strlen-empty": (("strlen", ""), "0"),
    "strlen-number": (("strlen", 1.5), "3"),
    "strlen-combining": (("strlen", "x\u0301\u0302y"), "2"),
    "strlen-family": (("strlen", "\U0001f469\u200d\U0001f469\u200d\U0001f467"), "1"),
    "strlen-flags": (("strlen", "\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7\U0001f1ec"), "3"),
    "strlen-crlf": (("strlen", "a\r\nb\n\r"), "5"),
    "strlen-hangul-jamo": (("strlen", "\u1112\u1161\u11ab\u1112"), "2"),
    "strlen-indic-consonants": (("strlen", "\u0915\u094d\u0937"), "2"),
    "strlen-prepended-sign": (("strlen", "\u0600a"), "1"),
    "strlen-skin-tone": (("strlen", "\u261d\U0001f3fd"), "1"),
    "strlen-keycap": (("strlen", "1\ufe0f\u20e3"), "1"),
    "strlen-tuple": (("strlen", []), "error in str: string required"),
    "strlen-null": (("strlen", None), "error in str: argument must not be null"),
    "reverse": (("reverse", "héllo"), '"olléh"'),
    "reverse-crlf": (("reverse", "ab\r\nc"), '"c\\r\\nba"'),
    "reverse-clusters": (
        ("reverse", "a\U0001f469\u200d\U0001f469\u200d\U0001f467x\u0301"),
        '"x\u0301\U0001f469\u200d\U0001f469\u200d\U0001f467a"',
    ),
    "reverse-empty": (("reverse", ""), '""'),
    "substr": (("substr", "hello", 1, 3), '"ell"'),
    "substr-from-end": (("substr", "hello", -3, 2), '"ll"'),
    "substr-length-0-from-end": (("substr", "hello", -3, 0), '"llo"'),
    "substr-length-0": (("substr", "hello", 2, 0), '""'),
    "substr-before-start": (("substr", "hello", -10, 2), '"he"'),
    "substr-before-start-length-0": (("substr", "hello", -10, 0), '"hello"'),
    "substr-at-end": (("substr", "hello", 5, 1), '""'),
    "substr-past-end": (("substr", "hello", 9, -1), '""'),
    "substr-rest": (("substr", "hello", 2, -5), '"llo"'),
    "substr-too-long": (("substr", "hello", 4, 10), '"o"'),
    "substr-text-numbers": (("substr", "hello", "1", "2"), '"el"'),
    "substr-fraction": (
        ("substr", "hello", 1.5, 2),
        "error: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
    "substr-huge": (
        ("substr", "hello", 1, 1e30),
        "error: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
    "substr-crlf": (("substr", "a\r\nb", 1, 1), '"\\r\\n"'),
    "substr-clusters": (
        ("substr", "hé\U0001f469\u200d\U0001f469\u200d\U0001f467x", 2, 1),
        '"\U0001f469\u200d\U0001f469\u200d\U0001f467"',
    ),
    "substr-clusters-from-end": (
        ("substr", "hé\U0001f469\u200d\U0001f469\u200d\U0001f467x", -2, 1),
        '"\U0001f469\u200d\U0001f469\u200d\U0001f467"',
    ),
    "substr-clusters-past-end": (("substr", "x\u0301", 9, 1), '""'),
    "substr-clusters-length-0": (("substr", "x\u0301y", 1, 0), '""'),
    "substr-empty": (("substr", "", -1, 0), '""'),
    "upper": (("upper", "aé1"), '"AÉ1"'),
    "upper-sharp-s": (("upper", "ß"), '"ß"'),
    "upper-ligature": (("upper", "\ufb01"), '"\ufb01"'),
    "upper-one-letter-only": (("upper", "ŉǰ\u0390\u1fb3\u1f80"), '"ŉǰ\u0390\u1fbc\u1f88"'),
    "upper-digraph": (("upper", "ǆ"), '"Ǆ"'),
    "upper-dotless-i": (("upper", "ı"), '"I"'),
    "lower": (("lower", "AÉ"), '"aé"'),
    "lower-dotted-i": (("lower", "İ"), '"i"'),
    "lower-final-sigma": (("lower", "\u0391\u03a3"), '"\u03b1\u03c3"'),
    "lower-kelvin": (("lower", "\u212a"), '"k"'),
    "title": (("title", "hello wORLD"), '"Hello WORLD"'),
    "title-not-a-gap": (("title", "a-b_c d"), '"A-B_c D"'),
    "title-apostrophe": (("title", "o'neil"), '"O\'Neil"'),
    "title-digit": (("title", "3rd x2y"), '"3rd X2y"'),
    "title-digraph": (("title", "ǆab"), '"ǅab"'),
    "title-sharp-s": (("title", "ßa"), '"ßa"'),
    "title-dash": (("title", "a\u2014b\u2019c"), '"A\u2014b\u2019c"'),
    "title-no-break-space": (("title", "a\xa0b"), '"A\xa0B"'),
    "title-superscript": (("title", "a\xb2b"), '"A\xb2b"'),
    "trim": (("trim", "xyaxy", "yx"), '"a"'),
    "trim-nothing": (("trim", "abc", ""), '"abc"'),
    "trim-wide-letter": (("trim", "ééaé", "é"), '"a"'),
    "trimprefix": (("trimprefix", "aab", "a"), '"ab"'),
    "trimprefix-absent": (("trimprefix", "aab", "b"), '"aab"'),
    "trimsuffix": (("trimsuffix", "baa", "a"), '"ba"'),
    "trimsuffix-empty": (("trimsuffix", "baa", ""), '"baa"'),
    "trimspace": (("trimspace", " \t\n\x0b\x0c\r\x85\xa0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000x\n"), '"x"'),
    "trimspace-no-space": (("trimspace", "\x1c\u200bx\x1f"), '"\\u001c\u200bx\\u001f"'),
    "chomp": (("chomp", "a\n\r\n\n"), '"a"'),
    "chomp-return": (("chomp", "a\r"), '"a"'),
    "chomp-inner": (("chomp", "a\n\rb\n"), '"a\\n\\rb"'),
    "chomp-nothing": (("chomp", "a "), '"a "'),
    "indent": (("indent", 2, "a\nb\n"), '"a\\n  b\\n  "'),
    "indent-0": (("indent", 0, "a\nb"), '"a\\nb"'),
    "indent-text-number": (("indent", "2", "a\nb"), '"a\\n  b"'),
    "indent-fraction": (
        ("indent", 1.5, "a\nb"),
        "error: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
    "replace": (("replace", "a.b.c", ".", "$1"), '"a$1b$1c"'),
    "replace-overlap": (("replace", "aaa", "aa", "b"), '"ba"'),
    "replace-empty": (("replace", "hé", "", "-"), '"-h-é-"'),
    "replace-in-empty": (("replace", "", "", "-"), '"-"'),
    "split": (("split", ",", "a,b,,c"), '["a","b","","c"]'),
    "split-nothing": (("split", ",", ""), '[""]'),
    "split-by-nothing": (("split", "", "hé"), '["h","é"]'),
    "split-nothing-by-nothing": (("split", "", ""), "[]"),
    "split-whole": (("split", "ab", "ab"), '["",""]'),
    "split-null": (("split", None, "a"), "error in separator: argument must not be null"),
    "join": (("join", ",", ["a", "b"]), '"a,b"'),
    "join-lists": (("join", ",", ["a"], [], ["b", "c"]), '"a,b,c"'),
    "join-converts": (("join", ",", [1.5, True]), '"1.5,true"'),
    "join-no-list": (("join", ","), "error: at least one list is required"),
    "join-empty": (("join", ",", []), '""'),
    "join-null": (("join", ",", ["a", None]), "error in lists: element 1 is null; cannot concatenate null values"),
    "join-null-of-second": (
        ("join", ",", ["a"], ["b", None]),
        "error in lists: element 1 of list 2 is null; cannot concatenate null values",
    ),
    "join-nested": (("join", ",", [["a"]]), "error in lists: element 0: string required"),
    "join-text": (("join", ",", "a"), "error in lists: list of string required"),
    "sanitize": (("sanitize", "a.b/c-d_é X9"), '"a_b_c-d___X9"'),
    "sanitize-code-points": (("sanitize", "\U0001f469\u200d\U0001f469\u200d\U0001f467"), '"_____"'),
}


@pytest.mark.parametrize(("call_", "expected"), CASES.values(), ids=CASES.keys())
def test_text_functions(call_: tuple[Any, ...], expected: str) -> None:
    assert result(*call_) == expected


def test_indent_of_one_line_needs_no_space() -> None:
    assert call("indent", 10**12, "a").data == "a"


def test_indent_by_a_negative_number() -> None:
    with pytest.raises(FunctionError, match="negative Repeat count"):
        call("indent", -1, "a")


def test_equal_texts_are_normalised() -> None:
    assert call("upper", "e\u0301").data == "\u00c9"


LIMITED: dict[str, tuple[Any, ...]] = {
    "indent": ("indent", 10**12, "a\nb"),
    "replace": ("replace", "a" * 3000, "a", "b" * 3000),
    "replace-nothing": ("replace", "a" * 3000, "", "b" * 3000),
    "join": ("join", "b" * 3000, ["a"] * 3000),
    "split": ("split", "", "a" * (MAX_ITEMS + 1)),
    "split-by-comma": ("split", ",", "," * MAX_ITEMS),
}


@pytest.mark.parametrize("arguments", LIMITED.values(), ids=LIMITED.keys())
def test_too_large_a_result_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(LimitExceeded, match="the limit is"):
        call(*arguments)


def test_the_largest_text_is_counted() -> None:
    assert call("strlen", Value(STRING, "\u00e9" * MAX_TEXT)).data.text() == str(MAX_TEXT)
