"""`bakectl init`: the bake file of a folder, with all that it needs."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bakectl.cli import new_file, options, screen
from bakectl.cli.options import ONE, SWITCH, Option, WrongCommandLine
from bakectl.diagnostics import Problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_OTHERS = ("docker-bake.json", "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_NEXT = ("bakectl list", "bakectl bake --dry-run", "bakectl bake")


def run(*, folder: tuple[str, ...], workspace: str | None, force: bool | None, dry_run: bool | None) -> int:
    """Look at the folder, and write what it has not."""
    from bakectl.scaffold.check import resolved
    from bakectl.scaffold.discover import discover
    from bakectl.scaffold.write import BAKE_FILE, project_files

    place = _place(folder)
    problems = Problems()
    findings = discover(place, workspace, problems)
    files = {os.path.normpath(os.path.join(place, path)): text for path, text in project_files(findings).items()}  # noqa: PTH118
    bake_file = os.path.normpath(os.path.join(place, BAKE_FILE))  # noqa: PTH118
    resolved(bake_file, files[bake_file])
    screen.show(problems)
    wanted = _wanted(files, force=bool(force))
    if not dry_run:
        new_file.check(*wanted, force=bool(force))
    if not wanted:
        screen.write("nothing to write: all files are there\n")
        return 0
    for path, text in wanted.items():
        if dry_run:
            if not force and os.path.lexists(path):
                screen.say(f"help: {path} is there already, and --force would overwrite it")
            screen.write(f"==> {path} <==\n{text}\n")
        else:
            new_file.write(path, text, force=bool(force))
            screen.write(f"wrote {path}\n")
    _say_next(
        place, dry_run=bool(dry_run), needs_lock=findings.workspace is not None and not findings.workspace.has_lock
    )
    return 0


def _place(folder: Sequence[str]) -> str:
    if len(folder) > 1:
        raise WrongCommandLine(f'"{folder[1]}" is too much: one folder at a time')
    place = folder[0] if folder else "."
    if not os.path.isdir(place):  # noqa: PTH112
        raise WrongCommandLine(f"there is no folder {place}")
    return place


def _wanted(files: Mapping[str, str], *, force: bool) -> dict[str, str]:
    """The files that are not there as they should be; what somebody keeps from the engine stays as it is."""
    wanted: dict[str, str] = {}
    for path, text in files.items():
        before = _read(path)
        if before is not None and before != text and not force and path.endswith(".dockerignore"):
            screen.say(f"kept {path}")
        elif before != text:
            wanted[path] = text
    return wanted


def _read(path: str) -> str | None:
    try:
        with open(path, encoding="utf-8", errors="replace", newline="") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return None


def _say_next(place: str, *, dry_run: bool, needs_lock: bool) -> None:
    """Say what comes next, and what would spoil it."""
    others = [name for name in _OTHERS if os.path.exists(os.path.join(place, name))]  # noqa: PTH110, PTH118
    if others:
        screen.say(f"help: buildx reads {', '.join(others)} as well when no file is named")
    if dry_run:
        return
    steps = [*(["cargo generate-lockfile"] if needs_lock else []), *_NEXT]
    screen.say("next: " + "\n      ".join(steps))


COMMAND = options.Command(
    name="init",
    help="Write docker-bake.hcl, and what it needs, for what the folder holds: the binaries of a Cargo workspace, "
    "with their Dockerfiles, or the Dockerfiles that are there. No file is overwritten without --force.",
    run=run,
    argument=options.Argument("folder", "[FOLDER]"),
    options=(
        Option(("--workspace",), ONE, "DIR", "Write Dockerfiles for the Cargo workspace in this folder."),
        Option(("--force",), SWITCH, "", "Overwrite files that are there."),
        Option(("--dry-run",), SWITCH, "", "Show the files, and write nothing."),
    ),
    examples=("bakectl init", "bakectl init --workspace services --dry-run", "bakectl init --force"),
)
