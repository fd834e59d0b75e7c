"""What the build of one stage needs: other stages, images and contexts, as far as arguments let it be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.dockerfile.variables import expand, mentions
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bakectl.dockerfile.stages import Dockerfile, Stage
    from bakectl.dockerfile.variables import Values

BUILD: Final = "build"
TARGET: Final = "target"
UNKNOWN: Final = "unknown"
_KINDS: Final = {"BUILDPLATFORM": BUILD, "TARGETPLATFORM": TARGET}
_OF_PLATFORMS: Final = tuple(
    f"{whose}{what}" for whose in ("TARGET", "BUILD") for what in ("PLATFORM", "OS", "ARCH", "VARIANT", "OSVERSION")
)


class Needs(Record):
    """The stages that a build runs, the names outside of the file that it takes from, and whether these are all."""

    stages: tuple[Stage, ...]
    outside: frozenset[str]
    is_sure: bool


def values_of(file: Dockerfile, given: Mapping[str, str]) -> dict[str, str | None]:
    """What the arguments in front of the first stage are, with those that a target gives; platforms are unknown."""
    values: dict[str, str | None] = dict.fromkeys(_OF_PLATFORMS)
    for argument in file.arguments:
        default = None if argument.default is None else expand(argument.default, values)
        if argument.name in given:
            values[argument.name] = given[argument.name]
        elif argument.default is not None:
            values[argument.name] = default
        else:
            values.setdefault(argument.name, "")
    return values


def needs(file: Dockerfile, wanted: str, values: Values, replaced: Collection[str] = ()) -> Needs:
    """Go from the stage that is wanted, the last when none is named, to all that it needs.

    Stages whose names are `replaced` by contexts are not run.
    """
    first = file.find(wanted) if wanted else (file.stages[-1] if file.stages else None)
    waiting = [first] if first else []
    seen: dict[int, Stage] = {}
    replaced = {name.lower() for name in replaced}
    outside: set[str] = set()
    is_sure = True
    while waiting:
        stage = waiting.pop()
        if stage.place in seen:
            continue
        if stage.name and stage.name.lower() in replaced:
            outside.add(stage.name)
            continue
        seen[stage.place] = stage
        base = expand(stage.base.name, values)
        is_sure = is_sure and base is not None
        for name, before in ((base, stage.place), *((source.name, None) for source in stage.sources)):
            if name is None or "$" in name:
                is_sure = False
                continue
            other = None if name.lower() in replaced else file.find(name, before)
            if other is None:
                outside.add(name)
            else:
                waiting.append(other)
    return Needs(tuple(seen[place] for place in sorted(seen)), frozenset(outside), is_sure)


def runs_where(file: Dockerfile, stage: Stage) -> str:
    """Whether the steps of a stage run on the platform of the builder, on the one built for, or that cannot be told."""
    # A stage on top of another runs where that one does, whatever it says itself.
    while (parent := file.find(stage.base.name, stage.place)) is not None:
        stage = parent
    names = mentions(stage.platform)
    if not names:
        return BUILD if stage.platform else TARGET
    return _KINDS.get(names.pop(), UNKNOWN) if len(names) == 1 else UNKNOWN


def runs_on_target(file: Dockerfile, wanted: str, values: Values, replaced: Collection[str] = ()) -> bool | None:
    """Whether the build of a stage runs a step on the platform built for; None when that cannot be told."""
    needed = needs(file, wanted, values, replaced)
    if not needed.stages:
        return None
    places = {runs_where(file, stage) for stage in needed.stages if stage.runs}
    if TARGET in places:
        return True
    return None if UNKNOWN in places or not needed.is_sure else False
