"""The Dockerfiles of a folder: their stages, the arguments worth a variable, and the folder that they copy from."""

from __future__ import annotations

import re
from json import JSONDecodeError, loads
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bakectl.dockerfile.instructions import read_instructions
from bakectl.dockerfile.stages import stages_of
from bakectl.dockerfile.variables import PREDEFINED, mentions
from bakectl.dockerfile.words import unquoted
from bakectl.record import Record
from bakectl.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Problems
    from bakectl.dockerfile.instructions import Instruction

NAME: Final = "Dockerfile"
PATTERNS: Final = (NAME, f"{NAME}.*", f"*.{NAME}", f"*/{NAME}")
NAMELESS: Final = frozenset(("docker", "build", "deploy", "container", "containers", "ops", "packaging", "images"))
"""Folders that are called after what is in them, and not after an image."""
_MAX_FILE: Final = 1 << 20
_MAX_FILES: Final = 200
_NO_DOCKERFILE: Final = re.compile(r"\.(?:dockerignore|bak|orig|rej|swp|tmp|j2|tmpl|tpl|template|in|md)$|~$")
_SKIPPED: Final = frozenset(("target", "node_modules", "vendor", "venv", "__pycache__"))


class Argument(Record):
    """A build argument that is worth to be given: a version in a `FROM`, or one that has no default."""

    name: str
    default: str | None


class Dockerfile(Record):
    """What the bake file has to know of a Dockerfile; its path is relative to the folder."""

    path: str
    stages: tuple[str, ...]
    """Names of the stages, empty for one that has none."""
    arguments: tuple[Argument, ...]
    sources: tuple[str, ...]
    """What it copies from the context."""
    crosses: bool
    """Whether it has a stage on the platform of the builder, which is of use for other platforms only."""


def find_dockerfiles(folder: str, problems: Problems) -> tuple[Dockerfile, ...]:
    """Read all Dockerfiles of a folder and of the folders in it."""
    root = Path(folder)
    found: list[Dockerfile] = []
    for path in _paths(root):
        if not path.as_posix().isprintable():
            problems.warning("unreadable-file", f"{path} is left out: its name cannot be written", None)
            continue
        try:
            if path.stat().st_size > _MAX_FILE:
                problems.warning("unreadable-file", f"{path} holds more than {_MAX_FILE} bytes and is left out", None)
                continue
            text = path.read_text("utf-8", "replace")
        except OSError as error:
            problems.warning("unreadable-file", f"{path} cannot be read and is left out: {error.strerror}", None)
            continue
        made = read_dockerfile(path.relative_to(root).as_posix(), text)
        if made.stages:
            found.append(made)
        else:
            problems.warning("no-stage", f"{path} has no FROM and is left out", None)
    return tuple(found)


def _paths(root: Path) -> list[Path]:
    found: dict[Path, None] = {}
    for pattern in PATTERNS:
        for path in sorted(root.glob(pattern)):
            folder = path.relative_to(root).parts[0]
            if not (folder.startswith(".") or folder in _SKIPPED or _NO_DOCKERFILE.search(path.name)):
                found[path] = None
    return [path for path in found if path.is_file()][:_MAX_FILES]


def read_dockerfile(path: str, text: str) -> Dockerfile:
    """Read the text of a Dockerfile."""
    listing = read_instructions(Source(path, text))
    file = stages_of(listing)
    before = {argument.name: argument.default and unquoted(argument.default) for argument in file.arguments}
    needed = dict.fromkeys(
        argument.name
        for stage in file.stages
        for argument in stage.arguments
        if argument.default is None and argument.name not in before
    )
    bases = [f"{stage.platform} {stage.base.name}" for stage in file.stages]
    arguments = [*_versions(before, bases), *(Argument(name, None) for name in needed)]
    sources = tuple(source for instruction in listing.instructions for source in _sources(instruction))
    crosses = any("BUILDPLATFORM" in stage.platform for stage in file.stages)
    kept = tuple(argument for argument in arguments if not PREDEFINED.fullmatch(argument.name))
    return Dockerfile(path, tuple(stage.name for stage in file.stages), kept, sources, crosses)


def _versions(before: dict[str, str | None], from_lines: list[str]) -> Iterator[Argument]:
    """The arguments before the first stage that decide what the stages start from, and are plain texts."""
    used = {name for line in from_lines for name in mentions(line)}
    for name, default in reversed(before.items()):
        if name in used:
            used.update(mentions(default or ""))
    for name, default in before.items():
        if name in used and "$" not in (default or ""):
            yield Argument(name, default)


def _sources(instruction: Instruction) -> Iterator[str]:
    """What a COPY or ADD takes from the context."""
    is_other = instruction.heredocs or any(flag.name == "from" for flag in instruction.flags)
    if instruction.word not in {"COPY", "ADD"} or is_other:
        return
    parts = instruction.rest.split()
    if instruction.rest.startswith("["):
        try:
            found = loads(instruction.rest)
        except JSONDecodeError:
            return
        parts = [part for part in found if isinstance(part, str)] if isinstance(found, list) else []
    for part in parts[:-1]:
        if "$" not in part and "://" not in part and not part.startswith("git@"):
            yield part


def context_of(folder: str, dockerfile: Dockerfile) -> str:
    """The folder that a Dockerfile is written for: the one that has what it copies."""
    own = dockerfile.path.rpartition("/")[0]
    if not own:
        return "."
    names = [name.strip("/") for name in dockerfile.sources if name.strip("./")]
    if not names and own in NAMELESS:
        return "."
    here = sum(_is_there(Path(folder), name) for name in names)
    there = sum(_is_there(Path(folder, own), name) for name in names)
    return "." if here > there else own


def _is_there(folder: Path, pattern: str) -> bool:
    if ".." in pattern.split("/"):
        return False
    try:
        return next(folder.glob(pattern), None) is not None
    except (ValueError, OSError, NotImplementedError):
        return False
