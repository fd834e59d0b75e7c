"""Raw JSON progress as a model: what real streams of buildx 0.29 tell, and what a hostile one cannot do."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bakectl.engine import outcome
from bakectl.engine.progress import LOG_KEPT, MAX_STEPS, MAX_TEXTS, Model, Step, Stream
from bakectl.engine.vertices import Place, Scope, guess_scope, read_name, scope_of

if TYPE_CHECKING:
    from bakectl.runs.records import Warned

STREAMS = Path(__file__).parent / "streams"
BOTH = ("linux/amd64", "linux/arm64")
SEVERAL = scope_of({"backend": BOTH, "tool": ()})


class Recorder:
    """Writes down what a watcher is told."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def began(self, step: Step) -> None:
        if not step.place.is_internal:
            self.heard.append(f"began {_name(step)}")

    def logged(self, step: Step, line: str) -> None:
        self.heard.append(f"logged {_name(step)} {line}")

    def ended(self, step: Step) -> None:
        if not step.place.is_internal:
            self.heard.append(f"{step.state} {_name(step)}")

    def warned(self, warning: Warned) -> None:
        self.heard.append(f"warned {warning.text}")

    def said(self, text: str, *, whole: bool) -> None:
        self.heard.append(f"{'said' if whole else 'asked'} {text}")


def _name(step: Step) -> str:
    return " ".join(filter(None, (step.place.target, step.place.platform, step.place.number)))


def read(data: bytes, targets: dict[str, tuple[str, ...]], chunk: int = 1000) -> tuple[Model, Stream, list[str]]:
    """Read a stream piece by piece."""
    model, recorder = Model(), Recorder()
    model.watcher = recorder
    stream = Stream(model, scope_of(targets))
    for start in range(0, len(data), chunk):
        stream.read(data[start : start + chunk])
    stream.close()
    return model, stream, recorder.heard


def event(**parts: object) -> bytes:
    return json.dumps(parts).encode() + b"\n"


def vertex(number: int = 1, name: str = "[1/1] RUN x", **more: object) -> dict[str, object]:
    return {"digest": f"sha256:{number}", "name": name, **more}


def log(text: bytes, number: int = 1) -> dict[str, object]:
    return {"vertex": f"sha256:{number}", "stream": 1, "data": base64.b64encode(text).decode()}


BEGUN = "2026-11-21T07:27:05.864162145Z"
ENDED = "2026-11-21T07:27:07.364162145Z"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "[backend linux/arm64 builder 3/5] RUN make",
            Place("backend", "linux/arm64", "3/5", "builder: RUN make", False),
        ),
        ("[backend linux/amd64->arm64 a 1/2] RUN x", Place("backend", "linux/arm64", "1/2", "a: RUN x", False)),
        ("[backend linux/riscv64 a 1/2] RUN x", Place("backend", "", "1/2", "a: RUN x", False)),
        ("[backend internal] load .dockerignore", Place("backend", "", "", "load .dockerignore", True)),
        ("[backend] exporting to image", Place("backend", "", "", "exporting to image", False)),
        (
            "[backend] importing cache manifest from x",
            Place("backend", "", "", "importing cache manifest from x", False),
        ),
        ("[tool 1/2] COPY a /a", Place("tool", "", "1/2", "COPY a /a", False)),
        ("[tool linux/amd64 1/2] COPY a /a", Place("tool", "", "1/2", "COPY a /a", False)),
        ("[internal] load local bake definitions", Place("", "", "", "load local bake definitions", True)),
        ("exporting to image", Place("", "", "", "exporting to image", False)),
    ],
)
def test_names_of_several_targets(text: str, place: Place) -> None:
    scope = SEVERAL if not text.startswith("[tool linux") else scope_of({"backend": BOTH, "tool": ("linux/amd64",)})
    assert read_name(text, scope) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[builder 3/5] RUN make", Place("app", "", "3/5", "builder: RUN make", False)),
        ("[app 3/5] RUN make", Place("app", "", "3/5", "app: RUN make", False)),
        ("[2/2] COPY a /a", Place("app", "", "2/2", "COPY a /a", False)),
        ("[internal] load .dockerignore", Place("app", "", "", "load .dockerignore", True)),
        ("exporting to image", Place("app", "", "", "exporting to image", False)),
    ],
)
def test_names_of_a_single_target_leave_it_out(text: str, place: Place) -> None:
    assert read_name(text, scope_of({"app": ("linux/amd64",)})) == place


