"""Tokens: kinds and places, for what is valid and for what is not."""

from __future__ import annotations

import pytest

from bakectl.diagnostics import Problems
from bakectl.source import Source
from bakectl.syntax.lexer import tokenize
from bakectl.syntax.tokens import Token

TEXTS = {
    "": [],
    "a = 1\n": [("name", "a"), ("=", "="), ("number", "1"), ("newline", "\n")],
    "\ufeffa": [("name", "a")],
    "a-1é": [("name", "a-1é")],
    "ab\u00a0": [("name", "ab"), ("bad", "\u00a0")],
    "1.5e3.a": [("number", "1.5e3"), (".", "."), ("name", "a")],
    "1.": [("number", "1"), (".", ".")],
    "a=>b...::&&||": [(kind, kind) if kind not in "ab" else ("name", kind) for kind in "a => b ... :: && ||".split()],
    "# c\r\n// d": [("#", "# c\r\n"), ("#", "// d")],
    "/* a\n*//**/": [("/*", "/* a\n*/"), ("/*", "/**/")],
    "/*/ a": [("bad", "/*/ a")],
    '"a b"': [("string", '"a b"')],
    '"a$b"': [('"', '"'), ("text", "a$b"), ('" end', '"')],
    '"${a}"': [('"', '"'), ("${", "${"), ("name", "a"), ("} end", "}"), ('" end', '"')],
    '"${{}~}"': [('"', '"'), ("${", "${"), ("{", "{"), ("}", "}"), ("} end", "~}"), ('" end', '"')],
    '"%{~ if"': [('"', '"'), ("%{", "%{~"), ("name", "if"), ('"', '"')],
    "<<E\na\nE\n": [("heredoc", "<<E\n"), ("text", "a\n"), ("heredoc end", "E"), ("newline", "\n")],
    "<<-É\nÉ\r\n": [("heredoc", "<<-É\n"), ("heredoc end", "É"), ("newline", "\r\n")],
    "<<E\na": [("heredoc", "<<E\n"), ("text", "a")],
    "<< E": [("<", "<"), ("<", "<"), ("name", "E")],
    "a < b": [("name", "a"), ("<", "<"), ("name", "b")],
    '"a\nb': [('"', '"'), ("text", "a"), ("newline", "\n"), ("name", "b")],
    '"\\\n': [('"', '"'), ("text", "\\"), ("newline", "\n")],
    "'a' @@ \udcff": [("bad", "'a'"), ("bad", "@@"), ("bad", "\udcff")],
    "a\rb": [("name", "a"), ("bad", "\r"), ("name", "b")],
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.items(), ids=[ascii(text) for text in TEXTS])
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    found = [token for token in tokenize(Source("x", text), Problems()) if token.kind != "blank"]
    assert [(token.kind, text[token.start : token.end]) for token in found] == expected


def test_blanks_are_tokens_too() -> None:
    assert list(tokenize(Source("x", "\ufeffa \t="), Problems())) == [
        Token("blank", 0, 1),
        Token("name", 1, 2),
        Token("blank", 2, 4),
        Token("=", 4, 5),
    ]


@pytest.mark.parametrize("text", ["# \udcff\n", "/* \udcff */"])
def test_bytes_that_are_not_utf_8_do_no_harm_in_comments(text: str) -> None:
    problems = Problems()
    tokenize(Source("x", text), problems)
    assert not problems.items
