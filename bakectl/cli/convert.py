"""`bakectl convert`: a bake file in another format, proved to mean the same."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bakectl.bake.files import COMPOSE, DEFAULT_NAMES, HCL, JSON, named_files, read_files
from bakectl.cli import new_file, options, screen
from bakectl.cli.options import ONE, SWITCH, Option, WrongCommandLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.bake.files import Input

_SHOWN = {HCL: "HCL", JSON: "JSON", COMPOSE: "a Compose file"}


def run(
    *,
    sources: tuple[str, ...],
    file: tuple[str, ...],
    var: tuple[str, ...],
    to: str | None,
    resolved: bool | None,
    output: str | None,
    force: bool | None,
) -> int:
    """Write the file in its other format, and what is to be said about it."""
    from bakectl.convert.conversion import convert, convert_resolved

    wanted = _wanted(to, output)
    inputs = _read((*file, *sources))
    target = wanted or (JSON if inputs[0].format == HCL else HCL)
    if target == inputs[0].format and not resolved:
        help = "bakectl fmt lays it out" if target == HCL else "--resolved writes what it comes to"
        raise WrongCommandLine(f"{inputs[0].source.path} is {_SHOWN[target]} already; {help}")
    if output is not None:
        new_file.check(output, force=bool(force))
    made = (convert_resolved if resolved else convert)(inputs, target, os.environ, options.variables(var))
    screen.show(made.notes)
    if output is None:
        screen.write(made.text)
        return 0
    new_file.write(output, made.text, force=bool(force))
    screen.say(f"wrote {output}")
    _warn_of_both(inputs, output)
    return 0


def _wanted(to: str | None, output: str | None) -> str | None:
    """The format that the command line asks for, by its name or by the name of the file."""
    suffix = os.path.splitext(output or "")[1].removeprefix(".")  # noqa: PTH122
    named = suffix if suffix in (HCL, JSON) else None
    if to and named and to != named:
        raise WrongCommandLine(f'buildx would read "{output}" as {_SHOWN[named]}, and --to says {_SHOWN[to]}')
    return to or named


def _read(paths: Sequence[str]) -> tuple[Input, ...]:
    """Read one file, or several Compose files, which merge."""
    if not named_files(paths, os.environ):
        found = [name for name in DEFAULT_NAMES if os.path.exists(name)]  # noqa: PTH110
        if len(found) > 1:
            raise WrongCommandLine(f"there are {', '.join(found)} here: name the one to convert")
    inputs = read_files(paths, os.environ, sys.stdin.buffer if sys.stdin else None)
    if len(inputs) > 1 and any(given.format != COMPOSE for given in inputs):
        raise WrongCommandLine("one file is converted at a time; only Compose files merge into one")
    return inputs


def _warn_of_both(inputs: Sequence[Input], output: str) -> None:
    """Say that buildx will read the old file too, where it finds both by their names."""
    folder, name = os.path.split(output)
    old = [os.path.split(given.source.path) for given in inputs]
    both = [other for place, other in old if place == folder and other in DEFAULT_NAMES and other != name]
    if both and name in DEFAULT_NAMES:
        screen.say(
            f"help: buildx reads {', '.join(both)} as well when no file is named: remove it, or name one with -f"
        )


COMMAND = options.Command(
    name="convert",
    help="Write docker-bake.json or Compose files as HCL, or HCL as JSON. "
    "Both are resolved and compared before anything is written.",
    run=run,
    argument=options.Argument("sources", "[FILE]..."),
    options=(
        options.FILE,
        options.VAR,
        Option(("--to",), ONE, "FORMAT", "The format to write: hcl or json.", choices=(HCL, JSON)),
        Option(("--resolved",), SWITCH, "", "Write what the file comes to, without variables and functions."),
        Option(("-o", "--output"), ONE, "FILE", "Write this file instead of to stdout."),
        Option(("--force",), SWITCH, "", "Overwrite the file if it is there."),
    ),
    examples=(
        "bakectl convert docker-bake.json -o docker-bake.hcl",
        "bakectl convert compose.yaml compose.override.yaml",
        "bakectl convert docker-bake.hcl --resolved",
    ),
)
