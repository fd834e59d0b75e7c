"""`bakectl fmt`: bake files in the canonical layout."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from bakectl.bake import files
from bakectl.cli import options, screen
from bakectl.cli.options import SWITCH, Option
from bakectl.diagnostics import Problems
from bakectl.errors import BakectlError, InvalidBakeFile

if TYPE_CHECKING:
    from bakectl.bake.files import Input

CHECK: Final = Option(("--check",), SWITCH, "", "Write nothing; exit with 1 if a file is not in the canonical layout.")
DIFF: Final = Option(("--diff",), SWITCH, "", "Show the changes, and write nothing.")
_STDIN: Final = "-"


def run(*, paths: tuple[str, ...], check: bool | None, diff: bool | None, json: bool | None) -> int:
    """Bring files into the canonical layout, each for itself; a file that cannot be read or written stops no other."""
    problems = Problems()
    changed: list[str] = []
    for given in _inputs(paths, problems):
        after = _formatted(given, problems)
        if after is None:
            continue
        is_stdin = _STDIN in paths and given.source.path == "<stdin>"
        if after != given.source.text:
            changed.append(given.source.path)
            if diff:
                _show_diff(given, after)
            elif not check and not is_stdin:
                _write(given, after, problems)
        if is_stdin and not (check or diff or json):
            screen.write(after)
            changed = []
    screen.show(problems)
    if json:
        from json import dumps

        screen.write(dumps({"changed": changed}, indent=2, ensure_ascii=False) + "\n")
    elif not diff:
        screen.write("".join(f"{path}\n" for path in changed))
    return InvalidBakeFile.exit_code if problems.has_errors else 1 if check and changed else 0


def _inputs(paths: tuple[str, ...], problems: Problems) -> list[Input]:
    """The files to format: those named, else those of the default names that are HCL."""
    named = paths or [name for name in files.DEFAULT_NAMES if name.endswith(".hcl") and os.path.exists(name)]  # noqa: PTH110
    found: list[Input] = []
    if not named:
        help = "name a file, or - for standard input"
        problems.error("no-bake-file", "there is no docker-bake.hcl in this folder", None, help=help)
    for name in named:
        try:
            found += files.read_files((name,), os.environ, sys.stdin.buffer if sys.stdin else None)
        except InvalidBakeFile as error:
            for diagnostic in error.diagnostics:
                if diagnostic.rule != "no-bake-file":
                    problems.add(diagnostic)
    return found


def _formatted(given: Input, problems: Problems) -> str | None:
    """The text of a file in the canonical layout; None, with a problem reported, for one that has no such."""
    from bakectl.rewrite.format import format_edits
    from bakectl.source import apply_edits
    from bakectl.syntax.parser import parse

    if given.format != files.HCL:
        what = "JSON" if given.format == files.JSON else "a Compose file"
        help = f"bakectl convert {given.source.path} makes HCL of it"
        problems.error("not-hcl", f"{given.source.path} is {what}, and only HCL has a layout", None, help=help)
        return None
    file = parse(given.source)
    for problem in file.problems:
        problems.add(problem)
    if file.problems:
        return None
    edits = format_edits(file.tokens)
    return apply_edits(given.source, edits).text if edits else given.source.text


def _show_diff(given: Input, after: str) -> None:
    from bakectl.cli.editing import diff
    from bakectl.editing.session import Written

    screen.write(diff(Written(given.source.path, given.source.text, after)))


def _write(given: Input, after: str, problems: Problems) -> None:
    from bakectl.source import Source
    from bakectl.writing import write_file

    try:
        write_file(given.source.path, given.source.encode(), Source(given.source.path, after).encode())
    except BakectlError as error:
        for diagnostic in error.diagnostics:
            problems.add(diagnostic)


COMMAND = options.Command(
    name="fmt",
    help="Bring bake files into the canonical layout: that of terraform fmt. Only white space changes. "
    "Without a file, docker-bake.hcl and docker-bake.override.hcl are meant; - reads standard input.",
    run=run,
    argument=options.Argument("paths", "[FILE]..."),
    options=(CHECK, DIFF, options.JSON),
    examples=("bakectl fmt", "bakectl fmt --check --diff", "bakectl fmt - < docker-bake.hcl"),
)
