"""Where the result of a target goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Target


def pushes(entry: Mapping[str, str]) -> bool:
    """Whether an output goes to a registry."""
    return entry["type"] == "registry" or entry.get("push") == "true"


def is_pushed(target: Target) -> bool:
    """Whether the result goes to a registry."""
    return any(map(pushes, target.get("output", ())))


def is_loaded(target: Target) -> bool:
    """Whether the result is loaded into docker."""
    return any(entry["type"] == "docker" and not entry.get("dest") for entry in target.get("output", ()))
