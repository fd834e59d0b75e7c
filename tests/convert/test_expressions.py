"""Expressions as text: reading the text gives the same tree, with neighbouring texts of a template made one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bakectl.convert.expressions import text_of
from bakectl.source import Source
from bakectl.syntax import nodes
from bakectl.syntax.parser import parse
from bakectl.syntax.walk import walk

CASES = Path(__file__).parents[1] / "cases" / "eval"
FILES = sorted(path for path in CASES.rglob("*.hcl") if not parse(Source.decode("", path.read_bytes())).problems)
PLACES = {"start", "end", "dot", "bracket", "name_end"}
PARTS = {"parts", "then", "otherwise", "body"}


def shape(node: Any) -> Any:
    """A tree without places; splats have no parentheses, keys no quotes, and neighbouring texts are one."""
    if isinstance(node, nodes.Parentheses) and isinstance(node.inner, nodes.Splat):
        return shape(node.inner)
    if isinstance(node, nodes.ObjectItem) and isinstance(node.key, nodes.Variable):
        return ["ObjectItem", ["String", node.key.name], shape(node.value)]
    if not isinstance(node, nodes.Node):
        return node
    found = [type(node).__name__]
    for name in sorted({slot for cls in type(node).__mro__ for slot in getattr(cls, "__slots__", ())} - PLACES):
        value = getattr(node, name)
        row = [shape(item) for item in value] if isinstance(value, tuple) else shape(value)
        found.append(melded(row) if isinstance(value, tuple) and name in PARTS else row)
    if found[0] == "Template" and len(found[1]) == 1 and found[1][0][0] == "String":
        return found[1][0]
    return found


def melded(parts: list[Any]) -> list[Any]:
    found: list[Any] = []
    for part in parts:
        if part[0] == "String" and found and found[-1][0] == "String":
            found[-1] = ["String", found[-1][1] + part[1]]
        elif part != ["String", ""]:
            found.append(part)
    return found


def read(text: str) -> nodes.Expression:
    file = parse(Source("", f"x = {text}\n"))
    assert not file.problems, text
    return file.body.attributes["x"].value


@pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])
def test_all_expressions_of_the_cases(path: Path) -> None:
    for node in walk(parse(Source.decode("", path.read_bytes())).body):
        # Within a template a text as an interpolation is told from the text itself by its quotes only.
        if isinstance(node, nodes.Attribute) and '${"' not in text_of(node.value):
            assert shape(read(text_of(node.value))) == shape(node.value)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("a . b [ 0 ]", "a.b[0]"),
        ("a.0", "a[0]"),
        ("a.*.b", "a[*].b"),
        ("a.*.b[0]", "(a[*].b)[0]"),
        ("a[*].b[0]", "a[*].b[0]"),
        ("f(a,\n  b...)", "f(a, b...)"),
        ("- 1+2 *(3)", "-1 + 2 * (3)"),
        ("{for k,v in m: k=>v... if v}", "{for k, v in m : k => v... if v}"),
        ('{ a : 1, "b c" = 2, "d" = 3, (e) = 4, "for" = 5 }', '{ a = 1, "b c" = 2, d = 3, (e) = 4, "for" = 5 }'),
        ('"%{if a}x%{else}y%{endif}"', '"%{ if a }x%{ else }y%{ endif }"'),
        ('"a ${~ b ~} c"', '"a${b}c"'),
        ('<<-E\n    a ${b}\n      "c"\n  E', '"a ${b}\\n  \\"c\\"\\n"'),
    ],
)
def test_text(written: str, expected: str) -> None:
    assert text_of(read(written)) == expected


def test_a_long_chain_of_operators() -> None:
    text = " + ".join(["1"] * 5000)
    assert text_of(read(text)) == text


@pytest.mark.parametrize(
    "parts",
    [
        ["$", nodes.Variable(0, 0, "a")],
        ["x$$", nodes.Variable(0, 0, "a"), "%"],
        [
            "%",
            nodes.TemplateIf(0, 0, nodes.Variable(0, 0, "a"), (nodes.String(0, 0, "b%"),), (nodes.String(0, 0, "%%"),)),
        ],
        ["", nodes.Variable(0, 0, "a")],
        [nodes.Variable(0, 0, "a"), "{ $${ %{"],
    ],
    ids=["dollar", "dollars", "percent", "one interpolation", "openings"],
)
def test_text_that_would_open_a_sequence(parts: list[Any]) -> None:
    """What strip markers leave can stand where it would be an escape; it is read back with the same text."""
    node = nodes.Template(0, 0, tuple(nodes.String(0, 0, part) if isinstance(part, str) else part for part in parts))
    found = read(text_of(node))
    assert isinstance(found, nodes.Template)
    assert plain(found.parts) == plain(node.parts)


def plain(parts: tuple[nodes.TemplatePart, ...]) -> str:
    """The text of a template with names in angle brackets."""
    pieces = []
    for part in parts:
        match part:
            case nodes.String(value=value):
                pieces.append(value)
            case nodes.Variable(name=name):
                pieces.append(f"<{name}>")
            case nodes.TemplateIf(then=then, otherwise=otherwise):
                pieces.append(f"<{plain(then)}|{plain(otherwise)}>")
    return "".join(pieces)
