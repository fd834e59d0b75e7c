"""A Dockerfile as far as a bake file has to do with it: stages, arguments, where files come from, what is mounted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.instructions import instructions
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_FROM = re.compile(r"(?P<flags>(?:--\S+\s+)*)(?P<base>\S+)(?:\s+AS\s+(?P<name>\S+))?\s*", re.IGNORECASE)
_PLATFORM = re.compile(r"--platform=(\S+)")
_ARGUMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:=(?:\"[^\"]*\"|'[^']*'|\S*))?(?=\s|$)")
_COPIED = re.compile(r"--from=(\S+)")
_MOUNT = re.compile(r"--mount=(\S+)")
_VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)")
PREDEFINED: Final = re.compile(
    r"(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)|TARGETSTAGE|SOURCE_DATE_EPOCH"
    r"|BUILDKIT_\w+|(?:HTTP|HTTPS|FTP|ALL|NO)_PROXY|(?:http|https|ftp|all|no)_proxy"
)
"""Arguments that BuildKit knows without a declaration."""


class Mount(Record):
    """A secret or an ssh agent that a step needs."""

    kind: str
    id: str
    is_required: bool


class Stage(Record):
    """A stage; `base` may be another stage, an image, or hold variables."""

    name: str
    base: str
    platform: str
    sources: tuple[str, ...]
    mounts: tuple[Mount, ...]
    runs: bool


class Dockerfile(Record):
    """The stages of a Dockerfile in order, and the arguments that it declares anywhere."""

    path: str
    stages: tuple[Stage, ...]
    arguments: frozenset[str]
    text: str

    @classmethod
    def read(cls, path: str, text: str) -> Dockerfile:
        """Read the text of a Dockerfile; what is not understood is passed over."""
        stages: list[Stage] = []
        arguments: set[str] = set()
        for word, rest in instructions(text):
            if word == "ARG":
                arguments.update(found[1] for found in _ARGUMENT.finditer(rest))
            elif word == "FROM":
                found = _FROM.fullmatch(rest.strip())
                if found is not None:
                    platform = _PLATFORM.search(found["flags"])
                    name = (found["name"] or "").lower()
                    stages.append(Stage(name, found["base"], platform[1] if platform else "", (), (), runs=False))
            elif stages and word in ("RUN", "COPY", "ADD"):
                last = stages[-1]
                copied = tuple(found[1].strip("\"'") for found in _COPIED.finditer(rest))
                mounts, froms = _mounts(rest)
                stages[-1] = Stage(
                    last.name,
                    last.base,
                    last.platform,
                    (*last.sources, *copied, *froms),
                    (*last.mounts, *mounts),
                    runs=last.runs or word == "RUN",
                )
        return cls(path, tuple(stages), frozenset(arguments), text)

    def stage(self, name: str) -> Stage | None:
        """A stage by its name or its number."""
        if name.isdecimal():
            return self.stages[int(name)] if int(name) < len(self.stages) else None
        return next((stage for stage in reversed(self.stages) if stage.name == name.lower()), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all stages."""
        return tuple(stage.name for stage in self.stages if stage.name)

    def needed(self, wanted: str) -> tuple[Stage, ...]:
        """The stages that the build of one needs, that of the last when none is named."""
        first = self.stage(wanted) if wanted else (self.stages[-1] if self.stages else None)
        waiting, seen = [first] if first else [], dict[int, Stage]()
        while waiting:
            stage = waiting.pop()
            if id(stage) in seen:
                continue
            seen[id(stage)] = stage
            for name in (stage.base, *stage.sources):
                other = self.stage(name)
                if other is not None:
                    waiting.append(other)
        return tuple(seen.values())

    def mentions(self) -> Iterator[str]:
        """Names that bases and sources say: of stages, images and contexts."""
        for stage in self.stages:
            yield stage.base
            yield from stage.sources


def _mounts(rest: str) -> tuple[tuple[Mount, ...], tuple[str, ...]]:
    """The secrets and agents that a RUN mounts, and what its other mounts come from."""
    mounts: list[Mount] = []
    sources: list[str] = []
    for found in _MOUNT.finditer(rest):
        options = dict(part.partition("=")[::2] for part in found[1].split(","))
        if "from" in options:
            sources.append(options["from"])
        kind = options.get("type", "bind")
        if kind in ("secret", "ssh"):
            target = options.get("target") or options.get("dst") or options.get("destination") or ""
            name = options.get("id") or ("default" if kind == "ssh" else target.rpartition("/")[2])
            is_required = "required" in options and options["required"] in ("", "true", "1")
            mounts.append(Mount(kind, name, is_required))
    return tuple(mounts), tuple(sources)


def has_variable(text: str) -> bool:
    """Whether a name depends on an argument."""
    return _VARIABLE.search(text) is not None
