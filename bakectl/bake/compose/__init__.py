"""Compose files as definitions: their services become targets, on which the blocks of HCL and JSON files are laid."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.bake.model import Declared, Group
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.compose.nodes import Map
    from bakectl.bake.compose.reading import Reading, Symbols
    from bakectl.bake.files import Input
    from bakectl.diagnostics import Problems
    from bakectl.source import Source

_SECTION = re.compile(r"[\"']?\b(?:services|secrets|include)[\"']?\s*:(?![^\n]*=)")
_SECTIONS = ("services", "secrets", "include")


class ComposeBase(Record):
    """The targets of Compose files, and the group `default` of them all."""

    groups: Mapping[str, Group]
    targets: Mapping[str, Declared]


def read_compose(
    inputs: Sequence[Input], environment: Mapping[str, str], problems: Problems, symbols: Symbols | None = None
) -> ComposeBase:
    """Read Compose files as buildx does; with what it refuses in `problems`, there are no targets."""
    from bakectl.bake.compose.reading import Reading, RefusedError
    from bakectl.diagnostics import Problems as Found

    found = Found()
    base = ComposeBase({}, {})
    try:
        base = _read([given.source for given in inputs], Reading(environment, found, symbols))
    except RefusedError:
        pass
    except RecursionError:
        found.error("limit-exceeded", "the Compose files are nested too deeply", None)
    for problem in found:
        problems.add(problem)
    return ComposeBase({}, {}) if found.has_errors else base


def _read(sources: Sequence[Source], reading: Reading) -> ComposeBase:
    from bakectl.bake.compose import targets
    from bakectl.bake.compose.environment import with_dot_env, with_project_name
    from bakectl.bake.compose.loading import Loader

    environment = with_dot_env(reading.environment, reading)
    loader = Loader(reading, environment)
    documents = [document for source in sources for document in loader.documents(source)]
    loader.environment = environment = with_project_name(environment, documents)
    model = None
    if len(sources) > 1:
        # Buildx wants each file to be valid by itself before it merges them.
        for source in sources:
            alone = loader.load([source], "")
            _check(alone, source, reading)
            targets.check_values(alone, reading)
    model = loader.load(sources, "")
    _check(model, sources[0], reading)
    reading.stop_after_errors()
    targets.check_consistency(model, reading)
    reading.stop_after_errors()
    declared = targets.read_services(model, environment, reading)
    return ComposeBase(_groups(model, declared), declared)


def _check(model: Map, source: Source, reading: Reading) -> None:
    from bakectl.bake.compose import schema

    if not any(model.get(name) for name in ("services", "secrets")):
        help = "buildx reads services and secrets of a Compose file"
        reading.error("empty-compose-file", f"there are no services in {source.path}", None, help=help)
    schema.check(model, reading)


def _groups(model: Map, targets: Mapping[str, Declared]) -> dict[str, Group]:
    services = model.get("services")
    if services is None or not getattr(services, "entries", None):
        return {}
    return {"default": Group("default", tuple(targets) or None, "", model.keys["services"])}


def looks_like_compose(text: str) -> bool:
    """Whether a text is YAML with a top-level key that buildx reads, and so neither HCL nor a JSON bake file."""
    if _SECTION.search(text) is None:
        return False
    from bakectl.bake.compose.nodes import Map
    from bakectl.bake.compose.reading import Reading, RefusedError
    from bakectl.bake.compose.yaml_nodes import read_documents
    from bakectl.diagnostics import Problems as Found
    from bakectl.source import Source as Text

    try:
        documents = read_documents(Text("", text), Reading({}, Found()))
    except (RefusedError, RecursionError):
        return False
    roots = [document.root for document in documents]
    return any(isinstance(root, Map) and any(name in root.entries for name in _SECTIONS) for root in roots)
