"""A builder of two nodes, made and removed for real; both nodes are the BuildKit of the engine, by the remote driver."""

import json
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from buildkit_proxy import BuildKitProxy

pytestmark = pytest.mark.engine

SETTINGS = """\
[builder]
name = "{name}"

[[builder.nodes]]
name = "amd"
endpoint = "{first}"
platforms = ["linux/amd64"]

[[builder.nodes]]
name = "arm"
endpoint = "{second}"
platforms = ["linux/arm64", "linux/arm/v7"]
"""
BAKE_FILE = """\
target "app" {
  dockerfile-inline = "FROM scratch\\nARG TARGETARCH\\nCOPY $TARGETARCH /app\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
}
"""


@pytest.fixture
def farm(engine: dict[str, str], tmp_path: Path, run: Any) -> Iterator[Any]:
    """Return a function that runs bakectl in a folder whose settings have a builder of two nodes."""
    host = engine.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    if not host.startswith("unix://"):
        pytest.skip("the engine does not listen on a socket here")
    name = f"bakectl-farm-{uuid.uuid4().hex[:8]}"
    daemon = host.removeprefix("unix://")
    (tmp_path / "docker-bake.hcl").write_text(BAKE_FILE)
    for architecture in ("amd64", "arm64"):
        (tmp_path / architecture).write_text(uuid.uuid4().hex)

    def bakectl(*words: str, code: int = 0) -> Any:
        return run(sys.executable, "-m", "bakectl", *words, cwd=tmp_path, code=code)

    with BuildKitProxy(daemon) as first, BuildKitProxy(daemon) as second:
        text = SETTINGS.format(name=name, first=first.endpoint, second=second.endpoint)
        (tmp_path / "bakectl.toml").write_text(text)
        bakectl.name = name
        bakectl.folder = tmp_path
        yield bakectl
        if name in run("docker", "buildx", "ls").stdout:
            run("docker", "buildx", "rm", name)


def test_up_bake_and_down(farm: Any) -> None:
    assert farm("builder", "status", code=1).stderr == (
        f"there is no builder {farm.name}: make it with bakectl builder up\n"
    )
    up = farm("builder", "up")
    assert up.stderr == f"make {farm.name}\nadd node arm\nstart all nodes\n"
    nodes = json.loads(farm("builder", "status", "--json").stdout)["nodes"]
    assert [(node["name"], node["status"]) for node in nodes] == [("amd", "running"), ("arm", "running")]
    assert farm("builder", "up").stderr == ""

    plan = json.loads(farm("builder", "plan", "--json").stdout)
    assert plan["commands"] == []
    assert [(row["platform"], row["way"]) for row in plan["platforms"]] == [
        ("linux/amd64", "native"),
        ("linux/arm64", "cross-compiled"),
    ]
    # One platform at a time, because two nodes that are one daemon mix up the parts of one build.
    for platform, node in (("linux/amd64", "amd"), ("linux/arm64", "arm")):
        facts = farm.folder / "facts.json"
        farm("bake", "app", "--builder", farm.name, "--platform", platform, "--metadata-file", str(facts))
        assert json.loads(facts.read_text())["app"]["buildx.build.ref"].startswith(f"{farm.name}/{node}/")

    text = (farm.folder / "bakectl.toml").read_text()
    (farm.folder / "bakectl.toml").write_text(text[: text.rindex("[[")])
    assert farm("builder", "status", code=1).stdout.splitlines()[-1].split()[2:] == ["not", "in", "the", "settings"]
    assert farm("builder", "up").stderr == "take node arm out\nstart all nodes\n"

    assert farm("builder", "down").stderr == f"remove {farm.name}\n"
    assert farm("builder", "down").stderr == f"there is no builder {farm.name}\n"
