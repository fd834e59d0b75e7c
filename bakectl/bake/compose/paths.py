"""Paths of a document made relative to the folder that it belongs to, as compose-go's `paths` package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.compose import rules
from bakectl.bake.compose.nodes import Map, Node, Path, Scalar, kind, string
from bakectl.bake.compose.reading import Reading, join
from bakectl.bake.compose.rules import label, table

if TYPE_CHECKING:
    from collections.abc import Mapping

_REMOTE: Final = ("https://", "http://", "git://", "ssh://", "github.com/", "git@")
SERVICE: Final = "service:"
"""How a context begins that is another service."""


def resolve_paths(root: Node, folder: str, reading: Reading) -> Node:
    """Put the folder before all relative paths, and clean them."""
    return _Paths(folder, reading).apply(root)


def expand_user(path: str, environment: Mapping[str, str]) -> str:
    """Put the home folder in the place of a `~` at the beginning."""
    home = environment.get("HOME")
    return join(home, path[1:]) if path.startswith("~") and home else path


class _Paths:
    def __init__(self, folder: str, reading: Reading) -> None:
        self.folder = folder
        self.reading = reading
        self.rules: rules.Rules[rules.Transform] = table(
            {
                "services.*.build.context": self.context,
                "services.*.build.additional_contexts.*": self.context,
                "services.*.env_file.*.path": self.path,
                "services.*.extends.file": self.extended,
                "services.*.develop.watch.*.path": self.path,
                "secrets.*.file": self.path_or_not,
                "volumes.*": self.volume,
            }
        )

    def apply(self, root: Node) -> Node:
        return rules.apply(self.rules, root)

    def context(self, node: Node, path: Path) -> Node:
        text = string(node)
        if text is None:
            return self.refuse(node, path)
        if "://" in text or text.startswith((SERVICE, *_REMOTE)):
            return node
        return self.path(node, path)

    def path(self, node: Node, path: Path) -> Node:
        text = string(node)
        if text is None or not isinstance(node, Scalar):
            return self.refuse(node, path)
        text = expand_user(text, self.reading.environment)
        placed = text if not text or text.startswith("/") else join(self.folder, text)
        return node if placed == node.value else Scalar(placed, node.span, node.within)

    def path_or_not(self, node: Node, path: Path) -> Node:
        return node if string(node) is None else self.path(node, path)

    def extended(self, node: Node, path: Path) -> Node:
        return node if isinstance(node, Map) or string(node) is None else self.path(node, path)

    def volume(self, node: Node, path: Path) -> Node:
        given = node.get("driver_opts") if isinstance(node, Map) and string(node.get("driver")) == "local" else None
        if given is not None and not isinstance(given, Map):
            message = f'"{label((*path, "driver_opts"))}" is a map, and this is {kind(given)}'
            self.reading.error("bad-value", message, given.span)
        return node

    def refuse(self, node: Node, path: Path) -> Node:
        self.reading.error("bad-value", f'"{label(path)}" is a string, and this is {kind(node)}', node.span)
        return node
