"""Target and group blocks: their attributes, each evaluated once and when first asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake import fields
from bakectl.bake.attributes import AttributeFault, literal_data, to_data, to_value
from bakectl.bake.fields import FIELDS
from bakectl.bake.model import Origin, Setting
from bakectl.eval.types import STRING
from bakectl.eval.values import UNKNOWN, Value, object_of
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.collect import BlockAt
    from bakectl.bake.definitions import Definitions
    from bakectl.bake.model import Data, Settings
    from bakectl.eval.scope import Scope
    from bakectl.syntax.nodes import Attribute

_GROUP_SHAPES: Final = {"targets": fields.STRINGS, "description": fields.STRING}
_TARGET_SHAPES: Final = {name: field.shape for name, field in FIELDS.items()}
SHAPES: Final = {"target": _TARGET_SHAPES, "group": _GROUP_SHAPES}
_NEWER: Final = ("resources", "policy")
"""Fields that older buildx does not know; the object that a whole target is leaves them out, as there."""
_ACTIVE: Final = object()
FAILED: Final = object()
"""Stands for the data of an attribute that could not be computed; the problem has been reported."""


class BlockInstance:
    """A block with a name: for a target with a matrix, one for each of its combinations."""

    __slots__ = ("at", "data", "definitions", "name", "scope", "shapes")

    def __init__(self, name: str, at: BlockAt, scope: Scope, definitions: Definitions) -> None:
        self.name: Final = name
        self.at: Final = at
        self.scope: Final = scope
        self.definitions: Final = definitions
        self.shapes: Final = SHAPES[at.block.type]
        self.data: dict[str, Data] = {}

    def get(self, name: str) -> Data:
        """The data of an attribute; None when it is not set or null, FAILED when it could not be computed."""
        data = self.data.get(name)
        if data is None and name not in self.data:
            attribute = self.at.block.body.attributes.get(name)
            if attribute is None:
                return None
            self.data[name] = _ACTIVE
            data = self.data[name] = self._compute(name, attribute)
        elif data is _ACTIVE:
            self._report_cycle(name)
            return FAILED
        return data

    def _compute(self, name: str, attribute: Attribute) -> Data:
        node = attribute.value
        shape = self.shapes[name]
        data = literal_data(shape, node)
        if data is not None:
            return data
        definitions, scope = self.definitions, self.scope
        if not definitions.check_mentions(node, scope):
            return FAILED
        value = definitions.evaluate(node, scope)
        if value is UNKNOWN:
            return FAILED
        try:
            return to_data(shape, value, name)
        except AttributeFault as fault:
            span = Span(scope.source, node.start, node.end)
            definitions.problems.error("bad-value", str(fault), span, help=fault.help)
            return FAILED

    def _report_cycle(self, name: str) -> None:
        attribute = self.at.block.body.attributes[name]
        span = Span(self.scope.source, attribute.start, attribute.value.end)
        message = f"{self.at.block.type}.{self.name}.{name} needs its own value"
        self.definitions.problems.error("reference-cycle", message, span, help="take the value from elsewhere")

    def settings(self) -> Settings:
        """All fields of a target that are set."""
        found: Settings = {}
        shapes = self.shapes
        source = self.scope.source
        for name, attribute in self.at.block.body.attributes.items():
            if name not in shapes:
                continue
            data = self.get(name)
            if data is not None and data is not FAILED:
                if type(data) is dict and None in data.values():
                    data = {key: item for key, item in data.items() if item is not None}
                node = attribute.value
                origin = Origin("attribute", self.name, source, node.start, node.end)
                found[name] = Setting(data, ((data, origin),))
        return found

    def value(self, name: str) -> Value:
        """An attribute as a value for other expressions."""
        if name == "name" and self.at.block.type == "target":
            return Value(STRING, self.name)
        data = self.get(name)
        return UNKNOWN if data is FAILED else to_value(self.shapes[name], data, name)


class Blocks:
    """All blocks of a kind by name; the namespace of `target.NAME.ATTRIBUTE` and `group.NAME.ATTRIBUTE`."""

    def __init__(self, kind: str, instances: Mapping[str, list[BlockInstance]]) -> None:
        self.kind = kind
        self.instances = instances

    def whole(self, name: str) -> Value | None:
        found = self.instances.get(name)
        if not found:
            return None
        block = found[-1]
        attributes = {attribute: block.value(attribute) for attribute in self._attributes() if attribute not in _NEWER}
        if any(value is UNKNOWN for value in attributes.values()):
            return UNKNOWN
        return object_of(attributes)

    def attribute(self, name: str, attribute: str) -> Value | None:
        found = self.instances.get(name)
        if not found or attribute not in self._attributes():
            return None
        return found[-1].value(attribute)

    def names(self) -> Iterable[str]:
        return self.instances

    def _attributes(self) -> tuple[str, ...]:
        shapes = SHAPES[self.kind]
        return (*shapes, "name") if self.kind == "target" else tuple(shapes)
