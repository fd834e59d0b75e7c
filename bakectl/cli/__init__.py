"""The command line: the table of commands, and the way from words to a command.

A command is a module with `COMMAND`, an `options.Command`. Nothing of it is imported before it is asked for, and click
only when there is something to explain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.cli.options import Command

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "bake": ("bakectl.cli.bake", "Build targets with docker buildx bake."),
    "print": ("bakectl.cli.print", "Print what would be built, as docker buildx bake --print."),
    "list": ("bakectl.cli.list", "List targets, groups, variables or functions."),
    "convert": ("bakectl.cli.convert", "Write a JSON or Compose file as HCL, or HCL as JSON."),
}
"""Each command, the module that holds it, and its line in the help."""

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "Run": ("bake",),
    "See": ("print", "list"),
    "Make": ("convert",),
}


def load_command(name: str) -> Command:
    """Import a command of the table."""
    from importlib import import_module

    command: Command = import_module(COMMANDS[name][0]).COMMAND
    return command


def main(words: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    from bakectl.cli import screen

    return screen.guard(lambda: _run(words))


def _run(words: Sequence[str]) -> int:
    from bakectl.cli.options import WrongCommandLine

    name = words[0] if words and words[0] in COMMANDS else None
    try:
        if name:
            from bakectl.cli.words import read_words

            command = load_command(name)
            values = read_words(command, words[1:])
            if values is not None:
                return command.run(**values)
        from bakectl.cli.group import run_group

        return run_group(words)
    except WrongCommandLine as error:
        error.command = error.command or (f"bakectl {name}" if name else "bakectl")
        raise
