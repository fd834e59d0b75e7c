"""`bakectl bake --by-digest` with a fake docker: what is pushed where, and what is kept of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDaemon, FakeDocker

DIGEST = f"sha256:{'a' * 64}"
JOB = ("bake", "app", "--platform", "linux/arm64", "--by-digest", "--digests", "kept/digests")
REMOTE = """\
Name:   cloud
Driver: docker-container

Nodes:
Name:      cloud0
Endpoint:  unix:///var/run/docker.sock
Status:    running
Platforms: linux/amd64, linux/arm64
"""
PUSHED = {
    "target": "app",
    "platforms": ["linux/arm64"],
    "repository": "registry.test/acme/app",
    "digest": DIGEST,
}


def pushed(name: str) -> dict[str, dict[str, str]]:
    """What buildx writes of a build."""
    return {"app": {"containerimage.digest": DIGEST, "image.name": name}}


@pytest.mark.parametrize("progress", [(), ("--progress=plain",)], ids=["our progress", "buildx's progress"])
def test_without_a_tag(progress: tuple[str, ...], bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx inspect", out=REMOTE)
    fake_docker.answer("buildx bake", metadata=pushed("registry.test/acme/app"))
    done = bakectl(*JOB, *progress)
    assert (done.code, "staged-push" in done.err) == (0, False)
    assert fake_docker.overrides == [
        "app.platform=linux/arm64",
        "app.tags=",
        "app.output=type=image,name=registry.test/acme/app,push-by-digest=true,name-canonical=true,push=true",
    ]
    kept = bakectl.folder / "kept/digests"
    assert [path.name for path in kept.iterdir()] == ["app-linux-arm64.json"]
    assert json.loads((kept / "app-linux-arm64.json").read_text("utf-8")) == PUSHED


def test_with_a_tag_where_the_driver_needs_one(
    bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon
) -> None:
    name = "registry.test/acme/app:bakectl-app-linux-arm64"
    fake_docker.answer("buildx bake", metadata=pushed(name))
    done = bakectl(*JOB, "--progress=plain")
    assert done.code == 0
    assert done.err.startswith(
        f"info: this builder cannot push by digest, so until the next build there is a tag: {name} [staged-push]\n"
        "help: nothing needs it afterwards; a builder of docker buildx create pushes without\n"
    )
    assert fake_docker.overrides == [
        "app.platform=linux/arm64",
        f"app.tags={name}",
        "app.output=type=image,push=true",
    ]
    assert json.loads((bakectl.folder / "kept/digests/app-linux-arm64.json").read_text("utf-8")) == PUSHED


def test_no_digest_was_told(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx inspect", out=REMOTE)
    fake_docker.answer("buildx bake", metadata={"app": {}})
    done = bakectl(*JOB, "--progress=plain")
    assert done.code == 5
    assert done.err.endswith('error: buildx has told no digest of target "app" [no-digest]\n')
    assert not (bakectl.folder / "kept").exists()


def test_a_place_that_cannot_be_written(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    (bakectl.folder / "kept").write_text("", "utf-8")
    fake_docker.answer("buildx inspect", out=REMOTE)
    fake_docker.answer("buildx bake", metadata=pushed("registry.test/acme/app"))
    done = bakectl(*JOB, "--progress=plain")
    assert done.code == 3
    assert done.err.endswith("error: kept/digests cannot be made: Not a directory [unwritable-file]\n")
