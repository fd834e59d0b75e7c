"""Images in OCI layouts: a folder, or a tar as `--output type=oci` and `docker save` write it."""

from __future__ import annotations

import io
import os
import tarfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from bakectl.record import Record, replace
from bakectl.verifying.reader import (
    INDEX_TYPES,
    LARGEST_DOCUMENT,
    MANIFEST_TYPES,
    BadDocument,
    BlobMissing,
    Descriptor,
    ReadFailed,
    read_descriptor,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES: Final = ("io.containerd.image.name", "org.opencontainers.image.ref.name")
_MOST_MEMBERS: Final = 100_000


class Layout:
    """An image in a folder that holds `index.json` and `blobs`."""

    is_partial = False

    def __init__(self, path: str, wanted: str | None = None) -> None:
        self.name = path
        self._wanted = wanted

    def top(self) -> Descriptor:
        """The image that the layout's index names; of several, the one that was asked for."""
        return choose(self._index(), self.name, self._wanted)

    @contextmanager
    def open(self, descriptor: Descriptor) -> Iterator[BinaryIO]:
        """A blob, by its digest."""
        try:
            with self._blob("/".join(("blobs", *descriptor.digest.split(":")))) as stream:
                yield stream
        except FileNotFoundError:
            raise BlobMissing(descriptor.digest) from None
        except OSError as error:
            raise ReadFailed(f"{self.name} cannot be read: {error.strerror or error}") from None

    @contextmanager
    def _blob(self, path: str) -> Iterator[BinaryIO]:
        with open(os.path.join(self.name, path), "rb") as stream:  # noqa: PTH118, PTH123
            yield stream

    def _index(self) -> dict[str, Any]:
        import json

        try:
            with self._blob("index.json") as stream:
                text = stream.read(LARGEST_DOCUMENT)
            document = json.loads(text)
        except OSError as error:
            raise ReadFailed(f"{self.name} has no index.json: {error.strerror or error}") from None
        except (ValueError, RecursionError):
            raise ReadFailed(f"index.json of {self.name} is not JSON") from None
        if not isinstance(document, dict) or not isinstance(document.get("manifests"), list):
            raise ReadFailed(f"index.json of {self.name} lists no manifests")
        return document


class _Member(Record):
    """Where a file lies within an archive."""

    offset: int
    size: int


class Archive(Layout):
    """An image in a tar that holds an OCI layout; nothing is unpacked."""

    def __init__(self, path: str, wanted: str | None = None, *, name: str = "", is_partial: bool = False) -> None:
        super().__init__(path, wanted)
        self._path = path
        self._members: dict[str, _Member] | None = None
        self.name = name or path
        self.is_partial = is_partial

    @contextmanager
    def _blob(self, path: str) -> Iterator[BinaryIO]:
        if self._members is None:
            self._members = _members(self._path)
        member = self._members.get(path)
        if member is None:
            raise FileNotFoundError(2, "it is not in the archive")
        with open(self._path, "rb") as file:  # noqa: PTH123
            file.seek(member.offset)
            yield io.BufferedReader(_Part(file, member.size))


class _Part(io.RawIOBase):
    """The next bytes of a file, and no more."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._file.read(min(len(buffer), self._left))
        buffer[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)


def _members(path: str) -> dict[str, _Member]:
    """Where the files of an archive lie; raises ReadFailed when it is none, or is packed."""
    found: dict[str, _Member] = {}
    try:
        archive: Any
        with tarfile.open(path, "r:") as archive:
            for member in archive:
                archive.members = []  # else each of them stays in memory
                if member.isfile():
                    found[member.name.removeprefix("./")] = _Member(member.offset_data, member.size)
                if len(found) > _MOST_MEMBERS:
                    raise ReadFailed(f"{path} has more than {_MOST_MEMBERS} files, and is no image")
    except OSError as error:
        raise ReadFailed(f"{path} cannot be read: {error.strerror or error}") from None
    except (tarfile.TarError, ValueError, RecursionError):
        raise ReadFailed(f"{path} is not a tar archive: if it is packed, unpack it first") from None
    if "index.json" not in found:
        raise ReadFailed(f"{path} holds no OCI layout: write it with --output type=oci,dest=FILE or docker save")
    return found


def choose(index: dict[str, Any], place: str, wanted: str | None) -> Descriptor:
    """The one image of a layout's index; raises ReadFailed when there are several, and BadDocument."""
    images: dict[str, Descriptor] = {}
    for entry in index["manifests"]:
        descriptor = read_descriptor(entry)
        if not descriptor.is_document:
            known = " or ".join((INDEX_TYPES[0], MANIFEST_TYPES[0]))
            raise BadDocument(f'names a "{descriptor.media_type}": expected {known}')
        names = {descriptor.annotations.get(key) for key in _NAMES}
        if wanted is None or _is_called(wanted, names):
            images.setdefault(descriptor.digest, descriptor)
    if len(images) == 1:
        return replace(next(iter(images.values())), platform=None)
    if wanted is not None and not images:
        return choose(index, place, None)
    if not images:
        raise ReadFailed(f"{place} holds no image")
    known_names = sorted({name for item in images.values() for key in _NAMES if (name := item.annotations.get(key))})
    raise ReadFailed(
        f"{place} holds {len(images)} images, and it is not clear which one is meant: {', '.join(known_names)}"
    )


def _is_called(wanted: str, names: set[str | None]) -> bool:
    return wanted in names or f"docker.io/{wanted}" in names or f"docker.io/library/{wanted}" in names


def is_layout(path: str) -> bool:
    """Whether a folder is an OCI layout."""
    return os.path.isfile(os.path.join(path, "oci-layout"))  # noqa: PTH113, PTH118
