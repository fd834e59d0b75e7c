"""`bakectl check`: the mistakes that buildx swallows."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from bakectl.cli import options, screen
from bakectl.cli.options import MANY, ONE, SWITCH, Option, WrongCommandLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bakectl.bake.files import Input
    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.run import Choice
    from bakectl.lint.settings import Settings

    Check = Callable[[Sequence[Input]], list[Diagnostic]]

_FORMATS: Final = ("text", "json", "sarif", "github")
_LEVELS: Final = ("error", "warning", "info")
_ROUNDS: Final = 5
"""How often fixes are applied, for one may show or hide another."""


def run(
    *,
    words: tuple[str, ...],
    file: tuple[str, ...],
    var: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fail_on: str | None,
    buildx: str | None,
    format: str | None,
    buildkit: bool | None,
    fix: bool | None,
    unsafe_fixes: bool | None,
    diff: bool | None,
    json: bool | None,
) -> int:
    """Check the files, mend what can be mended, show the rest, and fail if something is left."""
    from bakectl.bake.files import read_files
    from bakectl.bake.project import load_project
    from bakectl.lint.run import check, fails
    from bakectl.lint.settings import read_settings, read_version
    from bakectl.settings import find_settings

    if words:
        raise WrongCommandLine(f'"{words[0]}" is too much: name a file with -f')
    settings = read_settings(find_settings("."))
    choice = _choice(settings, select, ignore)
    version = read_version(buildx) if buildx else settings.buildx
    variables = options.variables(var)
    inputs = read_files(file, os.environ, sys.stdin.buffer if sys.stdin else None)

    def checked(given: Sequence[Input]) -> list[Diagnostic]:
        return check(load_project(given, os.environ, variables), choice, version)

    found = checked(inputs)
    if fix or unsafe_fixes or diff:
        found = _mend(inputs, found, checked, unsafe=bool(unsafe_fixes), is_shown=bool(diff))
    if buildkit:
        found += _of_dockerfiles(inputs, file, variables)
    _show(found, "json" if json else format or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"))
    return 1 if fails(found, fail_on or settings.fail_on) else 0


def _choice(settings: Settings, select: tuple[str, ...], ignore: tuple[str, ...]) -> Choice:
    """The rules that the command line and the settings name together; those selected on the line win."""
    from bakectl.lint.rules import FAMILIES, RULES
    from bakectl.lint.run import Choice, unknown_names
    from bakectl.suggest import did_you_mean

    chosen, left_out = (tuple(word for text in texts for word in text.split(",") if word) for texts in (select, ignore))
    for word in unknown_names((*chosen, *left_out)):
        hint = did_you_mean(word, (*RULES, *FAMILIES))
        raise WrongCommandLine(f'there is no rule or family "{word}"{f"; {hint}" if hint else ""}')
    return Choice(chosen or settings.choice.select, (*settings.choice.ignore, *left_out))


def _mend(
    inputs: tuple[Input, ...], found: list[Diagnostic], check: Check, *, unsafe: bool, is_shown: bool
) -> list[Diagnostic]:
    """Apply fixes until nothing changes, and write the files, or show what would be written; return what is left."""
    from bakectl.cli.editing import diff
    from bakectl.editing.session import Written
    from bakectl.lint.fixes import apply_fixes
    from bakectl.writing import write_file

    current, left = inputs, found
    for _ in range(_ROUNDS):
        mended = apply_fixes(current, left, unsafe=unsafe)
        if all(after.source.text == before.source.text for before, after in zip(current, mended, strict=True)):
            break
        current, left = mended, check(mended)
    for before, after in zip(inputs, current, strict=True):
        if before.source.text == after.source.text:
            continue
        if is_shown:
            screen.write(diff(Written(before.source.path, before.source.text, after.source.text)))
        else:
            write_file(before.source.path, before.source.encode(), after.source.encode())
            screen.say(f"mended {before.source.path}")
    return found if is_shown else left


def _of_dockerfiles(inputs: tuple[Input, ...], file: tuple[str, ...], variables: dict[str, str]) -> list[Diagnostic]:
    """What BuildKit says of the Dockerfiles of all targets; raises InvalidBakeFile when they cannot be resolved."""
    from bakectl.bake.project import load_project
    from bakectl.bake.resolve import resolve
    from bakectl.engine.dockerfile_checks import check_dockerfiles

    project = load_project(inputs, os.environ, variables)
    plan = resolve(project, tuple(project.targets))
    return check_dockerfiles(plan, file, variables, os.environ)


def _show(found: list[Diagnostic], kind: str) -> None:
    if kind == "json":
        from bakectl.report.json import render

        screen.write(render(found))
    elif kind == "sarif":
        from bakectl import __version__
        from bakectl.report.sarif import render as render_sarif

        screen.write(render_sarif(found, __version__))
    elif kind == "github":
        from bakectl.report.github import render as render_github

        screen.write(render_github(found))
    else:
        from bakectl.report.text import render as render_text

        screen.write(render_text(found, colour=screen.wants_colour(sys.stdout)))
    if kind in ("text", "github"):
        screen.say(_summary(found))


def _summary(found: list[Diagnostic]) -> str:
    """How many findings there are, and how many can be mended."""
    if not found:
        return "nothing found"
    counts = {level: sum(one.severity.value == level for one in found) for level in _LEVELS}
    names = {"error": "error", "warning": "warning", "info": "hint"}
    parts = [f"{count} {names[level]}{'s' if count > 1 else ''}" for level, count in counts.items() if count]
    fixable = sum(one.fix is not None and one.fix.safe for one in found)
    mendable = f"; --fix mends {fixable}" if fixable else ""
    return f"{', '.join(parts)}{mendable}"


COMMAND = options.Command(
    name="check",
    help="Find the mistakes that buildx swallows: unknown attributes, options and targets, caches and tags that "
    "overwrite one another, what the Dockerfiles do not have. Exits with 1 when something is found.",
    run=run,
    argument=options.Argument("words", ""),
    options=(
        options.FILE,
        options.VAR,
        Option(("--select",), MANY, "RULE", "Only these rules or families, comma-separated; repeatable."),
        Option(("--ignore",), MANY, "RULE", "Not these rules or families; repeatable."),
        Option(("--fail-on",), ONE, "LEVEL", "Fail on error, warning (the default) or info.", _LEVELS),
        Option(("--buildx",), ONE, "VERSION", "The oldest buildx that the files are for."),
        Option(("--format",), ONE, "FORMAT", "text, json, sarif or github.", _FORMATS),
        Option(("--buildkit",), SWITCH, "", "Let BuildKit check the Dockerfiles as well; needs an engine."),
        Option(("--fix",), SWITCH, "", "Mend what can be mended without changing what is built."),
        Option(("--unsafe-fixes",), SWITCH, "", "Mend the rest as well."),
        Option(("--diff",), SWITCH, "", "Show the fixes, and write nothing."),
        options.JSON,
    ),
    examples=("bakectl check", "bakectl check --fix", "bakectl check --select names,cache --format sarif"),
)
