"""Strings and heredocs: escapes, doubled signs, indentation and strip markers."""

from __future__ import annotations

import pytest
from sketch import sketch

from bakectl.source import Source
from bakectl.syntax.nodes import String
from bakectl.syntax.parser import parse

VALUES = {
    '""': "",
    '"a\tb"': "a\tb",
    '"a\x00b"': "a\x00b",
    r'"\n\r\t\"\\"': '\n\r\t"\\',
    r'"\u00e9\U0001F600"': "é😀",
    '"$ $a $$ % %% {}"': "$ $a $$ % %% {}",
    '"$${a}"': "${a}",
    '"$$${a}"': "$${a}",
    '"$$$${"': "$$${",
    '"%%{if}"': "%{if}",
    '"%$${"': "%${",
    r'"$\"x"': '$"x',
    r'"$\n"': "$\n",
    '<<E\n\\n\\u00e9 "q"\nE\n': '\\n\\u00e9 "q"\n',
    "<<E\n$${a} %%{b} $ %\nE\n": "${a} %{b} $ %\n",
    "<<E\nx$\nE\n": "x$\n",
    "<<E\r\na\r\nE\r\n": "a\r\n",
    "<<E\n a\n   E  \n": " a\n",
    "<<É\na\nÉ\n": "a\n",
    "<<E\nE x\n EE\nE\n": "E x\n EE\n",
    "<<-E\n    a\n      b\n    E\n": "a\n  b\n",
    "<<-E\n\ta\n\n\t  b\n \n\tE\n": "a\n\n  b\n \n",
    "<<-E\n  a\n b\nE\n": " a\nb\n",
    "<<-E\n  \n    \nE\n": "  \n    \n",
    "<<-E\n\u00a0 a\n\u00a0 b\nE\n": "a\nb\n",
}


@pytest.mark.parametrize(("text", "value"), VALUES.items(), ids=[ascii(text) for text in VALUES])
def test_value(text: str, value: str) -> None:
    file = parse(Source("x", f"x = {text}" + ("" if text.endswith("\n") else "\n")))
    node = file.body.attributes["x"].value
    assert file.problems == ()
    assert isinstance(node, String)
    assert node.value == value


PARTS = {
    '"a ${~ b ~} c"': '(template "a" b "c")',
    '"a\\n ${~ b}"': '(template "a" b)',
    '"a %{~ if b ~} c %{~ endif ~} d"': '(template "a" (if b ["c"] []) "d")',
    '"${a ~}  ${b}"': '(template a "" b)',
    '"a $  ${~ b}"': '(template "a $" b)',
    "<<E\na\n  ${~ b ~}\n  c\nE\n": '(template "a\\n" "" b "" "  c\\n")',
    "<<-E\n  a ${b}\n    ${c}\n  E\n": '(template "a " b "\\n" "  " c "\\n")',
    "<<-E\n${a}\n  b\nE\n": '(template a "\\n" "  b\\n")',
    "<<-E\n  a\n  %{ if b ~}\n  c\n  %{ endif ~}\n  d\nE\n": (
        '(template "a\\n" "" (if b ["" "  c\\n" ""] []) "" "  d\\n")'
    ),
}


@pytest.mark.parametrize(("text", "expected"), PARTS.items(), ids=[ascii(text) for text in PARTS])
def test_parts(text: str, expected: str) -> None:
    file = parse(Source("x", f"x = {text}" + ("" if text.endswith("\n") else "\n")))
    assert (sketch(file.body.attributes["x"].value), file.problems) == (expected, ())
