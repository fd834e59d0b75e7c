"""ELF files as small as they can be, for any machine, with the tables that the tests need."""

from __future__ import annotations

import struct
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MACHINES = {
    "amd64": (62, 64),
    "386": (3, 32),
    "arm64": (183, 64),
    "arm": (40, 32),
    "riscv64": (243, 64),
    "s390x": (22, 64),
}
_BIG = ("s390x",)
_EXECUTABLE, _SHARED = 2, 3
_LOAD, _DYNAMIC, _INTERP = 1, 2, 3
_STRTAB, _DYN, _VERNEED, _VERDEF, _ARM = 3, 6, 0x6FFFFFFE, 0x6FFFFFFD, 0x70000003


class _Strings:
    def __init__(self) -> None:
        self.data = b"\0"

    def add(self, text: str) -> int:
        place = len(self.data)
        self.data += text.encode() + b"\0"
        return place


def elf(
    machine: str = "amd64",
    *,
    interpreter: str = "",
    needed: tuple[str, ...] = (),
    name: str = "",
    runpath: str = "",
    versions_needed: Mapping[str, tuple[str, ...]] = {},
    versions: tuple[str, ...] = (),
    arm_version: int | None = None,
) -> bytes:
    """An ELF file that maps its own bytes at their offsets, so that addresses are offsets."""
    number, bits = MACHINES[machine]
    order = ">" if machine in _BIG else "<"
    word, is_wide = ("Q", True) if bits == 64 else ("I", False)
    head, program, section = (64, 56, 64) if is_wide else (52, 32, 40)
    strings = _Strings()
    tags = [(1, strings.add(text)) for text in needed]
    tags += [(14, strings.add(name))] if name else []
    tags += [(29, strings.add(runpath))] if runpath else []
    verneed, verdef = _verneed(order, strings, versions_needed), _verdef(order, strings, versions)
    segments = 1 + bool(interpreter) + 1
    place = head + segments * program
    parts: dict[str, tuple[int, bytes]] = {}

    def put(key: str, data: bytes) -> None:
        nonlocal place
        place += -place % 8
        parts[key] = (place, data)
        place += len(data)

    put("interp", interpreter.encode() + b"\0")
    put("strings", strings.data)
    tags += [(5, parts["strings"][0]), (10, len(strings.data)), (0, 0)]
    put("dynamic", b"".join(struct.pack(f"{order}{word}{word}", tag, value) for tag, value in tags))
    put("verneed", verneed)
    put("verdef", verdef)
    put("arm", b"" if arm_version is None else _arm_attributes(arm_version))
    names = _Strings()
    rows = [(0, 0, 0, 0, 0), (names.add(".dynstr"), _STRTAB, *_at(parts, "strings"), 0)]
    rows.append((names.add(".dynamic"), _DYN, *_at(parts, "dynamic"), 0))
    if versions_needed:
        rows.append((names.add(".gnu.version_r"), _VERNEED, *_at(parts, "verneed"), len(versions_needed)))
    if versions:
        rows.append((names.add(".gnu.version_d"), _VERDEF, *_at(parts, "verdef"), len(versions)))
    if arm_version is not None:
        rows.append((names.add(".ARM.attributes"), _ARM, *_at(parts, "arm"), 0))
    names_at = names.add(".shstrtab")
    put("names", names.data)
    rows.append((names_at, _STRTAB, *_at(parts, "names"), 0))
    place += -place % 8
    end = place + len(rows) * section

    def segment(kind: int, offset: int, size: int) -> bytes:
        if is_wide:
            return struct.pack(f"{order}IIQQQQQQ", kind, 5, offset, offset, offset, size, size, 8)
        return struct.pack(f"{order}IIIIIIII", kind, offset, offset, offset, size, size, 5, 8)

    headers = segment(_LOAD, 0, end)
    if interpreter:
        headers += segment(_INTERP, parts["interp"][0], len(parts["interp"][1]))
    headers += segment(_DYNAMIC, parts["dynamic"][0], len(parts["dynamic"][1]))
    kind = _EXECUTABLE if interpreter or not name else _SHARED
    flags = 0x05000400 if machine == "arm" else 0
    body = struct.pack(
        f"{order}4sBBBB8xHHI{word}{word}{word}IHHHHHH",
        b"\x7fELF", 2 if is_wide else 1, 2 if machine in _BIG else 1, 1, 0,
        kind, number, 1, 0, head, place, flags, head, program, segments, section, len(rows), len(rows) - 1,
    )  # fmt: skip
    data = bytearray(body + headers)
    for offset, content in parts.values():
        data.extend(bytes(offset - len(data)) + content)
    data.extend(bytes(place - len(data)))
    for index, (title, kind, offset, size, info) in enumerate(rows):
        link = 1 if index else 0
        values = (title, kind, 2, offset, offset, size, link, info, 1, 0)
        data += struct.pack(f"{order}II{word}{word}{word}{word}II{word}{word}", *values)
    return bytes(data)


def _at(parts: Mapping[str, tuple[int, bytes]], key: str) -> tuple[int, int]:
    return parts[key][0], len(parts[key][1])


def _verneed(order: str, strings: _Strings, wanted: Mapping[str, tuple[str, ...]]) -> bytes:
    data = b""
    for left, (library, names) in zip(count(len(wanted) - 1, -1), wanted.items(), strict=False):
        size = 16 + 16 * len(names)
        data += struct.pack(f"{order}HHIII", 1, len(names), strings.add(library), 16, size if left else 0)
        for place, text in enumerate(names):
            following = 16 if place + 1 < len(names) else 0
            data += struct.pack(f"{order}IHHII", 0, 0, place + 2, strings.add(text), following)
    return data


def _verdef(order: str, strings: _Strings, names: tuple[str, ...]) -> bytes:
    data = b""
    for place, text in enumerate(names):
        following = 28 if place + 1 < len(names) else 0
        data += struct.pack(f"{order}HHHHIII", 1, 0, place + 1, 1, 0, 20, following)
        data += struct.pack(f"{order}II", strings.add(text), 0)
    return data


def _arm_attributes(version: int) -> bytes:
    attributes = bytes((6, version))
    part = b"\x01" + struct.pack("<I", 5 + len(attributes)) + attributes
    vendor = b"aeabi\0" + part
    return b"A" + struct.pack("<I", 4 + len(vendor)) + vendor
