"""Python values as HCL: what is written reads back as the same."""

from __future__ import annotations

import math

import pytest

from bakectl.source import Source
from bakectl.syntax.nodes import String
from bakectl.syntax.parser import parse
from bakectl.syntax.quote import Plain, quote, quote_key, quote_text

VALUES: dict[str, Plain] = {
    "null": None,
    "true": True,
    "false": False,
    "1": 1,
    "-1": -1,
    "1.5": 1.5,
    "1e+16": 1e16,
    '""': "",
    '"a"': "a",
    "[]": [],
    '["a", 1]': ["a", 1],
    "{}": {},
    '{ a = 1, b-c = [true], "d.e" = "f", "for" = 2 }': {"a": 1, "b-c": [True], "d.e": "f", "for": 2},
}


@pytest.mark.parametrize(("text", "value"), VALUES.items(), ids=VALUES)
def test_quote(text: str, value: Plain) -> None:
    assert quote(value) == text
    assert parse(Source("x", f"x = {text}\n")).problems == ()


TEXTS = {
    'a "b" \\': r'"a \"b\" \\"',
    "\n\r\t\0\x7f": r'"\n\r\t\u0000\u007F"',
    "${a} %{b} $ % $$ {": '"$${a} %%{b} $ % $$ {"',
    "$${a}": '"$$${a}"',
    "%${": '"%$${"',
    "é😀": '"é😀"',
    "\u2028": r'"\u2028"',
}


@pytest.mark.parametrize(("value", "text"), TEXTS.items(), ids=[ascii(value) for value in TEXTS])
def test_quote_text(value: str, text: str) -> None:
    assert quote_text(value) == text
    node = parse(Source("x", f"x = {text}\n")).body.attributes["x"].value
    assert isinstance(node, String)
    assert node.value == value


@pytest.mark.parametrize("key", ["true", "null", "1", "a b", "", "é", "-a"])
def test_keys_that_need_quotes(key: str) -> None:
    assert quote_key(key) == f'"{key}"'


@pytest.mark.parametrize("value", [math.inf, math.nan, "\ud800"])
def test_values_without_a_literal(value: Plain) -> None:
    with pytest.raises(ValueError, match="is not"):
        quote(value)
