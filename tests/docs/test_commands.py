"""Each command line that a page or a manual shows is one that bakectl takes; the pages' own tests run what they can."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from bakectl.cli import COMMANDS, find_command, load_command
from bakectl.cli.group import TableCommand

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(sh|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINES = {
    "sh": re.compile(r"^(bakectl .*)$", re.MULTILINE),
    "console": re.compile(r"^\$ (bakectl .*)$", re.MULTILINE),
}


def shown() -> Iterator[tuple[str, str]]:
    """Each command line with the page that shows it."""
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        for kind, block in _BLOCK.findall(page.read_text("utf-8")):
            for line in _LINES[kind].findall(block.replace("\\\n", " ")):
                yield page.relative_to(ROOT).as_posix(), line
    for name in COMMANDS:
        for line in load_command(name).examples:
            yield f"the help of {name}", line


def _words(line: str) -> list[str]:
    """The words up to the first that is the shell's."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.wordchars += "*+,:{}[]%@$!^"
    words: list[str] = []
    for word in lexer:
        if set(word) <= set("();<>|&"):
            break
        words.append(word)
    return words[1:]


SHOWN = sorted(set(shown()))


def test_there_are_commands() -> None:
    assert {find_command(_words(line)) for _, line in SHOWN} >= COMMANDS.keys()


@pytest.mark.parametrize(("page", "line"), SHOWN, ids=[f"{page}: {line}" for page, line in SHOWN])
def test_command_is_taken(page: str, line: str) -> None:
    words = _words(line)
    if words[0].startswith("--"):
        assert words in (["--version"], ["--help"])
        return
    name = find_command(words)
    assert name is not None, f"{page}: there is no such command"
    command = TableCommand(load_command(name))
    try:
        command.make_context(name, words[1 + name.count(" ") :])
    except click.exceptions.Exit:
        assert "--help" in words
