"""Why a setting has its value: where each part was given, by which rule the parts were joined, and what lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import fields
from bakectl.bake.fields import FIELDS
from bakectl.bake.listing import plain
from bakectl.bake.places import Blocks
from bakectl.record import Record
from bakectl.syntax import nodes
from bakectl.syntax.walk import references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from bakectl.bake.model import Data, Origin, Plan, Project, Setting, Variable
    from bakectl.source import Span

RULES = {
    fields.REPLACE: "the last one given counts",
    fields.APPEND: "all are joined, doubles dropped",
    fields.PER_KEY: "joined key by key, the last one given counts",
}
"""What the merge rules of the field table mean."""


class Use(Record):
    """A variable that an expression reads; `source` says where its value comes from.

    `uses` are the variables that its default reads, if that counts.
    """

    name: str
    value: Any
    source: str
    place: Span | None
    uses: tuple[Use, ...] = ()


class Part(Record):
    """One value that was given for a setting; `is_lost` when nothing of it is left."""

    value: Data
    target: str
    source: str
    place: Span | None
    is_lost: bool
    uses: tuple[Use, ...]


class Explanation(Record):
    """A setting with its value, the rule of its field, and its parts, oldest first."""

    field: str
    value: Data
    rule: str
    parts: tuple[Part, ...]


class Mention(Record):
    """A place that reads a variable, and what it is in."""

    owner: str
    place: Span


def explain(project: Project, plan: Plan, target: str, *, given: Mapping[str, str]) -> tuple[Explanation, ...]:
    """Explain all settings of a target, in the order of the field table; `given` are the values of --var."""
    settings = plan[target].settings
    expressions = _expressions(project)
    found: list[Explanation] = []
    for name in FIELDS:
        setting = settings.get(name)
        if setting is not None:
            parts = tuple(_parts(project, name, setting, expressions, given))
            found.append(Explanation(name, setting.value, RULES[FIELDS[name].merge], parts))
    return tuple(found)


def _expressions(project: Project) -> dict[tuple[str, int], nodes.Expression]:
    """The expressions of all attributes of targets and variables, by file and place."""
    blocks = Blocks(project)
    return {
        (at.file.source.path, attribute.value.start): attribute.value
        for kind in ("target", "variable")
        for at in blocks.all(kind)
        for attribute in at.block.body.attributes.values()
    }


def _parts(
    project: Project,
    field: str,
    setting: Setting,
    expressions: Mapping[tuple[str, int], nodes.Expression],
    given: Mapping[str, str],
) -> Iterator[Part]:
    last = len(setting.given) - 1
    for place, (value, origin) in enumerate(setting.given):
        span = origin.span
        node = expressions.get((span.source.path, span.start)) if span else None
        uses = _uses(project, node, expressions, given)
        is_lost = _is_lost(field, setting.value, value, is_last=place == last)
        yield Part(value, origin.target, source_of(origin), span, is_lost, uses)


def _names(node: nodes.Expression | None) -> list[str]:
    return list(dict.fromkeys(mention.name for mention in references(node))) if node is not None else []


def _is_lost(field: str, value: Data, part: Data, *, is_last: bool) -> bool:
    merge = FIELDS[field].merge
    if merge == fields.REPLACE:
        return not is_last
    if merge == fields.PER_KEY and isinstance(part, dict) and isinstance(value, dict):
        return bool(part) and all(value.get(key) != item for key, item in part.items())
    if isinstance(part, tuple) and isinstance(value, tuple):
        return bool(part) and not any(item in value for item in part)
    return False


def source_of(origin: Origin) -> str:
    """Where a value was given, in words."""
    match origin.kind:
        case "attribute" | "compose":
            return f'target "{origin.target}"'
        case "override" | "flag":
            return origin.text
        case "environment":
            return f"{origin.text} in the environment"
        case "implied":
            return f"implied by {origin.text}"
        case "linked":
            return "a target that is only a context of others has no output"
        case _:
            return "default of buildx"


def variable_source(variable: Variable, given: Mapping[str, str]) -> str:
    """Where the value of a variable comes from, in words."""
    origin = variable.origin
    if origin.kind == "environment":
        return "--var" if origin.text in given else f"{origin.text} in the environment"
    return "default" if origin.source is not None else "no default: null"


def _uses(
    project: Project,
    node: nodes.Expression | None,
    expressions: Mapping[tuple[str, int], nodes.Expression],
    given: Mapping[str, str],
    path: tuple[str, ...] = (),
) -> tuple[Use, ...]:
    """The variables that an expression reads, with those that their defaults read; a circle is cut."""
    found: list[Use] = []
    for name in _names(node):
        variable = project.variables.get(name)
        if variable is None or name in path:
            continue
        span = variable.origin.span
        default = expressions.get((span.source.path, span.start)) if span else None
        inner = _uses(project, default, expressions, given, (*path, name))
        found.append(Use(name, plain(variable.value), variable_source(variable, given), span, inner))
    return tuple(found)


def mentions(project: Project, variable: str) -> tuple[Mention, ...]:
    """The places that read a variable, in the order of the files."""
    found: list[Mention] = []
    for file in project.files:
        for item in file.body.items:
            waiting: list[tuple[str, nodes.Node]] = [("", item)]
            while waiting:
                owner, node = waiting.pop()
                if isinstance(node, nodes.Block):
                    label = node.labels[0].text if node.labels else ""
                    name = f'{node.type} "{label}"' if label else owner or node.type
                    waiting.extend((name, inner) for inner in reversed(node.body.items))
                elif isinstance(node, nodes.Attribute):
                    where = f"{owner}, {node.name}" if owner else node.name
                    found.extend(
                        Mention(where, _span(file, mention))
                        for mention in references(node.value)
                        if mention.name == variable
                    )
    return tuple(found)


def _span(file: nodes.File, node: nodes.Node) -> Span:
    from bakectl.source import Span

    return Span(file.source, node.start, node.end)
