"""`bakectl doctor`: what is there for builds, what is missing, and what to do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from bakectl.cli import definition, options, screen
from bakectl.cli.options import ONE, SWITCH, Option
from bakectl.doctor import OK, PROBLEM, WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.model import Plan, Project

_MARKS: Final = {OK: ("ok", "32"), WARNING: ("warning", "33"), PROBLEM: ("problem", "31")}


def run(
    *,
    targets: tuple[str, ...],
    file: tuple[str, ...],
    var: tuple[str, ...],
    builder: str | None,
    offline: bool | None,
    json: bool | None,
) -> int:
    """Look at everything that a build needs; the exit code is 1 when something is a problem."""
    from bakectl.doctor import Patient, examine

    found: list[Finding] = []
    for one in _project(targets, file, var):
        if isinstance(one, Finding):
            found.append(one)
            if not json:
                _show(one)
            continue
        project, plan = one
        for finding in examine(Patient(os.environ, project, plan, builder, bool(offline))):
            found.append(finding)
            if not json:
                _show(finding)
    if json:
        from json import dumps

        rows = [{"what": one.what, "state": one.state, "text": one.text, "help": one.help} for one in found]
        screen.write(dumps(rows, indent=2, ensure_ascii=False) + "\n")
    return 1 if any(one.state == PROBLEM for one in found) else 0


def _project(
    targets: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...]
) -> Iterator[Finding | tuple[Project | None, Plan | None]]:
    """What is said of the settings and the files, then the project and its plan, None where there is none."""
    from bakectl import api
    from bakectl.bake.files import DEFAULT_NAMES, named_files
    from bakectl.errors import InvalidBakeFile

    yield _settings()
    read = named_files(file, os.environ) or [name for name in DEFAULT_NAMES if os.path.exists(name)]  # noqa: PTH110
    if not read:
        yield Finding("bake file", WARNING, "there is none here", "write one: bakectl init")
        yield None, None
        return
    try:
        project = api.load(*file, variables=options.variables(var))
        plan = api.plan(project, *(targets or definition.all_targets(project)))
    except InvalidBakeFile as error:
        count = len(error.diagnostics)
        text = error.diagnostics[0].message + (f", and {count - 1} more" if count > 1 else "")
        yield Finding("bake file", PROBLEM, text, "bakectl check shows all with their places")
        yield None, None
        return
    names = ", ".join(read)
    count = len(plan.targets)
    yield Finding("bake file", OK, f"{names}: {count} target{'s' if count != 1 else ''}")
    yield project, plan


def _settings() -> Finding:
    from bakectl.ci.settings import read_settings as read_ci
    from bakectl.doctor import settings
    from bakectl.engine.builder_settings import read_builder
    from bakectl.errors import InvalidBakeFile
    from bakectl.lint.settings import read_settings as read_check
    from bakectl.settings import find_settings
    from bakectl.verifying.contract import read_contracts

    try:
        file = find_settings(".")
    except InvalidBakeFile as error:
        return Finding("settings", PROBLEM, "; ".join(one.message for one in error.diagnostics))
    readers = (read_check, read_ci, read_builder, read_contracts)
    return settings([lambda read=read: read(file) for read in readers], file.path)  # type: ignore[misc]


def _show(finding: Finding) -> None:
    word, colour = _MARKS[finding.state]
    padded = f"{word:<7}"
    if screen.wants_colour(sys.stdout):
        padded = f"\x1b[{colour}m{padded}\x1b[0m"
    screen.write(f"{padded}  {finding.what}: {finding.text}\n")
    for line in (finding.help or "").splitlines():
        screen.write(f"         {line}\n")


COMMAND = options.Command(
    name="doctor",
    help="Look at everything that a build needs: the files, Docker, buildx, the builder and its platforms, caches, "
    "registries, disk and clock. Each line is ok, a warning or a problem, with what to do; nothing is changed. "
    "The exit code is 1 when there is a problem.",
    run=run,
    argument=options.TARGETS,
    options=(
        options.FILE,
        options.VAR,
        Option(("--builder",), ONE, "NAME", "The builder to look at."),
        Option(("--offline",), SWITCH, "", "Ask no registry."),
        options.JSON,
    ),
    examples=("bakectl doctor", "bakectl doctor backend --builder farm"),
)
