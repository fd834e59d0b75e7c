"""The builder of the settings: what may be written, and the commands that make it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bakectl import settings
from bakectl.engine import builder_settings
from bakectl.engine.builder_settings import WantedBuilder, read_builder
from bakectl.engine.builder_steps import Step, start, steps_down, steps_up
from bakectl.engine.builders import Builder, Node
from bakectl.engine.support import CROSS, EMULATED, MISSING, NATIVE, UNSURE
from bakectl.engine.support import _support as support
from bakectl.errors import InvalidBakeFile
from bakectl.settings import find_settings

SCHEMA = json.loads((Path(settings.__file__).parent / "settings.schema.json").read_text())
FARM = """
[builder]
name = "farm"

[[builder.nodes]]
name = "amd"
platforms = ["linux/amd64"]

[[builder.nodes]]
name = "arm"
endpoint = "ssh://build@arm.example"
platforms = ["linux/arm64/v8", "linux/arm"]
options = ["network=host", "image=moby/buildkit:v0.25.1"]
flags = "--debug"
config = "buildkitd.toml"
"""
REMOTE = """
[[builder.nodes]]
endpoint = "tcp://arm.example:1234"
tls = { ca = "ca.pem", cert = "cert.pem", key = "key.pem", server-name = "arm" }
"""
DAEMON = """
[builder]
driver = "docker-container"

[[builder.nodes]]
endpoint = "tcp://arm.example:2376"
tls = { ca = "ca.pem" }
"""
KUBERNETES = """
[[builder.nodes]]
endpoint = "kubernetes"
platforms = ["linux/amd64"]
options = ["namespace=build"]

