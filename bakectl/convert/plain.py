"""Plain data as the tree of a bake file: what has no file of its own, or none that is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.fields import FIELDS
from bakectl.bake.printing import shown_fields
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bakectl.bake.model import Group, Plan, Project
    from bakectl.syntax.nodes import Attribute, Block, Body, Expression

_FIRST: Final = (
    *("description", "context", "contexts", "dockerfile", "dockerfile-inline", "target", "args", "labels"),
    *("annotations", "tags", "platforms"),
)
_DEFAULTS: Final = {"context": ".", "dockerfile": "Dockerfile"}


def text(value: str) -> Expression:
    """A text in which nothing is a template."""
    return nodes.String(0, 0, value)


def expression(value: Any, of_text: Callable[[str], Expression] = text) -> Expression:
    """Plain data as an expression; `of_text` makes those of the texts."""
    if isinstance(value, str):
        return of_text(value)
    if value is None or isinstance(value, bool):
        return nodes.Literal(0, 0, value)
    if isinstance(value, int):
        return nodes.NumberLiteral(0, 0, str(value))
    if isinstance(value, Mapping):
        pairs = (nodes.ObjectItem(0, 0, text(key), expression(item, of_text)) for key, item in value.items())
        return nodes.Object(0, 0, tuple(pairs))
    return nodes.Tuple(0, 0, tuple(expression(item, of_text) for item in value))


def attribute(name: str, value: Expression) -> Attribute:
    """`name = value`."""
    return nodes.Attribute(0, 0, name, 0, 0, value)


def block(type: str, label: str, items: Iterable[Attribute | Block]) -> Block:
    """`type "label" { … }`, or without a label where that is empty."""
    labels = (nodes.Label(0, 0, label),) if label else ()
    return nodes.Block(0, 0, type, 0, labels, (0, 0), nodes.Body(-1, 0, tuple(items)))


def body(items: Iterable[Attribute | Block]) -> Body:
    """A whole file."""
    return nodes.Body(0, 0, tuple(items))


def group_block(group: Group) -> Block:
    """A group as it was declared."""
    described = [attribute("description", text(group.description))] if group.description else []
    return block("group", group.name, [*described, attribute("targets", expression(group.targets))])


def resolved_body(project: Project, plan: Plan | None) -> Body:
    """All groups as they were declared, and the targets of a plan with nothing left to resolve."""
    groups = [group_block(group) for group in project.groups.values()]
    targets = [
        block("target", name, [attribute(field, expression(value)) for field, value in _said(name, plan).items()])
        for name in project.targets
        if plan is not None and name in plan.targets
    ]
    return body([*groups, *targets])


def _said(name: str, plan: Plan) -> dict[str, Any]:
    shown = shown_fields(plan.targets[name].settings)
    return {field: shown[field] for field in ordered(shown) if shown[field] != _DEFAULTS.get(field)}


def ordered(fields: Collection[str]) -> list[str]:
    """Fields in the order in which people write them: what is built, with what, and as what; then the rest."""
    return [field for field in dict.fromkeys((*_FIRST, *FIELDS)) if field in fields]
