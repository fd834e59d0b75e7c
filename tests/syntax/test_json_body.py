"""Bake files in JSON: the same nodes as native syntax, with places in the JSON text."""

from __future__ import annotations

import json

import pytest
from sketch import sketch

from bakectl.diagnostics import Problems
from bakectl.source import Source
from bakectl.syntax.json_body import BlockSchema, parse_expression_text, parse_json, string_text
from bakectl.syntax.nodes import Attribute, Block
from bakectl.syntax.walk import walk

SCHEMA = BlockSchema(
    0,
    {
        "target": BlockSchema(1, {}, frozenset(("tags", "args"))),
        "variable": BlockSchema(1, {"validation": BlockSchema(0, {})}),
    },
)

FILES = {
    "{}": "{}",
    ' \t\r\n{"a" : 1}\n': "{a = 1}",
    '{"//": "c", "a": true, "b": null}': "{a = true; b = null}",
    '{"//": 1, "//": 2}': "{}",
    '{"a": [-0, 1.50, 1E+2]}': "{a = [-0 1.50 1E+2]}",
    '{"a": {"b": [], "c": {}}}': '{a = {"b"=[] "c"={}}}',
    '{"a": "x${b}"}': '{a = (template "x" b)}',
    '{"a": "${b}"}': "{a = (wrap b)}",
    '{"a": {"${b}": 1}}': "{a = {(wrap b)=1}}",
    '{"a": "$${b} %%{c} $ %"}': '{a = "${b} %{c} $ %"}',
    r'{"a": "\u0024{b}"}': "{a = (wrap b)}",
    r'{"a": "${f(\"x\\n\")}"}': '{a = (wrap (call f "x\\n"))}',
    r'{"a": "\"\\\/\b\f\n\r\t"}': '{a = "\\"\\\\/\\b\\f\\n\\r\\t"}',
    r'{"a": "\ud83d\ude00 \ud83d \ude00x"}': '{a = "😀 \ufffd \ufffdx"}',
    '{"a": "\udcff"}': '{a = "\ufffd"}',
    r'{"a": "\n\n  ${~ b ~}\n\n"}': '{a = (template "\\n" "\\n" "" b "" "\\n")}',
    r'{"a": "${<<E\nx\nE\n}"}': '{a = (wrap "x\\n")}',
    r'{"a": "x\r${b}"}': '{a = "x\\r${b}"}',
    '{"target": {"a": {"tags": []}, "b": {}}}': '{target "a" {tags = []}; target "b" {}}',
    '{"target": {"a": {}}, "target": {"b": {}}}': '{target "a" {}; target "b" {}}',
    '{"target": [{"a": {}}, {"b": {}}]}': '{target "a" {}; target "b" {}}',
    '{"target": {"a": [{"tags": []}, {"args": {}}]}}': '{target "a" {tags = []}; target "a" {args = {}}}',
    '{"target": {"a": [[{"tags": []}, {"args": {}}]]}}': '{target "a" {tags = []; args = {}}}',
    '{"target": {"a": null, "b": [], "c": [null]}}': '{target "c" {}}',
    '{"target": {"//": {}, "a": {"//": 1}}}': '{target "//" {}; target "a" {}}',
    '{"target": {"a": {"x": "${", "x": 1}}}': '{target "a" {x = BAD; x = 1}}',
    '{"variable": {"v": {"default": 1, "validation": [{"condition": true}, {}]}}}': (
        '{variable "v" {default = 1; validation {condition = true}; validation {}}}'
    ),
}


@pytest.mark.parametrize(("text", "expected"), FILES.items(), ids=[ascii(text) for text in FILES])
def test_file(text: str, expected: str) -> None:
    file = parse_json(Source("x.json", text), SCHEMA)
    assert (sketch(file.body), file.problems) == (expected, ())
    assert "".join(text[token.start : token.end] for token in file.tokens) == text


def test_places() -> None:
    text = '{"target": {"a": {"tags": ["${b}"]}}}'
    block = parse_json(Source("x.json", text), SCHEMA).body.items[0]
    assert isinstance(block, Block)
    assert text[block.start : block.end] == '"a": {"tags": ["${b}"]}'
    assert text[block.start : block.type_end] == '"a"'
    assert text[block.labels[0].start : block.labels[0].end] == '"a"'
    assert (text[block.open], text[block.close]) == ("{", "}")
    attribute = block.body.items[0]
    assert isinstance(attribute, Attribute)
    assert text[attribute.start : attribute.end] == '"tags": ["${b}"]'
    assert text[attribute.start : attribute.name_end] == '"tags"'
    assert text[attribute.equals] == ":"
    assert [text[node.start : node.end] for node in walk(attribute.value)] == ['["${b}"]', '"${b}"', "b"]


def test_places_in_a_string_with_escapes() -> None:
    text = r'{"a": "\"${upper(\"x\").b[0]}\n"}'
    value = parse_json(Source("x.json", text), SCHEMA).body.attributes["a"].value
    assert [text[node.start : node.end] for node in walk(value)] == [
        r'"\"${upper(\"x\").b[0]}\n"',
        r"\"",
        r"upper(\"x\").b[0]",
        r"upper(\"x\").b",
        r"upper(\"x\")",
        r"\"x\"",
        "0",
        r"\n",
    ]


def test_the_second_block_of_an_array_begins_at_its_brace() -> None:
    text = '{"target": {"a": [{}, {"tags": 1}]}}'
    items = parse_json(Source("x.json", text), SCHEMA).body.items
    assert [text[item.start : item.end] for item in items] == ['"a": [{}', '{"tags": 1}']


@pytest.mark.parametrize("raw", ["list(string)", r"object({\"a\"=string})", r"\u0061"])
def test_native_expression_in_a_string(raw: str) -> None:
    problems = Problems()
    source = Source("x.json", f'{{"type": "{raw}"}}')
    node = parse_expression_text(source, 10, 10 + len(raw), problems)
    assert source.text[node.start : node.end] == raw
    assert not problems.items


def test_mistake_in_a_native_expression_with_escapes() -> None:
    problems = Problems()
    source = Source("x.json", r'{"type": "\u0061 b"}')
    parse_expression_text(source, 10, len(source.text) - 2, problems)
    assert [(str(problem.span), problem.message) for problem in problems] == [
        ("x.json:1:18", "something is left over after the expression")
    ]


def test_text_of_a_string_that_is_no_template() -> None:
    source = Source("x.json", json.dumps('${x} "é"'))
    assert string_text(source, 0, len(source.text), Problems()) == '${x} "é"'
