"""A target with a `matrix` to the targets that it stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.blocks import SHAPES, BlockInstance
from bakectl.bake.collect import VALID_NAME
from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.types import STRING, ListType, MapType, ObjectType, SetType, TupleType
from bakectl.eval.values import UNKNOWN, Value
from bakectl.source import Span

if TYPE_CHECKING:
    from bakectl.bake.collect import BlockAt
    from bakectl.bake.definitions import Definitions
    from bakectl.eval.scope import Scope

MAX_COMBINATIONS = 10_000
"""Targets that one matrix may stand for."""


def expand(at: BlockAt, definitions: Definitions) -> list[BlockInstance] | None:
    """The instances of a target block: one without a matrix, else one for each combination of its values.

    None when they cannot be found out; the problem has been reported.
    """
    attributes = at.block.body.attributes
    scope = definitions.scope(at.source)
    matrix = attributes.get("matrix")
    name = attributes.get("name")
    if matrix is None:
        if name is not None:
            span = Span(at.source, name.start, name.value.end)
            help = "add a matrix, or change the label of the block instead"
            definitions.problems.error("name-without-matrix", "a target has a name only with a matrix", span, help=help)
            return None
        return [BlockInstance(at.name, at, scope, definitions)]
    node = matrix.value
    if not definitions.check_mentions(node, scope):
        return None
    combinations = _combinations(definitions.evaluate(node, scope), at, definitions)
    if combinations is None:
        return None
    instances: dict[str, BlockInstance] = {}
    for names in combinations:
        # A bare "target" or "group" never names a value, not even one of the matrix.
        inner = definitions.scope(at.source, {key: item for key, item in names.items() if key not in SHAPES})
        instance_name = at.name if name is None else _name(at, inner, definitions)
        if instance_name is None:
            return None
        if instance_name in instances:
            message = f'two combinations of the matrix make a target named "{instance_name}"'
            place = (name.value.start, name.value.end) if name else (node.start, node.end)
            help = "use every key of the matrix in the name" if name else 'add name = "…${KEY}…"'
            definitions.problems.error("duplicate-name", message, Span(at.source, *place), help=help)
            return None
        instances[instance_name] = BlockInstance(instance_name, at, inner, definitions)
    return list(instances.values())


def _combinations(value: Value, at: BlockAt, definitions: Definitions) -> list[dict[str, Value]] | None:
    """All combinations, the first key changing fastest, as buildx does it most of the time."""
    if value is UNKNOWN:
        return None
    node = at.block.body.attributes["matrix"].value
    span = Span(at.source, node.start, node.end)
    if value.data is None or not isinstance(value.type, (MapType, ObjectType)):
        help = 'write matrix = { KEY = ["…"] }'
        definitions.problems.error("bad-matrix", "a matrix is a map of lists", span, help=help)
        return None
    combinations: list[dict[str, Value]] = [{}]
    for key, items in value.data.items():
        if items.data is None or not isinstance(items.type, (ListType, SetType, TupleType, MapType, ObjectType)):
            message = f'the values of "{key}" in a matrix are a list'
            definitions.problems.error("bad-matrix", message, span, help="put them in [ ]")
            return None
        values = items.data.values() if isinstance(items.data, dict) else items.data
        if len(combinations) * len(items.data) > MAX_COMBINATIONS:
            message = f"this matrix stands for more than {MAX_COMBINATIONS} targets"
            definitions.problems.error("limit-exceeded", message, span)
            return None
        combinations = [{**names, key: item} for item in values for names in combinations]
    return combinations


def _name(at: BlockAt, scope: Scope, definitions: Definitions) -> str | None:
    node = at.block.body.attributes["name"].value
    span = Span(at.source, node.start, node.end)
    if not definitions.check_mentions(node, scope):
        return None
    value = definitions.evaluate(node, scope)
    if value is UNKNOWN:
        return None
    try:
        name = None if value.data is None else convert(value, STRING).data
    except ConversionError:
        name = None
    if not isinstance(name, str):
        definitions.problems.error("bad-name", "the name of a target is a string", span)
        return None
    if VALID_NAME.fullmatch(name) is None:
        message = f'"{name}" cannot be the name of a target: only letters of ASCII, digits, "_" and "-" can'
        help = 'replace(KEY, ".", "-") makes a version fit'
        definitions.problems.error("bad-name", message, span, help=help)
        return None
    return name
