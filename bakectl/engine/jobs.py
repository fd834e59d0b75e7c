"""Processes of buildx as work to do: at most so many at once, links first, the network's faults tried again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from bakectl.engine import outcome
from bakectl.engine.faults import network_fault
from bakectl.engine.process import INTERRUPTED, Task
from bakectl.engine.progress import Model, Stream
from bakectl.engine.vertices import scope_of
from bakectl.record import Record
from bakectl.runs import records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_FIRST_PAUSE: Final = 2.0
"""Seconds before the second try; each later pause is twice as long."""
_LONGEST_PAUSE: Final = 60.0


class Job(Record):
    """One process of buildx: what it builds, and the jobs that have to be done before."""

    name: str
    requested: tuple[str, ...]
    targets: Mapping[str, tuple[str, ...]]
    """All targets that it builds, with their platforms."""
    arguments: tuple[str, ...]
    metadata_file: str
    needs: tuple[str, ...] = ()


class Ways(Record):
    """How the jobs of a run are done."""

    jobs: int = 1
    keep_going: bool = False
    retries: int = 0


class JobFailed(Exception):
    """A job failed, and nothing else is to be done: the others are ended."""


class Jobs:
    """The jobs of a run, as `process.run_all` asks for them."""

    def __init__(
        self,
        jobs: Sequence[Job],
        model: Model,
        ways: Ways,
        environment: Mapping[str, str],
        *,
        stdin: bytes | None = None,
        tick: Callable[[], None] = lambda: None,
        resume: Callable[[], None] = lambda: None,
    ) -> None:
        self.model = model
        self.ways = ways
        self.environment = environment
        self.stdin = stdin
        self.show = tick
        self.show_again = resume
        self.jobs = {job.name: job for job in jobs}
        self.waiting = dict(self.jobs)
        self.streams: dict[str, Stream] = {}
        self.codes: dict[str, int] = {}
        self.tries: dict[str, int] = {}
        self.due: dict[str, float] = {}
        self.is_ending = False
        self.states: dict[str, tuple[str, str]] = {}
        """State and error of each target that is over."""

    @property
    def is_over(self) -> bool:
        return not self.waiting

    @property
    def failed_code(self) -> int:
        """The code of the first job that failed; 0 when none did."""
        return next((code for code in self.codes.values() if code), 0)

    def begin(self) -> Task | None:
        if len(self.streams) >= self.ways.jobs:
            return None
        for job in [*self.waiting.values()]:
            if any(self.codes.get(name) for name in job.needs):
                self._skip(job)
            elif all(name in self.codes for name in job.needs) and self.due.get(job.name, 0) <= time.monotonic():
                del self.waiting[job.name]
                # Only one process at a time can ask for something.
                asks = len(self.jobs) == 1
                self.streams[job.name] = Stream(self.model, scope_of(job.targets), "" if asks else job.name)
                return Task(job.name, job.arguments, self.environment, self.stdin, asks and self.stdin is None)
        return None

    def read(self, task: Task, data: bytes) -> None:
        self.streams[task.name].read(data)

    def end(self, task: Task, code: int) -> None:
        stream, job = self.streams.pop(task.name), self.jobs[task.name]
        stream.close()
        if self.is_ending or code in INTERRUPTED:
            self._finish(job, stream, code)
            if self.is_ending:
                return
            raise KeyboardInterrupt
        fault = self._fault(job, stream) if code else None
        tries = self.tries.get(job.name, 0)
        if fault is not None and tries < self.ways.retries:
            pause = min(_FIRST_PAUSE * 2**tries, _LONGEST_PAUSE)
            self.tries[job.name] = tries + 1
            self.due[job.name] = time.monotonic() + pause
            self.waiting[job.name] = job
            self.model.say(
                f"{job.name}: the network failed ({fault}): try {tries + 2} of {self.ways.retries + 1} in {pause:g} s"
            )
            return
        self._finish(job, stream, code)
        if code and not self.ways.keep_going:
            raise JobFailed

    def stop(self) -> None:
        self.is_ending = True

    def resume(self) -> None:
        self.show_again()

    def tick(self) -> None:
        self.show()

    def _finish(self, job: Job, stream: Stream, code: int) -> None:
        self.codes[job.name] = code
        for name in job.targets:
            is_alone = len(job.requested) == 1 and name in job.requested and not self.is_ending
            state = outcome.target_state(self.model, name, stream.texts, code=code, is_alone=is_alone)
            if self.states.get(name, ("", ""))[0] not in (records.DONE, records.FAILED):
                self.states[name] = state

    def _skip(self, job: Job) -> None:
        del self.waiting[job.name]
        self.codes[job.name] = 1
        broken = [name for name in job.needs if self.codes.get(name)]
        for name in job.requested:
            self.states[name] = (records.SKIPPED, f"needs {', '.join(broken)}")

    def _fault(self, job: Job, stream: Stream) -> str | None:
        """What shows that the network failed, from buildx's error and those of the steps."""
        steps = (step for step in self.model.steps if step.stream is stream and step.state == records.FAILED)
        errors = [step.error for step in steps]
        return network_fault([outcome.error_of(stream.texts)[1], *errors])
