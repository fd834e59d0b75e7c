"""Builders as `docker buildx inspect` shows them."""

from __future__ import annotations

import pytest

from bakectl.engine.builders import Builder, Node, parse_builder

TWO_NODES = """\
Name:          farm
Driver:        docker-container
Last Activity: 2026-11-21 02:03:34 +0000 UTC

Nodes:
Name:                  farm0
Endpoint:              unix:///var/run/docker.sock
Status:                running
BuildKit daemon flags: --allow-insecure-entitlement=network.host
BuildKit version:      v0.25.1
Platforms:             linux/amd64*, linux/amd64/v2, linux/amd64/v3, linux/386
Labels:
 org.mobyproject.buildkit.worker.executor:  oci
 Name: of a label
GC Policy rule#0:
 All:            false
 Filters:        type==source.local
Name:                  farm1
Endpoint:              ssh://arm
Status:                running
Platforms:             linux/arm64, linux/arm/v7, linux/arm/v6
"""


def builder(*platforms: str) -> Builder:
    return Builder("b", "docker", (Node("b", "default", "running", platforms),))


def test_nodes() -> None:
    first = Node(
        "farm0",
        "unix:///var/run/docker.sock",
        "running",
        ("linux/amd64", "linux/amd64/v2", "linux/amd64/v3", "linux/386"),
        (0, 25, 1),
        promised=("linux/amd64",),
    )
    second = Node("farm1", "ssh://arm", "running", ("linux/arm64", "linux/arm/v7", "linux/arm/v6"))
    found = parse_builder(TWO_NODES)
    assert found == Builder("farm", "docker-container", (first, second))
    assert found.platforms == (*first.platforms, *second.platforms)


def test_a_node_with_an_error() -> None:
    found = parse_builder("Name: x\nDriver: remote\n\nNodes:\nName: x0\nEndpoint: tcp://a\nError: cannot connect\n")
    assert (found.nodes[0].error, found.error) == ("cannot connect", "cannot connect")


@pytest.mark.parametrize("version", ["v0.0.0+unknown", "", "new"])
def test_a_version_that_says_nothing(version: str) -> None:
    assert parse_builder(f"Name: x\n\nNodes:\nName: x0\nBuildKit version: {version}\n").nodes[0].buildkit is None


def test_one_node_that_sleeps_is_enough_to_wake_the_builder() -> None:
    assert not parse_builder(TWO_NODES.replace("running", "stopped", 1)).running


@pytest.mark.parametrize(
    ("has", "wanted", "runs"),
    [
        ("linux/amd64", "linux/amd64", True),
        ("linux/amd64", "linux/amd64/v2", False),
        ("linux/amd64/v3", "linux/amd64/v2", True),
        ("linux/arm64", "linux/arm64/v8", True),
        ("linux/arm/v7", "linux/arm", True),
        ("linux/arm/v7", "linux/arm/v6", True),
        ("linux/arm/v6", "linux/arm/v7", False),
        ("linux/arm64", "linux/arm/v7", False),
        ("linux/amd64", "windows/amd64", False),
        ("linux/amd64", "local", True),
    ],
)
def test_runs(has: str, wanted: str, runs: bool) -> None:
    assert builder(has).runs(wanted) is runs


@pytest.mark.parametrize(
    ("platforms", "native"),
    [
        (("linux/amd64", "linux/386", "linux/arm64"), ("linux/amd64", "linux/386")),
        (("linux/arm64", "linux/amd64", "linux/arm/v7"), ("linux/arm64", "linux/arm/v7")),
        ((), ()),
    ],
)
def test_native_platforms_come_first(platforms: tuple[str, ...], native: tuple[str, ...]) -> None:
    assert builder(*platforms).nodes[0].native == native
