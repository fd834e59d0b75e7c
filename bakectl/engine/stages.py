"""Stages of a Dockerfile: whether one that is needed runs something on the platform that is built for.

Only what decides this is read: FROM, RUN, and where files are copied from. A cross compiling Dockerfile runs all on
`$BUILDPLATFORM`, and needs no emulation for any platform.
"""

from __future__ import annotations

import re
from typing import Final

from bakectl.bake.instructions import instructions
from bakectl.record import Record

BUILD: Final = "build"
TARGET: Final = "target"
UNKNOWN: Final = "unknown"

_FROM = re.compile(r"(?:--platform=(?P<platform>\S+)\s+)?(?P<base>\S+)(?:\s+AS\s+(?P<name>\S+))?\s*", re.IGNORECASE)
_SOURCE = re.compile(r"(?:--from=|[,=]from=)([^\s,]+)")
_KINDS: Final = {"BUILDPLATFORM": BUILD, "TARGETPLATFORM": TARGET}


class Stage(Record):
    """One stage: where it runs, whether it runs something, and the stages that it needs."""

    name: str
    base: str
    place: str
    runs: bool
    sources: tuple[str, ...]


def runs_on_target(text: str, wanted: str = "") -> bool | None:
    """Whether the build of a stage, the last when none is named, runs a step on the platform built for.

    None when that cannot be told, as when the platform of a stage is an argument.
    """
    stages = read_stages(text)
    last = _find(stages, wanted) if wanted else len(stages) - 1
    if last is None or last < 0:
        return None
    ahead, seen, is_unsure = [last], {last}, False
    while ahead:
        stage = stages[ahead.pop()]
        if stage.runs and stage.place == TARGET:
            return True
        is_unsure = is_unsure or (stage.runs and stage.place == UNKNOWN)
        for name in (stage.base, *stage.sources):
            other = _find(stages, name)
            if other is not None and other not in seen:
                seen.add(other)
                ahead.append(other)
    return None if is_unsure else False


def _find(stages: list[Stage], name: str) -> int | None:
    """A stage by its name or its number."""
    if name.isdecimal():
        return int(name) if int(name) < len(stages) else None
    return next((i for i in range(len(stages) - 1, -1, -1) if stages[i].name == name.lower() != ""), None)


def read_stages(text: str) -> list[Stage]:
    """All stages, in order."""
    stages: list[Stage] = []
    for word, rest in instructions(text):
        if word == "FROM":
            found = _FROM.fullmatch(rest.strip())
            if found is None:
                continue
            parent = None if found["base"].isdecimal() else _find(stages, found["base"])
            base = "" if parent is None else found["base"]
            place = _place(found["platform"], stages, parent)
            stages.append(Stage((found["name"] or "").lower(), base, place, runs=False, sources=()))
        elif stages and word in {"RUN", "COPY", "ADD"}:
            last = stages[-1]
            sources = (*last.sources, *_SOURCE.findall(rest))
            stages[-1] = Stage(last.name, last.base, last.place, last.runs or word == "RUN", sources)
    return stages


def _place(platform: str | None, stages: list[Stage], parent: int | None) -> str:
    if parent is not None:
        # A stage on top of another runs where that one does.
        return stages[parent].place
    if platform is None:
        return TARGET
    if "$" not in platform:
        return BUILD
    return _KINDS.get(platform.strip("${}\"'"), UNKNOWN)
