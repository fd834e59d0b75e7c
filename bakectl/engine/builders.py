"""Builders, as `docker buildx inspect` describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.engine.process import capture
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping


class Builder(Record):
    """A builder as `docker buildx inspect` describes it."""

    name: str
    driver: str
    platforms: tuple[str, ...]
    labels: Mapping[str, str]
    running: bool
    error: str | None


def inspect_builder(name: str | None, base: Mapping[str, str]) -> Builder:
    """Ask buildx for a builder, the current one when none is named; `error` tells why it cannot be used."""
    done = capture(("docker", "buildx", "inspect", *((name,) if name else ())), base)
    if done.code:
        return Builder(name or "", "", (), {}, False, last_line(done.err))
    return parse_builder(done.out)


def parse_builder(text: str) -> Builder:
    """Read the output of `docker buildx inspect`; the platforms of all nodes count."""
    values: dict[str, list[str]] = {}
    labels: dict[str, str] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if not colon:
            continue
        if line.startswith(" "):
            labels[key.strip()] = value.strip()
        else:
            values.setdefault(key.strip(), []).append(value.strip())
    platforms: dict[str, None] = {}
    for row in values.get("Platforms", ()):
        platforms.update((item.strip().rstrip("*"), None) for item in row.split(",") if item.strip())
    return Builder(
        (values.get("Name") or [""])[0],
        (values.get("Driver") or [""])[0],
        tuple(platforms),
        labels,
        "running" in values.get("Status", ()),
        next(iter(values.get("Error", ())), None),
    )


def last_line(text: str) -> str:
    """The last line that says something, without the word ERROR."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ") if lines else "it says nothing"
