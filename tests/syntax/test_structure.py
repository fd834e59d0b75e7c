"""Bodies, blocks and attributes: what is read, and where its parts are."""

from __future__ import annotations

import pytest
from sketch import sketch

from bakectl.source import Source
from bakectl.syntax.nodes import Attribute, Block
from bakectl.syntax.parser import parse

FILES = {
    "": "{}",
    "\n# c\n": "{}",
    "# c": "{}",
    "\ufeffa = 1\n": "{a = 1}",
    "a = 1": "{a = 1}",
    "a = 1\r\nb = 2\r\n": "{a = 1; b = 2}",
    "a = 1 # c\nb = 2 // c\nc = 3 /* c\nc */\n": "{a = 1; b = 2; c = 3}",
    "t {}\n": "{t {}}",
    "t{\n}": "{t {}}",
    't a "b" "c\\n" {}\n': '{t "a" "b" "c\\n" {}}',
    't "$${a}" {}\n': '{t "${a}" {}}',
    "t { a = 1 }\n": "{t {a = 1}}",
    "t { /* c */ a = 1 /* c */ }\n": "{t {a = 1}}",
    "t { a = [\n1\n] }\n": "{t {a = [1]}}",
    "t {# c\n a = 1\n\n b {\n  c = 2\n }\n}\n": "{t {a = 1; b {c = 2}}}",
    "for = 1\nif {}\n": "{for = 1; if {}}",
}


@pytest.mark.parametrize(("text", "expected"), FILES.items(), ids=[ascii(text) for text in FILES])
def test_file(text: str, expected: str) -> None:
    file = parse(Source("x", text))
    assert (sketch(file.body), file.problems) == (expected, ())


def test_places_of_a_block() -> None:
    text = '\ntarget "x" y {\n  a = 1\n}\n'
    block = parse(Source("x", text)).body.blocks[0]
    assert isinstance(block, Block)
    assert text[block.start : block.end] == text.strip()
    assert text[block.start : block.type_end] == "target"
    assert [text[label.start : label.end] for label in block.labels] == ['"x"', "y"]
    assert (text[block.open], text[block.close]) == ("{", "}")
    assert text[block.body.start : block.body.end] == "\n  a = 1\n"


def test_places_of_an_attribute() -> None:
    text = "  tags  = [ 1 ] # c\n"
    attribute = parse(Source("x", text)).body.items[0]
    assert isinstance(attribute, Attribute)
    assert text[attribute.start : attribute.end] == "tags  = [ 1 ]"
    assert text[attribute.start : attribute.name_end] == "tags"
    assert text[attribute.equals] == "="


def test_an_attribute_set_twice_counts_once() -> None:
    file = parse(Source("x", "a = 1\na = 2\n"))
    assert sketch(file.body) == "{a = 1; a = 2}"
    assert sketch(file.body.attributes["a"]) == "a = 1"
    assert [problem.rule for problem in file.problems] == ["duplicate-attribute"]
