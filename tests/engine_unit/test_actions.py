"""A run in GitHub Actions: groups that obey nothing of a log, annotations, and the summary of the job."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDocker

STREAMS = Path(__file__).parent / "streams"
DOCKERFILE = """\
FROM registry.test/debian:bookworm AS builder
RUN echo start; echo some error >&2; false
FROM scratch
COPY --from=builder /etc/hostname /h
"""
PLACE = "::error file=app/Dockerfile,line=2,endLine=2,col=1,endColumn=43,title=build-failed"
ERROR = 'process "/bin/sh -c echo start; echo some error >&2; false" did not complete successfully: exit code: 1'


@pytest.fixture
def github(bakectl: Bakectl) -> Bakectl:
    bakectl.environment |= {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(bakectl.folder / "summary.md")}
    (bakectl.folder / "docker-bake.hcl").write_text('target "broken" { context = "app" }\n', "utf-8")
    (bakectl.folder / "app").mkdir()
    (bakectl.folder / "app/Dockerfile").write_text(DOCKERFILE, "utf-8")
    return bakectl


def outside_of_groups(text: str) -> list[str]:
    """The lines that the runner obeys or shows outside of what others said."""
    found: list[str] = []
    token = None
    for line in text.splitlines():
        stopped = re.fullmatch(r"::stop-commands::(\w{32})", line)
        if token is not None:
            token = None if line == f"::{token}::" else token
        elif stopped:
            token = stopped[1]
        else:
            found.append(line)
    assert token is None
    return found


def test_failure_is_annotated_where_it_is(github: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", code=1, err=(STREAMS / "failed.jsonl").read_text("utf-8"))
    done = github("bake", "broken")
    assert done.code == 5
    outside = outside_of_groups(done.err)
    assert [re.sub(r"\d+\.\d s", "0.0 s", line) for line in outside if line.startswith("::")] == [
        "::group::broken  [2/2] builder: RUN echo start; echo some error >&2; false: failed",
        "::endgroup::",
        f"{PLACE}::target broken: failed to solve: {ERROR}",
    ]
    assert "start" in done.err.splitlines()
    summary = (github.folder / "summary.md").read_text("utf-8")
    assert summary.startswith("### bake: failed after ")
    assert "```text\nstart\nsome error\n" in summary
    assert ">>> RUN echo start; echo some error >&2; false" in summary


def test_log_gives_the_runner_no_orders(github: Bakectl, fake_docker: FakeDocker) -> None:
    orders = "::set-output name=x::y\n##[error]boo\n::endgroup::\n::add-mask::e\n"
    vertex = {"digest": "sha256:1", "name": "[1/1] RUN ##[add-mask]e", "started": "2026-11-21T07:27:05Z"}
    log = {"vertex": "sha256:1", "stream": 1, "data": base64.b64encode(orders.encode()).decode()}
    ended = {**vertex, "completed": "2026-11-21T07:27:06Z"}
    events = ({"vertexes": [vertex]}, {"logs": [log]}, {"vertexes": [ended]})
    text = "".join(f"{json.dumps(event)}\n" for event in events) + "::error::from buildx\n"
    fake_docker.answer("buildx bake", err=text)
    done = github("bake", "broken")
    assert done.code == 0
    outside = outside_of_groups(done.err)
    assert [line for line in outside if line.startswith("::")] == [
        "::group::broken  [1/1] RUN ## [add-mask]e: done in 1.0 s",
        "::endgroup::",
    ]
    assert not [line for line in outside if "##[" in line]
    assert "##[error]boo" in done.err


def test_warnings_are_annotations(github: Bakectl, fake_docker: FakeDocker) -> None:
    vertex = {"digest": "sha256:1", "name": "[internal] load build definition from Dockerfile"}
    warning = {
        "vertex": "sha256:1",
        "short": base64.b64encode(b"FromAsCasing: 50%").decode(),
        "sourceInfo": {"filename": "Dockerfile"},
        "range": [{"start": {"line": 1}}],
        "url": "https://docs.test/x",
    }
    fake_docker.answer(
        "buildx bake", err=f"{json.dumps({'vertexes': [vertex]})}\n{json.dumps({'warnings': [warning]})}\n"
    )
    done = github("bake", "broken")
    assert done.err.splitlines()[-1] == (
        "::warning file=app/Dockerfile,line=1,endLine=1,col=1,endColumn=46,title=dockerfile::"
        "FromAsCasing: 50%25%0Ahelp: https://docs.test/x"
    )


def test_long_log_is_shown_before_the_step_is_over(github: Bakectl, fake_docker: FakeDocker) -> None:
    vertex = {"digest": "sha256:1", "name": "[1/1] RUN x", "started": "2026-11-21T07:27:05Z"}
    lines = "".join(f"line {number}\n" for number in range(1200))
    log = {"vertex": "sha256:1", "stream": 1, "data": base64.b64encode(lines.encode()).decode()}
    fake_docker.answer(
        "buildx bake", code=1, err=f"{json.dumps({'vertexes': [vertex]})}\n{json.dumps({'logs': [log]})}\n"
    )
    done = github("bake", "broken")
    groups = [line for line in outside_of_groups(done.err) if line.startswith("::group::")]
    assert groups == [
        "::group::broken  [1/1] RUN x: goes on",
        "::group::broken  [1/1] RUN x: goes on",
        "::group::broken  [1/1] RUN x: cancelled",
    ]
    assert [line for line in done.err.splitlines() if line.startswith("line ")] == lines.splitlines()


def test_summary_that_cannot_be_written(github: Bakectl) -> None:
    github.environment["GITHUB_STEP_SUMMARY"] = "/nonexistent/summary.md"
    done = github("bake", "broken")
    assert done.code == 0
    assert "the summary of the job cannot be written: No such file or directory: /nonexistent/summary.md\n" in done.err
