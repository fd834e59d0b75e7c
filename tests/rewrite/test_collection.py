"""Items of lists and objects: added and removed, with nothing else touched."""

from __future__ import annotations

import re

from hypothesis import given, settings
from layouts import lists, objects

from bakectl.rewrite.collection import append_entry, append_item, remove_item
from bakectl.source import Source, apply_edits
from bakectl.syntax.nodes import File
from bakectl.syntax.parser import parse

COMMENT = re.compile(r"#[^\n]*|//[^\n]*|/\*.*?\*/", re.DOTALL)


def read(text: str) -> File:
    file = parse(Source("docker-bake.hcl", text))
    assert file.problems == (), text
    return file


def held(file: File):
    return file.body.blocks[0].body.attributes["x"].value


def items(file: File) -> list[str]:
    return [file.source.text[item.start : item.end] for item in held(file).items]


def in_block(collection: str, newline: str = "\n") -> str:
    text = f'# head\ntarget "a" {{\n  x = {collection}  # tail\n  y = "after" // end\n}}'
    return text.replace("\n", newline)


def check_neighbours(text: str) -> None:
    assert text.startswith("# head")
    assert re.search(r'  # tail\r?\n  y = "after" // end\r?\n}$', text)


def appended(file: File, is_list: bool) -> File:
    edits = append_item(file, held(file), '"new"') if is_list else append_entry(file, held(file), "NEW", '"new"')
    return read(apply_edits(file.source, edits).text)


def check_append_and_remove(text: str, is_list: bool) -> None:
    file = read(text)
    longer = appended(file, is_list)
    check_neighbours(longer.source.text)
    assert items(longer)[:-1] == items(file)
    assert '"new"' in items(longer)[-1]
    assert COMMENT.findall(longer.source.text) == COMMENT.findall(text)
    edits = remove_item(longer, held(longer), len(items(longer)) - 1)
    assert apply_edits(longer.source, edits).text == text


def check_remove_each(text: str) -> None:
    file = read(text)
    before = items(file)
    for place in range(len(before)):
        shorter = read(apply_edits(file.source, remove_item(file, held(file), place)).text)
        check_neighbours(shorter.source.text)
        assert items(shorter) == before[:place] + before[place + 1 :], shorter.source.text


@settings(max_examples=400, deadline=None)
@given(lists())
def test_add_then_remove_changes_no_byte_of_a_list(collection: str) -> None:
    check_append_and_remove(in_block(collection), is_list=True)
    check_append_and_remove(in_block(collection, "\r\n"), is_list=True)


@settings(max_examples=400, deadline=None)
@given(objects())
def test_add_then_remove_changes_no_byte_of_an_object(collection: str) -> None:
    check_append_and_remove(in_block(collection), is_list=False)
    check_append_and_remove(in_block(collection, "\r\n"), is_list=False)


@settings(max_examples=400, deadline=None)
@given(lists())
def test_each_item_of_a_list_can_go(collection: str) -> None:
    check_remove_each(in_block(collection))
    check_remove_each(in_block(collection, "\r\n"))


@settings(max_examples=400, deadline=None)
@given(objects())
def test_each_entry_of_an_object_can_go(collection: str) -> None:
    check_remove_each(in_block(collection))
    check_remove_each(in_block(collection, "\r\n"))
