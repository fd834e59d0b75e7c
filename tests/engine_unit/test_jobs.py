"""Several processes of buildx in one run: how many at once, links first, failures, the network, and tags at the end."""

from __future__ import annotations

import json
import signal
import time
from typing import TYPE_CHECKING

import pytest

from bakectl.engine.faults import network_fault

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bakectl, FakeDocker

BAKE_FILE = """\
group "default" {
  targets = ["app", "base", "tool", "broken"]
}
target "app" {
  dockerfile-inline = "FROM base"
  contexts          = { base = "target:middle" }
  tags              = ["registry.test/acme/app:1", "registry.test/acme/app:latest"]
}
target "middle" {
  dockerfile-inline = "FROM base"
  contexts          = { base = "target:base" }
}
target "base" {
  dockerfile-inline = "FROM scratch"
  tags              = ["registry.test/acme/base:1"]
}
target "tool" {
  dockerfile-inline = "FROM scratch"
  tags              = ["registry.test/acme/tool:1"]
}
target "broken" {
  dockerfile-inline = "FROM scratch"
  tags              = ["registry.test/acme/broken:1"]
}
"""
TIMEOUT = 'ERROR: failed to solve: failed to do request: Head "https://registry.test/v2/": dial tcp: i/o timeout\n'


@pytest.fixture
def several(bakectl: Bakectl) -> Bakectl:
    (bakectl.folder / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
    return bakectl


def built(fake_docker: FakeDocker) -> list[str]:
    """The last words of the builds, in the order in which they began."""
    return [call.arguments[-1] for call in fake_docker.calls if call.arguments[:2] == ("buildx", "bake")]


def results(text: str) -> dict[str, str]:
    """The result of each target, from the table."""
    lines = text[text.index("TARGET ") :].splitlines()[1:]
    cells = [line.split() for line in lines]
    names = ("app", "middle", "base", "tool", "broken")
    return {row[0]: row[1] for row in cells if len(row) > 1 and row[0] in names and row[1] in STATES}


STATES = ("done", "failed", "skipped", "cancelled")


def test_one_process_without_options(several: Bakectl, fake_docker: FakeDocker) -> None:
    assert several("bake").code == 0
    assert len(built(fake_docker)) == 1


def test_links_come_first(several: Bakectl, fake_docker: FakeDocker) -> None:
    done = several("bake", "app", "tool", "base", "--jobs", "1")
    assert done.code == 0, done.err
    assert built(fake_docker) == ["tool", "base", "app"]
    assert results(done.err) == {"app": "done", "tool": "done", "base": "done", "middle": "done"}


@pytest.mark.slow
def test_at_most_so_many_at_once(several: Bakectl, fake_docker: FakeDocker, tmp_path: Path) -> None:
    fake_docker.answer("buildx bake", seconds=0.4, span=True)
    assert several("bake", "base", "tool", "broken", "--jobs", "2").code == 0
    spans = [json.loads(line) for line in (fake_docker.folder / "spans").read_text("utf-8").splitlines()]
    events = sorted([(begin, 1) for begin, _ in spans] + [(end, -1) for _, end in spans])
    at_once = [sum(change for _, change in events[: place + 1]) for place in range(len(events))]
    assert (len(spans), max(at_once)) == (3, 2)


def test_others_go_on_when_one_fails(several: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("bake of base", code=1, err="ERROR: failed to solve: no\n")
    done = several("bake", "--keep-going")
    assert done.code == 5
    assert "base  ERROR: failed to solve: no\n" in done.err
    assert "app  was not built: needs base\n" in done.err
    assert sorted(built(fake_docker)) == ["base", "broken", "tool"]
    assert results(done.err) == {
        "app": "skipped",
        "base": "failed",
        "tool": "done",
        "broken": "done",
        "middle": "cancelled",
    }
    assert done.err.endswith(
        "error: the build of app, base failed: docker buildx bake ended with code 1 [build-failed]\n"
    )


def test_first_failure_ends_the_others(several: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("bake of tool", seconds=60, marks="sleeps")
    fake_docker.answer("bake of broken", code=3, err="ERROR: failed to solve: no\n", waits="sleeps")
    begun = time.monotonic()
    done = several("bake", "tool", "broken", "base", "--jobs", "2")
    assert (done.code, time.monotonic() - begun < 50) == (5, True)
    assert results(done.err) == {"tool": "cancelled", "broken": "failed", "base": "cancelled"}
    assert done.err.endswith("error: the build of broken failed: docker buildx bake ended with code 3 [build-failed]\n")


def test_network_is_tried_again(several: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("bake of tool", code=1, err=TIMEOUT, times=1)
    done = several("bake", "tool", "--retry", "2")
    assert (done.code, built(fake_docker)) == (0, ["tool", "tool"])
    assert "bake: the network failed (i/o timeout): try 2 of 3 in 2 s\n" in done.err


def test_network_that_stays_away_fails(several: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", code=1, err=TIMEOUT)
    done = several("bake", "tool", "--retry", "1")
    assert (done.code, built(fake_docker)) == (5, ["tool", "tool"])


def test_build_that_fails_is_not_tried_again(several: Bakectl, fake_docker: FakeDocker) -> None:
    error = 'process "/bin/sh -c curl x: i/o timeout" did not complete successfully: exit code: 7'
    fake_docker.answer("buildx bake", code=1, err=f"ERROR: failed to solve: {error}\n")
    assert (several("bake", "tool", "--retry", "5").code, built(fake_docker)) == (5, ["tool"])


def test_interrupt_while_it_waits_to_try_again(several: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", code=1, err=TIMEOUT)
    running = several.start("bake", "tool", "--retry", "9")
    assert running.stderr is not None
    line = next((line for line in running.stderr if "try 4 of" in line), "")
    running.send_signal(signal.SIGINT)
    _, rest = running.communicate(timeout=20)
    assert (running.returncode, "interrupted after" in rest) == (130, True), line


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (['failed to do request: Get "https://r/v2/": net/http: TLS handshake timeout'], "TLS handshake timeout"),
        (["dial tcp: lookup r.test on 127.0.0.53:53: no such host"], "no such host"),
        (["read tcp 10.0.0.1:1->10.0.0.2:443: read: connection reset by peer"], "connection reset by peer"),
        (["unexpected status from POST request to https://r/v2/: 503 Service Unavailable"], "503 Service Unavailable"),
        (["toomanyrequests: You have reached your pull rate limit"], "toomanyrequests"),
        (["failed to copy: httpReadSeeker: failed open: unexpected EOF"], "unexpected EOF"),
        (['process "/bin/sh -c make" did not complete successfully: exit code: 2'], None),
        (['failed to calculate checksum of ref x::y: "/nofile": not found'], None),
        (["pull access denied, repository does not exist or may require authorization"], None),
        (["unexpected status from HEAD request to https://r/v2/: 401 Unauthorized"], None),
        (["dockerfile parse error on line 1: unknown instruction: FORM"], None),
        (["something that nobody has seen"], None),
        (["", "i/o timeout", 'process "x" did not complete successfully: exit code: 1'], None),
        ([], None),
    ],
)
def test_faults_of_the_network(texts: list[str], fault: str | None) -> None:
    assert network_fault(texts) == fault


def facts(name: str) -> dict[str, object]:
    return {name: {"containerimage.digest": f"sha256:{name}", "image.name": f"registry.test/acme/{name}"}}


def tagged(fake_docker: FakeDocker) -> list[tuple[str, ...]]:
    return [
        call.arguments[3:] for call in fake_docker.calls if call.arguments[:3] == ("buildx", "imagetools", "create")
    ]


def remote_builder(fake_docker: FakeDocker) -> None:
    inspect = "Name:   big\nDriver: docker-container\n\nNodes:\nName: big0\nStatus: running\nPlatforms: linux/amd64\n"
    fake_docker.answer("buildx inspect", out=inspect)
    fake_docker.answer("buildx imagetools create", out="{}")


def test_tags_are_given_when_all_is_done(several: Bakectl, fake_docker: FakeDocker) -> None:
    remote_builder(fake_docker)
    fake_docker.answer("buildx bake", metadata={**facts("app"), **facts("tool")})
    done = several("bake", "app", "tool", "--atomic", "--push")
    assert done.code == 0, done.err
    assert "--push" not in fake_docker.bake.arguments
    assert [text for text in fake_docker.overrides if ".tags" in text] == ["app.tags=", "tool.tags="]
    app = (
        "--tag",
        "registry.test/acme/app:1",
        "--tag",
        "registry.test/acme/app:latest",
        "registry.test/acme/app@sha256:app",
    )
    tool = ("--tag", "registry.test/acme/tool:1", "registry.test/acme/tool@sha256:tool")
    tried = ("--prefer-index=false", "--dry-run")
    assert tagged(fake_docker) == [
        (*tried, *app),
        (*tried, *tool),
        (*tried[:1], *app),
        (*tried[:1], *tool),
    ]
    assert "app  pushed, sha256:app\n  registry.test/acme/app:1\n  registry.test/acme/app:latest\n" in done.err


def test_no_tag_is_given_when_one_fails(several: Bakectl, fake_docker: FakeDocker) -> None:
    remote_builder(fake_docker)
    fake_docker.answer("buildx bake", metadata={**facts("base"), **facts("tool")})
    fake_docker.answer("bake of broken", code=1, err="ERROR: failed to solve: no\n")
    done = several("bake", "tool", "base", "broken", "--atomic", "--keep-going")
    assert (done.code, sorted(built(fake_docker)), tagged(fake_docker)) == (5, ["base", "broken", "tool"], [])


def test_tags_that_cannot_be_given(several: Bakectl, fake_docker: FakeDocker) -> None:
    remote_builder(fake_docker)
    fake_docker.answer("buildx imagetools create", code=1, err="ERROR: 403 Forbidden\n")
    fake_docker.answer("buildx bake", metadata=facts("tool"))
    done = several("bake", "tool", "--atomic")
    assert done.code == 5
    assert done.err.endswith(
        "error: registry.test/acme/tool:1: ERROR: 403 Forbidden [registry]\n"
    ) or done.err.endswith("error: registry.test/acme/tool:1: 403 Forbidden [registry]\n")
    assert len(tagged(fake_docker)) == 1


def test_digest_of_a_target_that_others_build_on_is_that_of_its_own_image(
    several: Bakectl, fake_docker: FakeDocker
) -> None:
    remote_builder(fake_docker)
    context = {"middle": {"buildx.build.ref": "x"}, "base": {"buildx.build.ref": "y"}}
    fake_docker.answer("bake of app", metadata={**facts("app"), **context})
    fake_docker.answer("bake of base", metadata=facts("base"))
    done = several("bake", "base", "app", "--atomic", "--jobs", "1")
    assert done.code == 0, done.err
    assert [words[-1] for words in tagged(fake_docker)][2:] == [
        "registry.test/acme/base@sha256:base",
        "registry.test/acme/app@sha256:app",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--jobs", "0"), '--jobs "0" is no number from 1 to 1000'),
        (("--jobs", "two"), '--jobs "two" is no number from 1 to 1000'),
        (("--retry", "-1"), '--retry "-1" is no number from 0 to 1000'),
        (("--jobs", "2", "--progress", "plain"), "--jobs needs bakectl's own view of the build: leave out --progress"),
        (("--atomic", "--load"), "--atomic says where images go: leave out --load"),
        (
            ("--atomic", "--by-digest", "--digests", "x"),
            "--by-digest gives no tags, and --atomic does: leave out one of them",
        ),
    ],
)
def test_options_that_make_no_sense(several: Bakectl, words: tuple[str, ...], message: str) -> None:
    done = several("bake", "tool", *words)
    assert (done.code, done.err.splitlines()[0]) == (2, f"error: {message}")


def test_several_processes_can_ask_for_nothing(several: Bakectl) -> None:
    more = 'target "tool" { output = ["type=local,dest=../elsewhere"] }\n'
    (several.folder / "docker-bake.override.hcl").write_text(more, "utf-8")
    done = several("bake", "tool", "base", "--jobs", "2")
    assert (done.code, done.err.splitlines()[0]) == (
        2,
        "error: with --jobs, buildx cannot ask for privileges: grant them with --allow fs.write=../elsewhere",
    )


def test_metadata_of_one_process_of_its_own(several: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", metadata=facts("tool"))
    assert several("bake", "tool", "--jobs", "2", "--metadata-file", "facts.json").code == 0
    assert json.loads((several.folder / "facts.json").read_text("utf-8")) == facts("tool")


def test_metadata_of_another_run_is_not_taken_for_this_one(several: Bakectl, fake_docker: FakeDocker) -> None:
    (several.folder / "facts.json").write_text(json.dumps(facts("tool")), "utf-8")
    fake_docker.answer("buildx bake", code=1, err="ERROR: failed to solve: no\n")
    done = several("bake", "tool", "base", "--metadata-file", "facts.json")
    assert (done.code, "sha256:tool" in done.err) == (5, False)


def test_metadata_of_all_processes_is_in_one_file(several: Bakectl, fake_docker: FakeDocker) -> None:
    for name in ("tool", "base"):
        fake_docker.answer(f"bake of {name}", metadata=facts(name))
    assert several("bake", "tool", "base", "--jobs", "2", "--metadata-file", "facts.json").code == 0
    assert json.loads((several.folder / "facts.json").read_text("utf-8")) == {**facts("tool"), **facts("base")}
