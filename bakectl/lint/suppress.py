"""`# bakectl: ignore[rule, …]` hides findings on its line, or on the next one where it has a line of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.diagnostics import Diagnostic, Fix, Severity
from bakectl.record import Record
from bakectl.source import Span, TextEdit
from bakectl.suggest import did_you_mean
from bakectl.syntax import tokens as kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.lint.context import Context
    from bakectl.lint.run import Choice
    from bakectl.syntax.nodes import File

_IGNORE = re.compile(r"bakectl:\s*ignore\[([^\]\n]*)\]")


class Ignore(Record):
    """One rule that a comment ignores on a line."""

    file: File
    rule: str
    line: int
    span: Span
    comment: tuple[int, int]


def _ignores(file: File) -> Iterator[Ignore]:
    text = file.source.text
    if "bakectl:" not in text:
        return
    tokens = file.tokens
    for index, token in enumerate(tokens.kinds):
        if token not in (kind.LINE_COMMENT, kind.BLOCK_COMMENT):
            continue
        start, end = tokens.starts[index], tokens.ends[index]
        found = _IGNORE.search(text, start, end)
        if found is None:
            continue
        line = file.source.position(start).line
        is_alone = not text[file.source.starts[line - 1] : start].strip()
        place = found.start(1)
        for name in found[1].split(","):
            begin = place + len(name) - len(name.lstrip())
            span = Span(file.source, begin, begin + len(name.strip()))
            target = _next_line(file, line) if is_alone else line
            yield Ignore(file, name.strip(), target, span, (start, end))
            place += len(name) + 1


def _next_line(file: File, line: int) -> int:
    """The line below that is no comment."""
    source = file.source
    while line < len(source.starts) and source.line(line + 1).lstrip().startswith(("#", "//")):
        line += 1
    return line + 1


def suppressed(context: Context, found: list[Diagnostic], choice: Choice) -> Iterator[Diagnostic]:
    """What is left of the findings, and the ignores that hit nothing."""
    from bakectl.lint.rules import RULES

    ignores = [one for file in context.project.files for one in _ignores(file)]
    used: set[int] = set()
    for diagnostic in found:
        span = diagnostic.span
        hit = None
        if span is not None and ignores:
            line = span.begin.line
            for place, one in enumerate(ignores):
                if one.file.source is span.source and one.line == line and one.rule == diagnostic.rule:
                    hit = place
        if hit is None:
            yield diagnostic
        else:
            used.add(hit)
    for place, one in enumerate(ignores):
        if place not in used and choice.takes("unused-ignore") and choice.takes(one.rule):
            known = one.rule in RULES
            message = f'this hides no finding of "{one.rule}"' if known else f'there is no rule "{one.rule}"'
            help = "remove it" if known else did_you_mean(one.rule, RULES)
            alone = sum(other.comment == one.comment for other in ignores) == 1
            edit = TextEdit(Span(one.file.source, *_whole(one)), "")
            fix = Fix("remove the comment", (edit,)) if alone else None
            yield Diagnostic(Severity.WARNING, "unused-ignore", message, one.span, (), help, fix)


def _whole(one: Ignore) -> tuple[int, int]:
    """The comment with the blanks before it, and its line if it has one for itself; its newline otherwise stays."""
    text = one.file.source.text
    start, end = one.comment
    begin = start
    while begin > 0 and text[begin - 1] in " \t":
        begin -= 1
    if begin == 0 or text[begin - 1] == "\n":
        return begin, end
    return begin, end - 1 if text[end - 1 : end] == "\n" else end
