"""The known name closest to a misspelt one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_MANY = 1000


def closest_name(name: str, known: Iterable[str]) -> str | None:
    """Return the known name within a third of the length in edits, or None; case and `-`/`_` count for nothing.

    Among more than a thousand names none is looked for: it would take longer than it helps.
    """
    known = tuple(known)
    if len(known) > _MANY:
        return None
    folded = _fold(name)
    best: tuple[int, str] | None = None
    limit = max(1, len(name) // 3)
    for candidate in known:
        distance = _distance(folded, _fold(candidate), limit)
        if distance <= limit and candidate != name and (best is None or (distance, candidate) < best):
            best = (distance, candidate)
    return best[1] if best else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A help line with the closest name, or None."""
    closest = closest_name(name, known)
    return f'did you mean "{closest}"?' if closest else None


def _fold(name: str) -> str:
    return name.lower().replace("_", "-")


def _distance(left: str, right: str, limit: int) -> int:
    """Edit distance with transpositions; anything above the limit comes back as limit + 1."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        before, row, above = row, [i], before
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
