"""The command line of `docker buildx bake`, as a pure function, and what its version means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

Version = tuple[int, ...]
VAR_FLAG_SINCE: Version = (0, 31)
APPEND_SINCE: Version = (0, 22)


class BuildRequest(Record):
    """What is to be built, with which files and overrides; `flags` are passed on as they are."""

    files: tuple[str, ...]
    targets: tuple[str, ...]
    overrides: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    variables: tuple[tuple[str, str], ...] = ()
    builder: str | None = None
    metadata_file: str | None = None


class BuildResult(Record):
    """How a build ended: its exit code, what buildx wrote of each target, and how long it took in all."""

    code: int
    metadata: Mapping[str, Mapping[str, object]]
    seconds: float


def command(request: BuildRequest, version: Version | None = None) -> tuple[str, ...]:
    """The arguments of the build. Values of variables are arguments only where `version` is known to take them."""
    arguments = ["docker", "buildx", "bake"]
    if request.builder is not None:
        arguments += ["--builder", request.builder]
    for file in request.files:
        arguments += ["--file", file]
    if takes_variables(version):
        for name, value in request.variables:
            arguments += ["--var", f"{name}={value}"]
    arguments += request.flags
    if request.metadata_file is not None:
        arguments += ["--metadata-file", request.metadata_file]
    for override in request.overrides:
        arguments += ["--set", override]
    arguments += request.targets
    return tuple(arguments)


def environment(request: BuildRequest, base: Mapping[str, str], version: Version | None = None) -> dict[str, str]:
    """The environment of the build: an older buildx gets the variables there."""
    return {**base, **({} if takes_variables(version) else dict(request.variables))}


def takes_variables(version: Version | None) -> bool:
    """Whether this buildx knows `--var`; one of unknown version gets the environment, which all versions read."""
    return version is not None and version >= VAR_FLAG_SINCE


def takes_append(version: Version | None) -> bool:
    """Whether this buildx knows `+=` in `--set`; one of unknown version is taken for a new one."""
    return version is None or version >= APPEND_SINCE


def read_metadata(path: str) -> Mapping[str, Mapping[str, object]]:
    """What buildx wrote of each target; empty where it wrote nothing."""
    import json

    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            values = json.load(file)
    except (OSError, ValueError):
        return {}
    return (
        {name: value for name, value in values.items() if isinstance(value, dict)} if isinstance(values, dict) else {}
    )


def parse_version(text: str) -> Version | None:
    """Read `0.29.1` out of what `docker buildx version` says; None when there is no version in it."""
    found = re.search(r"\bv?(\d+)\.(\d+)(?:\.(\d+))?", text)
    return tuple(int(part) for part in found.groups() if part is not None) if found else None
