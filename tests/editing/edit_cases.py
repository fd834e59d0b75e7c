"""Reads the cases of `tests/cases/edit`: a command, a bake file before it, and the same file after it.

The first lines `# $ command` are no part of the file. Then follows the file, a line `# --- after`, and the file after the
command, which is left out where nothing is to change; a line `# --- says` comes before what the command writes to stderr.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases" / "edit"
_AFTER, _SAYS = "# --- after\n", "# --- says\n"


@dataclass(frozen=True)
class Case:
    """A command and what it should do to a file."""

    path: Path
    words: tuple[str, ...]
    head: str
    before: str
    after: str
    says: str

    @property
    def id(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    def write(self, after: str, says: str) -> None:
        """Rewrite the case with what the command does now."""
        parts = [self.head, self.before]
        if after != self.before:
            parts += [_AFTER, after]
        if says:
            parts += [_SAYS, says]
        self.path.write_text("".join(parts), "utf-8")


def read_cases() -> list[Case]:
    """All cases, sorted by name."""
    return [_read(path) for path in sorted(CASES.glob("*/*.hcl"))]


def _read(path: Path) -> Case:
    text, _, says = path.read_text("utf-8").partition(_SAYS)
    text, mark, after = text.partition(_AFTER)
    head, _, before = text.partition("\n")
    assert head.startswith("# $ "), f"{path} has no command"
    words = tuple(shlex.split(head.removeprefix("# $ ")))
    return Case(path, words, f"{head}\n", before, after if mark else before, says)
