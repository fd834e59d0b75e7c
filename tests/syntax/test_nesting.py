"""Bounds: however deep or long a text is, reading it ends soon, with a finding and without an exception."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from bakectl.source import Source
from bakectl.syntax.json_body import BlockSchema, parse_json
from bakectl.syntax.parser import parse
from bakectl.syntax.reader import MAX_NESTING

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 20_000
DEEP = "this is nested more than 100 levels deep"
CALLERS = 100

TEXTS = {
    **{piece: f"x = {piece * MANY}\n" for piece in ("[", "(", "{", "-", "!", "f(", "a[", "a?[", "{a=", "[for x in ")},
    "a.": f"x = {'a.' * MANY}a\n",
    "a[*]": f"x = a{'[*]' * MANY}\n",
    "a.*.b": f"x = a.*{'.b' * MANY}\n",
    "a ? b :": f"x = {'a ? b : ' * MANY}c\n",
    "nested strings": "x = " + '"${' * MANY + "1" + '}"' * MANY + "\n",
    "directives": 'x = "' + "%{if a}" * MANY + "%{endif}" * MANY + '"\n',
    "mixed": f"x = {'a || b && c == d < e + f * (' * MANY}\n",
    "blocks": "a {\n" * MANY + "}\n" * MANY,
}


def called_deeply(function: Callable[[], object], depth: int = CALLERS) -> object:
    return called_deeply(function, depth - 1) if depth else function()


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_too_deep(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "tracebacklimit", 0, raising=False)
    file = called_deeply(lambda: parse(Source("x", text)))
    assert DEEP in [problem.message for problem in file.problems]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["[" * MANY + "]" * MANY, '{"a":' * MANY, '{"a": "' + "${[" * MANY + '"}'])
def test_too_deep_in_json(text: str) -> None:
    schema = BlockSchema(0, {"target": BlockSchema(1, {})})
    file = called_deeply(lambda: parse_json(Source("x", text), schema))
    assert file.problems  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * (MAX_NESTING - 1) + "1" + "]" * (MAX_NESTING - 1),
        "x = 1" + " + 1" * 5000,
        "x = 1" + " == 1 && 2" * 5000,
        "x = a" + ".b" * MAX_NESTING,
        "x = [" + "1,\n" * MANY + "]",
        "a {\n" * (MAX_NESTING - 1) + "}\n" * (MAX_NESTING - 1),
    ],
    ids=["lists", "plus", "operators", "steps", "long list", "blocks"],
)
def test_within_bounds(text: str) -> None:
    assert called_deeply(lambda: parse(Source("x", text))).problems == ()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "line",
    [
        'a = "${\n',
        'a = "${b\n c = "\n',
        "a = [\n",
        "a = {\n",
        'x "y\n',
        "a = <<E\n${x\n",
        "}\n",
        "a = 1 b\n",
        "[{(\n",
        "'\n",
    ],
)
def test_many_mistakes(line: str) -> None:
    text = line * 3000
    file = parse(Source("x", text))
    assert file.problems
    assert "".join(text[token.start : token.end] for token in file.tokens) == text
