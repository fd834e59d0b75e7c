"""All platforms of an image alike: their settings, and the files that are the image's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.secrets import mask_variable
from bakectl.verifying import checks
from bakectl.verifying.image import describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.findings import Findings
    from bakectl.verifying.image import Image

_ALIKE: Final = (
    "User",
    "Env",
    "Entrypoint",
    "Cmd",
    "WorkingDir",
    "ExposedPorts",
    "StopSignal",
    "Healthcheck",
    "Labels",
    "Volumes",
)
"""Settings that are the same on all platforms."""
_MOST: Final = 20
"""Files that are named."""
_SYSTEM: Final = frozenset("bin boot dev etc home lib lib32 lib64 libx32 proc root run sbin sys tmp usr var".split())
"""Folders that distributions fill, with files that differ by platform."""
_OWN: Final = "usr/local/"
_MACHINE: Final = re.compile(
    r"[a-z0-9_]+-linux-(?:gnu|musl)[a-z0-9]*|x86_64|x86-64|amd64|x64|aarch64|arm64|armv[67]l?|armhf|(?<![a-z])arm(?![a-z])"
)
"""Parts of names that say for which machine a file is."""


def check(image: Image, held: Mapping[str, FileSystem], findings: Findings) -> None:
    """All platforms have the same settings, and the same files where people put their own."""
    if len(image.variants) < 2:
        return
    first = image.variants[0]
    for other in image.variants[1:]:
        for key in _ALIKE:
            one, two = first.config.get(key), other.config.get(key)
            if (one or None) != (two or None):
                there, here = _difference(two, one), _difference(one, two)
                message = f"{key} is {there} for {other.name}, and {here} for {first.name}"
                findings.add(checks.PLATFORM_PARITY, message, platform=other.name)
    _check_files(held, findings)


def _check_files(held: Mapping[str, FileSystem], findings: Findings) -> None:
    names = {name: _own_files(files) for name, files in held.items()}
    everywhere = set.union(*names.values()) if names else set()
    lonely = sorted(path for path in everywhere if not all(path in paths for paths in names.values()))
    for path in lonely[:_MOST]:
        there = ", ".join(name for name, paths in names.items() if path in paths)
        for name in (name for name, paths in names.items() if path not in paths):
            message = f"/{path} is there for {there} only"
            findings.add(checks.PLATFORM_PARITY, message, platform=name, file=f"/{path}")
    if len(lonely) > _MOST:
        message = f"{len(lonely) - _MOST} more files are not there for all platforms"
        findings.add(checks.PLATFORM_PARITY, message)


def _difference(value: object, other: object) -> str:
    """A setting for messages: of lists and tables, only what the other has not; secrets are masked."""
    if isinstance(value, list) and isinstance(other, list):
        value = [item for item in value if item not in other] or value
    if isinstance(value, dict) and isinstance(other, dict):
        value = {key: inner for key, inner in value.items() if other.get(key) != inner} or value
    if isinstance(value, list):
        value = [_masked(item) if isinstance(item, str) else item for item in value]
    return describe(value)


def _masked(text: str) -> str:
    name, sign, value = text.partition("=")
    return f"{name}={mask_variable(name, value)}" if sign else text


def _own_files(files: FileSystem) -> set[str]:
    """Files that no distribution put there; the names of machines in their names count as the same."""
    return {
        _MACHINE.sub("*", entry.path)
        for entry in files
        if entry.kind == "file" and (entry.path.startswith(_OWN) or entry.path.partition("/")[0] not in _SYSTEM)
    }
