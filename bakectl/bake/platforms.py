"""Platforms: `linux/arm/v7` read, brought to one form, and compared as containerd does it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.record import Record

if TYPE_CHECKING:
    from bakectl.bake.model import Target

_PART = re.compile(r"[A-Za-z0-9_.-]+")
_SYSTEM = re.compile(r"([A-Za-z0-9_.-]+)(?:\([A-Za-z0-9_.-]*\))?")
_SYSTEMS = frozenset(
    "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows "
    "zos".split()
)
_ARCHITECTURES = frozenset(
    "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 "
    "ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm".split()
)
_SYSTEM_ALIASES = {"macos": "darwin"}
_ALIASES = {
    "i386": ("386", ""),
    "x86_64": ("amd64", ""),
    "x86-64": ("amd64", ""),
    "amd64": ("amd64", ""),
    "aarch64": ("arm64", ""),
    "arm64": ("arm64", ""),
    "armhf": ("arm", "v7"),
    "armel": ("arm", "v6"),
    "arm": ("arm", "v7"),
}


class PlatformError(ValueError):
    """This is no platform; the text says what was found."""


class Platform(Record):
    """A platform in containerd's normal form: `linux/arm64/v8` is `linux/arm64`, `linux/arm` is `linux/arm/v7`."""

    system: str
    architecture: str
    variant: str = ""

    def __str__(self) -> str:
        return "/".join(part for part in (self.system, self.architecture, self.variant) if part)

    @property
    def slug(self) -> str:
        """The platform as a part of names, such as `linux-arm-v7`."""
        return str(self).replace("/", "-")


def parse_platform(text: str) -> Platform:
    """Read a platform; one word is a system, or else an architecture of Linux. Raises PlatformError."""
    parts = text.split("/")
    versioned = _SYSTEM.fullmatch(parts[0])
    if versioned is not None:
        parts[0] = versioned[1]
    if len(parts) > 3 or not all(_PART.fullmatch(part) for part in parts):
        raise PlatformError(f'"{text}" is not a platform')
    if len(parts) == 1:
        word = parts[0].lower()
        if word in _SYSTEMS or word in _SYSTEM_ALIASES:
            return Platform(_system(word), "amd64")
        platform = _normal("linux", word, "")
        if platform.architecture not in _ARCHITECTURES:
            raise PlatformError(f'"{text}": unknown operating system or architecture')
        return platform
    return _normal(parts[0], parts[1], parts[2] if len(parts) > 2 else "")


def normalised(text: str) -> str:
    """The normal form of a platform; what is none comes back as it is."""
    try:
        return str(parse_platform(text))
    except PlatformError:
        return text


def platforms_of(target: Target) -> tuple[str, ...]:
    """The platforms of a target in their normal form, each once; one empty text where it declares none.

    buildx takes several in one string.
    """
    parts = (part.strip() for text in target.get("platforms", ()) for part in text.split(","))
    return tuple(dict.fromkeys(normalised(part) for part in parts if part)) or ("",)


def is_known(platform: Platform) -> bool:
    """Whether there is such a system and such an architecture, as far as Go builds for them."""
    return platform.system in _SYSTEMS and platform.architecture in _ARCHITECTURES


def _system(word: str) -> str:
    return _SYSTEM_ALIASES.get(word.lower(), word.lower())


def _normal(system: str, architecture: str, variant: str) -> Platform:
    architecture, variant = architecture.lower(), variant.lower()
    name, implied = _ALIASES.get(architecture, (architecture, ""))
    if name == "arm":
        variant = {"": implied, "5": "v5", "6": "v6", "7": "v7", "8": "v8"}.get(variant, variant)
    elif (name == "arm64" and variant in ("8", "v8")) or (name == "amd64" and variant == "v1"):
        variant = ""
    return Platform(_system(system), name, variant)
