"""What the content of a file gives away while it passes: ELF facts, a script's interpreter, keys and tokens."""

from __future__ import annotations

import re
import tempfile
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from bakectl.record import Record
from bakectl.verifying.elf import MAGIC, Elf, read_elf
from bakectl.verifying.reader import CHUNK

if TYPE_CHECKING:
    from bakectl.verifying.compression import Stream

_IN_MEMORY: Final = 8 << 20
_LARGEST_ELF: Final = 2 << 30
_LARGEST_TEXT: Final = 1 << 20
"""Larger files are not searched for secrets: keys and settings are small."""
_SHEBANG: Final = 256
"""Bytes of the first line that the kernel looks at."""
_KEPT: Final = 1 << 16

_SECRETS: Final = {
    "a private key": re.compile(
        rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[ \t]*\r?\n"
        rb"(?:[A-Za-z-]+: [^\r\n]*\r?\n)*[ \t]*(?:\r?\n)?[ \t]*[A-Za-z0-9+/=]{16}"
    ),
    "a token of GitHub": re.compile(rb"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{82})\b"),
    "a token of GitLab": re.compile(rb"\bglpat-[A-Za-z0-9_-]{20}\b"),
    "a token of npm": re.compile(rb"\bnpm_[A-Za-z0-9]{36}\b"),
    "a token of PyPI": re.compile(rb"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50}"),
    "a token of Slack": re.compile(rb"\bxox[baprs]-[0-9]{10,}-[A-Za-z0-9-]{10,}"),
    "an access key of AWS": re.compile(rb"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
}
_MARKS: Final = (
    b"PRIVATE KEY",
    b"ghp_",
    b"gho_",
    b"ghu_",
    b"ghs_",
    b"ghr_",
    b"github_pat_",
    b"glpat-",
    b"npm_",
    b"pypi-",
    b"xox",
    b"AKIA",
    b"ASIA",
)


class Content(Record):
    """What is known of a file's content."""

    elf: Elf | None = None
    interpreter: tuple[str, ...] = ()
    """The words after `#!`."""
    secret: str = ""
    """What kind of secret it holds."""
    text: bytes = b""
    """The whole content, of the few files whose content matters."""


NOTHING: Final = Content()


def read_content(stream: Stream, size: int, *, is_kept: bool = False) -> Content:
    """Look at a file of this size; its bytes are read as far as they matter."""
    first = _some(stream, min(size, _SHEBANG))
    if first.startswith(MAGIC):
        return Content(elf=_elf(first, stream, size))
    interpreter = _interpreter(first) if first.startswith(b"#!") else ()
    if size > _LARGEST_TEXT:
        return Content(interpreter=interpreter) if interpreter else NOTHING
    text = first + _some(stream, size - len(first))
    secret = _secret(text)
    kept = text[:_KEPT] if is_kept else b""
    if interpreter or secret or kept:
        return Content(interpreter=interpreter, secret=secret, text=kept)
    return NOTHING


def _some(stream: Stream, size: int) -> bytes:
    pieces = []
    while size > 0 and (piece := stream.read(min(size, CHUNK))):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _elf(first: bytes, stream: Stream, size: int) -> Elf:
    """Copy the file to where it can be sought in: to memory while it is small, else to the disk."""
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        copy.write(first)
        left = min(size, _LARGEST_ELF) - len(first)
        while left > 0 and (piece := stream.read(min(left, CHUNK))):
            copy.write(piece)
            left -= len(piece)
        copy.seek(0)
        return read_elf(cast("BinaryIO", copy))


def _interpreter(first: bytes) -> tuple[str, ...]:
    line = first[2:].partition(b"\n")[0].decode("utf-8", "replace")
    return tuple(line.split())


def _secret(text: bytes) -> str:
    for mark in _MARKS:  # a generator would take longer than the search
        if mark in text:
            break
    else:
        return ""
    return next((kind for kind, pattern in _SECRETS.items() if pattern.search(text)), "")
