"""Builders, as `docker buildx inspect` describes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.platforms import Platform, PlatformError, parse_platform
from bakectl.engine.buildx import parse_version
from bakectl.engine.process import capture
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.engine.buildx import Version

_BOOT_SECONDS: Final = 600
_FAMILIES: Final = (frozenset(("amd64", "386")), frozenset(("arm64", "arm")))
"""Architectures that one processor may run."""
_VARIANT = re.compile(r"v([0-9]+)")


class Node(Record):
    """One node of a builder: where it is, and what it says it runs."""

    name: str
    endpoint: str
    status: str
    platforms: tuple[str, ...]
    buildkit: Version | None = None
    error: str | None = None
    promised: tuple[str, ...] = ()
    """The platforms that it was made for, if it was made for some."""

    @property
    def native(self) -> tuple[str, ...]:
        """Platforms of the processor itself; a node lists these first, after those that it was made for."""
        own = [name for name in self.platforms if name not in self.promised] or self.platforms
        return tuple(name for name in self.platforms if _is_family(name, own[0]))

    def runs(self, platform: str) -> bool:
        """Whether a step for this platform can be run, natively or by emulation."""
        return _runs(self.platforms, platform)

    def is_native(self, platform: str) -> bool:
        """Whether a step for this platform runs on the processor itself."""
        return _runs(self.native, platform)


class Builder(Record):
    """A builder: its driver, its nodes, and why it cannot be used."""

    name: str
    driver: str
    nodes: tuple[Node, ...]
    error: str | None = None

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platforms of all nodes."""
        return tuple(dict.fromkeys(platform for node in self.nodes for platform in node.platforms))

    @property
    def running(self) -> bool:
        return bool(self.nodes) and all(node.status == "running" for node in self.nodes)

    def runs(self, platform: str) -> bool:
        """Whether a step for this platform can be run on some node."""
        return _runs(self.platforms, platform)


def _runs(platforms: Iterable[str], platform: str) -> bool:
    try:
        wanted = parse_platform(platform)
    except PlatformError:
        return platform == "local"
    return any(_covers(parse_platform(name), wanted) for name in platforms)


def _is_family(name: str, first: str) -> bool:
    mine, theirs = parse_platform(name).architecture, parse_platform(first).architecture
    return mine == theirs or any({mine, theirs} <= family for family in _FAMILIES)


def _covers(has: Platform, wanted: Platform) -> bool:
    """Whether what runs one platform runs the other: the same, or an older variant of the architecture."""
    if (has.system, has.architecture) != (wanted.system, wanted.architecture):
        return False
    return has.variant == wanted.variant or _level(has.variant) >= _level(wanted.variant)


def _level(variant: str) -> int:
    found = _VARIANT.fullmatch(variant)
    return int(found[1]) if found else 0


def inspect_builder(name: str | None, environment: Mapping[str, str]) -> Builder:
    """Ask buildx for a builder, the current one when none is named, and start it if it sleeps."""
    named = (name,) if name else ()
    builder = look_at_builder(name, environment)
    if builder.error is not None or builder.running or builder.driver == "docker":
        return builder
    # A build would start it as well, but only now are its platforms known.
    words = ("docker", "buildx", "inspect", "--bootstrap", *named)
    done = capture(words, environment, seconds=_BOOT_SECONDS, shows_errors=True)
    return parse_builder(done.out) if done.code == 0 else _unusable(name or builder.name, "it does not start")


def look_at_builder(name: str | None, environment: Mapping[str, str]) -> Builder:
    """Ask buildx for a builder, the current one when none is named, and start nothing."""
    done = capture(("docker", "buildx", "inspect", *((name,) if name else ())), environment)
    return _unusable(name, done.err) if done.code else parse_builder(done.out)


def find_builder(name: str, environment: Mapping[str, str]) -> Builder | None:
    """Look at a builder; None when there is none of this name."""
    found = look_at_builder(name, environment)
    return None if (found.error or "").startswith("no builder") else found


def read_contexts(environment: Mapping[str, str]) -> dict[str, str]:
    """Docker's contexts and the endpoints that they lead to."""
    import json

    done = capture(("docker", "context", "ls", "--format", "json"), environment)
    rows = (json.loads(line) for line in done.out.splitlines() if line.startswith("{"))
    return {str(row.get("Name")): str(row.get("DockerEndpoint")) for row in rows}


def _unusable(name: str | None, text: str) -> Builder:
    return Builder(name or "", "", (), last_line(text))


def parse_builder(text: str) -> Builder:
    """Read the output of `docker buildx inspect`."""
    # The first block describes the builder, and each line with a name begins a node.
    blocks: list[dict[str, str]] = []
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if not colon or line.startswith(" "):
            continue
        if key == "Name" or not blocks:
            blocks.append({})
        blocks[-1].setdefault(key.strip(), value.strip())
    head = blocks[0] if blocks else {}
    nodes = tuple(_node(block) for block in blocks[1:])
    error = head.get("Error") or next((node.error for node in nodes if node.error), None)
    return Builder(head.get("Name", ""), head.get("Driver", ""), nodes, error)


def _node(values: Mapping[str, str]) -> Node:
    version = parse_version(values.get("BuildKit version", ""))
    platforms = values.get("Platforms", "")
    return Node(
        values.get("Name", ""),
        values.get("Endpoint", ""),
        values.get("Status", ""),
        tuple(_platforms(platforms)),
        # A daemon that does not know its BuildKit says 0.0.0.
        version if version and any(version) else None,
        values.get("Error"),
        tuple(_platforms(",".join(name for name in platforms.split(",") if name.endswith("*")))),
    )


def _platforms(row: str) -> dict[str, None]:
    # "linux/s390x*" was promised when the builder was made; "(+3)" are some that did not fit.
    names = (item.partition("(")[0].strip().rstrip("*") for item in row.split(","))
    return dict.fromkeys(name for name in names if _is_platform(name))


def _is_platform(name: str) -> bool:
    try:
        parse_platform(name)
    except PlatformError:
        return False
    return True


def last_line(text: str) -> str:
    """The last line that says something, without the word ERROR."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR: ") if lines else "it says nothing"
