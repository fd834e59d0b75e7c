"""Cases with small mistakes: `python tests/fuzz/mutations.py [COUNT] [SEED]` compares so many of them with buildx.

A mutation is a prefix of a bake file, or the file with one token left out, written twice, or swapped with the next one.
With a COUNT of 0 all are read by bakectl only: none may raise an exception or take long.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from contextlib import chdir
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import cases  # noqa: E402

from bakectl.bake.files import HCL, Input  # noqa: E402
from bakectl.bake.printing import definition_json  # noqa: E402
from bakectl.bake.project import load_project  # noqa: E402
from bakectl.bake.resolve import resolve  # noqa: E402
from bakectl.errors import InvalidBakeFile  # noqa: E402
from bakectl.source import Source  # noqa: E402
from bakectl.syntax.parser import parse  # noqa: E402
from bakectl.syntax.tokens import BLANK  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "docker-bake.hcl"
TARGETS = ("*",)
SLOW = 2.0
"""Seconds that a mutation may take."""


class Mutation(NamedTuple):
    """A bake file with one mistake, or with none by chance."""

    case: Path
    kind: str
    place: int
    text: str

    def __str__(self) -> str:
        return f"{self.case.parent.name}/{self.case.stem}, {self.kind} at {self.place}"


def files() -> list[Path]:
    """The bake files of the cases that are one file, but for those that buildx reads in another way."""
    found = sorted(cases.CASES.glob("*/*.hcl"))
    return [path for path in found if b"# differs: " not in path.read_bytes()]


def mutations(path: Path) -> Iterator[Mutation]:
    """All mutations of a bake file."""
    data = path.read_bytes().decode("utf-8", "replace")
    head = data.find("\n\n") if data.startswith("#") else -1
    text = data[head + 1 :] if head >= 0 else data
    pieces = [text[token.start : token.end] for token in parse(Source(NAME, text)).tokens]
    kinds = [token.kind for token in parse(Source(NAME, text)).tokens]
    for place in range(len(text)):
        yield Mutation(path, "prefix", place, text[:place])
    real = [place for place, kind in enumerate(kinds) if kind != BLANK]
    for place, following in zip(real, [*real[1:], None], strict=True):
        before, after = "".join(pieces[:place]), "".join(pieces[place + 1 :])
        yield Mutation(path, "without", place, before + after)
        yield Mutation(path, "doubled", place, f"{before}{pieces[place]} {pieces[place]}{after}")
        if following is not None:
            between = "".join(pieces[place + 1 : following])
            rest = "".join(pieces[following + 1 :])
            yield Mutation(path, "swapped", place, before + pieces[following] + between + pieces[place] + rest)


def sample(count: int, seed: int) -> list[Mutation]:
    """Some mutations, one of each of as many files; a new case changes but one of them."""
    order = sorted(files(), key=lambda path: sha256(f"{seed}/{path.parent.name}/{path.name}".encode()).digest())
    paths = [(turn, path) for turn in range(-(-count // len(order))) for path in order][:count]
    return [random.Random(f"{seed}/{turn}/{path.name}").choice(list(mutations(path))) for turn, path in paths]


def ask_bakectl(text: str) -> tuple[bool, str]:
    """Whether bakectl takes a file, and what it prints or says."""
    project = load_project((Input(Source(NAME, text), HCL),), cases.ENVIRONMENT)
    try:
        return True, definition_json(resolve(project, TARGETS))
    except InvalidBakeFile as error:
        return False, "; ".join(f"{item.span}: {item.message}" for item in error.diagnostics)


def ask_buildx(buildx: str, text: str, folder: Path) -> tuple[bool, str]:
    """The same of buildx."""
    (folder / NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    command = [buildx, "bake", "--print", *TARGETS]
    done = subprocess.run(command, cwd=folder, env=cases.ENVIRONMENT, capture_output=True, check=False)
    if done.returncode == 0:
        return True, done.stdout.decode()
    return False, done.stderr.decode(errors="replace").strip().rpartition("ERROR: ")[2]


def difference(mutation: Mutation, buildx: str, folder: Path) -> str | None:
    """What bakectl and buildx see differently in a mutation."""
    theirs = ask_buildx(buildx, mutation.text, folder)
    with chdir(folder):
        ours = ask_bakectl(mutation.text)
    if theirs[0] != ours[0]:
        return f"buildx {'takes' if theirs[0] else 'refuses'} it: {theirs[1][:300]}\n  bakectl: {ours[1][:300]}"
    if theirs[0] and json.loads(theirs[1]) != json.loads(ours[1]):
        return f"buildx prints {theirs[1]}\n  bakectl prints {ours[1]}"
    return None


def read_all(paths: list[Path]) -> tuple[int, list[str]]:
    """Let bakectl read all mutations of some files: how many they were, and which ones failed or took long."""
    count, faults = 0, []
    for path in paths:
        for mutation in mutations(path):
            count += 1
            begun = time.monotonic()
            try:
                ask_bakectl(mutation.text)
            except Exception as error:
                faults.append(f"{mutation}: {type(error).__name__}: {error}")
            if time.monotonic() - begun > SLOW:
                faults.append(f"{mutation}: took {time.monotonic() - begun:.1f} s")
    return count, faults


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    if count == 0:
        count, faults = read_all(files())
        print(*faults, f"{count} mutations read, {len(faults)} faults", sep="\n")
        return 1 if faults else 0
    buildx = os.environ.get("BAKECTL_BUILDX")
    if not buildx:
        sys.exit("set BAKECTL_BUILDX to the path of docker-buildx")
    found = 0
    with TemporaryDirectory() as folder:
        for mutation in sample(count, seed):
            told = difference(mutation, buildx, Path(folder))
            if told is not None:
                found += 1
                print(f"{mutation}\n  {told}\n{mutation.text}\n-----")
    print(f"{count} mutations, {found} differences")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
