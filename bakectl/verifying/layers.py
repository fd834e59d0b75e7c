"""One layer, read once from its first byte to its last: what it holds, its digests, and what is wrong with it."""

from __future__ import annotations

import hashlib
import os
import tarfile
from typing import TYPE_CHECKING, Any, Final

from bakectl.record import Record
from bakectl.verifying import checks
from bakectl.verifying.compression import PLAIN, Unpackable, Unpacked
from bakectl.verifying.contents import NOTHING, Content, read_content
from bakectl.verifying.reader import CHUNK, BlobMissing, BrokenBlob, Measured

if TYPE_CHECKING:
    from bakectl.verifying.checks import Check
    from bakectl.verifying.reader import Descriptor, ImageReader

_LARGEST_READ: Final = 1 << 20
"""Headers of archives that claim to be longer are refused: names and attributes are not."""
_BOMB_RATIO: Final = 250
_BOMB_BYTES: Final = 512 << 20
"""What may be unpacked at any ratio."""
_MOST_UNPACKED: Final = 64 << 30
MOST_FILES: Final = 300_000
_LONGEST_PATH: Final = 4096
_KEPT: Final = ("etc/ld.so.conf", "etc/ld.so.conf.d/", "etc/ld-musl-", "etc/passwd")
_TYPES: Final = {tarfile.DIRTYPE: "folder", tarfile.SYMTYPE: "link", tarfile.LNKTYPE: "hard link"}
_BLOCK: Final = 512
_DEVICES: Final = (tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE)


class Entry(Record):
    """One entry of a layer; `path` is relative to the root, and `kind` is file, folder, link, hard link or device."""

    path: str
    kind: str
    mode: int
    size: int = 0
    target: str = ""
    content: Content = NOTHING


class Problem(Record):
    """Something wrong with a layer, which every image that has it shares."""

    check: Check
    message: str
    file: str = ""


class Layer(Record):
    """What one layer holds, in the order of its archive."""

    digest: str
    size: int
    """As it is stored."""
    unpacked: int
    """Bytes of its archive."""
    diff_id: str
    """The digest of its archive; empty where it could not be read to its end."""
    packing: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


class _Refused(Exception):
    """A layer is not read on."""

    def __init__(self, check: Check, message: str) -> None:
        self.check = check
        super().__init__(message)


class _Archive:
    """The unpacked bytes as a file that can be sought forward in, which is all that a tar needs."""

    def __init__(self, stream: Unpacked, packed: Measured) -> None:
        self._stream = stream
        self._packed = packed
        self._hash = hashlib.sha256()
        self._piece = b""
        self._taken = 0
        self.last = b""
        """What the last read gave."""
        self.position = 0

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LARGEST_READ:
            raise tarfile.ReadError("a header claims to be larger than a megabyte")
        pieces: list[bytes] = []
        while size > 0 and (piece := self._next(size)):
            pieces.append(piece)
            size -= len(piece)
        self.last = b"".join(pieces)
        return self.last

    def _next(self, size: int) -> bytes:
        if self._taken == len(self._piece):
            self._piece, self._taken = self._stream.read(CHUNK), 0
            self._hash.update(self._piece)
        piece = self._piece[self._taken : self._taken + size]
        self._taken += len(piece)
        self.position += len(piece)
        self._refuse_bomb()
        return piece

    def _refuse_bomb(self) -> None:
        position, packed = self.position, self._packed.count
        if position > _MOST_UNPACKED or (position > _BOMB_BYTES and position > packed * _BOMB_RATIO):
            message = f"unpacks to more than {position >> 20} MiB, {position // max(packed, 1)} times what it is packed"
            raise _Refused(checks.ARCHIVE_BOMB, message)

    def tell(self) -> int:
        return self.position

    def seek(self, position: int) -> int:
        if position < self.position:
            raise tarfile.ReadError("a header leads backwards")
        while self.position < position and self._next(position - self.position):
            pass
        return self.position

    def finish(self) -> str:
        """Read to the end, and return the digest."""
        while self._next(CHUNK):
            pass
        return f"sha256:{self._hash.hexdigest()}"


def read_layer(reader: ImageReader, descriptor: Descriptor) -> Layer:
    """Read a layer; what is wrong with it ends up in its problems. Raises ReadFailed.

    Layers that may not be given away, as those of Windows, are not in registries, and not read.
    """
    reading = _Reading(descriptor)
    if ".foreign." in descriptor.media_type or ".nondistributable." in descriptor.media_type:
        return reading.layer()
    try:
        with reader.open(descriptor) as stream:
            reading.read(Measured(stream, descriptor))
    except BlobMissing:
        reading.report(checks.MISSING_BLOB, "is not there")
    return reading.layer()


