"""What an ELF file is made for and what it needs; the only door to pyelftools."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.platforms import Platform

MAGIC: Final = b"\x7fELF"
_MOST_NAMES: Final = 4096
"""Libraries, and versions of each, that are read of one file; real ones have some dozens."""
_MOST_SECTIONS: Final = 2000
_MOST_BYTES: Final = 4 << 20
"""Bytes that are read of one file, headers and names; real ones take some kilobytes."""


class Elf(Record):
    """The facts of one ELF file."""

    machine: str
    """The name of the format, such as `EM_ARM`."""
    bits: int
    is_little: bool
    is_object: bool = False
    """Whether it is an object file or a core, which nothing loads."""
    arm_version: int = 0
    """5 to 9 where the file says for which ARM it is."""
    interpreter: str = ""
    name: str = ""
    """The name that a library has for the linker."""
    needed: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    """Folders of RPATH or RUNPATH, as written."""
    is_inherited: bool = False
    """Whether these are also searched for what the libraries need, as RPATH is."""
    versions_needed: Mapping[str, tuple[str, ...]] = {}
    """Versions of symbols by the library that is to have them."""
    versions: frozenset[str] = frozenset()
    """Versions that it defines."""
    problem: str = ""
    """Why it could not be read to its end."""


_MACHINES: Final[Mapping[str, tuple[str, int, bool]]] = {
    "amd64": ("EM_X86_64", 64, True),
    "386": ("EM_386", 32, True),
    "arm64": ("EM_AARCH64", 64, True),
    "arm": ("EM_ARM", 32, True),
    "riscv64": ("EM_RISCV", 64, True),
    "ppc64le": ("EM_PPC64", 64, True),
    "ppc64": ("EM_PPC64", 64, False),
    "s390x": ("EM_S390", 64, False),
    "loong64": ("EM_LOONGARCH", 64, True),
    "mips64le": ("EM_MIPS", 64, True),
    "mips64": ("EM_MIPS", 64, False),
    "mipsle": ("EM_MIPS", 32, True),
    "mips": ("EM_MIPS", 32, False),
}
_ANYWHERE: Final = ("EM_BPF", "EM_NONE")
"""What the kernel itself runs, and what names no machine."""

# The values of Tag_CPU_arch, by the ABI for the ARM architecture: v6-M and the like have numbers above those of v7.
_ARM_VERSIONS: Final = (0, 4, 4, 5, 5, 5, 6, 6, 6, 6, 7, 6, 6, 7, 8, 8, 8, 8, 8, 8, 8, 8, 9)


def mismatch(elf: Elf, platform: Platform) -> str:
    """What a file is for, when a platform cannot run it; empty when it can, or nobody can say."""
    expected = _MACHINES.get(platform.architecture)
    if expected is None or elf.machine in _ANYWHERE:
        return ""
    if (elf.machine, elf.bits, elf.is_little) != expected:
        return machine_text(elf)
    if elf.machine == "EM_ARM" and platform.variant[:1] == "v" and platform.variant[1:].isdecimal():
        return f"ARMv{elf.arm_version}" if elf.arm_version > int(platform.variant[1:]) else ""
    return ""


def is_for_other_machine(elf: Elf, platform: Platform) -> bool:
    """Whether it is not the version of the machine that is wrong, but the machine."""
    expected = _MACHINES.get(platform.architecture)
    return expected is not None and (elf.machine, elf.bits, elf.is_little) != expected


def machine_text(elf: Elf) -> str:
    """What a file is for, as Docker names it."""
    for name, known in _MACHINES.items():
        if known == (elf.machine, elf.bits, elf.is_little):
            return name
    order = "little" if elf.is_little else "big"
    return f"{elf.machine.removeprefix('EM_')} of {elf.bits} bits, {order} endian"


class _Budget:
    """A file of which only so much may be read, for the sizes in its headers are anybody's."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = _MOST_BYTES
        self.seek = stream.seek
        self.tell = stream.tell

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > self._left:
            raise ValueError("its headers lead through too much of the file")
        piece = self._stream.read(size)
        self._left -= len(piece)
        return piece


