"""Layers one over the other: whiteouts, opaque folders, links that stay inside, and hostile paths."""

from __future__ import annotations

import io
import tarfile

import pytest
from samples import Store, Verify, said, tar

from bakectl.verifying.filesystem import FileSystem, merge
from bakectl.verifying.layers import Layer, read_layer
from bakectl.verifying.reader import Descriptor


def layer(archive: bytes) -> Layer:
    """A layer that is not packed."""

    class Memory:
        name, is_partial = "memory", False

        def open(self, descriptor):
            return io.BytesIO(archive)

    store = Store()
    described = store.add(archive, "application/vnd.oci.image.layer.v1.tar")
    return read_layer(Memory(), Descriptor(described["mediaType"], described["digest"], described["size"]))


def merged(*archives: bytes) -> FileSystem:
    return merge(map(layer, archives))


def paths(files: FileSystem) -> list[str]:
    return sorted(entry.path for entry in files if entry.kind != "folder")


BELOW = tar(("a/b/one", b"1"), ("a/b/two", b"2"), ("a/three", b"3"), ("c", "-> a/b"))


@pytest.mark.parametrize(
    ("above", "left"),
    [
        (tar(("a/b/.wh.one", b"")), ["a/b/two", "a/three", "c"]),
        (tar(("a/.wh.b", b"")), ["a/three", "c"]),
        (tar(("a/b/new", b""), ("a/b/.wh..wh..opq", b"")), ["a/b/new", "a/three", "c"]),
        (tar(("a", b"now a file")), ["a", "c"]),
        (tar(("c", None), ("c/four", b"")), ["a/b/one", "a/b/two", "a/three", "c/four"]),
        (tar(("c/four", b"")), ["a/b/four", "a/b/one", "a/b/two", "a/three", "c"]),
        (tar((".wh.c", b""), ("c/four", b"")), ["a/b/one", "a/b/two", "a/three", "c/four"]),
        (tar(("./a/./b//one", b"new"), ("/a/five", b"")), ["a/b/one", "a/b/two", "a/five", "a/three", "c"]),
        (tar((".wh..wh..opq", b""), ("z", b"")), ["z"]),
    ],
    ids=["file", "folder", "opaque", "file over folder", "folder over link", "through link", "link gone", "odd", "all"],
)
def test_layers(above: bytes, left: list[str]) -> None:
    assert paths(merged(BELOW, above)) == left


def test_links_stay_inside() -> None:
    files = merged(
        tar(
            ("etc/passwd", b"root"),
            ("up", "-> ../../../etc/passwd"),
            ("round", "-> around"),
            ("around", "-> round"),
            ("abs", "-> /etc"),
            ("etc/self", "-> passwd"),
            ("gone", "-> nowhere/at/all"),
        )
    )
    assert [files.real_path(path) for path in ("up", "/abs/passwd", "abs/self", "../etc/../up")] == ["etc/passwd"] * 4
    assert [files.real_path(path) for path in ("round", "around/x", "gone", "none")] == [None] * 4


def test_a_hard_link_is_the_file() -> None:
    files = merged(tar(("bin/a", b"#!/bin/sh\n"), ("bin/b", "=> bin/a")), tar(("bin/c", "=> bin/a")))
    for path in ("bin/b", "bin/c"):
        found = files.find(path)
        assert found is not None
        assert (found.kind, found.content.interpreter) == ("file", ("/bin/sh",))
    assert sum(entry.size for entry in files) == 10


@pytest.mark.parametrize(
    ("member", "message"),
    [
        (("../../etc/cron.d/x", b""), '"../../etc/cron.d/x" leads out of the image'),
        (("a/../../x", b""), '"a/../../x" leads out of the image'),
        (("a", "=> ../../etc/shadow"), '"a" is a hard link out of the image, to "../../etc/shadow"'),
    ],
)
def test_hostile_paths(member: tuple[str, object], message: str, store: Store, verified: Verify) -> None:
    report = verified(store.manifest("linux/amd64", [tar(member)]))
    assert said(report) == [("hostile-path", "linux/amd64", message)]


def huge_header() -> bytes:
    """An archive whose extended header claims to have eight gigabytes."""
    info = tarfile.TarInfo("pax")
    info.type = tarfile.XHDTYPE
    info.size = (8 << 30) - 1
    return info.tobuf(tarfile.USTAR_FORMAT) + b"\0" * 20_000


def negative() -> bytes:
    """An archive with a file whose size is less than nothing."""
    block = bytearray(tarfile.TarInfo("a").tobuf(tarfile.GNU_FORMAT))
    block[124:136] = b"\xff" * 12
    block[148:156] = b"        "
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block) + b"\0" * 1024


GOOD = tar(("one", b"1" * 600), ("two", b"2"))


@pytest.mark.parametrize(
    "archive",
    [
        GOOD[:700],
        GOOD[:1100],
        GOOD[:1536] + b"garbage!" * 64 + GOOD[1536:],
        b"no archive" * 200,
        huge_header(),
        negative(),
        b"",
    ],
    ids=["in a file", "in padding", "no header", "no archive", "huge header", "negative size", "empty"],
)
def test_what_is_no_archive(archive: bytes, store: Store, verified: Verify) -> None:
    (found,) = verified(store.manifest("linux/amd64", [archive], packed=False)).findings
    assert found.rule == "bad-layer"
    assert " is not a whole tar archive: " in found.message


def test_a_bomb_is_not_read_on(store: Store, verified: Verify, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bakectl.verifying.layers._BOMB_BYTES", 1 << 20)
    zeros = tar(("zeros", bytes(8 << 20)))
    (found,) = verified(store.manifest("linux/amd64", [zeros])).findings
    assert found.rule == "archive-bomb"
    assert " unpacks to more than 2 MiB, 25" in found.message