class _Reading:
    """What is known of a layer so far."""

    def __init__(self, descriptor: Descriptor) -> None:
        self._descriptor = descriptor
        self._entries: list[Entry] = []
        self._problems: list[Problem] = []
        self._archive: _Archive | None = None
        self._packing = ""
        self._diff_id = ""

    def layer(self) -> Layer:
        unpacked = self._archive.position if self._archive else 0
        return Layer(
            self._descriptor.digest,
            self._descriptor.size or 0,
            unpacked,
            self._diff_id,
            self._packing,
            tuple(self._entries),
            tuple(self._problems),
        )

    def report(self, check: Check, what: str) -> None:
        self._problems.append(Problem(check, f"layer {self._descriptor.digest} {what}"))

    def read(self, packed: Measured) -> None:
        try:
            self._read(packed)
            packed.finish()
        except BrokenBlob as error:
            self.report(_BROKEN[error.kind], str(error))
        except _Refused as error:
            self.report(error.check, str(error))
        except Unpackable as error:
            self._finish(packed, str(error))
        except (tarfile.TarError, RecursionError, ValueError, OverflowError, EOFError) as error:
            self._finish(packed, f"is not a whole tar archive: {str(error)[:120] or type(error).__name__}")

    def _finish(self, packed: Measured, what: str) -> None:
        """Say what is wrong with the blob, or else with what is packed in it: the cause, not what follows from it."""
        try:
            packed.finish()
        except BrokenBlob as error:
            self.report(_BROKEN[error.kind], str(error))
        else:
            self.report(checks.BAD_LAYER, what)

    def _read(self, packed: Measured) -> None:
        stream = Unpacked(packed)
        self._packing = stream.kind
        self._archive = archive = _Archive(stream, packed)
        promised = packing_of(self._descriptor.media_type)
        if promised is not None and promised != stream.kind:
            self.report(checks.BAD_LAYER, f"is {stream.kind}, and its type says {promised}")
        handle: Any = archive
        members: Any
        with tarfile.open(fileobj=handle, mode="r:") as members:
            for member in members:
                members.members = []  # else each of them stays in memory
                self._take(archive, member)
                if len(self._entries) > MOST_FILES or len(members.pax_headers) > _LONGEST_PATH:
                    raise _Refused(checks.ARCHIVE_BOMB, f"has more than {MOST_FILES} files")
        # tarfile takes a broken header for the end of the archive, and what follows would go unseen.
        if archive.last.strip(b"\0") or len(archive.last) % _BLOCK:
            raise tarfile.ReadError(f"there is no header at byte {archive.position - len(archive.last)}")
        self._diff_id = archive.finish()

    def _take(self, archive: _Archive, member: tarfile.TarInfo) -> None:
        if member.size < 0:
            raise tarfile.ReadError("a file is smaller than nothing")
        path = _path(member.name)
        if path is None:
            self._hostile(member.name, "leads out of the image")
            return
        kind = _TYPES.get(member.type, "device" if member.type in _DEVICES else "file")
        target = member.linkname
        if kind == "hard link":
            inside = _path(target)
            if inside is None:
                self._hostile(member.name, f'is a hard link out of the image, to "{target[:200]}"')
                return
            target = inside
        content = NOTHING
        if kind == "file" and member.size and not member.issparse():
            content = read_content(archive, member.size, is_kept=path.startswith(_KEPT))
        size = member.size if kind == "file" else 0
        self._entries.append(Entry(path, kind, member.mode & 0o7777, size, target if "link" in kind else "", content))

    def _hostile(self, name: str, what: str) -> None:
        file = name[:200]
        message = f'"{file}" {what}'
        self._problems.append(Problem(checks.HOSTILE_PATH, message, file))


def _path(name: str) -> str | None:
    """A path of an archive, relative to the root; None when it leads out, or is none."""
    path = os.path.normpath(name.lstrip("/"))
    if "\0" in name or len(name) > _LONGEST_PATH or path == ".." or path.startswith("../"):
        return None
    return "" if path == "." else path


def packing_of(media_type: str) -> str | None:
    """How a layer is packed, as its type says; None when it does not."""
    if media_type.endswith(("+gzip", ".gzip")):
        return "gzip"
    if media_type.endswith("+zstd"):
        return "zstd"
    return PLAIN if media_type.endswith((".tar", ".tar.diff")) else None


_BROKEN: Final = {"truncated": checks.TRUNCATED_BLOB, "size": checks.WRONG_SIZE, "digest": checks.WRONG_DIGEST}
