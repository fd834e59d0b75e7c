"""A run that is over: its targets and steps with their times, as data that JSON can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT: Final = 1
"""Number of the layout of the JSON form; it changes when a field changes its meaning."""

WAITING: Final = "waiting"
RUNNING: Final = "running"
DONE: Final = "done"
CACHED: Final = "cached"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"
SKIPPED: Final = "skipped"
"""A target that was not begun, because one that it needs failed."""
STATES: Final = (WAITING, RUNNING, DONE, CACHED, FAILED, CANCELLED, SKIPPED)

INTERRUPTED: Final = "interrupted"
"""State of a whole run that was ended by Ctrl-C or a signal."""


class NotARun(ValueError):
    """What was read is no run."""


class Step(Record):
    """One vertex of BuildKit as one target saw it; times are seconds since the run began, None before they came."""

    target: str
    platform: str
    """The row of the target that it belongs to; empty for what all platforms share."""
    name: str
    number: str
    """Such as `2/5`; empty for what is no instruction of the Dockerfile."""
    state: str
    started: float | None
    ended: float | None
    seconds: float
    """How long it ran: shorter than from start to end, if it rested meanwhile."""
    error: str = ""
    inputs: tuple[int, ...] = ()
    """Places of the steps that it needs."""
    log: tuple[str, ...] = ()
    """The last lines."""
    lines: int = 0
    """How many lines there were in all."""

    @property
    def title(self) -> str:
        """The name with its number, as BuildKit shows it."""
        return f"[{self.number}] {self.name}" if self.number else self.name


class TargetRun(Record):
    """One target and what came of it."""

    name: str
    platforms: tuple[str, ...] = ()
    requested: bool = True
    state: str = DONE
    started: float | None = None
    seconds: float | None = None
    cached: int = 0
    total: int = 0
    error: str = ""
    digest: str = ""
    tags: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sizes: tuple[tuple[str, int], ...] = ()
    """Bytes by platform."""
    compressed: bool = False


class Warned(Record):
    """A warning of BuildKit's checks."""

    target: str
    text: str
    detail: str = ""
    url: str = ""
    file: str = ""
    line: int = 0


class Run(Record):
    """A whole run."""

    command: str
    begun: float
    """Seconds since the epoch."""
    seconds: float
    state: str
    targets: tuple[TargetRun, ...] = ()
    steps: tuple[Step, ...] = ()
    warnings: tuple[Warned, ...] = ()
    texts: tuple[str, ...] = ()
    """Lines that were no events, such as an error with its part of the Dockerfile; the last of many."""
    dropped: int = 0
    """Steps that were left out, because there were too many."""


def to_data(run: Run) -> dict[str, Any]:
    """The run as JSON holds it."""
    return {"format": FORMAT, **_plain(run)}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return {name: _plain(getattr(value, name)) for name in type(value)._fields}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return round(value, 6) if isinstance(value, float) else value


def from_data(data: object) -> Run:
    """Read what `to_data` made; raises NotARun for anything else."""
    if not isinstance(data, dict):
        raise NotARun("it is no object")
    if data.get("format") != FORMAT:
        raise NotARun(f"it has format {data.get('format')!r}, and this bakectl reads {FORMAT}")
    run = _Reader(data)
    steps = tuple(map(_step, run.rows("steps")))
    count = len(steps)
    if any(not 0 <= place < count for step in steps for place in step.inputs):
        raise NotARun("a step needs one that is not there")
    return Run(
        run.text("command"),
        run.number("begun"),
        run.number("seconds"),
        run.text("state"),
        tuple(map(_target, run.rows("targets"))),
        steps,
        tuple(map(_warning, run.rows("warnings"))),
        run.texts("texts"),
        int(run.number("dropped")),
    )


class _Reader:
    """The fields of one object, each of the type that is asked for."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def get(self, name: str, *kinds: type) -> Any:
        value = self.data.get(name)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise NotARun(f'"{name}" is {type(value).__name__}')
        return value

    def text(self, name: str) -> str:
        return str(self.get(name, str))

    def number(self, name: str) -> float:
        return float(self.get(name, int, float))

    def optional(self, name: str) -> float | None:
        return None if self.data.get(name) is None else self.number(name)

    def flag(self, name: str) -> bool:
        return bool(self.get(name, bool))

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(str(item) for item in self.get(name, list))

    def rows(self, name: str) -> list[_Reader]:
        found = self.get(name, list)
        if not all(isinstance(item, dict) for item in found):
            raise NotARun(f'"{name}" has an item that is no object')
        return [_Reader(item) for item in found]

    def state(self) -> str:
        value = self.text("state")
        if value not in STATES:
            raise NotARun(f'there is no state "{value}"')
        return value


def _step(row: _Reader) -> Step:
    inputs = row.get("inputs", list)
    if not all(isinstance(place, int) for place in inputs):
        raise NotARun('"inputs" has an item that is no number')
    return Step(
        row.text("target"),
        row.text("platform"),
        row.text("name"),
        row.text("number"),
        row.state(),
        row.optional("started"),
        row.optional("ended"),
        row.number("seconds"),
        row.text("error"),
        tuple(inputs),
        row.texts("log"),
        int(row.number("lines")),
    )


def _target(row: _Reader) -> TargetRun:
    sizes = row.get("sizes", list)
    if not all(
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and isinstance(pair[1], int)
        for pair in sizes
    ):
        raise NotARun('"sizes" is no list of pairs')
    return TargetRun(
        row.text("name"),
        row.texts("platforms"),
        row.flag("requested"),
        row.state(),
        row.optional("started"),
        row.optional("seconds"),
        int(row.number("cached")),
        int(row.number("total")),
        row.text("error"),
        row.text("digest"),
        row.texts("tags"),
        row.texts("places"),
        tuple((name, size) for name, size in sizes),
        row.flag("compressed"),
    )


def _warning(row: _Reader) -> Warned:
    place = row.text("file"), int(row.number("line"))
    return Warned(row.text("target"), row.text("text"), row.text("detail"), row.text("url"), *place)
