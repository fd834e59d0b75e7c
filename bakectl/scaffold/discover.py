"""What images there are to build in a folder: the binaries of a Cargo workspace, or the Dockerfiles that are there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bakectl.bake.checkout import remote_url
from bakectl.bake.repository import Repository, read_repository
from bakectl.bake.secrets import looks_secret
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.scaffold.cargo import MANIFEST, Workspace, read_workspace
from bakectl.scaffold.dockerfiles import NAME, NAMELESS, PATTERNS, Argument, Dockerfile, context_of, find_dockerfiles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bakectl.diagnostics import Problems

_NOT_IN_TARGET: Final = re.compile(r"[^A-Za-z0-9_-]+")
_NOT_IN_IMAGE: Final = re.compile(r"(?!(?:\.|__?|-+)[a-z0-9])[^a-z0-9]+")
_TAKEN: Final = ("default", "all", "_common")
OWN_VARIABLES: Final = frozenset(("REGISTRY", "TAG", "GITHUB_SHA", "CREATED"))
"""Variables that the bake file has anyway."""


class Image(Record):
    """One image to build: its target, what it is called in a registry, and the Dockerfile that is there for it."""

    target: str
    name: str
    dockerfile: Dockerfile
    context: str
    arguments: tuple[Argument, ...]


class Findings(Record):
    """What a folder holds; either a workspace, whose Dockerfiles are to be written, or images with theirs."""

    repository: Repository | None
    workspace: Workspace | None
    images: tuple[Image, ...]
    targets: tuple[str, ...]
    """The names of the targets: of the workspace's binaries, or of the images."""


def discover(folder: str, workspace: str | None, problems: Problems) -> Findings:
    """Look at a folder; raises InvalidBakeFile when there is nothing to build, or not what was asked for."""
    repository = read_repository(remote_url(folder))
    if workspace is None:
        dockerfiles = find_dockerfiles(folder, problems)
        if dockerfiles:
            if Path(folder, MANIFEST).is_file():
                message = f"there are Dockerfiles here, so none is written for the workspace of {MANIFEST}"
                problems.warning("kept-dockerfile", message, None, help="--workspace . --force writes them anew")
            images = _images(folder, dockerfiles, repository, problems)
            return Findings(repository, None, images, tuple(image.target for image in images))
    found = read_workspace(folder, _inside(folder, workspace or ".", problems), problems)
    if found is None or not found.binaries:
        if not problems.has_errors:
            _report_nothing(folder, workspace, problems, is_workspace=found is not None)
        raise InvalidBakeFile(problems)
    declared = [read_repository(binary.repository) for binary in found.binaries]
    targets: dict[str, None] = {}
    for binary in found.binaries:
        targets[_target_name(binary.name, targets, f"the binary {binary.name}", problems)] = None
    return Findings(next(filter(None, declared), repository), found, (), tuple(targets))


def _inside(folder: str, workspace: str, problems: Problems) -> str:
    """The path of a workspace below the folder, which is the context that its images are built from."""
    path = os.path.relpath(os.path.join(folder, workspace), folder).replace(os.sep, "/")  # noqa: PTH118
    if path.startswith("..") or not path.isprintable():
        message = f"the workspace {workspace} is not below this folder, and its images could not be built from here"
        problems.error("nothing-to-build", message, None, help="run bakectl init in a folder that holds it")
        raise InvalidBakeFile(problems)
    return path


def _report_nothing(folder: str, workspace: str | None, problems: Problems, *, is_workspace: bool) -> None:
    """Say what was looked for, and where there is something."""
    place = workspace or "this folder"
    if is_workspace:
        message = f"no package of the Cargo workspace in {place} has a binary"
        problems.error("nothing-to-build", message, None, help="looked for [[bin]], src/main.rs and src/bin")
        return
    if workspace is not None:
        problems.error("nothing-to-build", f"there is no {MANIFEST} in {place}", None, help="name its folder")
        return
    help = f"looked for {', '.join(PATTERNS)} and {MANIFEST}"
    below = next((path for depth in ("*", "*/*") for path in sorted(Path(folder).glob(f"{depth}/{MANIFEST}"))), None)
    if below is not None:
        help += f"; did you mean --workspace {below.parent.relative_to(folder).as_posix()}?"
    problems.error("nothing-to-build", "there is nothing in this folder to build images from", None, help=help)


def _images(
    folder: str, dockerfiles: Sequence[Dockerfile], repository: Repository | None, problems: Problems
) -> tuple[Image, ...]:
    """One image for each Dockerfile."""
    project = (repository.path.rpartition("/")[2] if repository else "") or Path(folder).resolve().name or "app"
    shared = _shared_arguments(dockerfiles, problems)
    images: dict[str, Image] = {}
    for dockerfile in dockerfiles:
        given = _given_name(dockerfile.path) or project
        target = _target_name(given, images, dockerfile.path, problems)
        arguments = tuple(argument for argument in dockerfile.arguments if argument in shared)
        images[target] = Image(target, image_name(target), dockerfile, context_of(folder, dockerfile), arguments)
    return tuple(images.values())


def _given_name(path: str) -> str:
    """What the path of a Dockerfile says of its image; empty for the one of the folder itself."""
    parent, _, name = path.rpartition("/")
    if parent:
        return "" if parent in NAMELESS else parent
    return name.removesuffix(f".{NAME}") if name.endswith(f".{NAME}") else name.removeprefix(NAME).removeprefix(".")


def _target_name(given: str, taken: Iterable[str], path: str, problems: Problems) -> str:
    """A name that a target may have, and that no other image has."""
    name = _NOT_IN_TARGET.sub("-", given).strip("-") or "image"
    if name in _TAKEN:
        name += "-image"
    number = 2
    unique = name
    images = {image_name(other) for other in taken}
    while image_name(unique) in images:
        unique = f"{name}-{number}"
        number += 1
    if unique != given:
        why = "is taken" if name == given or given in _TAKEN else "cannot be the name of a target"
        message = f'the target of {path} is called "{unique}", because "{given}" {why}'
        problems.warning("renamed-target", message, None)
    return unique


def image_name(given: str) -> str:
    """The name as registries allow it."""
    return _NOT_IN_IMAGE.sub("-", given.lower()).strip("._-") or "image"


def _shared_arguments(dockerfiles: Sequence[Dockerfile], problems: Problems) -> frozenset[Argument]:
    """The arguments that become variables: the same wherever they are, and neither ours nor secrets."""
    defaults: dict[str, set[str | None]] = {}
    for dockerfile in dockerfiles:
        for argument in dockerfile.arguments:
            defaults.setdefault(argument.name, set()).add(argument.default)
    kept: set[Argument] = set()
    for name, values in defaults.items():
        if looks_secret(name):
            message = f"the argument {name} looks like a secret, and would stay in the image: it is left out"
            problems.warning("secret-argument", message, None, help="mount it: RUN --mount=type=secret")
        elif len(values) == 1 and (name not in OWN_VARIABLES or values == {None}):
            kept.add(Argument(name, next(iter(values))))
    return frozenset(kept)
