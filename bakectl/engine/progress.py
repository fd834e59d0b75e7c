"""BuildKit's raw JSON progress: the lines of buildx, and the model of a run that they make."""

from __future__ import annotations

import json
import time
from base64 import b64decode
from collections import deque
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from bakectl.engine.vertices import Place, Scope, read_name
from bakectl.runs import records
from bakectl.runs.words import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MAX_EVENT: Final = 16_000_000
"""Bytes of one line; what is longer is no event."""
MAX_STEPS: Final = 20_000
MAX_INPUTS: Final = 1000
MAX_TEXTS: Final = 500
MAX_WARNINGS: Final = 1000
MAX_TRANSFERS: Final = 500
LOG_KEPT: Final = 100
"""Last lines that are kept of a step that runs or failed."""
LOG_REMEMBERED: Final = 10
"""Last lines that are kept of a step that is done, where there are many."""
_ROOMY: Final = 200
"""Steps with logs that keep as many of their last lines as those that run."""
_CROWDED: Final = 5000
"""Steps with logs that keep any, once they are done."""
_NO_TIME: Final = "0001-01-01"
_PARTS: Final = frozenset(("vertexes", "statuses", "logs", "warnings"))


class Watcher(Protocol):
    """Who is told what happens, as it happens."""

    def began(self, step: Step) -> None: ...
    def logged(self, step: Step, line: str) -> None: ...
    def ended(self, step: Step) -> None: ...
    def warned(self, warning: records.Warned) -> None: ...
    def said(self, text: str, *, whole: bool) -> None:
        """Take a line that is no event; one that is not whole is a question."""


class Vertex:
    """What one process tells of a vertex, whichever targets it belongs to."""

    __slots__ = ("begun_line", "digest", "lines", "log", "steps", "transfers")

    def __init__(self, digest: str) -> None:
        self.digest = digest
        self.steps: list[Step] = []
        self.log: deque[str] = deque(maxlen=LOG_KEPT)
        self.lines = 0
        self.begun_line = b""
        self.transfers: dict[str, tuple[int, int, bool]] = {}


class Step:
    """One vertex of one target."""

    __slots__ = (
        "cached",
        "ended",
        "error",
        "inputs",
        "place",
        "seconds",
        "seen",
        "since",
        "started",
        "state",
        "stream",
        "vertex",
    )

    def __init__(self, vertex: Vertex, place: Place) -> None:
        self.vertex = vertex
        self.place = place
        self.state = records.WAITING
        self.started: float | None = None
        self.ended: float | None = None
        self.seconds = 0.0
        self.cached = False
        self.error = ""
        self.inputs: tuple[str, ...] = ()
        self.seen: tuple[str, str] = ("", "")
        """The times of the interval that is under way, as BuildKit wrote them."""
        self.stream: Stream | None = None
        """The process that told of it."""
        self.since = 0.0
        """When we learned that it runs, by our own clock."""


class Row:
    """One platform of a target, or what all of its platforms share."""

    __slots__ = ("cached", "done", "running", "steps", "total")

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.running: dict[int, Step] = {}
        self.total = self.done = self.cached = 0


class Nobody:
    """Watches nothing: only what it came to counts."""

    def began(self, step: Step) -> None:
        pass

    def logged(self, step: Step, line: str) -> None:
        pass

    def ended(self, step: Step) -> None:
        pass

    def warned(self, warning: records.Warned) -> None:
        pass

    def said(self, text: str, *, whole: bool) -> None:
        pass


class Model:
    """All that is known of a run that is under way."""

    watcher: Watcher
    """Set before anything is read."""

    def __init__(self, mask: Callable[[str], str] = str) -> None:
        self.mask = mask
        self.rows: dict[tuple[str, str], Row] = {}
        self.steps: list[Step] = []
        self.dropped = 0
        self.texts: deque[str] = deque(maxlen=MAX_TEXTS)
        self.warnings: list[records.Warned] = []
        self.known_warnings: set[records.Warned] = set()
        self.vertices: dict[str, Vertex] = {}
        """By digest, which is the same in every process that needs the same."""
        self.logs = 0

    def add(self, step: Step) -> bool:
        """Take in a step; what is too many is only counted."""
        if len(self.steps) >= MAX_STEPS:
            self.dropped += 1
            return False
        self.steps.append(step)
        row = self.rows.setdefault((step.place.target, step.place.platform), Row())
        row.steps.append(step)
        row.total += bool(step.place.number)
        return True

    def change(self, step: Step, state: str) -> None:
        """Count a step under its new state, and tell the watcher."""
        row = self.rows[step.place.target, step.place.platform]
        before, step.state = step.state, state
        if step.place.number:
            row.done += (state in _OVER) - (before in _OVER)
            row.cached += (state == records.CACHED) - (before == records.CACHED)
        if state == records.RUNNING:
            step.since = time.monotonic()
            row.running[id(step)] = step
            if before == records.WAITING:
                self.watcher.began(step)
        else:
            row.running.pop(id(step), None)
            self.watcher.ended(step)

    def say(self, text: str) -> None:
        """Keep and show a line of our own."""
        self.texts.append(text)
        self.watcher.said(text, whole=True)


