"""What is removed from the folder of a local cache, and what is left alone."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from bakectl import api
from bakectl.bake.overrides import parse_override
from bakectl.engine.local_cache import prune, written_folders

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "application/vnd.oci.image.manifest.v1+json"


def blob(folder: Path, content: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    (folder / "blobs" / "sha256" / digest).write_bytes(content)
    return {"digest": f"sha256:{digest}", "mediaType": "application/octet-stream"}


def cache(folder: Path, *layers: bytes) -> None:
    (folder / "blobs" / "sha256").mkdir(parents=True, exist_ok=True)
    facts = {"config": blob(folder, b"{}"), "layers": [blob(folder, layer) for layer in layers]}
    manifest = {**blob(folder, json.dumps(facts).encode()), "mediaType": MANIFEST}
    (folder / "index.json").write_text(json.dumps({"manifests": [manifest]}))


def names(folder: Path) -> set[str]:
    return {path.name for path in (folder / "blobs" / "sha256").iterdir()}


def test_what_the_index_does_not_lead_to_is_removed(tmp_path: Path) -> None:
    cache(tmp_path, b"old")
    cache(tmp_path, b"new")
    kept = {hashlib.sha256(content).hexdigest() for content in (b"new", b"{}")}
    assert prune(tmp_path.as_posix()) > 0
    assert kept < names(tmp_path)
    assert len(names(tmp_path)) == 3
    assert prune(tmp_path.as_posix()) == 0


def test_what_cannot_be_read_as_a_whole_is_left_alone(tmp_path: Path) -> None:
    cache(tmp_path, b"old")
    cache(tmp_path, b"new")
    (manifest,) = json.loads((tmp_path / "index.json").read_text())["manifests"]
    path = tmp_path / "blobs" / "sha256" / manifest["digest"].removeprefix("sha256:")
    content = path.read_bytes()
    before = names(tmp_path)
    for broken in (b"", b"[]", b"{" * 100_000):
        path.write_bytes(broken)
        assert prune(tmp_path.as_posix()) == 0
    path.write_bytes(content)
    (tmp_path / "mine.txt").write_text("")
    assert prune(tmp_path.as_posix()) == 0
    assert names(tmp_path) == before
    assert prune((tmp_path / "missing").as_posix()) == 0


def test_folders_that_a_build_writes(tmp_path: Path) -> None:
    (tmp_path / "docker-bake.hcl").write_text(
        'target "a" { cache-to = ["type=local,dest=x/../c", "type=gha"] }\n'
        'target "b" { cache-to = ["type=local,dest=c"] }\n'
        'target "d" {\n  cache-to = ["type=local,dest=d"]\n  cache-from = ["type=local,src=./d,digest=sha256:1"]\n}\n'
    )
    project = api.load((tmp_path / "docker-bake.hcl").as_posix(), env={})
    assert written_folders(api.plan(project, "a", "b", "d")) == ("c",)
    none = parse_override("*.cache-to=")
    assert written_folders(api.plan(project, "a", "b", overrides=[none])) == ()
