"""Files to declarations: the blocks and attributes of all files, merged as buildx merges them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake import files
from bakectl.bake.fields import FIELDS, ONLY_IN_BLOCKS
from bakectl.record import Record
from bakectl.source import Span
from bakectl.suggest import did_you_mean
from bakectl.syntax.nodes import Attribute, Block

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.bake.files import Input
    from bakectl.diagnostics import Problems
    from bakectl.source import Source
    from bakectl.syntax.json_body import BlockSchema
    from bakectl.syntax.nodes import File

BUILTIN_VARIABLES: Final = ("BAKE_CMD_CONTEXT", "BAKE_LOCAL_PLATFORM")
VALID_NAME: Final = re.compile(r"[a-zA-Z0-9_-]+")
_LABELS = {"target": 1, "group": 1, "variable": 1, "function": 1}
_FUNCTION_ATTRIBUTES = ("params", "variadic_params", "result")
_VALIDATION_ATTRIBUTES = ("condition", "error_message")


class BlockAt(Record):
    """A block and the file it is in; `name` is its label."""

    name: str
    block: Block
    source: Source

    @property
    def label_span(self) -> Span:
        label = self.block.labels[0]
        return Span(self.source, label.start, label.end)

    def span(self, node_start: int, node_end: int) -> Span:
        return Span(self.source, node_start, node_end)


class AttributeAt(Record):
    """A top-level attribute and the file it is in."""

    attribute: Attribute
    source: Source


class Declarations:
    """All blocks and attributes by kind. Of variables, functions and attributes the last one counts."""

    __slots__ = ("attributes", "functions", "groups", "targets", "variables")

    def __init__(self) -> None:
        self.variables: dict[str, BlockAt] = {}
        self.functions: dict[str, BlockAt] = {}
        self.attributes: dict[str, AttributeAt] = {}
        self.targets: list[BlockAt] = []
        self.groups: list[BlockAt] = []


def parse_file(given: Input) -> File:
    """Parse one file in its format."""
    if given.format == files.JSON:
        from bakectl.syntax.json_body import parse_json

        return parse_json(given.source, json_schema())
    from bakectl.syntax.parser import parse

    return parse(given.source)


def json_schema() -> BlockSchema:
    """Which properties of a JSON bake file are blocks."""
    from bakectl.syntax.json_body import BlockSchema

    validation = BlockSchema(0, {})
    return BlockSchema(
        0,
        {
            "target": BlockSchema(1, {}, frozenset((*FIELDS, *ONLY_IN_BLOCKS))),
            "group": BlockSchema(1, {}, frozenset(("description", "matrix", "name", "targets"))),
            "variable": BlockSchema(
                1,
                {"validation": validation},
                frozenset(("default", "description", "type")),
                frozenset(("description",)),
            ),
            "function": BlockSchema(1, {}),
        },
    )


def collect(parsed: Iterable[File], problems: Problems) -> Declarations:
    """Gather the declarations of all files, in the order in which they count."""
    found = Declarations()
    for file in parsed:
        source = file.source
        for item in file.body.items:
            if isinstance(item, Attribute):
                if item.name not in ("target", "group", "function", *BUILTIN_VARIABLES):
                    found.attributes[item.name] = AttributeAt(item, source)
            elif item.type in _LABELS:
                named = _named(item, source, problems)
                if named is not None:
                    _declare(found, named, problems)
    return found


def _named(block: Block, source: Source, problems: Problems) -> BlockAt | None:
    """The block with its name; None, with a problem reported, when it does not have one label."""
    if not block.labels:
        message = f"this {block.type} has no name"
        help = f'write {block.type} "NAME" {{'
        problems.error("missing-label", message, Span(source, block.start, block.type_end), help=help)
        return None
    if len(block.labels) > 1:
        extra = block.labels[1]
        message = f"a {block.type} has one name, and this is one more"
        problems.error("extra-label", message, Span(source, extra.start, extra.end), help="remove it")
        return None
    return BlockAt(block.labels[0].text, block, source)


def _declare(found: Declarations, named: BlockAt, problems: Problems) -> None:
    match named.block.type:
        case "variable":
            if named.name not in BUILTIN_VARIABLES:
                found.variables[named.name] = named
            for block in named.block.body.blocks:
                if block.type == "validation":
                    _refuse_labels(block, named.source, problems)
                    _check_strict(block, named.source, _VALIDATION_ATTRIBUTES, problems)
        case "function":
            _check_strict(named.block, named.source, _FUNCTION_ATTRIBUTES, problems)
            found.functions[named.name] = named
        case "group":
            if _check_name(named, problems):
                found.groups.append(named)
        case _:
            if _check_name(named, problems):
                found.targets.append(named)


def _refuse_labels(block: Block, source: Source, problems: Problems) -> None:
    """Report the labels of a block that has none."""
    for label in block.labels[:1]:
        message = f"a {block.type} has no name, and this is one"
        problems.error("extra-label", message, Span(source, label.start, label.end), help="remove it")


def _check_name(named: BlockAt, problems: Problems) -> bool:
    if VALID_NAME.fullmatch(named.name):
        return True
    help = f'write "{re.sub("[^a-zA-Z0-9_-]+", "-", named.name) or "name"}"'
    message = (
        f'"{named.name}" cannot be the name of a {named.block.type}: only letters of ASCII, digits, "_" and "-" can'
    )
    problems.error("bad-name", message, named.label_span, help=help)
    return False


def _check_strict(block: Block, source: Source, known: tuple[str, ...], problems: Problems) -> None:
    """Report what a block of buildx's strict kinds must not hold."""
    for item in block.body.items:
        name = item.name if isinstance(item, Attribute) else item.type
        end = item.name_end if isinstance(item, Attribute) else item.type_end
        if isinstance(item, Attribute) and name in known:
            continue
        what = "argument" if isinstance(item, Attribute) else "block"
        help = did_you_mean(name, known) or f"it can have {', '.join(known)}"
        message = f'a {block.type} block has no {what} "{name}"'
        problems.error("unknown-attribute", message, Span(source, item.start, end), help=help)
