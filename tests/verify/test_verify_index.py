"""The index, the manifests, the configs and the blobs: each promise broken once."""

from __future__ import annotations

import gzip
import hashlib
from typing import TYPE_CHECKING

import pytest
from elves import elf
from samples import CONFIG, INDEX, LAYER, MANIFEST, Store, Verify, said, tar

from bakectl.verifying.layout import Layout
from bakectl.verifying.run import Subject, verify

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = tar(("bin", None), ("bin/app", elf("amd64")))


def test_a_good_image(store: Store, verified: Verify) -> None:
    report = verified(
        store.index(store.manifest("linux/amd64", [PROGRAM]), store.manifest("linux/arm64/v8", [])),
        "linux/arm64",
        "linux/amd64",
    )
    assert said(report) == []
    assert {name: size.unpacked for name, size in report.sizes.items()} == {
        "linux/amd64": len(elf("amd64")),
        "linux/arm64": 0,
    }


def test_an_image_without_an_index(store: Store, verified: Verify) -> None:
    report = verified({**store.manifest("linux/amd64", [PROGRAM], packed=False), "platform": None}, "linux/amd64")
    assert (said(report), list(report.sizes)) == ([], ["linux/amd64"])


def test_platforms(store: Store, verified: Verify) -> None:
    arm = store.manifest("linux/arm/v7")
    index = store.index(arm, arm, store.manifest("linux/amd64"))
    assert said(verified(index, "linux/arm64", "linux/arm")) == [
        ("duplicate-platform", "linux/arm/v7", "the index has linux/arm/v7 2 times"),
        (
            "missing-platform",
            "linux/arm64",
            "there is nothing for linux/arm64, only for linux/arm/v7, linux/arm/v7, linux/amd64",
        ),
        ("extra-platform", "linux/amd64", "linux/amd64 is not in the plan: linux/arm64, linux/arm/v7"),
    ]


def test_the_config_is_for_another_platform(store: Store, verified: Verify) -> None:
    manifest = {**store.manifest("linux/amd64"), "platform": {"os": "linux", "architecture": "arm64"}}
    assert said(verified(store.index(manifest))) == [
        ("wrong-platform", "linux/arm64", "the index says linux/arm64, and the config linux/amd64")
    ]


@pytest.mark.parametrize("part", ["manifest", "config", "layer"])
@pytest.mark.parametrize(
    ("damage", "check", "what"),
    [
        (lambda path: path.unlink(), "missing-blob", "is not there"),
        (lambda path: path.write_bytes(path.read_bytes()[:-3]), "truncated-blob", "ends after {short} of {size} bytes"),
        (lambda path: path.write_bytes(path.read_bytes() + b"x"), "wrong-size", "is larger than the {size} bytes of its descriptor"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"), "wrong-digest", "has the digest {digest}"),
    ],
    ids=["missing", "truncated", "longer", "changed"],
)  # fmt: skip
def test_a_damaged_blob(part: str, damage, check: str, what: str, store: Store, tmp_path: Path) -> None:
    layer = store.add(gzip.compress(PROGRAM), f"{LAYER}+gzip")
    config = store.document(
        {
            "os": "linux",
            "architecture": "amd64",
            "config": {"User": "1"},
            "rootfs": {"diff_ids": [f"sha256:{hashlib.sha256(PROGRAM).hexdigest()}"]},
        },
        CONFIG,
    )
    manifest = store.document(
        {"config": config, "layers": [layer]}, MANIFEST, platform={"os": "linux", "architecture": "amd64"}
    )
    folder = store.write(tmp_path, store.index(manifest))
    descriptor = {"manifest": manifest, "config": config, "layer": layer}[part]
    path = store.blob(folder, descriptor)
    damage(path)
    (report,) = verify([Subject(Layout(str(folder)))])
    digest = f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}" if path.exists() else ""
    said_of_it = what.format(size=descriptor["size"], short=descriptor["size"] - 3, digest=digest)
    name = {"manifest": "the manifest", "config": "the config", "layer": "layer"}[part]
    assert said(report) == [(check, "linux/amd64", f"{name} {descriptor['digest']} {said_of_it}")]


