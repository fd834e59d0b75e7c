"""Which buildx a build needs: what the files and the command line use, and since when that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.fields import FIELDS
from bakectl.engine.buildx import APPEND_SINCE
from bakectl.record import Record
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.model import Plan, Project
    from bakectl.engine.buildx import BuildRequest, Version

_HARMLESS: Final = frozenset(("description",))
"""Fields that change nothing of what is built when an older buildx drops them."""
_DEFAULT: Final = frozenset(("default", "linked"))
_FLAGS: Final = {"--allow": (0, 17), "--call": (0, 16), "--check": (0, 16)}
_MATRIX: Final = (0, 11)
_TYPES: Final = (0, 24)
_VALIDATION: Final = (0, 19)


class Requirement(Record):
    """Something that is used, the first buildx that has it, and where it is used."""

    what: str
    since: Version
    span: Span | None = None


def requirements(project: Project, plan: Plan, request: BuildRequest) -> Iterator[Requirement]:
    """Everything that not every buildx has; each thing once."""
    seen: set[str] = set()
    for found in (*_fields(plan), *_blocks(project), *_words(request)):
        if found.what not in seen:
            seen.add(found.what)
            yield found


def _fields(plan: Plan) -> Iterator[Requirement]:
    for target in plan.targets.values():
        for name, setting in target.settings.items():
            since = FIELDS[name].since
            if since is None or name in _HARMLESS or setting.origin.kind in _DEFAULT:
                continue
            yield Requirement(f'"{name}" of target "{target.name}"', _version(since), setting.origin.span)


def _version(text: str) -> Version:
    return tuple(map(int, text.split(".")))


def _blocks(project: Project) -> Iterator[Requirement]:
    for file in project.files:
        for block in file.body.blocks:
            attributes, label = block.body.attributes, Span(file.source, block.start, block.type_end)
            if block.type == "target" and "matrix" in attributes:
                yield Requirement("a matrix", _MATRIX, label)
            if block.type == "variable" and "type" in attributes:
                yield Requirement("the type of a variable", _TYPES, label)
            if block.type == "variable" and any(inner.type == "validation" for inner in block.body.blocks):
                yield Requirement("the validation of a variable", _VALIDATION, label)


def _words(request: BuildRequest) -> Iterator[Requirement]:
    for word in request.flags:
        name = word.partition("=")[0]
        if name in _FLAGS:
            yield Requirement(name, _FLAGS[name])
    for text in request.overrides:
        if text.partition("=")[0].endswith("+"):
            yield Requirement(f"--set {text.partition('=')[0]}=", APPEND_SINCE)
