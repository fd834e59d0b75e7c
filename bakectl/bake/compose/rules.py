"""Tables of rules by path, such as `services.*.build.args`, and a walk that applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from bakectl.bake.compose.nodes import List, Map, Node, Path, with_entries

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
Transform: TypeAlias = "Callable[[Node, Path], Node]"

ITEM = "[]"
"""The part of a path that stands for an item of a list."""


class Rules(Generic[T]):
    """Rules for one place, and for the places below it."""

    __slots__ = ("below", "rule")

    def __init__(self) -> None:
        self.rule: T | None = None
        self.below: dict[str, Rules[T]] = {}

    def at(self, name: str) -> Rules[T] | None:
        """The rules for the value of a key, or for an item."""
        return self.below.get(name) or self.below.get("*")


def table(rules: Mapping[str, T]) -> Rules[T]:
    """Make a table from patterns, in which `*` stands for any key or item."""
    root: Rules[T] = Rules()
    for pattern, rule in rules.items():
        place = root
        for part in pattern.split("."):
            place = place.below.setdefault(part, Rules())
        place.rule = rule
    return root


def apply(rules: Rules[Transform] | None, node: Node, path: Path = ()) -> Node:
    """Replace each value that has a rule; below such a value, only the rule itself goes on."""
    if rules is None:
        return node
    return node if rules.rule is None and not rules.below else _apply(rules, node, path)


def _apply(rules: Rules[Transform], node: Node, path: Path) -> Node:
    return rules.rule(node, path) if rules.rule is not None else apply_below(rules, node, path)


def apply_below(rules: Rules[Transform], node: Node, path: Path) -> Node:
    """Apply the rules for what is inside of a value."""
    if isinstance(node, Map):
        entries = {name: apply(rules.at(name), value, (*path, name)) for name, value in node.entries.items()}
        return with_entries(node, entries)
    if isinstance(node, List):
        inner = rules.at(ITEM)
        return List(tuple(apply(inner, item, (*path, ITEM)) for item in node.items), node.span, node.within)
    return node


def label(path: Path) -> str:
    """The path as people write it."""
    return ".".join(path).replace(f".{ITEM}", ITEM)
