"""`bakectl doctor`: each thing that a build needs, as it is and as it is not."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDaemon, FakeDocker


def examined(bakectl: Bakectl, *words: str, code: int = 0, **variables: str) -> dict[str, tuple[str, str]]:
    """What is said of each thing: its state and the text."""
    done = bakectl("doctor", "--offline", "--json", *words, **variables)
    assert (done.code, done.err) == (code, "")
    return {row["what"]: (row["state"], row["text"]) for row in json.loads(done.out)}


def without_disk(found: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    return {what: facts for what, facts in found.items() if "disk" not in what}


def set_clock(fake_daemon: FakeDaemon, seconds: float) -> None:
    now = datetime.fromtimestamp(time.time(), UTC) + timedelta(seconds=seconds)
    # As Go writes it, with nanoseconds.
    fake_daemon.answers["/info"]["SystemTime"] = now.strftime("%Y-%m-%dT%H:%M:%S.%f") + "123Z"


def test_all_is_well(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    set_clock(fake_daemon, 1)
    found = examined(bakectl)
    assert found.pop("disk")[1].endswith(" GB free")
    assert found == {
        "settings": ("ok", "none, and none is needed"),
        "bake file": ("ok", "docker-bake.hcl: 3 targets"),
        "docker": ("ok", "Docker version 28.5.2, build 1"),
        "buildx": ("ok", "0.29.1"),
        "daemon": ("ok", "Docker Engine 28.5.2, keeps images in containerd"),
        "builder": ("ok", "default, driver docker, 1 node, BuildKit 0.25.1"),
        "linux/amd64": ("ok", "native on default"),
        "linux/arm64": ("ok", "cross-compiled for app, base (on default)"),
        "cache export": ("ok", "builder default can export caches"),
        "clock": ("ok", "the daemon's is ours"),
    }
    # Nothing was started, and nothing built.
    asked = {call.arguments[:2] for call in fake_docker.calls}
    assert asked == {("--version",), ("buildx", "version"), ("buildx", "inspect")}


def test_as_text(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    done = bakectl("doctor", "--offline")
    assert done.code == 1
    assert done.out.splitlines()[:6] == [
        "ok       settings: none, and none is needed",
        "ok       bake file: docker-bake.hcl: 3 targets",
        "ok       docker: Docker version 28.5.2, build 1",
        "ok       buildx: 0.29.1",
        "problem  daemon: the Docker daemon does not answer",
        "         start it, or point DOCKER_HOST or docker context at one that runs; docker info tells more",
    ]


def test_without_docker(bakectl: Bakectl) -> None:
    found = examined(bakectl, PATH="/nonexistent", code=1)
    assert found["docker"] == ("problem", "there is no docker command on PATH")
    assert found["daemon"] == ("problem", "the Docker daemon does not answer")
    assert "builder" not in found


def test_an_old_buildx(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    (bakectl.folder / "docker-bake.hcl").write_text('target "a" {\n  attest = ["type=sbom"]\n}\n')
    fake_docker.answer("buildx version", out="github.com/docker/buildx v0.8.2 1\n")
    found = examined(bakectl, code=1)
    assert found["buildx"] == (
        "problem",
        '0.8.2, and the files need 0.10: "attest" of target "a" needs 0.10',
    )


@pytest.mark.parametrize(
    ("dockerfile", "state", "text"),
    [
        ("FROM alpine\\nRUN true\\n", "problem", "not to be had for a"),
        ("FROM --platform=$X alpine\\nRUN true\\n", "warning", "not to be had, if a step runs on it, for a"),
        ("FROM scratch\\nCOPY a /\\n", "ok", "cross-compiled for a (on default)"),
    ],
)
def test_a_platform_that_the_builder_lacks(
    bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon, dockerfile: str, state: str, text: str
) -> None:
    file = f'target "a" {{\n  dockerfile-inline = "{dockerfile}"\n  platforms = ["linux/s390x"]\n}}\n'
    (bakectl.folder / "docker-bake.hcl").write_text(file)
    found = examined(bakectl, code=1 if state == "problem" else 0)
    assert found["linux/s390x"] == (state, text)


def test_an_emulated_platform(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    text = 'target "a" {\n  dockerfile-inline = "FROM alpine\\nRUN true\\n"\n  platforms = ["linux/arm64"]\n}\n'
    (bakectl.folder / "docker-bake.hcl").write_text(text)
    assert examined(bakectl)["linux/arm64"] == ("warning", "emulated for a (on default), which is slow")


def test_caches_that_cannot_be_exported(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    fake_daemon.keep_images_itself()
    text = "builder default exports none, and builds one platform at a time"
    assert examined(bakectl)["cache export"] == ("warning", text)
    (bakectl.folder / "docker-bake.hcl").write_text('target "a" {\n  cache-to = ["type=local,dest=c"]\n}\n')
    assert examined(bakectl, code=1)["cache export"] == ("problem", f"{text}; a writes one")


def test_the_cache_of_github(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    assert examined(bakectl, GITHUB_ACTIONS="true")["gha cache"] == (
        "warning",
        "ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL not set",
    )
    wrong = {"ACTIONS_RUNTIME_TOKEN": "t", "ACTIONS_RESULTS_URL": "https://r.test/"}
    assert examined(bakectl, GITHUB_ACTIONS="true", code=1, **wrong)["gha cache"] == (
        "problem",
        "ACTIONS_RUNTIME_TOKEN cannot be used: it is not a token of GitHub Actions",
    )


def test_a_clock_that_is_wrong(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    set_clock(fake_daemon, 3600)
    state, text = examined(bakectl)["clock"]
    assert (state, text.split()[0], text.split(" s ")[1]) == ("warning", "the", "ahead of ours")


def test_settings_and_files_that_cannot_be_read(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    (bakectl.folder / "bakectl.toml").write_text("[check]\nselekt = []\n[builder]\nnodes = 1\n")
    (bakectl.folder / "docker-bake.hcl").write_text('target "a" {\n  args = {\n')
    found = examined(bakectl, code=1)
    assert found["settings"] == (
        "problem",
        (
            'bakectl.toml: [check] has no "selekt"; bakectl.toml: [builder]: "nodes" is a list of tables; '
            'bakectl.toml: [builder]: "nodes" has no node'
        ),
    )
    assert found["bake file"][0] == "problem"
    (bakectl.folder / "docker-bake.hcl").unlink()
    assert examined(bakectl, code=1)["bake file"] == ("warning", "there is none here")
    (bakectl.folder / "compose.yaml").write_text("services:\n  web:\n    build: .\n", "utf-8")
    assert examined(bakectl, code=1)["bake file"] == ("ok", "compose.yaml: 1 target")


def test_a_builder_that_is_not_there(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    fake_docker.answer("buildx inspect", code=1, err='ERROR: no builder "farm" found\n')
    found = examined(bakectl, "--builder", "farm", code=1)
    assert found["builder"] == ("problem", 'farm cannot be used: no builder "farm" found')


def test_a_registry_that_does_not_answer(bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon) -> None:
    (bakectl.folder / "docker-bake.hcl").write_text('target "a" {\n  tags = ["127.0.0.1:9/a"]\n}\n')
    rows = {row["what"]: row for row in json.loads(bakectl("doctor", "--json").out)}
    assert rows["127.0.0.1:9"]["state"] == "warning"
    assert rows["127.0.0.1:9"]["text"].startswith("cannot be reached: ")
