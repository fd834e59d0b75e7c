"""`bakectl builder` with a docker that is played, or with none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDocker

SETTINGS = """
[builder]
name = "farm"

[[builder.nodes]]
name = "amd"
platforms = ["linux/amd64"]

[[builder.nodes]]
name = "arm"
endpoint = "ssh://build@arm.example"
platforms = ["linux/arm64"]
"""
COMMANDS = (
    "# make farm\n"
    "docker buildx create --name farm --driver docker-container --node amd --platform linux/amd64\n"
    "# add node arm\n"
    "docker buildx create --name farm --driver docker-container --node arm --append --platform linux/arm64 "
    "ssh://build@arm.example\n"
    "# start all nodes\n"
    "docker buildx inspect --bootstrap farm\n"
)
NO_BUILDER = {"code": 1, "err": 'ERROR: no builder "farm" found\n'}
FARM = """\
Name:   farm
Driver: docker-container

Nodes:
Name:      amd
Endpoint:  unix:///var/run/docker.sock
Status:    running
Platforms: linux/amd64*, linux/386
Name:      arm
Endpoint:  ssh://build@arm.example
Status:    {status}
Platforms: linux/arm64*, linux/arm/v7
"""


def write(bakectl: Bakectl) -> None:
    (bakectl.folder / "bakectl.toml").write_text(SETTINGS)


def test_plan_needs_no_docker(bakectl: Bakectl) -> None:
    write(bakectl)
    done = bakectl("builder", "plan", "app", PATH="/nonexistent")
    assert done.code == 0
    assert done.out == (
        f"{COMMANDS}\n"
        "TARGET  PLATFORM     HOW     NODE\n"
        "app     linux/amd64  native  amd\n"
        "app     linux/arm64  native  arm\n"
        "base    linux/amd64  native  amd\n"
        "base    linux/arm64  native  arm\n"
    )
    assert done.err == "what is there cannot be told: docker cannot be run: No such file or directory\n"


def test_up_needs_docker(bakectl: Bakectl) -> None:
    write(bakectl)
    done = bakectl("builder", "up", PATH="/nonexistent")
    assert (done.code, done.err.splitlines()[0]) == (4, "error: there is no docker command on PATH [engine]")


def test_up_makes_what_is_missing(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    write(bakectl)
    fake_docker.answer("buildx inspect", **NO_BUILDER)
    fake_docker.answer("buildx inspect bootstrap", out=FARM.format(status="running"))
    fake_docker.answer("context ls", out='{"Name":"default","DockerEndpoint":"unix:///var/run/docker.sock"}\n')
    fake_docker.answer("buildx create", out="farm\n")
    done = bakectl("builder", "up")
    assert done.err.splitlines()[:3] == ["make farm", "add node arm", "start all nodes"]
    made = [call.arguments for call in fake_docker.calls if call.arguments[:2] == ("buildx", "create")]
    assert [words[words.index("--node") + 1] for words in made] == ["amd", "arm"]


def test_a_command_that_fails_is_told(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    write(bakectl)
    fake_docker.answer("buildx inspect", **NO_BUILDER)
    fake_docker.answer("context ls", out="")
    fake_docker.answer("buildx create", code=1, err="ERROR: could not create a builder instance\n")
    done = bakectl("builder", "up")
    assert done.code == 4
    assert done.err == (
        "make farm\n"
        "error: could not make farm: could not create a builder instance [builder]\n"
        "help: the command was: "
        "docker buildx create --name farm --driver docker-container --node amd --platform linux/amd64\n"
    )


def test_status(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    write(bakectl)
    fake_docker.answer("context ls", out="")
    fake_docker.answer("buildx inspect", out=FARM.format(status="running"))
    assert bakectl("builder", "status") == (
        0,
        (
            "NODE  ENDPOINT                     STATUS   PLATFORMS\n"
            "amd   unix:///var/run/docker.sock  running  linux/amd64\n"
            "arm   ssh://build@arm.example      running  linux/arm64\n"
        ),
        "",
    )
    fake_docker.answer("buildx inspect", out=FARM.format(status="inactive"))
    done = bakectl("builder", "status", "--json")
    assert (done.code, [node["status"] for node in json.loads(done.out)["nodes"]]) == (1, ["running", "inactive"])
