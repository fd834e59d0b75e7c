"""Proof that two definitions mean the same: all that each declares, resolved with several values of the variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bakectl.bake.listing import function_rows, variable_rows
from bakectl.bake.printing import definition
from bakectl.bake.project import load_project
from bakectl.bake.resolve import resolve
from bakectl.errors import InvalidBakeFile
from bakectl.eval.types import BOOL, DYNAMIC, NUMBER, STRING
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from bakectl.bake.files import Input
    from bakectl.bake.model import Project, Variable
    from bakectl.diagnostics import Diagnostic, Problems

    Facts: TypeAlias = dict[str, Any]
    """What is compared, by what a person calls it."""

NOTHING: Final[Mapping[str, str]] = {}


class Definition(Record):
    """The files of a definition, and the environment that they are read in."""

    inputs: Sequence[Input]
    environment: Mapping[str, str]
    variables: Mapping[str, str]

    def load(self, probe: Mapping[str, str] = NOTHING) -> Project:
        """Read the files with some variables set."""
        return load_project(self.inputs, {**self.environment, **probe}, {**self.variables, **probe})


def prove(
    before: Definition,
    after: Definition,
    problems: Problems,
    *,
    probes: Iterable[Mapping[str, str]] = (NOTHING,),
    with_variables: bool = False,
) -> None:
    """Report what the second definition says otherwise than the first, for any of the probes.

    Groups and targets are compared, and `with_variables` the variables and functions.
    """
    for probe in probes:
        source, result = before.load(probe), after.load(probe)
        values = ", ".join(f'{name}="{text}"' for name, text in probe.items())
        where = f"after the conversion{f' with {values}' if values else ''}"
        if result.problems.has_errors and not source.problems.has_errors:
            for error in result.problems.errors:
                problems.error("conversion-differs", f"{where}, {error.message}", error.span)
            return
        expected, found = (_facts(project, with_variables=with_variables) for project in (source, result))
        differing = _differing(expected, found)
        if differing:
            # A clock or a random number gives another value each time.
            changing = _differing(expected, _facts(before.load(probe), with_variables=with_variables))
            differing = [name for name in differing if name not in changing]
        for name in differing:
            problems.error("conversion-differs", f"{name} would not be the same {where}", None)
        if differing:
            return


def probes(project: Project, *, not_empty: Collection[str] = ()) -> Iterator[Mapping[str, str]]:
    """Values for the variables: their own, then others, then empty texts; what a validation looks at keeps its own."""
    yield NOTHING
    checked = {
        block.labels[0].text
        for file in project.files
        for block in file.body.blocks
        if block.type == "variable" and block.labels and any(inner.type == "validation" for inner in block.body.blocks)
    }
    free = [variable for name, variable in project.variables.items() if name not in checked]
    others = {variable.name: text for variable in free if (text := _other(variable)) is not None}
    if others:
        yield others
    empty = {name: "" for name, text in others.items() if text == _OTHER and name not in not_empty}
    if empty:
        yield empty


_OTHER: Final = "bakectl-0.1"


def _other(variable: Variable) -> str | None:
    """Another value for a variable; None for what cannot be given as text."""
    kind = variable.kind or variable.value.type
    if kind is STRING or (kind is DYNAMIC and variable.kind is None):
        return _OTHER
    if kind is NUMBER:
        return "7"
    if kind is BOOL:
        return "false" if variable.value.data else "true"
    return None


def _facts(project: Project, *, with_variables: bool) -> Facts:
    errors = _rules(project.problems.errors)
    if errors:
        return {"the list of what is wrong": errors}
    facts = _definitions(project) if with_variables else {}
    for group in project.groups.values():
        facts[f'group "{group.name}"'] = (group.targets, group.description)
    names = list(dict.fromkeys((*project.groups, *project.targets)))
    return {**facts, **_resolved(project, names)}


def _definitions(project: Project) -> Facts:
    variables = {f'variable "{row.name}"': (row.type, row.value, row.description) for row in variable_rows(project)}
    functions = {
        f'function "{row.name}"': row.signature for row in function_rows(project) if row.declared_at is not None
    }
    return {**variables, **functions}


def _resolved(project: Project, names: list[str]) -> Facts:
    """What buildx would print for the names: for all at once, and one by one where that cannot be resolved."""
    if not names:
        return {}
    try:
        plan = resolve(project, names)
    except InvalidBakeFile as error:
        if len(names) == 1:
            return {f'target "{names[0]}"': _rules(error.diagnostics)}
        return {key: value for name in names for key, value in _resolved(project, [name]).items()}
    targets = definition(plan)["target"]
    return {f'target "{name}"': value for name, value in targets.items()}


def _rules(diagnostics: Iterable[Diagnostic]) -> list[str]:
    return sorted(diagnostic.rule for diagnostic in diagnostics)


def _differing(expected: Facts, found: Facts) -> list[str]:
    return [name for name in {**expected, **found} if expected.get(name) != found.get(name)]
