"""Builders as `docker buildx inspect` shows them."""

from __future__ import annotations

import pytest

from bakectl.engine.builders import Builder, parse_builder

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
    return Builder("b", "docker", platforms, 1, running=True, error=None)


def test_all_nodes_count() -> None:
    platforms = (
        "linux/amd64",
        "linux/amd64/v2",
        "linux/amd64/v3",
        "linux/386",
        "linux/arm64",
        "linux/arm/v7",
        "linux/arm/v6",
    )
    assert parse_builder(TWO_NODES) == Builder("farm", "docker-container", platforms, 2, running=True, error=None)


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
    assert builder(*platforms).native == native
