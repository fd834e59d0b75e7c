"""What a build has made, for the person who waited for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.engine.results import Built


def summary(built: Sequence[Built], seconds: float) -> str:
    """Each target with its images, where they are, how large they are, and how long it took; then the whole time."""
    lines = [""]
    for item in built:
        lines.append("  ".join(part for part in (item.target, ", ".join(_facts(item))) if part))
        lines += [f"  {name}" for name in item.names]
        if item.digest:
            lines.append(f"  {item.digest}")
        lines += [f"  {line}" for line in _platforms(item)]
    lines.append(f"done in {seconds:.1f} s")
    return "\n".join(lines)


def _facts(item: Built) -> list[str]:
    facts = list(item.places)
    if item.seconds is not None:
        facts.append(f"{item.seconds:.1f} s")
    if item.cached and item.steps:
        facts.append(f"{item.cached} of {item.steps} steps cached")
    return facts


def _platforms(item: Built) -> list[str]:
    sizes = item.sizes.bytes
    names = item.platforms or (("",) if sizes else ())
    room = max((len(name) for name in names), default=0)
    word = " compressed" if item.sizes.compressed else ""
    shown = {name: sizes.get(name) or sizes.get("") for name in names}
    return [f"{name:{room}}  {f'{_size(size)}{word}' if size else ''}".strip() for name, size in shown.items()]


def _size(count: int) -> str:
    """Bytes for people."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} bytes"