[[builder.nodes]]
endpoint = "kubernetes://other"
platforms = ["linux/arm64"]
"""


def wanted(folder: Path, text: str) -> WantedBuilder:
    (folder / "bakectl.toml").write_text(text)
    found = read_builder(find_settings(str(folder)))
    assert found is not None
    return found


def commands(steps: tuple[Step, ...]) -> list[str]:
    return [" ".join(step.arguments) for step in steps]


def test_the_schema_has_what_is_read() -> None:
    builder = SCHEMA["properties"]["builder"]["properties"]
    assert tuple(builder["driver"]["enum"]) == builder_settings.DRIVERS
    assert builder["name"]["default"] == builder_settings.NAME
    assert tuple(SCHEMA["$defs"]["node"]["properties"]["tls"]["properties"]) == builder_settings._TLS


def test_made_from_nothing(tmp_path: Path) -> None:
    farm = wanted(tmp_path, FARM)
    create = "docker buildx create --name farm --driver docker-container"
    assert commands((*steps_up(farm, None, {}), start(farm))) == [
        f"{create} --node amd --platform linux/amd64",
        (
            f"{create} --node arm --append --platform linux/arm64,linux/arm/v7 --driver-opt network=host "
            "--driver-opt image=moby/buildkit:v0.25.1 --buildkitd-flags --debug --buildkitd-config buildkitd.toml "
            "ssh://build@arm.example"
        ),
        "docker buildx inspect --bootstrap farm",
    ]


def test_over_tls(tmp_path: Path) -> None:
    assert commands(steps_up(wanted(tmp_path, REMOTE), None, {})) == [
        (
            "docker buildx create --name bakectl --driver remote --node bakectl0 --driver-opt cacert=ca.pem "
            "--driver-opt cert=cert.pem --driver-opt key=key.pem --driver-opt servername=arm tcp://arm.example:1234"
        )
    ]


def test_a_daemon_over_tls_needs_a_context(tmp_path: Path) -> None:
    daemon, name = wanted(tmp_path, DAEMON), "bakectl-bakectl0"
    create = f"docker buildx create --name bakectl --driver docker-container --node bakectl0 {name}"
    made = f"docker context create {name} --docker host=tcp://arm.example:2376,ca=ca.pem"
    assert commands(steps_up(daemon, None, {})) == [made, create]
    assert commands(steps_up(daemon, None, {name: "tcp://arm.example:2376"})) == [create]
    assert commands(steps_up(daemon, None, {name: "tcp://old:1"})) == [made.replace("create", "update"), create]
    there = Builder("bakectl", "docker-container", (Node("bakectl0", name, "running", ()),))
    assert commands(steps_down(daemon, there, {name: "tcp://arm.example:2376"})) == [
        "docker buildx rm bakectl",
        f"docker context rm {name}",
    ]


def test_kubernetes(tmp_path: Path) -> None:
    create = "docker buildx create --name bakectl --driver kubernetes"
    assert commands(steps_up(wanted(tmp_path, KUBERNETES), None, {})) == [
        f"{create} --node bakectl0 --platform linux/amd64 --driver-opt namespace=build",
        f"{create} --node bakectl1 --append --platform linux/arm64 other",
    ]


def test_brought_to_what_is_wanted(tmp_path: Path) -> None:
    farm = wanted(tmp_path, FARM)
    amd = Node("amd", "unix:///var/run/docker.sock", "running", ("linux/amd64", "linux/386"), promised=("linux/amd64",))
    arm = Node("arm", "ssh://build@arm.example", "running", ("linux/arm64", "linux/arm/v7"))
    old = Node("old", "ssh://old", "inactive", ())
    create = "docker buildx create --name farm --driver docker-container"

    def needed(*nodes: Node) -> list[str]:
        return commands(steps_up(farm, Builder("farm", "docker-container", nodes), {}))

    assert needed(amd, arm) == []
    assert needed(amd, arm, old) == ["docker buildx create --name farm --leave --node old"]
    assert [line.split(" --platform")[0] for line in needed(amd)] == [f"{create} --node arm --append"]
    moved = Node("arm", "ssh://elsewhere", "running", arm.platforms)
    assert [line.split(" --platform")[0] for line in needed(amd, moved)] == [f"{create} --node arm --append"]
    lesser = Node("amd", amd.endpoint, "running", amd.platforms, promised=("linux/386",))
    assert needed(lesser, arm) == [f"{create} --node amd --append --platform linux/amd64"]


def test_another_driver_is_made_anew(tmp_path: Path) -> None:
    farm = wanted(tmp_path, FARM)
    there = Builder("farm", "remote", (Node("amd", "tcp://a", "running", ()),))
    found = commands(steps_up(farm, there, {}))
    assert found[0] == "docker buildx rm farm"
    assert found[1:] == commands(steps_up(farm, None, {}))


def test_nothing_is_there_to_remove(tmp_path: Path) -> None:
    assert steps_down(wanted(tmp_path, FARM), None, {}) == ()


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("[builder]", ['bakectl.toml: [builder]: "nodes" has no node']),
        ("[builder]\nnodes = 1", ['bakectl.toml: [builder]: "nodes" is a list of tables', 'bakectl.toml: [builder]: "nodes" has no node']),
        ('[builder]\nname = "-x"\n[[builder.nodes]]', ['bakectl.toml: [builder]: "name" is letters, digits and "._-", and not "-x"']),
        ('[[builder.nodes]]\nendpont = "a"', ['bakectl.toml: [builder] nodes 1 has no "endpont"']),
        ('[[builder.nodes]]\nplatforms = ["linux/"]', ['bakectl.toml: [builder] nodes 1: "platforms" names no platform']),
        ('[[builder.nodes]]\noptions = ["x"]', ['bakectl.toml: [builder] nodes 1: "options" "x" is not KEY=VALUE']),
        ('[[builder.nodes]]\nendpoint = "ftp://x"', ['bakectl.toml: [builder] nodes 1: "endpoint" "ftp://x" is no address of a Docker daemon']),
        ('[builder]\ndriver = "remote"\n[[builder.nodes]]', ['bakectl.toml: [builder] nodes 1: "endpoint" of a remote node is an address of buildkitd']),
        ('[[builder.nodes]]\nendpoint = "ssh://a"\ntls = { ca = "c" }', ['bakectl.toml: [builder] nodes 1: "tls" is for endpoints that begin with tcp://']),
        ('[[builder.nodes]]\nendpoint = "ssh://a"\n[[builder.nodes]]\nendpoint = "tcp://b:1"', ['bakectl.toml: [builder]: "nodes" are of docker-container and remote: all nodes of a builder have one driver']),
        ('[[builder.nodes]]\nname = "a"\n[[builder.nodes]]\nname = "a"', ['bakectl.toml: [builder]: "nodes" has two nodes called "a"']),
    ],
)  # fmt: skip
def test_mistakes(tmp_path: Path, text: str, messages: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bakectl.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidBakeFile) as raised:
        read_builder(find_settings("."))
    found = [one.message for one in raised.value.diagnostics]
    assert [one[: len(message)] for one, message in zip(found, messages, strict=True)] == messages


AMD = Node("amd", "", "running", ("linux/amd64", "linux/386", "linux/arm64"))
ARM = Node("arm", "", "running", ("linux/arm64", "linux/arm/v7"))


@pytest.mark.parametrize(
    ("nodes", "platform", "needed", "way", "node"),
    [
        ((AMD, ARM), "linux/amd64", True, NATIVE, "amd"),
        ((AMD, ARM), "linux/arm64", True, NATIVE, "arm"),
        ((AMD,), "linux/arm64", True, EMULATED, "amd"),
        ((AMD,), "linux/arm64", None, EMULATED, "amd"),
        ((AMD,), "linux/arm64", False, CROSS, "amd"),
        ((AMD,), "linux/s390x", False, CROSS, "amd"),
        ((AMD,), "linux/s390x", True, MISSING, None),
        ((AMD,), "linux/s390x", None, UNSURE, None),
        ((), "linux/s390x", True, MISSING, None),
        ((Node("a", "", "", ("linux/arm64", "linux/amd64", "linux/386"), promised=("linux/arm64",)),), "linux/arm64", True, EMULATED, "a"),
    ],
)  # fmt: skip
def test_how_a_platform_is_built(
    nodes: tuple[Node, ...], platform: str, needed: bool | None, way: str, node: str | None
) -> None:
    found = support("app", platform, Builder("b", "docker", nodes), needed)
    assert (found.way, found.node) == (way, node)
