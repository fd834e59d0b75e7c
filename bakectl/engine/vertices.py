"""What the name of a vertex tells: its target, its platform, and its place in the Dockerfile."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BRACKET: Final = re.compile(r"\[([^\]]*)\] ?(.*)", re.DOTALL)
_PLATFORM: Final = re.compile(
    r"(?P<from>[a-z][a-z0-9]*/[a-z0-9_]+(?:/[a-z0-9.]+)?)(?:->(?P<to>[a-z0-9_]+(?:/[a-z0-9._]+)*))?"
)
_NUMBER: Final = re.compile(r"\d+/\d+")
_DEFINITION: Final = re.compile(r"\[(?P<target>[\w.-]+) internal\] load (?:remote )?(?:build|bake) definition")
MAX_NAME: Final = 400
"""Characters that are kept of the name of a step."""


class Scope(Record):
    """What one process of buildx builds: the targets with their platforms."""

    targets: Mapping[str, tuple[str, ...]]
    names_targets: bool
    """Whether vertices begin with the name of their target: buildx leaves it out when there is only one."""

    @property
    def only(self) -> str:
        """The target of vertices that name none; empty where there are several."""
        return next(iter(self.targets)) if len(self.targets) == 1 else ""


class Place(Record):
    """Where a vertex belongs, and what is left of its name."""

    target: str
    platform: str
    number: str
    name: str
    is_internal: bool


def scope_of(targets: Mapping[str, tuple[str, ...]]) -> Scope:
    """The scope of a process that builds these."""
    return Scope(targets, len(targets) > 1)


def guess_scope(names: Iterable[str]) -> Scope:
    """The scope of a stream of which nothing else is known, from the vertices that load Dockerfiles."""
    found = dict.fromkeys(match["target"] for match in map(_DEFINITION.match, names) if match)
    return Scope(dict.fromkeys(found, ()), names_targets=True) if found else Scope({"build": ()}, names_targets=False)


def read_name(text: str, scope: Scope) -> Place:
    """Take the name of a vertex apart: `[backend linux/arm64 builder 3/5] RUN make`."""
    text = text[: MAX_NAME * 2]
    found = _BRACKET.match(text)
    if found is None:
        return Place(scope.only, "", "", _cut(text), not text.startswith("exporting"))
    words = found[1].split(" ")
    target = scope.only
    if scope.names_targets and words[0] in scope.targets:
        target = words.pop(0)
    elif scope.names_targets:
        target = ""
    platform = ""
    if words and not _NUMBER.fullmatch(words[0]) and (seen := _PLATFORM.fullmatch(words[0])):
        words.pop(0)
        platform = _row(seen, scope.targets.get(target, ()))
    number = words.pop() if words and _NUMBER.fullmatch(words[-1]) else ""
    stage = " ".join(words)
    name = f"{stage}: {found[2]}" if stage and number else found[2]
    is_internal = not number and (bool(stage) or not target)
    return Place(target, platform, number, _cut(name), is_internal)


def _row(seen: re.Match[str], declared: tuple[str, ...]) -> str:
    """The platform of the target that a step works for; none when it works for all.

    A step that runs on one platform for another is `linux/amd64->arm64`. One that runs on the builder's for all of them
    has just its name, which is none of the target's or one of them.
    """
    wanted = seen["from"]
    if seen["to"]:
        wanted = (
            seen["to"]
            if "/" in seen["to"] and _PLATFORM.fullmatch(seen["to"])
            else f"{wanted.partition('/')[0]}/{seen['to']}"
        )
    if not declared or wanted in declared:
        return wanted if len(declared) != 1 else ""
    near = [name for name in declared if name.startswith(f"{wanted}/") or wanted.startswith(f"{name}/")]
    return near[0] if near and len(declared) > 1 else ""


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_NAME else f"{line[:MAX_NAME]}…"
