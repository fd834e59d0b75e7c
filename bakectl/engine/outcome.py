"""What a run came to: the model of its progress as the record that is kept of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.engine.progress import is_cancellation
from bakectl.record import replace
from bakectl.runs import records
from bakectl.runs.records import Run, TargetRun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.engine.progress import Model, Step
    from bakectl.engine.results import Built

_ERROR: Final = re.compile(r"ERROR: (?:target (?P<target>[\w.-]+): )?(?P<error>.*)")


def error_of(texts: Iterable[str]) -> tuple[str, str]:
    """The target that buildx blames, empty when it names none, and what it says."""
    found = None
    for text in texts:
        found = _ERROR.match(text) or found
    return (found["target"] or "", found["error"]) if found else ("", "")


def target_state(model: Model, name: str, texts: Sequence[str], *, code: int, is_alone: bool) -> tuple[str, str]:
    """How a target ended in a process that ended with this code, and its error."""
    if code == 0:
        return records.DONE, ""
    blamed, said = error_of(texts)
    steps = [step for (target, _), row in model.rows.items() if target == name for step in row.steps]
    failed = next((step for step in steps if step.state == records.FAILED), None)
    if not is_cancellation(said) and (blamed == name or (is_alone and code > 0)):
        return records.FAILED, said or (failed.error if failed else "")
    if failed is not None:
        return records.FAILED, failed.error
    if any(map(_is_exported, steps)) and all(step.state not in _UNFINISHED for step in steps):
        return records.DONE, ""
    return records.CANCELLED, ""


_UNFINISHED: Final = (records.RUNNING, records.FAILED, records.CANCELLED)


def _is_exported(step: Step) -> bool:
    return step.place.name.startswith("exporting to ") and step.state == records.DONE


def make_run(model: Model, run: Run, targets: Mapping[str, TargetRun]) -> Run:
    """Fill in the steps and what they tell of the targets."""
    begun = [step.started for step in model.steps if step.started is not None]
    origin = min(begun, default=0.0)
    return replace(
        run,
        targets=tuple(_timed(target, model, origin) for target in targets.values()),
        steps=tuple(_steps(model, origin)),
        warnings=tuple(model.warnings),
        texts=tuple(model.texts),
        dropped=model.dropped,
    )


def _timed(target: TargetRun, model: Model, origin: float) -> TargetRun:
    rows = [row for (name, _), row in model.rows.items() if name == target.name]
    steps = [step for row in rows for step in row.steps if step.started is not None]
    begun = min((step.started for step in steps if step.started is not None), default=None)
    ended = max((step.ended for step in steps if step.ended is not None), default=None)
    return replace(
        target,
        started=None if begun is None else begun - origin,
        seconds=None if begun is None or ended is None else max(0.0, ended - begun),
        cached=sum(row.cached for row in rows),
        total=sum(row.done for row in rows),
    )


def _steps(model: Model, origin: float) -> Iterable[records.Step]:
    places = {id(step): place for place, step in enumerate(model.steps)}
    for step in model.steps:
        found = (_input(model, digest, step) for digest in step.inputs)
        yield records.Step(
            step.place.target,
            step.place.platform,
            step.place.name,
            step.place.number,
            step.state,
            None if step.started is None else step.started - origin,
            None if step.ended is None else step.ended - origin,
            step.seconds,
            step.error,
            tuple(dict.fromkeys(places[id(one)] for one in found if one is not None)),
            tuple(step.vertex.log),
            step.vertex.lines,
        )


def _input(model: Model, digest: str, step: Step) -> Step | None:
    """The step that is meant: that of the same target, where several targets share it."""
    vertex = model.vertices.get(digest)
    if vertex is None or not vertex.steps:
        return None
    mine = (one for one in vertex.steps if one.place.target == step.place.target)
    return next(mine, vertex.steps[0])


def with_results(run: Run, built: Iterable[Built]) -> Run:
    """The run with what is known of its images."""
    known = {item.target: item for item in built}
    return replace(run, targets=tuple(_with_result(target, known.get(target.name)) for target in run.targets))


def _with_result(target: TargetRun, built: Built | None) -> TargetRun:
    if built is None:
        return target
    sizes = tuple((name or next(iter(target.platforms), ""), size) for name, size in built.sizes.bytes.items())
    return replace(
        target,
        digest=built.digest or "",
        tags=built.names,
        places=built.places,
        sizes=sizes,
        compressed=built.sizes.compressed,
    )


def with_tags(run: Run, tags: Mapping[str, Sequence[str]]) -> Run:
    """The run with the tags that targets got after it."""
    targets = (replace(one, tags=tuple(tags[one.name])) if tags.get(one.name) else one for one in run.targets)
    return replace(run, targets=tuple(targets))
