"""What the options of a command line say about the definition: the files as a project, the overrides, the plan."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bakectl.bake.files import is_remote
from bakectl.cli.options import variables
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bakectl.bake.model import Override, Plan, Project


def refuse_remote(words: Sequence[str], command: str) -> None:
    """Raise InvalidBakeFile when the first word is a URL or a git reference: such a definition is buildx's to fetch."""
    if words and is_remote(words[0]):
        problems = Problems()
        message = f'bakectl {command} reads local files only, and "{words[0]}" is a remote definition'
        help = "clone it and name its file with -f; only docker buildx bake fetches definitions"
        problems.error("remote-definition", message, None, help=help)
        raise InvalidBakeFile(problems)


def load(files: Sequence[str], var: Sequence[str]) -> Project:
    """Read the files of `-f` with the values of `--var`."""
    from bakectl import api

    return api.load(*files, variables=variables(tuple(var)), stdin=sys.stdin.buffer if sys.stdin else None)


def read_overrides(given: Iterable[str], problems: Problems) -> tuple[Override, ...]:
    """Read the values of `--set`, reporting those that make no sense."""
    from bakectl.bake.overrides import parse_override

    found: list[Override] = []
    for text in given:
        try:
            found.append(parse_override(text))
        except InvalidBakeFile as error:
            for diagnostic in error.diagnostics:
                problems.add(diagnostic)
    return tuple(found)


def plan(
    targets: Sequence[str], files: Sequence[str], var: Sequence[str], set: Iterable[str], flags: Iterable[Override]
) -> Plan:
    """Resolve what a command line asks for; raises InvalidBakeFile with the problems of the files and of the line."""
    from bakectl import api

    problems = Problems()
    overrides = read_overrides(set, problems)
    try:
        resolved = api.plan(load(files, var), *targets, overrides=(*overrides, *flags))
    except InvalidBakeFile as error:
        raise InvalidBakeFile((*problems, *error.diagnostics)) from None
    if problems.has_errors:
        raise InvalidBakeFile((*problems, *resolved.problems))
    return resolved


def all_targets(project: Project) -> tuple[str, ...]:
    """All targets but those that are only there for others to inherit from, whose names begin with an underscore."""
    return tuple(name for name in project.targets if not name.startswith("_"))
