"""Expressions: the node that each form becomes, and that it covers the text of the form."""

from __future__ import annotations

import pytest
from sketch import sketch

from bakectl.diagnostics import Problems
from bakectl.source import Source
from bakectl.syntax.nodes import NumberLiteral
from bakectl.syntax.parser import parse, parse_expression

FORMS = {
    "true": "true",
    "false": "false",
    "null": "null",
    "a": "a",
    "a-1": "a-1",
    "_x": "_x",
    "for": "for",
    "é": "é",
    "e\u0301": "e\u0301",
    "1": "1",
    "00012": "00012",
    "1.5e+3": "1.5e+3",
    "1.e3": "1.e3",
    '"s"': '"s"',
    "-a.b": "(- (. a b))",
    "- -1": "(- (- 1))",
    "!!a": "(! (! a))",
    "a - 1": "(- a 1)",
    "1-1": "(- 1 1)",
    "a + b * c": "(+ a (* b c))",
    "a * b + c": "(+ (* a b) c)",
    "a - b - c": "(- (- a b) c)",
    "a / b % c": "(% (/ a b) c)",
    "1 < 2 == true": "(== (< 1 2) true)",
    "a == b == c": "(== (== a b) c)",
    "a != b && c >= d || !e": "(|| (&& (!= a b) (>= c d)) (! e))",
    "a || b && c": "(|| a (&& b c))",
    "a <= b + c": "(<= a (+ b c))",
    "-a * b": "(* (- a) b)",
    "(a + b) * c": "(* (paren (+ a b)) c)",
    "a ? b : c": "(? a b c)",
    "a ? b : c ? d : e": "(? a b (? c d e))",
    "a ? b ? c : d : e": "(? a (? b c d) e)",
    "a || b ? c : d": "(? (|| a b) c d)",
    "a.b.c": "(. (. a b) c)",
    "a.true": "(. a true)",
    'a["k"]': '(at a "k")',
    "a[0][b]": "(at (at a 0) b)",
    "a.0.b": "(. (at a 0) b)",
    "a.1e3": "(at a 1e3)",
    "a.*": "(splat a @)",
    "a.*.b.0": "(splat a (at (. @ b) 0))",
    "a.*.b[0]": "(at (splat a (. @ b)) 0)",
    "a[*]": "(splat a @)",
    "a[*].b[0].c": "(splat a (. (at (. @ b) 0) c))",
    "a[*][*]": "(splat a (splat @ @))",
    "a . b": "(. a b)",
    "(a\n.b\n[0])": "(paren (at (. a b) 0))",
    '"s".a': '(. "s" a)',
    "f().a": "(. (call f) a)",
    "{}.a": "(. {} a)",
    "1.a": "(. 1 a)",
    "f()": "(call f)",
    "f (a)": "(call f a)",
    "f(\na,\nb,\n)": "(call f a b)",
    "f(a, b...)": "(call f a b...)",
    "true(1)": "(call true 1)",
    "a::b::c(1)": "(call a::b::c 1)",
    "[]": "[]",
    "[a, b,]": "[a b]",
    "[\na, # c\nb // c\n]": "[a b]",
    "[a /* c */, b]": "[a b]",
    "{}": "{}",
    "{\n}": "{}",
    "{a = 1, b : 2,}": "{a=1 b=2}",
    "{a = 1\n\nb = 2 # c\n}": "{a=1 b=2}",
    "{true = 1, null = 2, if = 3}": "{true=1 null=2 if=3}",
    "{a = 1, for = 2}": "{a=1 for=2}",
    '{"a" = 1, 2 = 3, (b) = 4, "${c}" = 5, f(d) = 6}': '{"a"=1 2=3 (paren b)=4 (wrap c)=5 (call f d)=6}',
    "{a.b = 1}": "{(. a b)=1}",
    "{a = b ? c : d}": "{a=(? b c d)}",
    "[{a = 1}, [2]]": "[{a=1} [2]]",
    "[for x in y : x]": "(for x y : x)",
    "[\nfor\nk,\nv\nin y :\nv\nif k\n]": "(for k,v y : v if k)",
    "{for k, v in y : k => v}": "(for k,v y : k => v)",
    "{\nfor v in y : v => 1... if v}": "(for v y : v => 1... if v)",
    "[for x in [1]: 1if true]": "(for x [1] : 1 if true)",
    '"a${b}c"': '(template "a" b "c")',
    '"${b}"': "(wrap b)",
    '"${b}${c}"': "(template b c)",
    '" ${~ b}"': '(template "" b)',
    '"${\nb\n}"': "(wrap b)",
    '"${"${"x"}"}"': '(wrap (wrap "x"))',
    '"%{ if a }x%{ else }y%{ endif }"': '(template (if a ["x"] ["y"]))',
    '"%{ if a }%{ endif }"': "(template (if a [] []))",
    '"%{ for k, v in a }${k}%{ endfor }"': "(template (for k,v a [k]))",
    '"%{ if a }%{ for x in b }c%{ endfor }%{ endif }"': '(template (if a [(for x b ["c"])] []))',
    "<<E\nE\n": '""',
    "<<E\na\nb\nE\n": '"a\\nb\\n"',
    "<<E\n${a}\nE\n": '(template a "\\n")',
    "f(<<E\na\nE\n, 1)": '(call f "a\\n" 1)',
    "/* c */ a": "a",
}


@pytest.mark.parametrize(("text", "expected"), FORMS.items(), ids=FORMS)
def test_expression(text: str, expected: str) -> None:
    source = Source("x.hcl", f"x = {text}\n")
    file = parse(source)
    value = file.body.attributes["x"].value
    assert (sketch(value), file.problems) == (expected, ())
    assert source.text[value.start : value.end] == text.removeprefix("/* c */ ").rstrip("\n")


@pytest.mark.parametrize("text", ["a\n+\nb", "\n a.b \n", "# c\na", "f(\n1)"])
def test_newlines_do_not_count_in_a_text_that_is_one_expression(text: str) -> None:
    problems = Problems()
    parse_expression(Source("x", text), 0, len(text), problems)
    assert not problems.items


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("list(string) x", "something is left over after the expression"),
        ("a b", "something is left over after the expression"),
        ("", "a value is expected here, but the file ends"),
        ("a = 1", "something is left over after the expression"),
        ("'a'", "single quotes are not valid"),
    ],
)
def test_text_that_is_not_one_expression(text: str, message: str) -> None:
    problems = Problems()
    source = Source("x", f"<{text}>")
    parse_expression(source, 1, 1 + len(text), problems)
    assert [problem.message for problem in problems] == [message]


def test_numbers_keep_their_text() -> None:
    number = parse(Source("x", "x = 1.50\n")).body.attributes["x"].value
    assert isinstance(number, NumberLiteral)
    assert number.text == "1.50"


LARGE = {
    "1e2147483646": True,
    "1e2147483647": False,
    "123456789e2147483620": True,
    "123456789e2147483621": False,
    "1e-2147483649": True,
    "1e-2147483650": False,
    "0e9223372036854775807": True,
    "0e9223372036854775808": False,
    "1e00000000000000000000000000001": True,
    "9" * 5000: True,
    "1..2": False,
    "1.2.3": False,
    "1e5e5": False,
}


@pytest.mark.parametrize(("text", "valid"), LARGE.items(), ids=[text[:30] for text in LARGE])
def test_bounds_of_numbers(text: str, valid: bool) -> None:
    assert (not parse(Source("x", f"x = {text}\n")).problems) is valid
