"""`bakectl list`: what there is in the bake files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.bake import listing
from bakectl.cli import definition, options, screen
from bakectl.cli.options import WrongCommandLine
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bakectl.bake.model import Project
    from bakectl.source import Span

    Facts = tuple[dict[str, Any], ...]


def run(*, what: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], json: bool | None) -> int:
    """Write a table, or JSON, of what the files declare."""
    definition.refuse_remote(what, "list")
    kind = _kind(what)
    facts = _FACTS[kind](_load(file, var, is_needed=kind != "functions"))
    if json:
        from json import dumps

        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
    else:
        from bakectl.cli.table import write_table

        columns = _COLUMNS[kind]
        write_table(tuple(columns), [[_cell(fact[key]) for key in columns.values()] for fact in facts])
    return 0


def _kind(what: Sequence[str]) -> str:
    kind = what[0] if what else "targets"
    if kind not in _FACTS:
        raise WrongCommandLine(f'there is no list of "{kind}"; there are {", ".join(_FACTS)}')
    if len(what) > 1:
        raise WrongCommandLine(f'"{what[1]}" is too much: one list at a time')
    return kind


def _load(file: Sequence[str], var: Sequence[str], *, is_needed: bool) -> Project | None:
    """The project, free of errors; None where there is no bake file and none is needed."""
    try:
        project = definition.load(file, var)
    except InvalidBakeFile as error:
        if is_needed or any(diagnostic.rule != "no-bake-file" for diagnostic in error.diagnostics):
            raise
        return None
    if project.problems.has_errors:
        raise InvalidBakeFile(project.problems)
    screen.show(project.problems)
    return project


def _targets(project: Project | None) -> Facts:
    return tuple(
        {
            "name": row.name,
            "groups": row.groups,
            "description": row.description,
            "declared_at": _place(row.declared_at),
        }
        for row in (listing.target_rows(project) if project else ())
    )


def _groups(project: Project | None) -> Facts:
    return tuple(
        {
            "name": row.name,
            "targets": row.targets,
            "description": row.description,
            "declared_at": _place(row.declared_at),
        }
        for row in (listing.group_rows(project) if project else ())
    )


def _variables(project: Project | None) -> Facts:
    return tuple(
        {
            "name": row.name,
            "type": row.type,
            "value": row.value,
            "origin": row.origin,
            "description": row.description,
            "declared_at": _place(row.declared_at),
        }
        for row in (listing.variable_rows(project) if project else ())
    )


def _functions(project: Project | None) -> Facts:
    return tuple(
        {
            "name": row.name,
            "signature": row.signature,
            "description": row.description,
            "since": row.since,
            "declared_at": _place(row.declared_at),
        }
        for row in listing.function_rows(project)
    )


def _place(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    begin = span.begin
    return {"path": span.source.path, "line": begin.line, "column": begin.column}


def _cell(value: Any) -> str:
    """A fact as text: names of a list one after the other, text as it is, anything else as JSON."""
    from json import dumps

    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, str):
        return value if value.isprintable() else dumps(value)
    return dumps(value, ensure_ascii=False, separators=(",", ":"))


_FACTS: Mapping[str, Callable[[Project | None], Facts]] = {
    "targets": _targets,
    "groups": _groups,
    "variables": _variables,
    "functions": _functions,
}
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "targets": {"TARGET": "name", "GROUPS": "groups", "DESCRIPTION": "description"},
    "groups": {"GROUP": "name", "TARGETS": "targets", "DESCRIPTION": "description"},
    "variables": {
        "VARIABLE": "name",
        "TYPE": "type",
        "VALUE": "value",
        "FROM": "origin",
        "DESCRIPTION": "description",
    },
    "functions": {"FUNCTION": "signature", "DESCRIPTION": "description"},
}

COMMAND = options.Command(
    name="list",
    help="List what the bake files declare: targets (the default), groups, variables or functions.",
    run=run,
    argument=options.Argument("what", "[targets|groups|variables|functions]"),
    options=(options.FILE, options.VAR, options.JSON),
    examples=("bakectl list", "bakectl list variables --var TAG=1.2.0", "bakectl list functions --json"),
)