def test_diff_ids(store: Store, verified: Verify) -> None:
    wrong = {"rootfs": {"type": "layers", "diff_ids": ["sha256:" + "0" * 64]}}
    few = {"rootfs": {"type": "layers", "diff_ids": []}, "history": [{"created_by": "a"}, {"empty_layer": True}, {}]}
    digest = f"sha256:{hashlib.sha256(PROGRAM).hexdigest()}"
    index = store.index(
        store.manifest("linux/amd64", [PROGRAM], config=wrong, packed=False),
        store.manifest("linux/amd64/v2", [PROGRAM], config=few, packed=False),
    )
    assert said(verified(index)) == [
        ("wrong-diff-id", "linux/amd64/v2", "the config has 0 diff_ids, and the manifest 1 layers"),
        ("wrong-diff-id", "linux/amd64/v2", "the history of the config has 2 layers, and the manifest 1"),
        ("wrong-diff-id", "linux/amd64", f"layer {digest} unpacks to {digest}, and the config says sha256:{'0' * 64}"),
    ]


@pytest.mark.parametrize(
    ("index", "message"),
    [
        (b"[", "is not JSON"),
        (b"[]", "is not a JSON object"),
        (b"[" * 100_000, "is not JSON"),
        (b"{}", "lists no manifests"),
        (b'{"manifests": [5]}', "has a descriptor that is not an object"),
        (b'{"manifests": [{"digest": "md5:1", "size": 1}]}', 'has a descriptor with the digest "md5:1"'),
        (b'{"manifests": [{"digest": "sha256:%064d", "size": -1}]}' % 0, "has a descriptor with the size -1"),
    ],
    ids=["no JSON", "a list", "deep", "empty", "number", "digest", "size"],
)
def test_a_bad_index(index: bytes, message: str, store: Store, verified: Verify) -> None:
    top = store.add(index, INDEX)
    assert said(verified(top)) == [("bad-manifest", f"the image's index {top['digest']} {message}")]


def test_a_bad_manifest(store: Store, verified: Verify) -> None:
    listed = [
        store.document({"layers": []}, MANIFEST, platform={"os": "linux", "architecture": "amd64"}),
        store.document({"layers": 1}, MANIFEST, platform={"os": "linux", "architecture": "arm64"}),
        store.document({}, "application/json", platform={"os": "linux", "architecture": "386"}),
        store.document({"layers": [], "config": store.document({}, CONFIG)}, MANIFEST),
    ]
    digests = [entry["digest"] for entry in listed]
    assert said(verified(store.index(*listed))) == [
        ("bad-manifest", "linux/amd64", f"the manifest {digests[0]} has a descriptor that is not an object"),
        ("bad-manifest", "linux/arm64", f"the manifest {digests[1]} lists no layers"),
        ("bad-manifest", "linux/386", f'the index lists {digests[2]} as a "application/json", which is not an image'),
        ("bad-manifest", f"the index does not say for which platform {digests[3]} is"),
        ("bad-manifest", "the config does not say for which platform it is"),
    ]


def test_a_layer_shared_by_platforms_is_read_once(store: Store, tmp_path: Path) -> None:
    opened: list[str] = []

    class Counting(Layout):
        def open(self, descriptor):
            opened.append(descriptor.digest)
            return super().open(descriptor)

    shared = tar(("etc/motd", b"hello"))
    index = store.index(store.manifest("linux/amd64", [shared]), store.manifest("linux/arm64", [shared]))
    folder = str(store.write(tmp_path, index))
    reports = list(verify([Subject(Counting(folder)), Subject(Counting(folder))]))
    digest = store.add(gzip.compress(shared, mtime=0), LAYER)["digest"]
    assert opened.count(digest) == 1
    assert [said(report) for report in reports] == [[], []]
