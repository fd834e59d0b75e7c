"""The variables that Compose files see: the environment, `.env`, and for a service its own."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bakectl.bake.compose.dotenv import read_variables
from bakectl.bake.compose.interpolation import to_bool
from bakectl.bake.compose.nodes import List, Map, Scalar, is_null, string
from bakectl.bake.compose.scalars import go_text
from bakectl.bake.compose.template import TemplateError, substitute
from bakectl.source import BOM, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.compose.nodes import Node
    from bakectl.bake.compose.reading import Reading
    from bakectl.bake.compose.template import Lookup
    from bakectl.bake.compose.yaml_nodes import Document

DOT_ENV: Final = ".env"
_PROJECT: Final = "COMPOSE_PROJECT_NAME"
_DEFAULT_PROJECT: Final = "bake"


def with_dot_env(environment: Mapping[str, str], reading: Reading) -> dict[str, str]:
    """Add what the `.env` file of the working directory says of variables that are not set."""
    if not os.path.isfile(DOT_ENV):  # noqa: PTH113
        return dict(environment)
    source = reading.read_file(DOT_ENV, None, "bad-env-file")
    return {**read_variables(source, environment.get, reading), **environment}


def with_project_name(environment: Mapping[str, str], documents: Sequence[Document]) -> dict[str, str]:
    """Add the name of the project: the last `name:` of the files, else the one of the environment."""
    name = environment.get(_PROJECT) or _DEFAULT_PROJECT
    given = [document.root.get("name") for document in documents if isinstance(document.root, Map)]
    texts = [go_text(node.value) for node in given if isinstance(node, Scalar) and node.value not in (None, "")]
    if texts:
        # What fails here is reported where all strings of the document are read.
        with suppress(TemplateError):
            name = substitute(texts[-1], environment.get) or name
    return {**environment, _PROJECT: name}


def service_environment(service: Map, environment: Mapping[str, str], reading: Reading) -> dict[str, str | None]:
    """The variables of a service, with those of its `env_file`s; None is one that has no value anywhere."""
    own = {
        name: environment.get(name) if value is None else value
        for name, value in pairs(service.get("environment")).items()
    }

    def lookup(name: str) -> str | None:
        value = environment.get(name)
        return own.get(name) if value is None else value

    files = service.get("env_file")
    found = {name: value for name, value in own.items() if value is not None}
    for item in files.items if isinstance(files, List) else ():
        if isinstance(item, Map):
            found = _with_file(item, found, lookup, reading)
    return {**found, **own}


def _with_file(item: Map, known: dict[str, str], lookup: Lookup, reading: Reading) -> dict[str, str]:
    place, style, required = item.get("path"), string(item.get("format")), item.get("required")
    path = string(place) or ""
    is_required = to_bool(go_text(required.value)) if isinstance(required, Scalar) else True
    if place is None or (not is_required and not os.path.exists(path)):  # noqa: PTH110
        return known
    source = reading.read_file(path, place.span, "bad-env-file")
    if style:
        message = f'buildx does not know the format "{style}" of {path}'
        reading.refuse("bad-env-file", message, item.span, help="remove format:")
    return read_variables(without_bom(source), lookup, reading, known)


def without_bom(source: Source) -> Source:
    """The file without a byte order mark, which is no part of an `env_file`, though of `.env`."""
    return Source(source.path, source.text.removeprefix(BOM))


def pairs(node: Node | None) -> dict[str, str | None]:
    """A map, or a list of `key=value` strings, as text by name; None for a key without value."""
    found: dict[str, str | None] = {}
    if isinstance(node, Map):
        for name, value in node.entries.items():
            found[name] = None if is_null(value) else go_text(value.value) if isinstance(value, Scalar) else None
    elif isinstance(node, List):
        for item in node.items:
            name, sign, value_text = (string(item) or "").partition("=")
            found[name] = value_text if sign else None
    return found