def test_scope_of_a_stream_alone() -> None:
    names = ("[internal] load local bake definitions", "[a internal] load build definition from Dockerfile")
    assert guess_scope(names) == Scope({"a": ()}, names_targets=True)
    assert guess_scope(names[:1]) == Scope({"build": ()}, names_targets=False)


def test_steps_that_several_targets_share() -> None:
    data = (STREAMS / "shared.jsonl").read_bytes()
    model, _, heard = read(data, {"backend": BOTH, "frontend": ("linux/arm64",), "base": ("linux/amd64",)})
    counts = {key: (row.done, row.total, row.cached) for key, row in model.rows.items() if row.total}
    assert counts == {
        ("backend", "linux/amd64"): (4, 4, 1),
        ("base", ""): (2, 2, 1),
        ("frontend", ""): (5, 5, 1),
    }
    assert [line for line in heard if line.startswith("logged")][:4] == [
        "logged frontend 2/2 base hello",
        "logged backend linux/amd64 2/2 building",
        "logged backend linux/amd64 2/2 line 1",
        "logged backend linux/amd64 2/2 line 2",
    ]
    shared = [step for step in model.steps if step.place.name == "RUN echo base hello $RANDOM; sleep 1"]
    assert [(step.place.target, list(step.vertex.log)) for step in shared] == [
        ("frontend", ["base hello"]),
        ("base", ["base hello"]),
    ]


@pytest.mark.parametrize("chunk", [1, 7, 100_000])
def test_failed_build(chunk: int) -> None:
    _, stream, heard = read((STREAMS / "failed.jsonl").read_bytes(), {"broken": ()}, chunk)
    error = 'process "/bin/sh -c echo start; echo some error >&2; false" did not complete successfully: exit code: 1'
    assert outcome.error_of(stream.texts) == ("", f"failed to solve: {error}")
    place = heard.index("failed broken 2/2")
    assert heard[place - 2 : place] == ["logged broken 2/2 start", "logged broken 2/2 some error"]
    excerpt = [line for line in heard[place + 1 :] if line.startswith("said")]
    # A line may begin before it ends, and then its end is told.
    assert "".join(line.partition(" ")[2] for line in heard[place + 1 :]).startswith("Dockerfile:2-----")
    assert len(excerpt) == 8


def test_first_failure_cancels_the_others() -> None:
    data = (STREAMS / "one-of-three-failed.jsonl").read_bytes()
    targets: dict[str, tuple[str, ...]] = {"broken": (), "single": (), "nofile": ()}
    model, stream, _ = read(data, targets)
    states = {name: outcome.target_state(model, name, stream.texts, code=1, is_alone=False)[0] for name in targets}
    assert states == {"broken": "cancelled", "single": "cancelled", "nofile": "failed"}


def test_caches_are_read_and_written() -> None:
    data = (STREAMS / "caches.jsonl").read_bytes()
    model, _, heard = read(data, {"backend": BOTH, "frontend": BOTH, "base": BOTH})
    names = {step.place.name for step in model.steps if step.place.target == "base"}
    assert "exporting cache to registry" in names
    assert {step.state for step in model.steps if step.place.name.startswith("exporting")} == {"done"}
    assert heard.count("done backend") >= 2


def test_question_is_shown_before_its_line_ends() -> None:
    model, recorder = Model(), Recorder()
    model.watcher = recorder
    stream = Stream(model, scope_of({"a": ()}))
    stream.read(b"Do you want to gr")
    stream.read(b"ant this? [y/N] ")
    stream.read(b"\n" + event(vertexes=[vertex(started=BEGUN)]))
    assert recorder.heard == ["asked Do you want to gr", "asked ant this? [y/N] ", "said ", "began a 1/1"]
    assert list(model.texts) == ["Do you want to grant this? [y/N] "]


