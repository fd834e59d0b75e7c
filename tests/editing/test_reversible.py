"""On every bake file of the cases: an edit and its undoing give the same bytes, and everything else stays."""

from __future__ import annotations

import difflib
import os
from typing import TYPE_CHECKING, NamedTuple

import cases
import pytest

from bakectl.bake.files import HCL, Input
from bakectl.editing.editor import Editor
from bakectl.errors import EditRejected
from bakectl.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = tuple(sorted(cases.CASES.glob("*/*.hcl")))
STEP = int(os.environ.get("BAKECTL_STEP", "4"))
"""Every how manieth file is taken; the long run sets 1."""
PATH = "docker-bake.hcl"


class Edit(NamedTuple):
    """A change of a target, the change back, and the attribute that must not be there before."""

    do: Callable[[Editor, str], None]
    undo: Callable[[Editor, str], None]
    attribute: str
    removed: int
    """How many lines may be other than before; 0 for as many as it takes."""


EDITS = {
    "add a tag": Edit(
        lambda editor, name: editor.add(f"{name}.tags=acme/new:1"),
        lambda editor, name: editor.remove(f"{name}.tags=acme/new:1"),
        "tags",
        2,
    ),
    "set an argument": Edit(
        lambda editor, name: editor.set(f"{name}.args.BRAND_NEW=1"),
        lambda editor, name: editor.unset(f"{name}.args.BRAND_NEW"),
        "args",
        1,
    ),
    "add a cache": Edit(
        lambda editor, name: editor.add(f"{name}.cache-from=type=gha,scope=brand-new"),
        lambda editor, name: editor.remove(f"{name}.cache-from=type=gha,scope=brand-new"),
        "cache-from",
        2,
    ),
    "set the stage": Edit(
        lambda editor, name: editor.set(f"{name}.target=brand-new"),
        lambda editor, name: editor.unset(f"{name}.target"),
        "target",
        1,
    ),
    "rename": Edit(
        lambda editor, name: editor.rename_target(name, "brand-new"),
        lambda editor, name: editor.rename_target("brand-new", name),
        "",
        0,
    ),
    "add a target": Edit(
        lambda editor, name: editor.add_target("brand-new", "tags=acme/new"),
        lambda editor, name: editor.remove_target("brand-new"),
        "",
        0,
    ),
    "copy": Edit(
        lambda editor, name: editor.copy_target(name, "brand-new"),
        lambda editor, name: editor.remove_target("brand-new"),
        "",
        0,
    ),
}


def is_undone_exactly(editor: Editor, name: str, edit: Edit) -> bool:
    """Whether the way back is exact.

    It is not for blocks without anything that are open over lines, for blocks on one line, which are opened up, for
    labels with escapes, and for values that were replaced, inherited or empty.
    """
    blocks = [
        block
        for file in editor.project.files
        for block in file.body.blocks
        if block.type == "target" and block.labels[0].text == name
    ]
    if any("\\" in editor.text(PATH)[block.start : block.open] for block in blocks):
        return False
    if not edit.attribute:
        return True
    targets = [target for target in editor.project.targets if target == name]
    held = [block.body.attributes[edit.attribute] for block in blocks if edit.attribute in block.body.attributes]
    if any(not block.body.items and block.close - block.open > 1 for block in blocks):
        return False
    if any("\n" not in editor.text(PATH)[block.start : block.end] and block.body.items for block in blocks):
        return False
    if held and edit.attribute == "target":
        return False
    if held:
        return type(held[-1].value).__name__ in ("Tuple", "Object") and bool(held[-1].value.items)  # type: ignore[attr-defined]
    return bool(targets) and not any("inherits" in block.body.attributes for block in blocks)


@pytest.mark.parametrize("path", FILES[::STEP], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_back_and_forth(path: cases.Path, tmp_path: cases.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = Source.decode(PATH, path.read_bytes())
    first = Editor((Input(source, HCL),), cases.ENVIRONMENT)
    for name in dict.fromkeys(map(first.label, first.project.targets)):
        for title, edit in EDITS.items():
            editor = Editor((Input(source, HCL),), cases.ENVIRONMENT)
            is_exact = is_undone_exactly(editor, name, edit)
            try:
                edit.do(editor, name)
                changed = editor.text(PATH)
                edit.undo(editor, name)
            except EditRejected:
                continue
            if is_exact:
                assert editor.text(PATH) == source.text, title
                lost = [
                    line for line in difflib.ndiff(source.text.split("\n"), changed.split("\n")) if line[:2] == "- "
                ]
                assert not edit.removed or len(lost) <= edit.removed, title
