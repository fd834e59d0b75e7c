"""Entries of cache lists as text, and the places that they write."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.model import Plan

Place = tuple[str, ...]

_NAMED_BY: Final = {
    "gha": (("scope", "buildkit"),),
    "registry": (("ref", ""),),
    "local": (("dest", ""), ("tag", "latest")),
    "s3": (("bucket", ""), ("endpoint_url", ""), ("prefix", ""), ("manifests_prefix", "manifests/")),
    "azblob": (("account_url", ""), ("container", ""), ("prefix", ""), ("manifests_prefix", "manifests/")),
}
"""What tells one place of a back end from another, and BuildKit's own choice where an entry says nothing."""
_NAMES: Final = ("s3", "azblob")
"""Back ends whose entries have one or more names, each a place of its own."""


def entry_text(entry: Mapping[str, str]) -> str:
    """An entry as buildx reads it, which is a line of CSV; its type comes first."""
    keys = sorted(entry, key="type".__ne__)
    return ",".join(_quoted(f"{key}={entry[key]}") for key in keys)


def _quoted(field: str) -> str:
    if not any(character in field for character in ',"\r\n') and not field.startswith((" ", "\t")):
        return field
    return '"' + field.replace('"', '""') + '"'


def shown_place(place: Place) -> str:
    """A place for people."""
    return f"{place[0]} {' '.join(part for part in place[1:] if part)}"


def collisions(plan: Plan) -> dict[Place, tuple[str, ...]]:
    """The places that are written more than once, and by which targets."""
    writers: dict[Place, list[str]] = {}
    for name, target in plan.targets.items():
        for entry in target.get("cache-to", ()):
            for place in places(entry):
                writers.setdefault(place, []).append(name)
    return {place: tuple(names) for place, names in writers.items() if len(names) > 1}


def places(entry: Mapping[str, str]) -> Iterator[Place]:
    """The places that an entry of `cache-to` writes."""
    kind = entry["type"]
    if kind not in _NAMED_BY:
        return
    place = (kind, *(_normal(key, entry.get(key, default)) for key, default in _NAMED_BY[kind]))
    if kind in _NAMES:
        for name in (entry.get("name") or "buildkit").split(";"):
            yield (*place, name)
    else:
        yield place


def _normal(key: str, value: str) -> str:
    if key == "dest":
        return os.path.normpath(value)
    if key == "ref" and ":" not in value.rpartition("/")[2] and "@" not in value:
        return f"{value}:latest"
    return value