def test_lines_that_are_no_events_are_kept_and_shown() -> None:
    lines = b'{"vertexes": 1}\n{"level": "info"}\n{broken\n[]\nplain \x1b[31mred\x1b[0m\n' + b"{" * 5000 + b"\n"
    model, _, heard = read(lines, {"a": ()})
    assert heard == [f"said {text}" for text in model.texts]
    assert list(model.texts)[2:5] == ["{broken", "[]", "plain red"]


def test_carriage_returns_sequences_and_joined_lines_of_logs() -> None:
    parts = [b"10%\r", b"50%\r100%\n\x1b]0;title\x07\x1b[2Kto", b"gether\n\xff\tlast"]
    data = event(vertexes=[vertex(started=BEGUN)]) + b"".join(event(logs=[log(part)]) for part in parts)
    data += event(vertexes=[vertex(started=BEGUN, completed=ENDED)])
    model, _, _ = read(data, {"a": ()})
    assert list(model.steps[0].vertex.log) == ["100%", "together", "\ufffd       last"]


def test_time_of_a_step_that_rests() -> None:
    later = [f"2026-11-21T07:27:{second}Z" for second in (10, 12)]
    data = event(vertexes=[vertex(started=BEGUN, completed=ENDED)]) * 2
    data += event(vertexes=[vertex(started=later[0])]) + event(
        vertexes=[vertex(started=later[0], completed=later[1], cached=True)]
    )
    model, _, heard = read(data, {"a": ()})
    (step,) = model.steps
    assert (step.state, round(step.seconds, 3), model.rows["a", ""].done) == ("cached", 3.5, 1)
    assert heard == ["began a 1/1", "done a 1/1", "cached a 1/1"]


def test_another_process_that_finds_it_cached_changes_nothing() -> None:
    model, recorder = Model(), Recorder()
    model.watcher = recorder
    first, second = (Stream(model, scope_of({"a": ()})) for _ in range(2))
    first.read(event(vertexes=[vertex(started=BEGUN, completed=ENDED)]))
    second.read(event(vertexes=[vertex(started=ENDED, completed=ENDED, cached=True)]))
    assert [(step.state, step.seconds) for step in model.steps] == [("done", 1.5)]


def test_warnings_are_told_once() -> None:
    warning = {
        "vertex": "sha256:1",
        "level": 1,
        "short": base64.b64encode(b"FromAsCasing: 'as' and 'FROM' do not match").decode(),
        "sourceInfo": {"filename": "Dockerfile"},
        "range": [{"start": {"line": 3}, "end": {"line": 3}}],
        "url": "https://docs.test/x",
    }
    model, _, heard = read(event(vertexes=[vertex()]) + event(warnings=[warning, warning]), {"a": ()})
    assert heard == ["warned FromAsCasing: 'as' and 'FROM' do not match"]
    assert [(found.target, found.file, found.line) for found in model.warnings] == [("a", "Dockerfile", 3)]


def test_memory_is_bounded() -> None:
    many = b"".join(event(vertexes=[vertex(number, f"[1/1] RUN {number}")]) for number in range(MAX_STEPS + 10))
    model, _, _ = read(many, {"a": ()}, 1 << 16)
    assert (len(model.steps), model.dropped) == (MAX_STEPS, 10)
    lines = event(vertexes=[vertex(started=BEGUN)]) + event(logs=[log(b"x" * 5000 + b"\n")]) * 500 + b"text\n" * 2000
    model, _, _ = read(lines, {"a": ()}, 1 << 16)
    kept = model.steps[0].vertex
    assert (len(kept.log), kept.lines, len(model.texts)) == (LOG_KEPT, 500, MAX_TEXTS)
    assert max(map(len, kept.log)) == 1001


def test_what_is_masked() -> None:
    model, recorder = Model(lambda text: text.replace("hush", "***")), Recorder()
    model.watcher = recorder
    stream = Stream(model, scope_of({"a": ()}))
    stream.read(event(vertexes=[vertex(1, "[1/1] RUN hush", started=BEGUN)]) + event(logs=[log(b"hush\n")]))
    stream.read(event(vertexes=[vertex(1, "[1/1] RUN hush", started=BEGUN, completed=ENDED, error="hush")]) + b"hush\n")
    steps = [(step.place.name, step.error, list(step.vertex.log)) for step in model.steps]
    assert (steps, "hush" in repr(recorder.heard)) == ([("RUN ***", "***", ["***"])], False)
