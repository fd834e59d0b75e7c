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
    "explain": ("bakectl.cli.explain", "Show where every value comes from."),
    "graph": ("bakectl.cli.graph", "Draw groups, inheritance and linked contexts."),
    "report": ("bakectl.cli.report", "Show a finished run: times, cache hits, what it waited for."),
    "diff": ("bakectl.cli.diff", "Show what two resolved definitions differ in."),
    "tags": ("bakectl.cli.tags", "Print tags and labels from the branch, tag or pull request."),
    "check": ("bakectl.cli.check", "Find the mistakes that buildx swallows."),
    "fmt": ("bakectl.cli.fmt", "Bring bake files into the canonical layout."),
    "set": ("bakectl.cli.set", "Change settings of targets in the file."),
    "unset": ("bakectl.cli.set", "Remove settings of targets from the file."),
    "add": ("bakectl.cli.set", "Add items to lists of targets in the file."),
    "remove": ("bakectl.cli.set", "Remove items from lists of targets in the file."),
    "target add": ("bakectl.cli.names", "Write a new target."),
    "target remove": ("bakectl.cli.names", "Remove targets."),
    "target rename": ("bakectl.cli.names", "Rename a target, with every reference to it."),
    "target copy": ("bakectl.cli.names", "Write a target once more under another name."),
    "group add": ("bakectl.cli.names", "Add targets to a group."),
    "group remove": ("bakectl.cli.names", "Take targets out of a group, or remove it."),
    "group rename": ("bakectl.cli.names", "Rename a group, with every reference to it."),
    "variable add": ("bakectl.cli.names", "Write a new variable."),
    "variable set": ("bakectl.cli.names", "Give variables other defaults."),
    "variable remove": ("bakectl.cli.names", "Remove variables that nothing reads."),
    "variable rename": ("bakectl.cli.names", "Rename a variable, with every mention of it."),
    "platform add": ("bakectl.cli.platform", "Build targets for more platforms."),
    "platform remove": ("bakectl.cli.platform", "Build targets for fewer platforms."),
    "platform list": ("bakectl.cli.platform", "List the platforms of targets, and where they are written."),
    "cache set": ("bakectl.cli.cache", "Give targets a cache that they write and read."),
    "cache unset": ("bakectl.cli.cache", "Take caches from targets."),
    "cache show": ("bakectl.cli.cache", "Show what targets read and write."),
    "ci github": ("bakectl.cli.workflow", "Write the workflow of GitHub Actions."),
    "ci gitlab": ("bakectl.cli.workflow", "Write the pipeline of GitLab CI."),
    "ci matrix": ("bakectl.cli.ci", "Print the jobs of a CI matrix."),
    "ci merge": ("bakectl.cli.ci", "Join images that jobs have pushed by digest."),
    "doctor": ("bakectl.cli.doctor", "Say what builds need, what is missing, and what to do."),
    "builder plan": ("bakectl.cli.builder", "Show what makes the builder, and where each platform is built."),
    "builder up": ("bakectl.cli.builder", "Make or change the builder of the settings, and start it."),
    "builder status": ("bakectl.cli.builder", "Show the nodes of the builder."),
    "builder down": ("bakectl.cli.builder", "Remove the builder of the settings."),
    "init": ("bakectl.cli.init", "Write a bake file, Dockerfiles and .dockerignore for a folder."),
    "verify": ("bakectl.cli.verify", "Look into built images, and hold them against the plan."),
    "completion": ("bakectl.cli.completion", "Print the completion of a shell."),
    "convert": ("bakectl.cli.convert", "Write a JSON or Compose file as HCL, or HCL as JSON."),
}
"""Each command, the module that holds it, and its line in the help; a name of two words is a command of a group."""

GROUPS: Final[Mapping[str, str]] = {
    "target": "Add, remove, rename or copy targets.",
    "group": "Add targets to groups; remove or rename groups.",
    "variable": "Add, set, remove or rename variables.",
    "platform": "Add, remove or list the platforms of targets.",
    "cache": "Set, unset or show the caches of targets.",
    "ci": "Write workflows of CI, print their jobs, and join what these have built.",
    "builder": "Make, show or remove a builder of several nodes.",
}
"""The first words of commands of two words, and the line of each in the help."""

SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "Run": ("bake", "report", "doctor", "ci", "builder", "verify"),
    "See": ("print", "list", "explain", "graph", "diff", "tags", "check"),
    "Change": ("fmt", "set", "unset", "add", "remove", "target", "group", "variable", "platform", "cache"),
    "Make": ("init", "convert", "completion"),
}


_COMPLETE: Final = "__complete"
"""The word with which the script of a shell asks what can follow."""


def load_command(name: str) -> Command:
    """Import a command of the table; a module with several commands has them in `COMMANDS`."""
    from importlib import import_module

    module = import_module(COMMANDS[name][0])
    several: Mapping[str, Command] | None = getattr(module, "COMMANDS", None)
    command: Command = several[name] if several else module.COMMAND
    return command


def find_command(words: Sequence[str]) -> str | None:
    """The command that the words begin with, None when they begin with something else."""
    name = words[0] if words else ""
    if name in GROUPS:
        name = " ".join(words[:2])
    return name if name in COMMANDS else None


def main(words: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    from bakectl.cli import screen

    return screen.guard(lambda: _run(words))


def _run(words: Sequence[str]) -> int:
    from bakectl.cli.options import WrongCommandLine

    name = find_command(words)
    if words and words[0] == _COMPLETE:
        from bakectl.cli.completion import complete

        return complete(tuple(words[1:]))
    try:
        if name:
            from bakectl.cli.words import read_words

            command = load_command(name)
            values = read_words(command, words[1 + name.count(" ") :])
            if values is not None:
                return command.run(**values)
        from bakectl.cli.group import run_group

        return run_group(words)
    except WrongCommandLine as error:
        error.command = error.command or (f"bakectl {name}" if name else "bakectl")
        raise