_OVER: Final = frozenset((records.DONE, records.CACHED, records.FAILED, records.CANCELLED))


class Stream:
    """The lines of one process of buildx, read into a model."""

    def __init__(self, model: Model, scope: Scope, label: str = "") -> None:
        self.model = model
        self.scope = scope
        self.label = f"{label}  " if label else ""
        """What lines that are no events begin with, where several processes write some."""
        self.rest = b""
        self.vertices = model.vertices
        self.places: dict[str, Place] = {}
        self.texts: deque[str] = deque(maxlen=MAX_TEXTS)
        """The last lines that were no events."""
        self.asked = b""
        """What was shown of a line that has no end yet."""

    def read(self, data: bytes) -> None:
        """Take in what was written; a line that is no event is shown before it ends, because it may be a question."""
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            self._line(line)
        if len(self.rest) > MAX_EVENT or (self.rest and not self.rest.startswith(b"{")):
            fresh = self.rest[len(self.asked) :]
            if fresh:
                self.model.watcher.said(self._shown(fresh[:10_000].decode("utf-8", "replace")), whole=False)
            self.asked = self.rest
            if len(self.rest) > MAX_EVENT:
                self.rest = self.asked = b""

    def close(self) -> None:
        """Take in a last line that has no end; for what still runs no more will come."""
        if self.rest:
            self._line(self.rest)
            self.rest = b""
        for step in self.model.steps:
            if step.stream is self and step.state == records.RUNNING:
                self.model.change(step, records.CANCELLED)

    def _line(self, line: bytes) -> None:
        if line.startswith(b"{"):
            try:
                event = json.loads(line)
                if event == {} or not _PARTS.isdisjoint(event):
                    self._event(event)
                    return
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                # It is shown as it is, below.
                pass
        text = self._shown(line.decode("utf-8", "replace"))
        self.texts.append(text)
        self.model.texts.append(self.label + text)
        if self.asked:
            # The beginning of this line was shown before it had an end.
            text = self._shown(line[len(self.asked) :].decode("utf-8", "replace"))
            self.asked = b""
        else:
            text = self.label + text
        self.model.watcher.said(text, whole=True)

    def _event(self, event: dict[str, Any]) -> None:
        for vertex in event.get("vertexes") or ():
            self._vertex(vertex)
        for status in event.get("statuses") or ():
            self._status(status)
        for log in event.get("logs") or ():
            self._log(log)
        for warning in event.get("warnings") or ():
            self._warning(warning)

    def _vertex(self, event: dict[str, Any]) -> None:
        digest, name = str(event["digest"]), str(event.get("name", ""))
        vertex = self.vertices.get(digest)
        if vertex is None:
            if len(self.vertices) >= MAX_STEPS:
                self.model.dropped += 1
                return
            vertex = self.vertices[digest] = Vertex(digest)
        place = self.places.get(name)
        if place is None:
            place = read_name(self.model.mask(clean(name)), self.scope)
            if len(self.places) < MAX_STEPS:
                self.places[name] = place
        step = next((step for step in vertex.steps if step.place is place or step.place == place), None)
        if step is None:
            step = Step(vertex, place)
            step.inputs = tuple(map(str, (event.get("inputs") or ())[:MAX_INPUTS]))
            if not self.model.add(step):
                return
            vertex.steps.append(step)
        self._times(step, event)

    def _times(self, step: Step, event: dict[str, Any]) -> None:
        started, completed = str(event.get("started") or ""), str(event.get("completed") or "")
        error = str(event.get("error") or "")
        if not started or (started, completed) == step.seen:
            return
        if not self._takes(step):
            return
        begin = _time(started)
        step.started = begin if step.started is None else min(step.started, begin)
        step.cached = step.cached or bool(event.get("cached"))
        step.seen = (started, completed)
        if not completed:
            self.model.change(step, records.RUNNING)
            return
        step.ended = _time(completed)
        step.seconds += max(0.0, step.ended - begin)
        step.error = self._shown(error)
        if step.state == records.WAITING:
            self.model.change(step, records.RUNNING)
        self._flush(step.vertex)
        self.model.change(step, _state(step))
        self._forget(step.vertex)

    def _takes(self, step: Step) -> bool:
        """Whether what this process tells of a step counts: not when another has done it, or does it now."""
        if step.stream is not self:
            if step.state in (records.DONE, records.CACHED, records.RUNNING):
                return False
            step.stream, step.seconds, step.started = self, 0.0, None
        return True

    def _forget(self, vertex: Vertex) -> None:
        """Keep less of logs that nobody will want, once there are many."""
        if vertex.log and all(step.state in (records.DONE, records.CACHED) for step in vertex.steps):
            self.model.logs += 1
            if self.model.logs > _ROOMY:
                vertex.log = deque(vertex.log, maxlen=LOG_REMEMBERED if self.model.logs <= _CROWDED else 0)
        if not any(step.state == records.RUNNING for step in vertex.steps):
            vertex.transfers.clear()

    def _status(self, event: dict[str, Any]) -> None:
        vertex = self.vertices.get(str(event["vertex"]))
        if vertex is None:
            return
        name = str(event.get("id", ""))
        if name in vertex.transfers or len(vertex.transfers) < MAX_TRANSFERS:
            sizes = int(event.get("current") or 0), int(event.get("total") or 0)
            vertex.transfers[name] = (*sizes, "completed" in event)

    def _log(self, event: dict[str, Any]) -> None:
        vertex = self.vertices.get(str(event["vertex"]))
        if vertex is None:
            return
        *lines, rest = (vertex.begun_line + b64decode(event.get("data") or b"")).split(b"\n")
        vertex.begun_line = rest[-MAX_EVENT:] if len(rest) < 100_000 else b""
        if len(rest) >= 100_000:
            lines.append(rest)
        self._add_lines(vertex, lines)

    def _flush(self, vertex: Vertex) -> None:
        if vertex.begun_line:
            line, vertex.begun_line = vertex.begun_line, b""
            self._add_lines(vertex, [line])

    def _add_lines(self, vertex: Vertex, lines: Iterable[bytes]) -> None:
        steps = vertex.steps
        owner = next((step for step in steps if step.state == records.RUNNING), steps[0] if steps else None)
        for line in lines:
            text = self.model.mask(clean(line.decode("utf-8", "replace")))
            vertex.lines += 1
            vertex.log.append(text)
            if owner is not None:
                self.model.watcher.logged(owner, text)

    def _warning(self, event: dict[str, Any]) -> None:
        vertex = self.vertices.get(str(event.get("vertex", "")))
        target = vertex.steps[0].place.target if vertex and vertex.steps else self.scope.only
        source = event.get("sourceInfo") or {}
        ranges = event.get("range") or ()
        line = int((ranges[0].get("start") or {}).get("line", 0)) if ranges else 0
        details = (_decoded(text) for text in event.get("detail") or ())
        warning = records.Warned(
            target,
            self._shown(_decoded(event.get("short"))),
            self._shown(" ".join(details)),
            self._shown(str(event.get("url") or "")),
            self._shown(str(source.get("filename") or "")),
            line,
        )
        if warning not in self.model.known_warnings and len(self.model.warnings) < MAX_WARNINGS:
            self.model.known_warnings.add(warning)
            self.model.warnings.append(warning)
            self.model.watcher.warned(warning)

    def _shown(self, text: str) -> str:
        return self.model.mask(clean(text))


def _decoded(data: object) -> str:
    return b64decode(data).decode("utf-8", "replace") if isinstance(data, str) else ""


def _state(step: Step) -> str:
    if step.error:
        return records.CANCELLED if is_cancellation(step.error) else records.FAILED
    return records.CACHED if step.cached else records.DONE


def is_cancellation(error: str) -> bool:
    """Whether an error only tells that something was stopped."""
    return "context canceled" in error or "operation was canceled" in error


def _time(text: str) -> float:
    """Seconds since the epoch; a time that was never set is no time."""
    if text.startswith(_NO_TIME):
        raise ValueError(text)
    return datetime.fromisoformat(text).timestamp()
