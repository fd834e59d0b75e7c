"""`bakectl completion`: the script that lets a shell complete command lines of bakectl."""

from __future__ import annotations

import os
from typing import Final

from bakectl.cli import options, screen
from bakectl.cli.options import WrongCommandLine

SHELLS: Final = ("bash", "zsh", "fish")


def run(*, words: tuple[str, ...]) -> int:
    """Print the script of a shell."""
    shell = words[0] if words else os.path.basename(os.environ.get("SHELL", ""))  # noqa: PTH119
    if len(words) > 1 or shell not in SHELLS:
        raise WrongCommandLine(f"name one shell: {', '.join(SHELLS)}")
    path = os.path.join(os.path.dirname(__file__), "shells", f"bakectl.{shell}")  # noqa: PTH118, PTH120
    with open(path, encoding="utf-8") as file:  # noqa: PTH123
        screen.write(file.read())
    return 0


def complete(words: tuple[str, ...]) -> int:
    """Answer a shell: its name, then the words after `bakectl`; bash gives the whole line and the cursor's place."""
    from bakectl.cli.completing import answer, words_of_line

    shell, *typed = words or ("bash",)
    if shell == "bash-line":
        line, point = (*typed, "", "")[:2]
        typed = words_of_line(line, int(point) if point.isdecimal() else len(line))
    screen.write(answer(shell.partition("-")[0], typed))
    return 0


COMMAND = options.Command(
    name="completion",
    help="Print the script that completes commands, options, targets, groups, fields and platforms in bash, zsh or "
    "fish; without a name, for the shell of $SHELL.",
    run=run,
    argument=options.Argument("words", "bash|zsh|fish"),
    options=(),
    examples=("bakectl completion bash", "bakectl completion zsh"),
)
