"""Runs the rules over a project, and sorts and filters what they find."""

from __future__ import annotations

from fnmatch import fnmatchcase
from importlib import import_module
from typing import TYPE_CHECKING

from bakectl.diagnostics import Diagnostic, Problems, Severity
from bakectl.lint.context import Context
from bakectl.lint.rules import FAMILIES
from bakectl.lint.suppress import suppressed
from bakectl.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bakectl.bake.model import Project

_INTERNAL = "internal"
_FROM_RULES = frozenset(("unknown-target", "context-cycle"))
"""What resolving reports too, and a rule with a tighter place."""


_BY_MACHINE = frozenset(("failed-validation", "missing-secret", "missing-ssh"))
"""Mistakes that depend on the environment and on files that CI may have; they are no errors of the bake file."""


class Choice(Record):
    """Which rules count: names, families, or patterns of names; none selected stands for all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, rule: str) -> bool:
        """Whether findings of a rule are wanted."""
        return (not self.select or _named(rule, self.select)) and not _named(rule, self.ignore)


def _named(rule: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(rule, pattern) or rule in FAMILIES.get(pattern, ()) for pattern in patterns)


def unknown_names(patterns: Iterable[str]) -> list[str]:
    """The words that choose no rule."""
    from bakectl.lint.rules import RULES

    return [word for word in patterns if word not in FAMILIES and not any(fnmatchcase(rule, word) for rule in RULES)]


def check(project: Project, choice: Choice | None = None, buildx: tuple[int, ...] | None = None) -> list[Diagnostic]:
    """All findings, sorted by file and place: mistakes that buildx reports, and what the rules find.

    A rule that fails becomes a finding of its own, and the others go on.
    """
    choice = choice or Choice()
    guessed = [problem for problem in project.problems if problem.rule in _BY_MACHINE]
    project = _anywhere(project)
    context = Context(project, buildx)
    found: dict[tuple[object, ...], Diagnostic] = {}
    resolving = [
        problem
        for problem in context.resolved.problems
        if problem.rule not in _FROM_RULES or not choice.takes(problem.rule)
    ]
    for problem in (*project.problems, *guessed, *resolving):
        if problem.rule in _BY_MACHINE:
            problem = replace(problem, severity=Severity.WARNING)
        found.setdefault(_key(problem), problem)
    for family in FAMILIES.values():
        for rule in family:
            if choice.takes(rule):
                for diagnostic in _run(rule, context):
                    found.setdefault(_key(diagnostic), diagnostic)
    kept = [
        one
        for one in found.values()
        if one.rule == _INTERNAL or one.severity is Severity.ERROR or choice.takes(one.rule)
    ]
    return sorted(suppressed(context, kept, choice), key=_place)


def _anywhere(project: Project) -> Project:
    """The project without what is wrong on this machine only, such as a variable that CI sets and nothing here."""
    problems = Problems()
    for problem in project.problems:
        if problem.rule not in _BY_MACHINE:
            problems.add(problem)
    environment = {**project.environment, "SSH_AUTH_SOCK": "/"}
    return replace(project, problems=problems, environment=environment)


def _run(rule: str, context: Context) -> list[Diagnostic]:
    try:
        return list(import_module(f"bakectl.lint.rules.{rule.replace('-', '_')}").check(context))
    except RecursionError:
        return []
    except Exception as error:
        message = f'the rule "{rule}" failed, which is a bug in bakectl: {type(error).__name__}: {error}'
        return [Diagnostic(Severity.WARNING, _INTERNAL, message)]


def _key(diagnostic: Diagnostic) -> tuple[object, ...]:
    span = diagnostic.span
    return (diagnostic.rule, diagnostic.message, (span.source.path, span.start, span.end) if span else None)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int, str]:
    span = diagnostic.span
    return (span.source.path, span.start, span.end, diagnostic.rule) if span else ("", 0, 0, diagnostic.rule)


def fails(found: Sequence[Diagnostic], level: str) -> bool:
    """Whether a finding is at or above a level: error, warning or info."""
    levels = [severity.value for severity in Severity]
    return any(levels.index(one.severity.value) <= levels.index(level) for one in found)
