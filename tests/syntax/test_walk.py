"""Going through the tree: children, order, places, mentions, calls and static traversals."""

from __future__ import annotations

import pytest
from sketch import sketch

from bakectl.source import Source
from bakectl.syntax import nodes
from bakectl.syntax.parser import parse
from bakectl.syntax.walk import calls, children, node_at, references, static_traversal, walk


def value(text: str) -> nodes.Expression:
    return parse(Source("x", f"x = {text}\n")).body.attributes["x"].value


MENTIONS = {
    "1": "",
    "a": "a",
    "a.b[c].d": "a c",
    "a + b * a": "a b a",
    "f(a, g(b)...)": "a b",
    "a ? b : c": "a b c",
    '{a = b, (c) = d, "${e}" = f, g.h = i}': "b c d e f g i",
    "[a, {b = [c]}]": "a c",
    "a[*].b[c]": "a c",
    "a.*.b": "a",
    "[for k, v in k : v + a if k]": "k a",
    "{for v in v : v => w...}": "v w",
    "[for x in a : [for y in x : y + x + z]]": "a z",
    '"${a} %{ if b }${c}%{ else }${d}%{ endif }"': "a b c d",
    '"%{ for k, v in v }${k}${v}${a}%{ endfor }"': "v a",
    "convert(a, list(string))": "a string",
    "true && null": "",
}


@pytest.mark.parametrize(("text", "names"), MENTIONS.items(), ids=MENTIONS)
def test_references(text: str, names: str) -> None:
    assert [mention.name for mention in references(value(text))] == names.split()


def test_references_of_an_object_item_and_of_a_directive() -> None:
    inner = value('"%{ for x in a }${x}%{ endfor }"')
    assert isinstance(inner, nodes.Template)
    assert [mention.name for mention in references(inner.parts[0])] == ["a"]


def test_calls() -> None:
    assert [call.name for call in calls(value('f(g(1), [h()]) + "${a::b(2)}"'))] == ["f", "g", "h", "a::b"]


TRAVERSALS = {
    "a": ("a", []),
    "a.b.c": ("a", ["b", "c"]),
    'a["k"][0].b.1': ("a", ['"k"', "0", "b", "1"]),
    "a[true]": ("a", ["true"]),
    "a[b]": None,
    "a[-1]": None,
    'a[("k")]': None,
    "(a).b": None,
    "f().a": None,
    "a[*].b": None,
    "true": None,
    '"a"': None,
}


@pytest.mark.parametrize(("text", "expected"), TRAVERSALS.items(), ids=TRAVERSALS)
def test_static_traversal(text: str, expected: tuple[str, list[str]] | None) -> None:
    found = static_traversal(value(text))
    assert expected == (found and (found[0], [step if isinstance(step, str) else sketch(step) for step in found[1]]))


def test_walk_is_in_the_order_of_the_text() -> None:
    file = parse(Source("x", 't "l" {\n  a = [b, c.d]\n}\ne = f\n'))
    assert [type(node).__name__ for node in walk(file.body)] == [
        *("Body", "Block", "Label", "Body", "Attribute", "Tuple", "Variable", "GetAttribute", "Variable"),
        *("Attribute", "Variable"),
    ]


def test_every_node_with_nodes_has_children() -> None:
    for cls in vars(nodes).values():
        if isinstance(cls, type) and issubclass(cls, nodes.Node):
            parts = {"start", "end", "value", "name", "text", "item"}
            fields = {name for base in cls.__mro__ for name in getattr(base, "__slots__", ())} - parts
            assert not fields or children.__module__


def test_walk_of_a_deep_tree() -> None:
    assert sum(1 for _ in walk(value("1" + " + 1" * 5000))) == 10001
    assert references(value("a" + " + a" * 5000))[-1].name == "a"


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("¦a = b.c", "Body"),
        ("a¦a = b.c", "Attribute"),
        ("a = ¦b.c", "Variable"),
        ("a = b.¦c", "GetAttribute"),
        ('t "¦l" {}', "Label"),
        ("t { ¦ }", "Block"),
        ("a = [1, ¦2]", "NumberLiteral"),
        ('a = "x${¦b}"', "Variable"),
        ('a = "¦x${b}"', "String"),
        ("a = 1¦", "Body"),
    ],
)
def test_node_at(mark: str, expected: str) -> None:
    offset = mark.index("¦")
    text = mark.replace("¦", "")
    node = node_at(parse(Source("x", text if offset else f" {text}")), offset)
    assert type(node).__name__ == expected
