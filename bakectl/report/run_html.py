"""A run as one HTML page that needs nothing else: a timeline, the steps that it waited for, and what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl import templating
from bakectl.record import Record
from bakectl.report import run_facts
from bakectl.runs import records
from bakectl.runs.timeline import critical_path, platform_times, slowest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from bakectl.runs.records import Run, Step, TargetRun
    from bakectl.runs.timeline import PlatformTime

_TICKS: Final = 8
_STEPS: Final = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


class _Bar(Record):
    """One step in its row; places are percents of the whole."""

    left: float
    width: float
    state: str
    is_critical: bool
    title: str


class _Lane(Record):
    """A row of the timeline."""

    name: str
    platform: str
    is_first: bool
    seconds: str
    cached: str
    bars: tuple[_Bar, ...]


def render(run: Run) -> str:
    """The page; all that comes from a build is escaped, and it asks for nothing on any network."""
    from datetime import UTC, datetime

    path = critical_path(run)
    span = max((step.ended for step in run.steps if step.ended is not None), default=0.0) or 1.0
    begun = datetime.fromtimestamp(run.begun, UTC)
    values: dict[str, Any] = {
        "run": run,
        "begun": f"{begun:%Y-%m-%d %H:%M:%S} UTC",
        "ending": run_facts.ending(run),
        "header": run_facts.header(run),
        "rows": run_facts.rows(run),
        "counts": _counts(run),
        "ticks": list(_ticks(span)),
        "lanes": [lane for target in run.targets for lane in _lanes(run, target, frozenset(path), span)],
        "path": [run.steps[place] for place in path],
        "slow": slowest(run, 10),
        "failed": run_facts.failed(run),
        "texts": run.texts if run.state == records.FAILED else (),
        "warnings": [(warning.target, run_facts.warning_text(warning)) for warning in run.warnings],
        "steps": {target.name: _steps_of(run, target) for target in run.targets},
    }
    filters: dict[str, Callable[[Any], str]] = {"seconds": run_facts.seconds_text, "where": run_facts.where}
    return templating.render("bakectl.report", "run.html", values, filters, is_html=True)


def _counts(run: Run) -> list[tuple[str, str]]:
    instructions = [step for step in run.steps if step.number and step.state not in (records.WAITING, records.RUNNING)]
    cached = sum(step.state == records.CACHED for step in instructions)
    done = sum(target.state == records.DONE for target in run.targets)
    share = f"{cached} of {len(instructions)}" + (f" ({cached / len(instructions):.0%})" if instructions else "")
    return [("targets done", f"{done} of {len(run.targets)}"), ("steps cached", share)]


def _ticks(span: float) -> Iterator[tuple[float, str]]:
    step = next((step for step in _STEPS if span / step <= _TICKS), span / _TICKS)
    count = int(span / step)
    for number in range(count + 1):
        second = number * step
        yield 100 * second / span, f"{second:g} s" if second < 120 else f"{second / 60:g} min"


def _lanes(run: Run, target: TargetRun, critical: Collection[int], span: float) -> Iterator[_Lane]:
    chosen = {id(run.steps[place]) for place in critical}
    is_first = True
    for part in platform_times(run, target.name):
        if part.started is not None:
            yield _lane(part, chosen, span, is_first=is_first)
            is_first = False


def _lane(part: PlatformTime, critical: Collection[int], span: float, *, is_first: bool) -> _Lane:
    bars = tuple(_bar(step, span, is_critical=id(step) in critical) for step in part.steps if step.ended is not None)
    cached = run_facts.cached_text(part.cached, part.total)
    return _Lane(part.target, part.platform, is_first, run_facts.seconds_text(part.seconds), cached, bars)


def _bar(step: Step, span: float, *, is_critical: bool) -> _Bar:
    begun, ended = step.started or 0.0, step.ended or 0.0
    left = min(100.0, max(0.0, 100 * begun / span))
    width = min(100 - left, max(0.0, 100 * (ended - begun) / span))
    title = f"{step.title}\n{step.state}, {run_facts.seconds_text(step.seconds)}"
    return _Bar(round(left, 3), round(width, 3), step.state, is_critical, title)


def _steps_of(run: Run, target: TargetRun) -> list[Step]:
    """The steps of a target that did something, in the order in which they began."""
    mine = [step for step in run.steps if step.target == target.name and step.started is not None]
    return sorted(mine, key=lambda step: step.started or 0.0)
