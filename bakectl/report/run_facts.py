"""The facts of a run as short texts: rows of its table, what was slow, what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.runs import records
from bakectl.runs.timeline import platform_times, slowest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.runs.records import Run, Step, TargetRun, Warned
    from bakectl.runs.timeline import PlatformTime

_COLUMNS: Final = ("TARGET", "PLATFORM", "RESULT", "TIME", "CACHED")


def seconds_text(seconds: float | None) -> str:
    """A time for people."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def size_text(count: int) -> str:
    """Bytes for people."""
    for unit, factor in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} bytes"


def cached_text(cached: int, total: int) -> str:
    """How many instructions came from the cache."""
    return f"{cached} of {total}" if total else ""


def header(run: Run) -> tuple[str, ...]:
    """The heads of the columns of `rows`; sizes in a registry are those of compressed layers."""
    return (*_COLUMNS, "COMPRESSED" if any(target.compressed for target in run.targets) else "SIZE")


def rows(run: Run) -> list[tuple[str, ...]]:
    """The table under `header`: a row for each target, and one for each of its platforms, where there are several."""
    if run.state != records.DONE and not run.steps and len(run.targets) == 1:
        # It ended before anything was built.
        return []
    return [row for target in run.targets for row in _rows(run, target)]


def _rows(run: Run, target: TargetRun) -> Iterator[tuple[str, ...]]:
    sizes = dict(target.sizes)
    parts = [part for part in platform_times(run, target.name) if part.platform]
    platforms = list(dict.fromkeys((*(part.platform for part in parts), *sizes))) if parts or len(sizes) > 1 else []
    only = "" if platforms else next(iter((*sizes, *target.platforms)), "")
    size = sizes.get(only) if not platforms else None
    yield (
        target.name,
        only,
        target.state,
        seconds_text(target.seconds),
        cached_text(target.cached, target.total),
        _size(size),
    )
    times = {part.platform: part for part in parts}
    for platform in platforms:
        yield _platform_row(platform, times.get(platform), sizes.get(platform))


def _platform_row(platform: str, part: PlatformTime | None, size: int | None) -> tuple[str, ...]:
    time = seconds_text(part.seconds) if part is not None and part.started is not None else ""
    cached = cached_text(part.cached, part.total) if part is not None else ""
    return ("", platform, "", time, cached, _size(size))


def _size(size: int | None) -> str:
    return size_text(size) if size else ""


def places(run: Run) -> Iterator[str]:
    """Where the result of each target is, and its names; or why it was not built."""
    for target in run.targets:
        facts = (*target.places, target.digest)
        if any(facts) or target.tags:
            yield f"{target.name}  {', '.join(fact for fact in facts if fact)}"
            yield from (f"  {tag}" for tag in target.tags)
        if target.state == records.SKIPPED:
            yield f"{target.name}  was not built: {target.error}"


def where(step: Step) -> str:
    """The target and the platform of a step."""
    return " ".join(part for part in (step.target, step.platform) if part)


def slow(run: Run) -> Iterator[str]:
    """The steps that took long."""
    for step in slowest(run):
        share = f" ({step.seconds / run.seconds:.0%})" if 0 < step.seconds <= run.seconds else ""
        yield f"slow: {where(step)}  {_cut(step.title)}  {seconds_text(step.seconds)}{share}"


def failed(run: Run) -> list[Step]:
    """The steps that failed, each once."""
    found: dict[tuple[str, float | None], Step] = {}
    for step in run.steps:
        if step.state == records.FAILED:
            found.setdefault((step.title, step.started), step)
    return list(found.values())


def warning_text(warning: Warned) -> str:
    """A warning of BuildKit's checks in one line."""
    place = f"{warning.file}:{warning.line}: " if warning.file and warning.line else ""
    return f"{place}{warning.text}" + (f" ({warning.url})" if warning.url else "")


def ending(run: Run) -> str:
    """How it ended, and how long it took."""
    word = "in" if run.state == records.DONE else "after"
    return f"{run.state} {word} {seconds_text(run.seconds)}"


def _cut(text: str, room: int = 80) -> str:
    return text if len(text) <= room else f"{text[: room - 1]}…"