def read_elf(stream: BinaryIO) -> Elf:
    """Read a file that can be sought in; what is broken in it ends up in `problem`."""
    from elftools.elf.elffile import ELFFile

    try:
        budget: Any = _Budget(stream)
        file: Any = ELFFile(budget)
        head: dict[str, Any] = {
            "machine": str(file["e_machine"]),
            "bits": int(file.elfclass),
            "is_little": bool(file.little_endian),
            "is_object": file["e_type"] not in ("ET_EXEC", "ET_DYN"),
        }
    except Exception as error:  # The library raises what its parts raise when a file is broken.
        return Elf("", 0, is_little=False, problem=f"its header is broken: {error or type(error).__name__}")
    if head["is_object"]:
        return Elf(**head)
    try:
        if file.num_sections() > _MOST_SECTIONS or file.num_segments() > _MOST_SECTIONS:
            return Elf(**head, problem="it has too many sections")
        return Elf(**head, **_tables(file))
    except Exception as error:
        return Elf(**head, problem=f"it is broken: {str(error)[:100] or type(error).__name__}")


def _linking(file: Any, tags: Iterable[Any] | None) -> dict[str, Any]:
    """What the program header and the dynamic section say; `tags` are those of the latter, where it was found."""
    found: dict[str, Any] = {}
    for place in range(file.num_segments()):
        kind = file._get_segment_header(place)["p_type"]  # noqa: SLF001
        if kind == "PT_INTERP":
            found["interpreter"] = str(file.get_segment(place).get_interp_name())[:_MOST_NAMES]
        elif kind == "PT_DYNAMIC" and tags is None:
            tags = file.get_segment(place).iter_tags()
    return found if tags is None else {**found, **_dynamic(tags)}


def _dynamic(tags: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    needed: list[str] = []
    for tag in islice(tags, _MOST_NAMES):
        name = tag.entry.d_tag
        if name == "DT_NEEDED":
            needed.append(str(tag.needed))
        elif name == "DT_SONAME":
            found["name"] = str(tag.soname)
        elif name == "DT_RUNPATH":
            found.update(search=tuple(str(tag.runpath).split(":")), is_inherited=False)
        elif name == "DT_RPATH" and "search" not in found:
            found.update(search=tuple(str(tag.rpath).split(":")), is_inherited=True)
    return {**found, "needed": tuple(needed)}


def _tables(file: Any) -> dict[str, Any]:
    """What a file is linked with, the versions of symbols that it needs and has, and the ARM that it is for."""
    needed: dict[str, tuple[str, ...]] = {}
    defined: set[str] = set()
    arm_version, tags = 0, None
    for place in range(file.num_sections()):
        # To make every section costs three times as much as all the rest, and four kinds of them matter.
        kind = file._get_section_header(place)["sh_type"]  # noqa: SLF001
        if kind == "SHT_GNU_verneed":
            for library, entries in islice(file.get_section(place).iter_versions(), _MOST_NAMES):
                needed[str(library.name)] = tuple(str(entry.name) for entry in islice(entries, _MOST_NAMES))
        elif kind == "SHT_GNU_verdef":
            for _, entries in islice(file.get_section(place).iter_versions(), _MOST_NAMES):
                name = next(iter(entries), None)  # The others are those that it follows.
                if name is not None:
                    defined.add(str(name.name))
        elif kind == "SHT_DYNAMIC":
            tags = file.get_section(place).iter_tags()
        elif kind == "SHT_ARM_ATTRIBUTES":
            arm_version = _arm_version(file.get_section(place))
    found = {"versions_needed": needed, "versions": frozenset(defined), "arm_version": arm_version}
    return {**found, **_linking(file, tags)}


def _arm_version(section: Any) -> int:
    for vendor in islice(section.iter_subsections(), _MOST_NAMES):
        for part in islice(vendor.iter_subsubsections(), _MOST_NAMES):
            for attribute in islice(part.iter_attributes("TAG_CPU_ARCH"), 1):
                value = int(attribute.value)
                return _ARM_VERSIONS[value] if value < len(_ARM_VERSIONS) else 0
    return 0
