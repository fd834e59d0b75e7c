"""The builder with the remote driver, which later tests stand on: it pushes by digest."""

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.engine


def test_pushes_by_digest(remote_builder: str, engine: dict[str, str], run: Any, tmp_path: Path) -> None:
    (tmp_path / "docker-bake.hcl").write_text('target "default" { dockerfile-inline = "FROM scratch\\nCOPY a /a\\n" }')
    (tmp_path / "a").write_text("a")
    name = f"{engine['REGISTRY']}/by-digest"
    output = f"type=image,name={name},push-by-digest=true,name-canonical=true,push=true"
    facts = tmp_path / "facts.json"
    bake = ("docker", "buildx", "bake", "--builder", remote_builder, "--metadata-file", facts)
    run(*bake, "--set", f"default.output={output}", cwd=tmp_path)
    digest = json.loads(facts.read_text())["default"]["containerimage.digest"]
    seen = run("docker", "buildx", "imagetools", "inspect", "--raw", f"{name}@{digest}").stdout
    assert json.loads(seen)["mediaType"] == "application/vnd.oci.image.index.v1+json"
