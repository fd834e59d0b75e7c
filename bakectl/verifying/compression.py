"""Layers unpacked as they pass: gzip, zstd or nothing, told by their first bytes; the only door to zstd."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final, Protocol

from bakectl.verifying.reader import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable

_WINDOW_LOG: Final = 26
"""zstd may ask for as much memory as 2 to this: 64 MiB; BuildKit's strongest level takes 8 MiB."""
PLAIN: Final = "tar"
_MAGIC: Final = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_SKIPPABLE: Final = tuple(bytes((0x50 + number,)) + b"\x2a\x4d\x18" for number in range(16))


class Unpackable(Exception):
    """A layer cannot be unpacked; the text says why."""


class Stream(Protocol):
    """Where packed bytes come from."""

    def read(self, size: int = ..., /) -> bytes:
        """The next bytes, empty at the end."""
        ...


class Unpacked:
    """The bytes of a layer, unpacked piece by piece; `kind` is how it was packed."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._packed = _first(stream)
        self.kind = kind_of(self._packed)
        self._decoder: Any = _DECODERS[self.kind]() if self.kind in _DECODERS else None
        self._is_done = False

    def read(self, size: int = CHUNK) -> bytes:
        """At most so many bytes, empty at the end; raises Unpackable."""
        if self._decoder is None:
            piece, self._packed = self._packed[:size], self._packed[size:]
            return piece or self._stream.read(size)
        while not self._is_done:
            piece = self._unpack(size)
            if piece:
                return piece
        return b""

    def _unpack(self, size: int) -> bytes:
        """Take one step; an empty answer is not yet the end."""
        decoder = self._decoder
        if decoder.eof:
            return self._next_part(decoder.unused_data)
        needs_input = decoder.needs_input if self.kind == "zstd" else not decoder.unconsumed_tail
        if needs_input and not self._packed:
            self._packed = self._stream.read(CHUNK)
            if not self._packed:
                raise Unpackable(f"the {self.kind} data ends in the middle")
        given = self._packed if self.kind == "zstd" else decoder.unconsumed_tail + self._packed
        self._packed = b""
        try:
            piece: bytes = decoder.decompress(given, size)
        except Exception as error:  # zstd's own error is a class of its module
            raise Unpackable(f"the {self.kind} data is broken: {error}") from None
        return piece

    def _next_part(self, rest: bytes) -> bytes:
        """Go on with what follows: both formats may have several parts, as pigz and zstd:chunked write them."""
        self._packed = rest + self._packed
        if len(self._packed) < 4:
            self._packed += self._stream.read(CHUNK)
        if not self._packed:
            self._is_done = True
        elif kind_of(self._packed) == self.kind:
            self._decoder = _DECODERS[self.kind]()
        else:
            raise Unpackable(f"something that is not {self.kind} follows the {self.kind} data")
        return b""


def kind_of(start: bytes) -> str:
    """How something that starts so is packed."""
    if start.startswith(_SKIPPABLE):
        return "zstd"
    return next((kind for magic, kind in _MAGIC.items() if start.startswith(magic)), PLAIN)


def _first(stream: Stream) -> bytes:
    """Enough bytes to see how something is packed."""
    start = b""
    while len(start) < 4 and (piece := stream.read(CHUNK)):
        start += piece
    return start


def _zstd() -> Any:
    try:
        from compression import zstd  # type: ignore[import-not-found]  # Python 3.14
    except ImportError:
        from backports import zstd
    return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _WINDOW_LOG})


_DECODERS: Final[dict[str, Callable[[], Any]]] = {"gzip": lambda: zlib.decompressobj(wbits=31), "zstd": _zstd}
