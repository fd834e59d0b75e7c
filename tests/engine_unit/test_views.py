"""What a build shows as it goes on, and what is kept of it, with streams of a real buildx that a fake one replays."""

from __future__ import annotations

import base64
import json
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDocker

STREAMS = Path(__file__).parent / "streams"
SHARED = """\
group "default" {
  targets = ["backend", "frontend"]
}
target "backend" {
  dockerfile-inline = "FROM scratch"
  platforms         = ["linux/amd64", "linux/arm64"]
}
target "frontend" {
  dockerfile-inline = "FROM base"
  contexts          = { base = "target:base" }
  platforms         = ["linux/arm64"]
}
target "base" {
  dockerfile-inline = "FROM scratch"
  platforms         = ["linux/amd64"]
}
"""
SINGLE = 'target "broken" { dockerfile-inline = "FROM scratch" }\n'


def replay(bakectl: Bakectl, fake_docker: FakeDocker, name: str, text: str, **answer: object) -> None:
    (bakectl.folder / "docker-bake.hcl").write_text(text, "utf-8")
    fake_docker.answer("buildx bake", err=(STREAMS / f"{name}.jsonl").read_text("utf-8"), **answer)


def without_times(text: str) -> str:
    return re.sub(r"\d+\.\d s", "0.0 s", re.sub(r"@sha256:\w+", "", text))


