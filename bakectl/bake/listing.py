"""What there is in a project, as rows: its targets, groups and variables, and the functions it can call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.bake.secrets import MASK, looks_secret
from bakectl.eval import functions as library
from bakectl.eval.numbers import Number
from bakectl.record import Record

if TYPE_CHECKING:
    from bakectl.bake.model import Declared, Project
    from bakectl.eval.types import Type
    from bakectl.eval.values import Value
    from bakectl.source import Span

HIDDEN = "_"
"""Targets and groups whose name begins so are for others to inherit; buildx does not list them either."""
_LARGEST_BITS = 1023
"""Numbers beyond that are no number to readers of JSON, so they are listed as text."""


class TargetRow(Record):
    """A target as declared: its own description, and the groups that name it."""

    name: str
    description: str
    groups: tuple[str, ...]
    declared_at: Span | None


class GroupRow(Record):
    """A group and what it names."""

    name: str
    description: str
    targets: tuple[str, ...]
    declared_at: Span | None


class VariableRow(Record):
    """A variable and its value as plain data, as JSON would have it; masked if it looks like a secret."""

    name: str
    description: str
    type: str
    value: Any
    origin: str
    declared_at: Span | None


class FunctionRow(Record):
    """A function: of the file, or of the library if `declared_at` is None."""

    name: str
    signature: str
    description: str
    since: str | None
    declared_at: Span | None


def target_rows(project: Project) -> tuple[TargetRow, ...]:
    """The targets by name, without hidden ones."""
    groups: dict[str, list[str]] = {}
    for group in project.groups.values():
        for member in group.targets or ():
            groups.setdefault(member, []).append(group.name)
    return tuple(
        TargetRow(name, description(target), tuple(sorted(groups.get(name, ()))), target.declared_at)
        for name, target in sorted(project.targets.items())
        if not name.startswith(HIDDEN)
    )


def description(target: Declared) -> str:
    given = [layer["description"].value for layer in target.layers if "description" in layer]
    return next((str(text) for text in reversed(given) if text), "")


def group_rows(project: Project) -> tuple[GroupRow, ...]:
    """The groups by name, without hidden ones."""
    return tuple(
        GroupRow(name, group.description, tuple(group.targets or ()), group.declared_at)
        for name, group in sorted(project.groups.items())
        if not name.startswith(HIDDEN)
    )


def variable_rows(project: Project) -> tuple[VariableRow, ...]:
    """The variables by name, with the values that they have after environment and `--var`."""
    return tuple(
        VariableRow(
            name,
            variable.description,
            _type_name(variable.kind),
            MASK if looks_secret(name) and variable.value.data else plain(variable.value),
            variable.origin.kind,
            variable.declared_at,
        )
        for name, variable in sorted(project.variables.items())
    )


def _type_name(kind: Type | None) -> str:
    if kind is None:
        return ""
    return "any type" if kind.friendly == "dynamic" else kind.friendly


def plain(value: Value) -> Any:
    """The value as plain Python data, as JSON has it."""
    data = value.data
    if isinstance(data, tuple):
        return [plain(item) for item in data]
    if isinstance(data, dict):
        return {name: plain(item) for name, item in data.items()}
    if isinstance(data, Number):
        if data.is_infinite or data.magnitude_bits > _LARGEST_BITS:
            return data.text()
        return data.to_int() if data.is_integer else data.to_float()
    return data


def function_rows(project: Project | None) -> tuple[FunctionRow, ...]:
    """The functions by name, those of the file first."""
    own = [
        FunctionRow(name, _signature(name, function.params, function.variadic), "", None, function.declared_at)
        for name, function in sorted(project.functions.items() if project else ())
    ]
    return (*own, *map(_library_row, library.NAMES))


def _library_row(name: str) -> FunctionRow:
    function = library.lookup(name)
    assert function is not None
    params = tuple(param.name for param in function.params)
    variadic = function.variadic.name if function.variadic else None
    return FunctionRow(name, _signature(name, params, variadic), function.doc, function.since, None)


def _signature(name: str, params: tuple[str, ...], variadic: str | None) -> str:
    return f"{name}({', '.join((*params, *([f'{variadic}...'] if variadic else [])))})"
