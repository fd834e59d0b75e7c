"""Tables of texts and of what is said about them, kept as plain files.

A row is a text on one line, with `\\n` for its newlines, and below it, indented, one line for each finding,
help and note. `pytest --update-cases` writes what is said today; the difference is for people to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from bakectl.diagnostics import Diagnostic
    from bakectl.source import Span

_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\"}


def escape(text: str) -> str:
    """A text on one line."""
    return "".join(
        _ESCAPES.get(character) or (character if character.isprintable() else f"\\u{ord(character):04x}")
        for character in text
    )


def unescape(line: str) -> str:
    return line.encode("latin-1", "backslashreplace").decode("unicode_escape")


def read(path: Path) -> dict[str, str]:
    """The rows of a table: what is expected for each text."""
    rows = path.read_text("utf-8").split("\n\n")
    return {unescape(text): said.rstrip("\n") for text, _, said in (row.strip("\n").partition("\n") for row in rows)}


def write(path: Path, texts: Iterable[str], say: Callable[[str], str]) -> None:
    path.write_text("\n\n".join(f"{escape(text)}\n{say(text)}" for text in texts) + "\n", "utf-8")


def tell(problems: Iterable[Diagnostic]) -> str:
    """Findings as indented lines."""
    lines: list[str] = []
    for problem in problems:
        assert problem.span
        lines.append(f"  {_place(problem.span)}: {problem.message}")
        lines.extend(f"    help: {line}" for line in (problem.help or "").splitlines())
        lines.extend(f"    {_place(note.span)}: {note.message}" for note in problem.notes)
    return "\n".join(lines)


def _place(span: Span) -> str:
    begin, finish = span.begin, span.finish
    if begin.line != finish.line:
        return f"{begin.line}:{begin.column}-{finish.line}:{finish.column}"
    return f"{begin.line}:{begin.column}-{finish.column}"
