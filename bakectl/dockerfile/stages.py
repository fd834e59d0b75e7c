"""The stages of a Dockerfile: what each starts from, copies from, mounts and runs, with the places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.dockerfile.instructions import read_instructions
from bakectl.dockerfile.words import split_quoted, unquoted
from bakectl.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.dockerfile.instructions import Instruction, Listing
    from bakectl.source import Source, Span

_FROM: Final = re.compile(r"(?P<base>\S+)(?:\s+AS\s+(?P<name>\S+))?", re.IGNORECASE)
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TRUE: Final = frozenset(("", "true", "1"))
_FRONTEND: Final = re.compile(r"(?:.*/)?dockerfile[^/]*")


class Argument(Record):
    """A declared argument; `default` is as it is written, None when there is none."""

    name: str
    default: str | None
    span: Span


class Mention(Record):
    """A stage, an image or a named context that something is taken from."""

    name: str
    span: Span


class Mount(Record):
    """A secret or an ssh agent that a step asks for."""

    kind: str
    id: str
    is_required: bool
    span: Span


class Stage(Record):
    """A stage; `base` and `platform` may hold variables."""

    place: int
    name: str
    base: Mention
    platform: str
    arguments: tuple[Argument, ...] = ()
    sources: tuple[Mention, ...] = ()
    mounts: tuple[Mount, ...] = ()
    runs: tuple[Span, ...] = ()


class Dockerfile(Record):
    """A Dockerfile; `arguments` are those in front of the first stage."""

    source: Source
    directives: Mapping[str, str]
    arguments: tuple[Argument, ...]
    stages: tuple[Stage, ...]
    fault: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether BuildKit's own reader reads it; a frontend of one's own may read anything out of it."""
        frontend = self.directives.get("syntax", "dockerfile").split("@")[0]
        return self.fault is None and bool(self.stages) and _FRONTEND.fullmatch(frontend) is not None

    @property
    def declared(self) -> frozenset[str]:
        """The names of all arguments, wherever they are declared."""
        every = (*self.arguments, *(argument for stage in self.stages for argument in stage.arguments))
        return frozenset(argument.name for argument in every)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the stages that have one."""
        return tuple(stage.name for stage in self.stages if stage.name)

    def find(self, name: str, before: int | None = None) -> Stage | None:
        """The stage of a name or a number; of several with one name, the last; `before` leaves out later ones."""
        stages = self.stages[:before]
        if name.isdecimal():
            return stages[int(name)] if int(name) < len(stages) else None
        return next((stage for stage in reversed(stages) if stage.name.lower() == name.lower() != ""), None)


def read_dockerfile(source: Source) -> Dockerfile:
    """Read the stages of a Dockerfile; an instruction that is not understood is passed over."""
    return stages_of(read_instructions(source))


def stages_of(listing: Listing) -> Dockerfile:
    """The stages that instructions make."""
    stages: list[Stage] = []
    ahead: list[Argument] = []
    for instruction in listing.instructions:
        match instruction.word:
            case "FROM":
                stages.extend(_stage(instruction, len(stages)))
            case "ARG" if not stages:
                ahead.extend(_arguments(instruction))
            case "ARG" | "RUN" | "COPY" | "ADD" if stages:
                stages[-1] = _with(stages[-1], instruction)
    return Dockerfile(listing.source, listing.directives, tuple(ahead), tuple(stages), listing.fault)


def _stage(instruction: Instruction, place: int) -> Iterator[Stage]:
    found = _FROM.fullmatch(instruction.rest)
    if found is not None:
        platform = next((flag.value for flag in instruction.flags if flag.name == "platform"), "")
        base = Mention(found["base"], instruction.place(*found.span("base")))
        yield Stage(place, found["name"] or "", base, platform)


def _arguments(instruction: Instruction) -> Iterator[Argument]:
    position = 0
    for word in split_quoted(instruction.rest) or ():
        start = instruction.rest.index(word, position)
        position = start + len(word)
        name, sign, default = word.partition("=")
        if _NAME.fullmatch(name):
            span = instruction.place(start, start + len(name))
            yield Argument(name, default if sign else None, span)


def _with(stage: Stage, instruction: Instruction) -> Stage:
    if instruction.word == "ARG":
        return replace(stage, arguments=(*stage.arguments, *_arguments(instruction)))
    sources = [
        Mention(flag.value, flag.span)
        for flag in instruction.flags
        if flag.name == "from" and instruction.word != "RUN"
    ]
    if instruction.word != "RUN":
        return replace(stage, sources=(*stage.sources, *sources))
    mounts: list[Mount] = []
    for flag in instruction.flags:
        if flag.name != "mount":
            continue
        options = _options(flag.value)
        if options.get("from"):
            sources.append(Mention(options["from"], flag.span))
        kind = options.get("type", "bind")
        if kind in {"secret", "ssh"}:
            mounts.append(Mount(kind, _id(kind, options), options.get("required", "false") in _TRUE, flag.span))
    return replace(
        stage,
        sources=(*stage.sources, *sources),
        mounts=(*stage.mounts, *mounts),
        runs=(*stage.runs, instruction.span),
    )


def _options(text: str) -> dict[str, str]:
    """The options of a mount, which are one line of CSV."""
    found: dict[str, str] = {}
    for part in text.split(","):
        key, sign, value = part.strip('"').partition("=")
        found[key.lower()] = unquoted(value) if sign else ""
    return found


def _id(kind: str, options: Mapping[str, str]) -> str:
    """The name by which a mount asks; a secret without one is called as the file that it becomes."""
    if options.get("id"):
        return options["id"]
    if kind == "ssh":
        return "default"
    target = options.get("target") or options.get("dst") or options.get("destination") or options.get("env") or ""
    return target.rpartition("/")[2]
