"""Compose files as bake definitions: the targets and the group that buildx makes of their services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.bake.compose.document import ComposeFault, Document, merge_documents, read_document
from bakectl.bake.compose.interpolation import interpolate, read_env_file
from bakectl.bake.compose.services import service_target
from bakectl.bake.model import Declared, Group
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.files import Input
    from bakectl.diagnostics import Problems

_KEPT = ("image", "build", "environment", "env_file")


class ComposeBase(Record):
    """What Compose files give: HCL and JSON blocks merge on top of it."""

    groups: Mapping[str, Group]
    targets: Mapping[str, Declared]


def read_compose(inputs: Sequence[Input], environment: Mapping[str, str], problems: Problems) -> ComposeBase:
    """Read Compose files, merged into one; what is wrong with them is reported."""
    documents: list[Document] = []
    for given in inputs:
        try:
            documents.append(read_document(given.source, _KEPT))
        except ComposeFault as fault:
            problems.error("compose", str(fault), fault.span, help=fault.help)
    if problems.has_errors or not documents:
        return ComposeBase({}, {})
    try:
        known = {**read_env_file(".env"), **environment}
        merged = merge_documents([_interpolated(document, known) for document in documents])
        return _base(merged, known, problems)
    except ComposeFault as fault:
        problems.error("compose", str(fault), fault.span, help=fault.help)
    return ComposeBase({}, {})


def _interpolated(document: Document, environment: Mapping[str, str]) -> Document:
    def fill(value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, str):
            try:
                return interpolate(value, environment)
            except ComposeFault as fault:
                raise ComposeFault(str(fault), document.place(path), fault.help) from None
        if isinstance(value, dict):
            return {key: fill(item, (*path, str(key))) for key, item in value.items()}
        if isinstance(value, list):
            return [fill(item, path) for item in value]
        return value

    return Document(document.source, fill(document.data, ()), document.places)


def _base(document: Document, environment: Mapping[str, str], problems: Problems) -> ComposeBase:
    services: dict[str, Any] = document.data.get("services") or {}
    secrets: dict[str, Any] = document.data.get("secrets") or {}
    if not services and not secrets:
        raise ComposeFault("the Compose file has no services", None, "add a service, or name another file with -f")
    targets: dict[str, Declared] = {}
    for name in sorted(services):
        try:
            settings = service_target(name, document, environment)
        except ComposeFault as fault:
            problems.error("compose", str(fault), fault.span or document.place(("services", name)), help=fault.help)
            continue
        if settings is not None:
            label = name.replace(".", "_")
            targets[label] = Declared(label, (settings,), document.place(("services", name)))
    groups: dict[str, Group] = {}
    if services:
        groups["default"] = Group("default", tuple(targets) or None, "", None)
    return ComposeBase(groups, targets)
