"""Where the dynamic loader looks for libraries, and what it finds for a program."""

from __future__ import annotations

import fnmatch
from collections import deque
from typing import TYPE_CHECKING, Final

from bakectl.record import Record
from bakectl.verifying.process import environment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bakectl.verifying.elf import Elf
    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.image import Variant
    from bakectl.verifying.layers import Entry

_TRIPLETS: Final[Mapping[str, tuple[str, ...]]] = {
    "amd64": ("x86_64-linux-gnu",),
    "386": ("i386-linux-gnu",),
    "arm64": ("aarch64-linux-gnu",),
    "arm": ("arm-linux-gnueabihf", "arm-linux-gnueabi"),
    "riscv64": ("riscv64-linux-gnu",),
    "ppc64le": ("powerpc64le-linux-gnu",),
    "s390x": ("s390x-linux-gnu",),
    "loong64": ("loongarch64-linux-gnu",),
    "mips64le": ("mips64el-linux-gnuabi64",),
}
"""Debian's folders of libraries, by architecture."""
_USUAL: Final = ("lib", "usr/lib", "lib64", "usr/lib64", "usr/local/lib")
_INSIDE_MUSL: Final = ("c", "pthread", "rt", "m", "dl", "util", "xnet")
"""Libraries that musl's loader is itself."""
_MOST_LOADED: Final = 2000


class Missing(Record):
    """Something that a file of a program needs and that is not there; `version` is empty for a whole library."""

    file: str
    library: str
    version: str = ""
    found: str = ""
    """The library that lacks the version."""


class Loader:
    """The loader of one platform of an image."""

    def __init__(self, variant: Variant, files: FileSystem) -> None:
        self._files = files
        triplets = _TRIPLETS.get(variant.platform.architecture, ())
        multiarch = [f"{folder}/{triplet}" for triplet in triplets for folder in ("lib", "usr/lib", "usr/local/lib")]
        self._usual = tuple(dict.fromkeys((*_configured(files), *multiarch, *_USUAL)))
        path = environment(variant.config).get("LD_LIBRARY_PATH", "")
        self._from_environment = tuple(part for part in path.split(":") if part)
        self._known: dict[tuple[str, str, int], Entry | None] = {}

    def missing(self, program: Entry) -> tuple[list[Missing], set[str]]:
        """What is not there when a program or a library is loaded; and the paths of all that is loaded."""
        loaded: dict[str, Entry] = {}
        missing: list[Missing] = []
        waiting: deque[tuple[Entry, tuple[str, ...]]] = deque([(program, ())])
        seen = {program.path}
        is_musl = "/ld-musl-" in (program.content.elf.interpreter if program.content.elf else "")
        while waiting and len(loaded) < _MOST_LOADED:
            entry, inherited = waiting.popleft()
            elf = entry.content.elf
            if elf is None:
                continue
            own = tuple(_expanded(folder, entry) for folder in elf.search if folder)
            passed = (*own, *inherited) if elf.is_inherited else inherited
            for name in elf.needed:
                if name in loaded or (is_musl and _is_inside_musl(name)):
                    continue
                found = self._find(name, elf, own, passed)
                if found is None:
                    missing.append(Missing(entry.path, name))
                    continue
                loaded[name] = found
                if found.path not in seen:
                    seen.add(found.path)
                    waiting.append((found, passed))
            missing += _missing_versions(entry, elf, loaded)
        return missing, seen

    def _find(self, name: str, elf: Elf, own: tuple[str, ...], inherited: tuple[str, ...]) -> Entry | None:
        """A library, where the loader would take it from; one for another machine is passed over."""
        if "/" in name:
            return self._library(name, elf)
        if own or inherited or self._from_environment:
            after = () if elf.is_inherited else own
            for folder in (*(own if elf.is_inherited else ()), *inherited, *self._from_environment, *after):
                found = self._library(f"{folder}/{name}", elf)
                if found is not None:
                    return found
        key = (name, elf.machine, elf.bits)
        if key not in self._known:
            places = (self._library(f"{folder}/{name}", elf) for folder in self._usual)
            self._known[key] = next((place for place in places if place is not None), None)
        return self._known[key]

    def _library(self, path: str, elf: Elf) -> Entry | None:
        found = self._files.find(path)
        facts = found.content.elf if found is not None else None
        if facts is None or (facts.machine, facts.bits) != (elf.machine, elf.bits):
            return None
        return found


def _missing_versions(entry: Entry, elf: Elf, loaded: Mapping[str, Entry]) -> Iterator[Missing]:
    """The versions that the libraries do not have; one without any versions is taken as it is, as glibc does."""
    for library, versions in elf.versions_needed.items():
        found = loaded.get(library)
        facts = found.content.elf if found is not None else None
        if found is None or facts is None or not facts.versions:
            continue
        for version in versions:
            if version not in facts.versions:
                yield Missing(entry.path, library, version, found.path)


def _expanded(folder: str, entry: Entry) -> str:
    """A folder of RPATH or RUNPATH for the file that has it."""
    origin = "/" + entry.path.rpartition("/")[0]
    for mark in ("$ORIGIN", "${ORIGIN}"):
        folder = folder.replace(mark, origin)
    return folder.replace("$LIB", "lib").replace("${LIB}", "lib")


def _is_inside_musl(name: str) -> bool:
    return name.startswith(("libc.musl-", "ld-musl-")) or name in {f"lib{part}.so" for part in _INSIDE_MUSL}


def _configured(files: FileSystem) -> tuple[str, ...]:
    """The folders that the settings of the loader name, glibc's or musl's."""
    found = list(_read(files, "etc/ld.so.conf", 0))
    for name in files.names("etc"):
        if fnmatch.fnmatchcase(name, "ld-musl-*.path"):
            found += _text(files, f"etc/{name}").replace(":", "\n").split()
    return tuple(found)


def _read(files: FileSystem, path: str, depth: int) -> Iterable[str]:
    """The folders of one file of settings, and of those that it includes."""
    for line in _text(files, path).splitlines():
        words = line.partition("#")[0].split()
        if words[:1] != ["include"]:
            yield from words
            continue
        for pattern in words[1:] if depth < 3 else ():
            folder, _, name = (pattern if pattern.startswith("/") else f"etc/{pattern}").rpartition("/")
            for inner in fnmatch.filter(files.names(folder), name):
                yield from _read(files, f"{folder}/{inner}", depth + 1)


def _text(files: FileSystem, path: str) -> str:
    found = files.find(path)
    return found.content.text.decode("utf-8", "replace") if found is not None else ""
