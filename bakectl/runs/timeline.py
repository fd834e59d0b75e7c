"""What a run spent its time on: each platform, the slowest steps, and the chain of steps that it waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.record import Record
from bakectl.runs import records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.runs.records import Run, Step

_SLOW_SECONDS = 1.0
_SLOW_SHARE = 0.05


class PlatformTime(Record):
    """One platform of a target, or under an empty name what its platforms share."""

    target: str
    platform: str
    started: float | None
    seconds: float
    cached: int
    total: int
    steps: tuple[Step, ...]


def platform_times(run: Run, target: str) -> tuple[PlatformTime, ...]:
    """The rows of a target: first what its platforms share, then each platform."""
    mine = [step for step in run.steps if step.target == target]
    declared = next((item.platforms for item in run.targets if item.name == target), ())
    names = dict.fromkeys(("", *(declared if len(declared) > 1 else ()), *(step.platform for step in mine)))
    return tuple(_platform(target, name, [step for step in mine if step.platform == name]) for name in names)


def _platform(target: str, platform: str, steps: Sequence[Step]) -> PlatformTime:
    started = min((step.started for step in steps if step.started is not None), default=None)
    ended = max((step.ended for step in steps if step.ended is not None), default=None)
    instructions = [step for step in steps if step.number and step.state in _COUNTED]
    cached = sum(step.state == records.CACHED for step in instructions)
    seconds = ended - started if started is not None and ended is not None else 0.0
    return PlatformTime(target, platform, started, max(0.0, seconds), cached, len(instructions), tuple(steps))


_COUNTED = (records.DONE, records.CACHED, records.FAILED, records.CANCELLED)


def slowest(run: Run, count: int = 3) -> tuple[Step, ...]:
    """The steps that took long, the slowest first; one that several targets share is told once."""
    least = max(_SLOW_SECONDS, run.seconds * _SLOW_SHARE)
    found: dict[tuple[str, float], Step] = {}
    for step in sorted(run.steps, key=lambda step: -step.seconds):
        if step.seconds >= least:
            found.setdefault((step.title, round(step.seconds, 1)), step)
    return tuple(found.values())[:count]


def critical_path(run: Run) -> tuple[int, ...]:
    """Places of the steps that the run had to wait for, first to last.

    It is found from the end: before each step came that one of those it needs which ended last. What needs nothing
    that is known, such as an export, came after whatever of its target had ended last before it began.
    """
    ended = [(step.ended, place) for place, step in enumerate(run.steps) if step.ended is not None]
    if not ended:
        return ()
    place = max(ended)[1]
    by_target: dict[str, list[int]] = {}
    for index, step in enumerate(run.steps):
        if step.ended is not None:
            by_target.setdefault(step.target, []).append(index)
    path = [place]
    seen = {place}
    while (before := _before(run, path[-1], by_target, seen)) is not None:
        path.append(before)
        seen.add(before)
    return tuple(reversed(path))


def _before(run: Run, place: int, by_target: dict[str, list[int]], seen: set[int]) -> int | None:
    step = run.steps[place]
    if step.started is None:
        return None
    needed = [other for other in step.inputs if run.steps[other].ended is not None]
    candidates = needed or [
        other for other in by_target[step.target] if (run.steps[other].ended or 0.0) <= step.started
    ]
    fresh = [other for other in candidates if other not in seen]
    return max(fresh, key=lambda other: run.steps[other].ended or 0.0, default=None)
