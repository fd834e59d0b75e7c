"""Where the folder and the Dockerfile of a target are, as far as they are on this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bakectl.bake.files import is_remote
from bakectl.source import Source

if TYPE_CHECKING:
    from bakectl.bake.model import Target

_MAX_FILE: Final = 1 << 20


def context_path(target: Target) -> str | None:
    """The folder that a target is built from; None for one that is not a folder here."""
    context = target.get("context", ".")
    if is_remote(context) or context == "-" or context.startswith(("target:", "docker-image://", "oci-layout://")):
        return None
    return str(context).removeprefix("cwd://") or "."


def dockerfile_path(target: Target) -> str | None:
    """The path of a target's Dockerfile; None when its context is not a folder here, or when it is written inline."""
    folder = context_path(target)
    name = target.get("dockerfile", "Dockerfile")
    if target.get("dockerfile-inline") or is_remote(name) or name == "-":
        return None
    if name.startswith("cwd://"):
        return str(name.removeprefix("cwd://"))
    if folder is None:
        return None
    return str(name) if folder == "." else os.path.join(folder, name)  # noqa: PTH118


def read_text(path: str) -> Source | None:
    """The text of a Dockerfile; None when it cannot be read, or is larger than any that a person writes."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read(_MAX_FILE + 1)
    except OSError:
        return None
    return None if len(data) > _MAX_FILE else Source(path, data.decode("utf-8", "replace"))


def dockerfile_text(target: Target) -> Source | None:
    """The Dockerfile of a target, inline or as a file; None when it is not on this machine."""
    inline = target.get("dockerfile-inline")
    if inline:
        return Source("", inline)
    path = dockerfile_path(target)
    return None if path is None else read_text(path)
