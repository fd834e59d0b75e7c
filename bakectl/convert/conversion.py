"""One conversion: read, write in the other format, prove that both mean the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import files
from bakectl.bake.files import Input
from bakectl.bake.resolve import resolve
from bakectl.convert.compose import NAMES, TESTS, VALUES, compose_body
from bakectl.convert.hcl import write_hcl
from bakectl.convert.json import write_json
from bakectl.convert.native import native_body, remarks
from bakectl.convert.notes import note
from bakectl.convert.plain import resolved_body
from bakectl.convert.proof import Definition, probes, prove
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.source import Source, Span
from bakectl.syntax import tokens as kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.model import Project
    from bakectl.diagnostics import Diagnostic
    from bakectl.syntax.nodes import Body, File

_COMMENTS = (kind.LINE_COMMENT, kind.BLOCK_COMMENT)


class Conversion(Record):
    """The text in the other format, and what there is to know about it."""

    text: str
    notes: tuple[Diagnostic, ...]


def convert(
    inputs: Sequence[Input], to: str, environment: Mapping[str, str], variables: Mapping[str, str]
) -> Conversion:
    """Write a file in another format; raises InvalidBakeFile when it cannot be said there, or not the same."""
    before = Definition(inputs, environment, variables)
    make = _converted_file
    if inputs[0].format == files.COMPOSE:
        # Compose files have no variables of their own, only the environment.
        before = Definition(inputs, {**environment, **variables}, {})
        make = _converted_compose
    project = _load(before)
    try:
        return make(before, to, project)
    except RecursionError:
        problems = Problems()
        problems.error("limit-exceeded", "the expressions of this file are nested too deeply to be written", None)
        raise InvalidBakeFile(problems) from None


def _converted_file(before: Definition, to: str, project: Project) -> Conversion:
    """Write a file of HCL or JSON in the other format."""
    inputs, environment, variables = before.inputs, before.environment, before.variables
    notes = _notes(project)
    text = _written(project.files[0], inputs[0].format, to, notes)
    if not notes.has_errors:
        after = Definition(_result(text, to), environment, variables)
        prove(before, after, notes, probes=probes(project), with_variables=True)
    return _finished(text, notes)


def convert_resolved(
    inputs: Sequence[Input], to: str, environment: Mapping[str, str], variables: Mapping[str, str]
) -> Conversion:
    """Write the targets of a definition with nothing left to resolve; raises InvalidBakeFile like `convert`."""
    before = Definition(inputs, environment, variables)
    project = _load(before)
    plan = resolve(project, (*project.groups, *project.targets)) if project.targets else None
    body = resolved_body(project, plan)
    notes = _notes(project)
    text = _text(body, to, notes)
    prove(before, Definition(_result(text, to), environment, variables), notes)
    return _finished(text, notes)


def _converted_compose(before: Definition, to: str, project: Project) -> Conversion:
    """Write Compose files, as readable as is possible if it is to say the same."""
    reasons: tuple[Diagnostic, ...] = ()
    for kept in (NAMES, TESTS, VALUES):
        notes = _notes(project)
        made = compose_body(before.inputs, before.environment, notes, kept)
        if kept == VALUES:
            for reason in reasons:
                note(
                    notes, "lost-variable", f"variables are written as values: otherwise {reason.message}", reason.span
                )
        text = _text(made.body, to, notes)
        if notes.has_errors:
            break
        after = Definition(_result(text, to), {**made.from_dot_env, **before.environment}, before.variables)
        prove(before, after, notes, probes=probes(after.load(), not_empty=made.never_empty))
        if not notes.has_errors:
            break
        reasons = notes.errors
    return _finished(text, notes)


def _notes(project: Project) -> Problems:
    """What is to be said of the file that is read."""
    notes = Problems()
    for warning in project.problems:
        notes.add(warning)
    return notes


def _text(body: Body, to: str, notes: Problems) -> str:
    return write_hcl(body, {}) if to == files.HCL else write_json(body, Source("", ""), notes)


def _load(definition: Definition) -> Project:
    project = definition.load()
    if project.problems.has_errors:
        raise InvalidBakeFile(project.problems)
    return project


def _result(text: str, to: str) -> tuple[Input, ...]:
    return (Input(Source(f"converted.{to}", text), to),)


def _finished(text: str, notes: Problems) -> Conversion:
    if notes.has_errors:
        raise InvalidBakeFile(notes)
    return Conversion(text, tuple(notes))


def _written(file: File, written_in: str, to: str, notes: Problems) -> str:
    """Write a file in another format."""
    body, comments = file.body, {}
    if written_in == files.JSON:
        body, comments = native_body(file, notes), remarks(file.source)
    if to == files.HCL:
        return write_hcl(body, comments)
    lost = [place for place, token in enumerate(file.tokens.kinds) if token in _COMMENTS]
    if lost:
        span = Span(file.source, file.tokens.starts[lost[0]], file.tokens.ends[lost[0]])
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        note(notes, "lost-comment", f"this comment{more} will be lost: JSON has no comments", span)
    return write_json(body, file.source, notes)
