"""A file of buildx's raw JSON progress, as `--progress=rawjson` writes it, as the record of a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bakectl.engine import outcome
from bakectl.engine.progress import Model, Nobody, Stream
from bakectl.engine.vertices import guess_scope
from bakectl.runs import records

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20


def read_stream(data: bytes) -> records.Run:
    """Read what one process of buildx wrote; the targets are found out from the names of the steps."""
    scope = guess_scope(_names(data))
    model = Model()
    model.watcher = Nobody()
    stream = Stream(model, scope)
    for start in range(0, len(data), _CHUNK):
        stream.read(data[start : start + _CHUNK])
    stream.close()
    code = 1 if outcome.error_of(stream.texts)[1] else 0
    targets = {}
    for name in scope.targets:
        state, error = outcome.target_state(model, name, stream.texts, code=code, is_alone=len(scope.targets) == 1)
        platforms = tuple(platform for target, platform in model.rows if target == name and platform)
        targets[name] = records.TargetRun(name, platforms, state=state, error=error)
    begun = [step.started for step in model.steps if step.started is not None]
    ended = [step.ended for step in model.steps if step.ended is not None]
    begin = min(begun, default=0.0)
    state = records.FAILED if code else records.DONE
    run = records.Run("docker buildx bake", begin, max(ended, default=begin) - begin, state)
    return outcome.make_run(model, run, targets)


def _names(data: bytes) -> Iterator[str]:
    for line in data.split(b"\n"):
        if b" internal] load " in line:
            try:
                vertexes = json.loads(line).get("vertexes") or ()
                yield from (str(vertex.get("name", "")) for vertex in vertexes)
            except (ValueError, AttributeError, TypeError):
                continue
