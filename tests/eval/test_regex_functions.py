"""Functions on regular expressions; expectations are what buildx 0.29.1 printed."""

from __future__ import annotations

from typing import Any

import pytest
from function_calls import call, result

from bakectl.eval.limits import LimitExceeded

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "regex": (("regex", "[a-z]+", "12ab3cd"), '"ab"'),
    "regex-groups": (("regex", "(\\d+)-(\\d+)?", "12-"), '["12",null]'),
    "regex-names": (("regex", "(?P<year>\\d{4})-(?P<month>\\d\\d)", "on 2020-12-01"), '{"month":"12","year":"2020"}'),
    "regex-names-sorted": (("regex", "(?P<b>x)(?P<a>y)", "xy"), '{"a":"y","b":"x"}'),
    "regex-short-name": (("regex", "(?<n>a)", "a"), '{"n":"a"}'),
    "regex-name-twice": (("regex", "(?P<n>a)(?P<n>b)", "ab"), '{"n":"b"}'),
    "regex-unmatched-name": (("regex", "(?P<n>a)|(?P<m>b)", "b"), '{"m":"b","n":null}'),
    "regex-names-mixed": (
        ("regex", "(a)(?P<n>b)", "ab"),
        "error in pattern: invalid regexp pattern: cannot mix both named and unnamed capture groups",
    ),
    "regex-no-match": (("regex", "x", "abc"), "error: pattern did not match any part of the given string"),
    "regex-empty": (("regex", "x*", "abc"), '""'),
    "regex-group-in-class": (("regex", "[(](b)", "(b"), '["b"]'),
    "regex-quoted-group": (("regex", "\\Q(\\E(b)", "(b"), '["b"]'),
    "regex-escaped-group": (("regex", "\\((b)", "(b"), '["b"]'),
    "regex-missing-parenthesis": (
        ("regex", "(", "a"),
        "error in pattern: invalid regexp pattern: missing closing ) in (",
    ),
    "regex-extra-parenthesis": (("regex", "a)", "a"), "error in pattern: invalid regexp pattern: unexpected ) in a)"),
    "regex-missing-bracket": (
        ("regex", "[a", "a"),
        "error in pattern: invalid regexp pattern: missing closing ] in [a",
    ),
    "regex-bad-range": (
        ("regex", "[z-a]", "a"),
        "error in pattern: invalid regexp pattern: invalid character class range in z-a",
    ),
    "regex-nothing-to-repeat": (
        ("regex", "*", "a"),
        "error in pattern: invalid regexp pattern: missing argument to repetition operator in *",
    ),
    "regex-repeated-twice": (
        ("regex", "a**", "a"),
        "error in pattern: invalid regexp pattern: invalid nested repetition operator in **",
    ),
    "regex-possessive": (
        ("regex", "a++", "a"),
        "error in pattern: invalid regexp pattern: invalid nested repetition operator in ++",
    ),
    "regex-repeat-too-often": (
        ("regex", "a{1001}", "a"),
        "error in pattern: invalid regexp pattern: invalid repeat count in {1001}",
    ),
    "regex-repeat-backwards": (
        ("regex", "a{2,1}", "a"),
        "error in pattern: invalid regexp pattern: invalid repeat count in {2,1}",
    ),
    "regex-look-ahead": (
        ("regex", "(?=a)", "a"),
        "error in pattern: invalid regexp pattern: invalid or unsupported Perl syntax in (?=",
    ),
    "regex-look-behind": (
        ("regex", "(?<!a)b", "a"),
        "error in pattern: invalid regexp pattern: invalid named capture in (?<!a)b",
    ),
    "regex-look-behind-named": (
        ("regex", "(?<=a>b)", "a"),
        "error in pattern: invalid regexp pattern: invalid named capture in (?<=a>",
    ),
    "regex-back-reference": (
        ("regex", "(a)\\1", "aa"),
        "error in pattern: invalid regexp pattern: invalid escape sequence in \\1",
    ),
    "regex-bad-escape": (
        ("regex", "\\q", "a"),
        "error in pattern: invalid regexp pattern: invalid escape sequence in \\q",
    ),
    "regex-any-byte": (
        ("regex", "a\\C", "ab"),
        "error in pattern: invalid regexp pattern: invalid escape sequence in \\C",
    ),
    "regex-trailing-backslash": (
        ("regex", "\\", "a"),
        "error in pattern: invalid regexp pattern: trailing backslash at end of expression in ",
    ),
    "regex-bad-name": (
        ("regex", "(?P<n-1>a)", "a"),
        "error in pattern: invalid regexp pattern: invalid named capture in (?P<n-1>",
    ),
    "regex-open-name": (
        ("regex", "(?P<n", "a"),
        "error in pattern: invalid regexp pattern: invalid named capture in (?P<n",
    ),
    "regex-bad-class": (
        ("regex", "[[:foo:]]", "a"),
        "error in pattern: invalid regexp pattern: invalid character class range in [:foo:]",
    ),
    "regex-bad-property": (
        ("regex", "\\p{Foo}", "a"),
        "error in pattern: invalid regexp pattern: invalid character class range in \\p{Foo}",
    ),
    "regex-end-of-perl": (
        ("regex", "a\\Z", "a"),
        "error in pattern: invalid regexp pattern: invalid escape sequence in \\Z",
    ),
    "regex-bad-flag": (
        ("regex", "(?z)a", "a"),
        "error in pattern: invalid regexp pattern: invalid or unsupported Perl syntax in (?z",
    ),
    "regexall": (("regexall", "a.", "abac"), '["ab","ac"]'),
    "regexall-no-match": (("regexall", "x", "abc"), "[]"),
    "regexall-empty-after-match": (("regexall", "a*", "baac"), '["","aa",""]'),
    "regexall-empty": (("regexall", "", "hé"), '["","",""]'),
    "regexall-groups": (("regexall", "(a)(b)?", "abaab"), '[["a","b"],["a",null],["a","b"]]'),
    "regexall-names": (("regexall", "(?P<x>a)(?P<y>b)?", "aba"), '[{"x":"a","y":"b"},{"x":"a","y":null}]'),
    "regexall-no-match-of-groups": (("regexall", "(x)", "a"), "[]"),
    "regexall-first-alternative": (("regexall", "a|ab", "abab"), '["a","a"]'),
    "regexall-start": (("regexall", "^a", "aaa"), '["a"]'),
    "regexall-lines": (("regexall", "(?m)^.$", "a\nb"), '["a","b"]'),
    "regexall-dot-no-newline": (("regexall", ".", "a\nb"), '["a","b"]'),
    "regexall-dot-newline": (("regexall", "(?s).", "a\nb"), '["a","\\n","b"]'),
    "regexall-ignore-case": (("regexall", "(?i)É", "éÉe"), '["é","É"]'),
    "regexall-ascii-words": (("regexall", "\\w+", "é_a1"), '["_a1"]'),
    "regexall-ascii-digits": (("regexall", "\\d+", "1\u06612"), '["1","2"]'),
    "regexall-letters": (("regexall", "\\pL+", "é1a\u65e5"), '["é","a\u65e5"]'),
    "regexall-script": (("regexall", "\\p{Greek}+", "a\u03b1\u03b2"), '["\u03b1\u03b2"]'),
    "regexall-lazy": (("regexall", "a+?", "aaa"), '["a","a","a"]'),
    "regexall-ungreedy": (("regexall", "(?U)a+", "aaa"), '["a","a","a"]'),
    "regexall-boundaries": (("regexall", "\\b", "ab cd"), '["","","",""]'),
    "regex_replace": (("regex_replace", "hello", "l+", "L"), '"heLo"'),
    "regex_replace-groups": (("regex_replace", "hello", "(l)(l)", "$2-$1"), '"hel-lo"'),
    "regex_replace-longest-name": (("regex_replace", "hello", "(l)", "<$1x>"), '"he\\u003c\\u003e\\u003c\\u003eo"'),
    "regex_replace-braces": (("regex_replace", "hello", "(l)", "<${1}x>"), '"he\\u003clx\\u003e\\u003clx\\u003eo"'),
    "regex_replace-name": (("regex_replace", "hello", "(?P<n>l)", "<$n>"), '"he\\u003cl\\u003e\\u003cl\\u003eo"'),
    "regex_replace-whole": (("regex_replace", "hello", "l", "$0$0"), '"hellllo"'),
    "regex_replace-dollar": (("regex_replace", "hello", "l", "$$1"), '"he$1$1o"'),
    "regex_replace-lone-dollar": (("regex_replace", "hello", "l", "$-$"), '"he$-$$-$o"'),
    "regex_replace-zero-first": (("regex_replace", "a1", "(\\d)", "[$01]"), '"a[]"'),
    "regex_replace-no-such-group": (("regex_replace", "a1", "(\\d)", "[$2]"), '"a[]"'),
    "regex_replace-wide-name": (("regex_replace", "a1", "(\\d)", "[$1é]"), '"a[]"'),
    "regex_replace-backslash": (("regex_replace", "a1", "(\\d)", "\\1"), '"a\\\\1"'),
    "regex_replace-empty": (("regex_replace", "hé", "", "-"), '"-h-é-"'),
    "regex_replace-empty-after-match": (("regex_replace", "baac", "a*", "x"), '"xbxcx"'),
    "regex_replace-unmatched": (("regex_replace", "ab", "(x)?b", "[$1]"), '"a[]"'),
    "regex_replace-bad-pattern": (
        ("regex_replace", "a", "(", "x"),
        "error: error parsing regexp: missing closing ): `(`",
    ),
    "regex_replace-bad-escape": (
        ("regex_replace", "a", "\\q", "x"),
        "error: error parsing regexp: invalid escape sequence: `\\q`",
    ),
}


@pytest.mark.parametrize(("call_", "expected"), CASES.values(), ids=CASES.keys())
def test_regex_functions(call_: tuple[Any, ...], expected: str) -> None:
    assert result(*call_) == expected


def test_no_backtracking() -> None:
    assert result("regexall", "(a*)*b", "a" * 100_000) == "[]"


LIMITED: dict[str, tuple[Any, ...]] = {
    "regexall": ("regexall", "a", "a" * 100_000),
    "regex_replace": ("regex_replace", "a" * 3000, "a", "b" * 3000),
}


@pytest.mark.parametrize("arguments", LIMITED.values(), ids=LIMITED.keys())
def test_too_much_work_is_refused(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(LimitExceeded):
        call(*arguments)
