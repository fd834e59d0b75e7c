"""The command line as data: what a command takes, and the options that several commands share.

From these tables both readers of a command line work: `words.py`, which needs no click, and `group.py`, which is click.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

# Kinds: what an option gives to its command.
ONE: Final = "one"  # str, or None when it is not there
MANY: Final = "many"  # tuple[str, ...]
SWITCH: Final = "switch"  # bool, or None when it is not there; `--name`, `--name=false`


class Option(Record):
    """One option; its value goes to the command's function as the keyword `key`."""

    names: tuple[str, ...]
    kind: str
    metavar: str
    help: str
    choices: tuple[str, ...] = ()
    section: str = "Options"

    @property
    def key(self) -> str:
        return self.names[-1].removeprefix("--").replace("-", "_")


class Argument(Record):
    """The words of a command that are no options; they go to its function as a tuple."""

    key: str
    metavar: str


class Command(Record):
    """One command: what it takes, and the function that does it and returns the exit code."""

    name: str
    help: str
    run: Callable[..., int]
    argument: Argument
    options: tuple[Option, ...]
    examples: tuple[str, ...]


class WrongCommandLine(Exception):
    """What the user typed makes no sense to the command: exit code 2."""

    def __init__(self, message: str, command: str = "") -> None:
        self.message = message
        self.command = command
        super().__init__(message)


FILE: Final = Option(
    ("-f", "--file"), MANY, "FILE", "A bake file, or - for stdin; repeatable.", section="Files and values"
)
VAR: Final = Option(
    ("--var",),
    MANY,
    "NAME=VALUE",
    "The value of a variable; beats the environment; repeatable.",
    section="Files and values",
)
SET: Final = Option(
    ("--set",),
    MANY,
    "TARGET.KEY=VALUE",
    "Override a setting; TARGET may be a pattern, += appends; repeatable.",
    section="Files and values",
)
PUSH: Final = Option(("--push",), SWITCH, "", "Push the images to their registry.", section="Settings of all targets")
LOAD: Final = Option(("--load",), SWITCH, "", "Load the images into docker.", section="Settings of all targets")
NO_CACHE: Final = Option(("--no-cache",), SWITCH, "", "Build without cache.", section="Settings of all targets")
PULL: Final = Option(("--pull",), SWITCH, "", "Look up all base images again.", section="Settings of all targets")
PROVENANCE: Final = Option(
    ("--provenance",),
    ONE,
    "VALUE",
    "Provenance attestation: true, false or mode=max.",
    section="Settings of all targets",
)
SBOM: Final = Option(
    ("--sbom",), ONE, "VALUE", "SBOM attestation: true, false or generator=IMAGE.", section="Settings of all targets"
)
CALL: Final = Option(
    ("--call",),
    ONE,
    "METHOD",
    "Do this instead of building: check, outline or targets.",
    section="Settings of all targets",
)
CHECK: Final = Option(("--check",), SWITCH, "", "The same as --call check.", section="Settings of all targets")
TAGS: Final = Option(
    ("--tags",),
    ONE,
    "auto",
    "Tags and labels from the branch, tag or pull request, in place of the tags of the file.",
    ("auto",),
    "Build",
)
ALLOW: Final = Option(("--allow",), MANY, "PRIVILEGE", "Grant a privilege to the build; repeatable.")
JSON: Final = Option(("--json",), SWITCH, "", "Print JSON.")

TARGETS: Final = Argument("targets", "[TARGET]...")


def variables(given: tuple[str, ...]) -> dict[str, str]:
    """Read the values of `--var`; an empty one counts for nothing, as in buildx."""
    values: dict[str, str] = {}
    for text in given:
        name, sign, value = text.partition("=")
        if text and not (name and sign):
            raise WrongCommandLine(f'--var "{text}" has no {"value" if name else "name"}: write --var NAME=VALUE')
        if text:
            values[name] = value
    return values
