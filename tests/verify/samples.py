"""Images made by hand, as OCI layouts, so that each can be wrong in one way."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from bakectl.verifying.run import Report

if TYPE_CHECKING:
    from pathlib import Path

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar"

Json = dict[str, Any]
Verify = Callable[..., Report]


def said(report: Report) -> list[tuple[str, ...]]:
    """What was found, without the platform where there is none."""
    return [(item.rule, *filter(None, (item.platform,)), item.message) for item in report.findings]


def tar(*members: tuple[str, object], mode: int = 0o755) -> bytes:
    """A tar: bytes are files, None are folders, `-> x` is a link, `=> x` a hard link, and a TarInfo is what it is."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:", format=tarfile.PAX_FORMAT) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.mode = mode
            data = b""
            if content is None:
                info.type = tarfile.DIRTYPE
            elif isinstance(content, str) and content.startswith(("-> ", "=> ")):
                info.type = tarfile.SYMTYPE if content[0] == "-" else tarfile.LNKTYPE
                info.linkname = content[3:]
            elif isinstance(content, tarfile.TarInfo):
                info = content
                info.name = name
            else:
                assert isinstance(content, bytes)
                data = content
            if data:
                info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


class Store:
    """Blobs, and the image that is made of them."""

    def __init__(self) -> None:
        self.blobs: dict[str, bytes] = {}

    def add(self, content: bytes, media_type: str, **more: object) -> Json:
        """Keep a blob and describe it."""
        digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
        self.blobs[digest] = content
        return {"mediaType": media_type, "digest": digest, "size": len(content), **more}

    def document(self, value: object, media_type: str, **more: object) -> Json:
        return self.add(json.dumps(value).encode(), media_type, **more)

    def manifest(
        self,
        platform: str,
        layers: Iterable[bytes] = (),
        *,
        run: Mapping[str, object] = {"User": "1000"},
        config: Mapping[str, object] = {},
        annotations: Mapping[str, str] = {},
        packed: bool = True,
    ) -> Json:
        """An image for one platform."""
        parts = dict(zip(("os", "architecture", "variant"), platform.split("/"), strict=False))
        archives = list(layers)
        diff_ids = [f"sha256:{hashlib.sha256(archive).hexdigest()}" for archive in archives]
        described = [
            self.add(gzip.compress(archive, mtime=0), f"{LAYER}+gzip") if packed else self.add(archive, LAYER)
            for archive in archives
        ]
        settings = {**parts, "config": run, "rootfs": {"type": "layers", "diff_ids": diff_ids}, **config}
        document = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self.document(settings, CONFIG),
            "layers": described,
            **({"annotations": annotations} if annotations else {}),
        }
        return self.document(document, MANIFEST, platform=parts)

    def attestation(self, manifest: Json, *predicates: str) -> Json:
        """What BuildKit attests of a manifest."""
        layers = [
            self.document({}, "application/vnd.in-toto+json", annotations={"in-toto.io/predicate-type": predicate})
            for predicate in predicates
        ]
        document = {"schemaVersion": 2, "mediaType": MANIFEST, "config": self.document({}, CONFIG), "layers": layers}
        notes = {
            "vnd.docker.reference.digest": manifest["digest"],
            "vnd.docker.reference.type": "attestation-manifest",
        }
        unknown = {"os": "unknown", "architecture": "unknown"}
        return self.document(document, MANIFEST, platform=unknown, annotations=notes)

    def index(self, *manifests: Json, **more: object) -> Json:
        """An index of all platforms."""
        return self.document({"schemaVersion": 2, "mediaType": INDEX, "manifests": list(manifests), **more}, INDEX)

    def write(self, folder: Path, *tops: Json) -> Path:
        """Write a layout with these images."""
        place = folder / "blobs" / "sha256"
        place.mkdir(parents=True, exist_ok=True)
        for digest, content in self.blobs.items():
            (place / digest.removeprefix("sha256:")).write_bytes(content)
        (folder / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
        (folder / "index.json").write_text(json.dumps({"schemaVersion": 2, "manifests": list(tops)}))
        return folder

    def blob(self, folder: Path, descriptor: Json) -> Path:
        """The file of a blob in a layout."""
        return folder / "blobs" / "sha256" / descriptor["digest"].removeprefix("sha256:")
