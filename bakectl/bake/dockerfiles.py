"""Where the folder and the Dockerfile of a target are, as far as they are on this machine."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bakectl.bake.files import is_remote

if TYPE_CHECKING:
    from bakectl.bake.model import Target


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
    return None if folder is None else os.path.join(folder, name)  # noqa: PTH118