def test_lines_have_their_targets(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    replay(bakectl, fake_docker, "shared", SHARED)
    done = bakectl("bake")
    assert (done.code, done.out) == (0, "")
    assert without_times(done.err).splitlines()[:12] == [
        "backend linux/amd64  [1/2] builder: FROM registry.test/debian:bookworm",
        "frontend  [1/2] builder: FROM registry.test/debian:bookworm",
        "base  [1/2] builder: FROM registry.test/debian:bookworm",
        "frontend  [1/2] cached",
        "base  [1/2] cached",
        "frontend  [2/2] RUN echo base hello $RANDOM; sleep 1",
        "base  [2/2] RUN echo base hello $RANDOM; sleep 1",
        "backend linux/amd64  [1/2] cached",
        "backend linux/amd64  [2/2] builder: RUN echo building; for i in 1 2 3; do echo line $i; sleep 0.3; done",
        "frontend  [2/2] | base hello",
        "backend linux/amd64  [2/2] | building",
        "backend linux/amd64  [2/2] | line 1",
    ]
    table = without_times(done.err[done.err.index("\nTARGET") + 1 :]).splitlines()
    assert table[:6] == [
        "TARGET    PLATFORM     RESULT  TIME   CACHED  SIZE",
        "backend                done    0.0 s  1 of 4",
        "          linux/amd64          0.0 s  1 of 4",
        "          linux/arm64",
        "frontend  linux/arm64  done    0.0 s  1 of 5",
        "base      linux/amd64  done    0.0 s  1 of 2",
    ]


def test_failure_ends_with_its_log_and_the_part_of_the_dockerfile(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    replay(bakectl, fake_docker, "failed", SINGLE, code=1)
    done = bakectl("bake", "broken")
    assert done.code == 5
    error = 'process "/bin/sh -c echo start; echo some error >&2; false" did not complete successfully: exit code: 1'
    assert without_times(done.err) == (
        "broken  [1/2] builder: FROM registry.test/debian:bookworm\n"
        "broken  [1/2] cached\n"
        "broken  [2/2] builder: RUN echo start; echo some error >&2; false\n"
        "broken  [2/2] | start\n"
        "broken  [2/2] | some error\n"
        "broken  [2/2] builder: RUN echo start; echo some error >&2; false: failed\n"
        f"  {error}\n"
        "Dockerfile:2\n"
        "--------------------\n"
        "   1 |     FROM registry.test/debian:bookworm AS builder\n"
        "   2 | >>> RUN echo start; echo some error >&2; false\n"
        "   3 |     FROM scratch\n"
        "   4 |     COPY --from=builder /etc/hostname /h\n"
        "--------------------\n"
        f"ERROR: failed to solve: {error}\n"
        "\n"
        "TARGET  PLATFORM  RESULT  TIME   CACHED  SIZE\n"
        "broken            failed  0.0 s  1 of 2\n"
        "failed after 0.0 s\n"
        "error: the build failed: docker buildx bake ended with code 1 [build-failed]\n"
    )


def test_first_failure_names_its_target(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    names = ("broken", "single", "nofile")
    text = "".join(f'target "{name}" {{ dockerfile-inline = "FROM scratch" }}\n' for name in names)
    replay(bakectl, fake_docker, "one-of-three-failed", text, code=1)
    done = bakectl("bake", *names)
    rows = [re.split(r"  +", line)[:2] for line in done.err[done.err.index("\nTARGET") + 1 :].splitlines()[1:4]]
    assert rows == [["broken", "cancelled"], ["single", "cancelled"], ["nofile", "failed"]]
    assert done.err.endswith("error: the build of nofile failed: docker buildx bake ended with code 1 [build-failed]\n")


def test_run_is_kept_and_reported(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    replay(bakectl, fake_docker, "shared", SHARED)
    assert bakectl("bake").code == 0
    folder = bakectl.folder.parent / ".local/state/bakectl/runs"
    (path,) = folder.iterdir()
    assert [stat.S_IMODE(place.stat().st_mode) for place in (folder, path)] == [0o700, 0o600]
    shown = bakectl("report")
    assert shown.code == 0
    table, _, path_shown = shown.out.partition("\nthe run waited for:\n")
    assert without_times(table).splitlines()[1] == "backend                done    0.0 s  1 of 4"
    assert path_shown.endswith(" s  frontend  exporting to image\n")
    run = json.loads(bakectl("report", str(path), "--format", "json").out)
    assert (run["state"], [target["name"] for target in run["targets"]]) == ("done", ["backend", "frontend", "base"])
    page = bakectl("report", "--format", "html", "--output", "run.html")
    assert (page.code, page.out, (bakectl.folder / "run.html").read_text("utf-8")[:15]) == (0, "", "<!doctype html>")


def test_interrupted_and_failed_runs_are_kept_too(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    replay(bakectl, fake_docker, "failed", SINGLE, code=130)
    assert bakectl("bake", "broken").code == 130
    replay(bakectl, fake_docker, "failed", SINGLE, code=1)
    assert bakectl("bake", "broken").code == 5
    listed = bakectl("report", "--list").out.splitlines()
    assert [line.split()[2] for line in listed[1:]] == ["failed", "interrupted"]


def test_number_of_kept_runs_is_bounded(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    folder = bakectl.folder.parent / ".local/state/bakectl/runs"
    folder.mkdir(parents=True)
    for number in range(30):
        (folder / f"20200101T0000{number:02}.000-1.json").write_text("{}", "utf-8")
    assert bakectl("bake", "worker").code == 0
    kept = sorted(path.name for path in folder.iterdir())
    assert (len(kept), kept[0]) == (20, "20200101T000011.000-1.json")


def test_progress_of_buildx_itself_can_be_reported(bakectl: Bakectl) -> None:
    shown = bakectl("report", str(STREAMS / "one-of-three-failed.jsonl"))
    assert [line.split()[:2] for line in shown.out.splitlines()[1:4]] == [
        ["nofile", "failed"],
        ["single", "cancelled"],
        ["broken", "cancelled"],
    ]


def test_what_cannot_be_reported(bakectl: Bakectl) -> None:
    assert bakectl("report").err == (
        f"error: there is no run in {bakectl.folder.parent}/.local/state/bakectl/runs: bakectl bake keeps each there\n"
        "help: bakectl report --help\n"
    )
    assert bakectl("report", "nope").err.startswith("error: nope cannot be read: No such file or directory\n")
    assert bakectl("report", "docker-bake.hcl").err.startswith("error: docker-bake.hcl holds no run: it has neither")
    assert bakectl("report", "--list", "odd.json").err.startswith("error: --list takes nothing else\n")
    assert bakectl("report", "-", stdin="").err.startswith("error: - holds no run: it has neither")
    (bakectl.folder / "odd.json").write_text('{"format": 7}', "utf-8")
    done = bakectl("report", "odd.json")
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        "error: odd.json holds no run: it has format 7, and this bakectl reads 1",
    )


def test_secrets_of_the_plan_are_in_no_log(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    text = 'target "app" {\n  dockerfile-inline = "FROM scratch"\n  args = { NPM_TOKEN = "hush-hush" }\n}\n'
    (bakectl.folder / "docker-bake.hcl").write_text(text, "utf-8")
    vertex = {"digest": "sha256:1", "name": "[1/1] RUN login hush-hush", "started": "2026-11-21T07:27:05Z"}
    log = {"vertex": "sha256:1", "stream": 1, "data": base64.b64encode(b"token is hush-hush\n").decode()}
    events = ({"vertexes": [vertex]}, {"logs": [log]}, {"vertexes": [{**vertex, "completed": "2026-11-21T07:27:06Z"}]})
    fake_docker.answer("buildx bake", err="".join(f"{json.dumps(event)}\n" for event in events) + "ERROR: hush-hush\n")
    done = bakectl("bake", "app")
    assert "app  [1/1] | token is ***\n" in done.err
    (path,) = (bakectl.folder.parent / ".local/state/bakectl/runs").iterdir()
    assert "hush" not in done.err + path.read_text("utf-8")


def test_build_that_needs_a_grant_is_left_to_buildx(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    text = 'target "app" {\n  dockerfile-inline = "FROM scratch"\n  output = ["type=local,dest=../elsewhere"]\n}\n'
    (bakectl.folder / "docker-bake.hcl").write_text(text, "utf-8")
    done = bakectl("bake", "app")
    assert done.err.startswith(
        "buildx shows its own progress, because it may have to ask for privileges: "
        "grant them with --allow fs.write=../elsewhere\n"
    )
    assert "rawjson" not in fake_docker.bake.arguments


def test_granted_build_has_our_own_view(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    text = 'target "app" {\n  dockerfile-inline = "FROM scratch"\n  network = "host"\n  entitlements = ["network.host"]\n}\n'
    (bakectl.folder / "docker-bake.hcl").write_text(text, "utf-8")
    assert bakectl("bake", "app", "--allow", "network.host").code == 0
    assert "rawjson" in fake_docker.bake.arguments
