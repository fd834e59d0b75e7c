"""What reads images, whatever holds them: descriptors, and blobs as streams that are measured while they pass."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Protocol

from bakectl.bake.platforms import Platform, PlatformError, parse_platform
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager

INDEX_TYPES: Final = (
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
)
MANIFEST_TYPES: Final = (
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
)
LARGEST_DOCUMENT: Final = 8 << 20
"""Bytes of an index, manifest or config; registries refuse manifests of more than 4 MiB."""
CHUNK: Final = 1 << 16
_DIGEST = re.compile(r"sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})", re.ASCII)


class BlobMissing(Exception):
    """What a descriptor names is not there."""


class ReadFailed(Exception):
    """The place that holds an image cannot be read; the text says why."""


class BrokenBlob(Exception):
    """A blob is not what its descriptor says: `kind` is `truncated`, `size` or `digest`."""

    def __init__(self, kind: str, message: str) -> None:
        self.kind = kind
        super().__init__(message)


class BadDocument(Exception):
    """An index, manifest or config is not what it should be; the text says what is wrong."""


class Descriptor(Record):
    """A reference to a blob: its type, digest and size; `size` is None where nobody has said it."""

    media_type: str
    digest: str
    size: int | None = None
    platform: Platform | None = None
    annotations: Mapping[str, str] = {}
    path: str | None = None
    """Where an archive has it, if not by its digest."""

    @property
    def is_document(self) -> bool:
        """Whether it is an index or a manifest, which registries keep apart from other blobs."""
        return self.media_type in INDEX_TYPES or self.media_type in MANIFEST_TYPES


class ImageReader(Protocol):
    """One image in a registry, a folder or an archive."""

    name: str
    """How people call it."""
    is_partial: bool
    """Whether platforms of the index may be missing, as in a daemon that pulled only its own."""

    def top(self) -> Descriptor:
        """The index or the manifest of the image; raises BlobMissing."""
        ...

    def open(self, descriptor: Descriptor) -> AbstractContextManager[BinaryIO]:
        """The bytes of a blob, unchecked; raises BlobMissing."""
        ...


class Measured:
    """A stream whose bytes are counted and hashed while they pass; never more than the descriptor's size are read."""

    def __init__(self, stream: BinaryIO, descriptor: Descriptor) -> None:
        self._stream = stream
        self._descriptor = descriptor
        self._hash = hashlib.new(descriptor.digest.partition(":")[0])
        self.count = 0

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, empty at the end; raises BrokenBlob when there are too many."""
        piece = self._stream.read(size)
        self.count += len(piece)
        self._hash.update(piece)
        promised = self._descriptor.size
        if promised is not None and self.count > promised:
            raise BrokenBlob("size", f"is larger than the {promised} bytes of its descriptor")
        return piece

    def finish(self) -> None:
        """Read what is left, and raise BrokenBlob when size or digest are wrong."""
        while self.read():
            pass
        promised = self._descriptor.size
        if promised is not None and self.count < promised:
            raise BrokenBlob("truncated", f"ends after {self.count} of {promised} bytes")
        found = f"{self._hash.name}:{self._hash.hexdigest()}"
        if found != self._descriptor.digest:
            raise BrokenBlob("digest", f"has the digest {found}")


def read_document(reader: ImageReader, descriptor: Descriptor) -> dict[str, Any]:
    """Read an index, manifest or config; raises BlobMissing, BrokenBlob and BadDocument."""
    if descriptor.size is not None and descriptor.size > LARGEST_DOCUMENT:
        raise BadDocument(f"has {descriptor.size} bytes, and the most that is read is {LARGEST_DOCUMENT}")
    pieces: list[bytes] = []
    with reader.open(descriptor) as stream:
        measured = Measured(stream, descriptor)
        while piece := measured.read():
            pieces.append(piece)
            if measured.count > LARGEST_DOCUMENT:
                raise BadDocument(f"has more than {LARGEST_DOCUMENT} bytes")
        measured.finish()
    try:
        document = json.loads(b"".join(pieces))
    except (ValueError, RecursionError):
        raise BadDocument("is not JSON") from None
    if not isinstance(document, dict):
        raise BadDocument("is not a JSON object")
    return document


def read_descriptor(value: object) -> Descriptor:
    """Make a descriptor of its JSON; raises BadDocument."""
    if not isinstance(value, dict):
        raise BadDocument("has a descriptor that is not an object")
    digest, size = value.get("digest"), value.get("size")
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise BadDocument(f"has a descriptor with the digest {shown(digest)}")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise BadDocument(f"has a descriptor with the size {shown(size)}")
    return Descriptor(
        str(value.get("mediaType", "")),
        digest,
        size,
        read_platform(value.get("platform")),
        texts(value.get("annotations")),
    )


def read_platform(value: object) -> Platform | None:
    """A platform from its parts, as descriptors and configs have them; raises BadDocument."""
    if not isinstance(value, dict) or not value.get("os") or not value.get("architecture"):
        return None
    parts = [str(value[key]) for key in ("os", "architecture", "variant") if value.get(key)]
    try:
        return parse_platform("/".join(parts))
    except PlatformError:
        raise BadDocument(f"has the platform {shown('/'.join(parts))}") from None


def texts(value: object) -> dict[str, str]:
    """A JSON object of strings; what is anything else is left out."""
    if not isinstance(value, dict):
        return {}
    return {str(key): text for key, text in value.items() if isinstance(text, str)}


def shown(value: object) -> str:
    """A value as JSON, cut where it is long."""
    text = json.dumps(value, ensure_ascii=True, default=str)
    return text if len(text) <= 80 else f"{text[:79]}…"
