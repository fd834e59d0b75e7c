"""Reads the cases of `tests/cases/eval`: what to run, in which environment, and the golden beside it.

A case is a file `<area>/<name>.hcl`, or a folder `<area>/<name>/` with a file `cmd`. The leading comment lines
`# $ [NAME=value …] print [argument …] [< file]` of the file, or the lines of `cmd`, are the runs; a file without
such a line has one run, `print`. The golden of a run is `<name>.json`, or `<name>.err` if buildx refuses the file;
where there are several runs, `<name>.1.json`, `<name>.2.err` and so on. A line `# differs: reason` says that the golden
is written by hand, because the buildx that we test with differs from the official one; a line `# place: 3 reason` says
that bakectl points at line 3 of the file, and why not at the line that buildx names.
"""

from __future__ import annotations

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = Path(__file__).parent / "cases" / "eval"
DEFAULT_NAME = "docker-bake.hcl"
ENVIRONMENT = {"HOME": "/nonexistent", "PATH": "/usr/bin:/bin"}
SUFFIXES = (".json", ".err")

_PLACE = re.compile(r"# place: (\d+) \w.*")
_ASSIGNMENT = re.compile(r"([^=]+)=(.*)", re.DOTALL)


@dataclass(frozen=True)
class Notes:
    """What a case says about itself: why buildx differs, and the line to point at if it is not the one of buildx."""

    differs: str | None
    place: int | None


@dataclass(frozen=True)
class Run:
    """One command over the files of one case."""

    source: Path
    stem: str
    environment: dict[str, str]
    arguments: tuple[str, ...]
    stdin: str | None
    notes: Notes

    @property
    def id(self) -> str:
        return f"{self.source.parent.name}/{self.stem}"

    @property
    def golden(self) -> Path | None:
        """The golden file, or None if there is none yet."""
        return next((path for path in self.goldens if path.exists()), None)

    @property
    def goldens(self) -> tuple[Path, ...]:
        """The places at which a golden may be."""
        return tuple(self.source.parent / f"{self.stem}{suffix}" for suffix in SUFFIXES)

    def unpack(self, folder: Path) -> None:
        """Copy the files of the case into an empty folder."""
        if self.source.is_dir():
            shutil.copytree(self.source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("cmd"))
        else:
            shutil.copyfile(self.source, folder / DEFAULT_NAME)

    def standard_input(self, folder: Path) -> bytes:
        """The bytes to feed, once the case is unpacked into the folder."""
        return (folder / self.stdin).read_bytes() if self.stdin else b""


def read_runs(root: Path = CASES) -> Iterator[Run]:
    """Yield the runs of all cases, sorted by name."""
    for source in sorted(root.glob("*/*")):
        if source.suffix == ".hcl" and source.is_file():
            yield from _read_case(source, source.stem, _leading_comments(source))
        elif (source / "cmd").is_file():
            yield from _read_case(source, source.name, (source / "cmd").read_text("utf-8").splitlines())


def orphans(root: Path = CASES) -> list[Path]:
    """List the goldens that belong to no run, and the second golden of a run that has two."""
    known = {run.golden for run in read_runs(root)}
    return sorted(path for path in root.glob("*/*") if path.suffix in SUFFIXES and path not in known)


def _leading_comments(source: Path) -> list[str]:
    text = source.read_bytes().decode("utf-8-sig", "replace")
    lines = (line.strip() for line in text.split("\n"))
    comments = []
    for line in lines:
        if not line.startswith("#"):
            break
        comments.append(line)
    return comments


def _read_case(source: Path, name: str, lines: list[str]) -> Iterator[Run]:
    commands = [line.removeprefix("# $ ") for line in lines if line.startswith("# $ ") or line[:1] not in ("", "#")]
    notes = _read_notes(lines)
    for number, command in enumerate(commands or ["print"], 1):
        stem = f"{name}.{number}" if len(commands) > 1 else name
        yield _read_command(source, stem, shlex.split(command), notes)


def _read_notes(lines: list[str]) -> Notes:
    differs = next((line.partition(": ")[2] for line in lines if line.startswith("# differs: ")), None)
    place = next((int(match[1]) for match in map(_PLACE.fullmatch, lines) if match), None)
    return Notes(differs, place)


def _read_command(source: Path, stem: str, words: list[str], notes: Notes) -> Run:
    environment = dict(ENVIRONMENT)
    while assignment := _ASSIGNMENT.fullmatch(words[0]):
        environment[assignment[1]] = assignment[2]
        del words[0]
    if words[0] != "print":
        message = f"{source}: {words[0]!r} is not a command of a case"
        raise ValueError(message)
    stdin = None
    if words[-2:-1] == ["<"]:
        *words, _, stdin = words
    return Run(source, stem, environment, tuple(words[1:]), stdin, notes)
