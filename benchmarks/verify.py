"""Time and memory at the peak of `bakectl verify`: the repository's own images, and an image of one layer of 2 GB.

The own images are those in `REGISTRY`, where `bakectl bake all --push` puts them; without it they are left out.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
import time
import zlib
from pathlib import Path
from typing import BinaryIO

from timing import ROOT

_SMALL, _LARGE = 60_000, 24
_MEGABYTE = 1 << 20


class _Hashed:
    """A file that is written, packed or not, and hashed on the way."""

    def __init__(self, file: BinaryIO, *, packed: bool) -> None:
        self.packer = zlib.compressobj(1, wbits=31) if packed else None
        self.file, self.inner, self.outer, self.size = file, hashlib.sha256(), hashlib.sha256(), 0

    def write(self, piece: bytes) -> int:
        self.inner.update(piece)
        self._put(self.packer.compress(piece) if self.packer else piece)
        return len(piece)

    def _put(self, piece: bytes) -> None:
        self.outer.update(piece)
        self.size += self.file.write(piece)

    def finish(self) -> None:
        self._put(self.packer.flush() if self.packer else b"")


def large_image(folder: Path, *, packed: bool) -> None:
    """Write an OCI layout whose one layer unpacks to 2 GB: many small files, and some large ones."""
    blobs = folder / "blobs" / "sha256"
    blobs.mkdir(parents=True)
    noise = random.Random(1).randbytes(_MEGABYTE)
    with (folder / "layer").open("wb") as file:
        layer = _Hashed(file, packed=packed)
        with tarfile.open(fileobj=layer, mode="w|") as archive:  # type: ignore[call-overload]
            for number in range(_SMALL):
                _add(archive, f"srv/{number // 500}/file-{number}.txt", noise[: 1000 + number % 3000])
            for number in range(_LARGE):
                head = b"\x7fELF" if number % 2 else b"data"
                _add(archive, f"opt/large-{number}", (head + noise[4:]) * 75)
        layer.finish()
    (folder / "layer").rename(blobs / layer.outer.hexdigest())

    def keep(document: object, media_type: str) -> dict[str, object]:
        content = json.dumps(document).encode()
        digest = hashlib.sha256(content).hexdigest()
        (blobs / digest).write_bytes(content)
        return {
            "mediaType": f"application/vnd.oci.image.{media_type}",
            "digest": f"sha256:{digest}",
            "size": len(content),
        }

    kind = "tar+gzip" if packed else "tar"
    digest = f"sha256:{layer.outer.hexdigest()}"
    described = {"mediaType": f"application/vnd.oci.image.layer.v1.{kind}", "digest": digest, "size": layer.size}
    root = {"type": "layers", "diff_ids": [f"sha256:{layer.inner.hexdigest()}"]}
    config = {"os": "linux", "architecture": "amd64", "config": {"User": "1"}, "rootfs": root}
    manifest = {"schemaVersion": 2, "config": keep(config, "config.v1+json"), "layers": [described]}
    index = {"schemaVersion": 2, "manifests": [keep(manifest, "manifest.v1+json")]}
    (folder / "index.json").write_text(json.dumps(index), "utf-8")
    (folder / "oci-layout").write_text("{}", "utf-8")


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def measure(what: str, *words: str, folder: Path = ROOT) -> None:
    """Run `bakectl verify` and print its time, its memory at the peak, and its exit code."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "bakectl", "verify", *words]
    child = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - begun
    print(f"{what:<44}{seconds:>7.1f} s{used.ru_maxrss / 1024:>8.0f} MB  exit {child.returncode}")


def main() -> None:
    """Measure each case once: what it takes is read, not guessed."""
    if "REGISTRY" in os.environ:
        measure("backend, three platforms", "backend", "--from=registry")
        measure("backend and frontend, three platforms each", "all", "--from=registry")
    with tempfile.TemporaryDirectory() as name:
        for packed in (False, True):
            folder = Path(name) / str(packed)
            large_image(folder, packed=packed)
            measure(f"a layer of 2 GB, {'gzip' if packed else 'not packed'}", str(folder), folder=folder)


if __name__ == "__main__":
    main()
