"""Documents and services laid over one another, as compose-go's `override` package does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.compose.nodes import List, Map, Node, Path, Scalar, is_null, kind, string, with_entries
from bakectl.bake.compose.rules import Rules, label, table
from bakectl.bake.compose.scalars import go_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.bake.compose.reading import Reading

    Merge = Callable[["_Merging", Node, Node, Path], Node]


def merge(base: Node, later: Node, reading: Reading, path: Path = ()) -> Node:
    """Lay a later value over an earlier one; reports what does not fit together."""
    rules: Rules[Merge] | None = _MERGES
    for part in path:
        rules = rules.at(part) if rules else None
    return _Merging(reading).node(base, later, path, rules)


class _Merging:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def node(self, base: Node, later: Node, path: Path, rules: Rules[Merge] | None) -> Node:
        if rules is not None and rules.rule is not None:
            return rules.rule(self, base, later, path)
        if is_null(later):
            return base
        if isinstance(base, Map) and isinstance(later, Map):
            return self.maps(base, later, path, rules)
        if isinstance(base, List) and isinstance(later, List):
            return self.lists(base, later)
        return later if isinstance(base, Scalar) else self.refuse(base, later, path)

    def refuse(self, base: Node, later: Node, path: Path) -> Node:
        message = f'"{label(path)}" is {kind(later)} here and {kind(base)} before, and they cannot be merged'
        self.reading.error("bad-merge", message, later.span, help="write !override before the new value")
        return base

    def maps(self, base: Map, later: Map, path: Path, rules: Rules[Merge] | None) -> Map:
        self.reading.spend(len(base.entries) + len(later.entries))
        entries = dict(base.entries)
        for name, value in later.entries.items():
            earlier = entries.get(name)
            if earlier is not None:
                value = self.node(earlier, value, (*path, name), rules.at(name) if rules else None)
            entries[name] = value
        return Map(entries, {**base.keys, **later.keys}, later.span, later.within)

    def lists(self, base: List, later: List) -> List:
        self.reading.spend(len(base.items) + len(later.items))
        return List(base.items + later.items, later.span, later.within)

    def sequences(self, base: Node, later: Node, path: Path) -> Node:
        """Merge two values of which each is a map, a list of `key=value`, or a string."""
        return self.lists(_as_list(base), _as_list(later))

    def hosts(self, base: Node, later: Node, path: Path) -> Node:
        """Merge as `sequences`, without what is there already."""
        first, second = _as_list(base), _as_list(later)
        present = {string(item) for item in first.items}
        items = tuple(item for item in second.items if string(item) not in present)
        return self.lists(first, List(items, second.span, second.within))

    def build(self, base: Node, later: Node, path: Path) -> Node:
        """Merge two builds of which each is a map or the context alone."""
        first, second = _as_build(base), _as_build(later)
        if first is None or second is None:
            return base if second is None else later
        return self.maps(first, second, path, _BUILD_MERGES)

    def names(self, base: Node, later: Node, path: Path) -> Node:
        """Merge two values of which each is a map or a list of its keys."""
        first, second = self.as_names(base, path), self.as_names(later, path)
        if first is None or second is None:
            return base if second is None else later
        return self.maps(first, second, path, None)

    def as_names(self, node: Node, path: Path) -> Map | None:
        if isinstance(node, Map):
            return node
        if not isinstance(node, List):
            return None
        entries: dict[str, Node] = {}
        for item in node.items:
            name = string(item)
            if name is None:
                message = f'"{label(path)}" is a list of names, and this is {kind(item)}'
                self.reading.error("bad-value", message, item.span)
                continue
            # What Compose fills in here has no part in a build.
            entries[name] = Map({}, {}, item.span, node.span)
        return Map(entries, {name: value.span for name, value in entries.items()}, node.span, node.within)

    def replacement(self, base: Node, later: Node, path: Path) -> Node:
        return later

    def logging(self, base: Node, later: Node, path: Path) -> Node:
        if not isinstance(base, Map) or not isinstance(later, Map):
            return self.refuse(base, later, path)
        drivers = string(base.get("driver")), string(later.get("driver"))
        return later if None not in drivers and drivers[0] != drivers[1] else self.maps(base, later, path, None)


def _as_list(node: Node) -> List:
    """The value as a list; a map becomes `key=value` strings in the order of their bytes."""
    if isinstance(node, List):
        return node
    items: list[Scalar] = []
    if isinstance(node, Map):
        for name, value in node.entries.items():
            parts = value.items if isinstance(value, List) else (value,)
            for part in parts:
                text = name if is_null(value) else f"{name}={go_text(part.value) if isinstance(part, Scalar) else ''}"
                items.append(Scalar(text, value.span, value.within))
        items.sort(key=lambda item: str(item.value).encode("utf-8", "surrogatepass"))
    elif isinstance(node.value, str):
        items.append(node)
    return List(tuple(items), node.span, node.within)


def _as_build(node: Node) -> Map | None:
    if isinstance(node, Map):
        return node
    if string(node) is None:
        return None
    return Map({"context": node}, {"context": node.span}, node.span, node.within)


_SEQUENCES: Final = (
    "annotations",
    "build.args",
    "build.additional_contexts",
    "build.labels",
    "deploy.labels",
    "dns",
    "dns_opt",
    "dns_search",
    "env_file",
    "label_file",
    "environment",
    "labels",
    "volumes.*.volume.labels",
    "sysctls",
    "tmpfs",
)
_SERVICE_MERGES: Final[dict[str, Merge]] = {
    **dict.fromkeys(_SEQUENCES, _Merging.sequences),
    **dict.fromkeys(("build.extra_hosts", "extra_hosts"), _Merging.hosts),
    **dict.fromkeys(("command", "entrypoint", "healthcheck.test", "ulimits.*"), _Merging.replacement),
    **dict.fromkeys(("depends_on", "models", "networks"), _Merging.names),
    "build": _Merging.build,
    "logging": _Merging.logging,
}
_MERGES: Final = table(
    {
        **{f"services.*.{path}": rule for path, rule in _SERVICE_MERGES.items()},
        "networks.*.ipam.config": _Merging.replacement,
    }
)
_BUILD_MERGES: Final = table(
    {path.removeprefix("build."): rule for path, rule in _SERVICE_MERGES.items() if path.startswith("build.")}
)


def remove_paths(root: Node, paths: tuple[Path, ...], path: Path = ()) -> Node:
    """Remove the entries that `!reset` and `!override` of a later document name, in which `*` stands for any key."""
    if not paths or not isinstance(root, Map):
        return root
    entries: dict[str, Node] = {}
    for name, value in root.entries.items():
        here = (*path, name)
        reached = tuple(wanted for wanted in paths if _matches(here, wanted[: len(here)]))
        if not any(len(wanted) == len(here) for wanted in reached):
            entries[name] = remove_paths(value, reached, here)
    return with_entries(root, entries)


def _matches(path: Path, pattern: Path) -> bool:
    return len(path) == len(pattern) and all(wanted in ("*", part) for part, wanted in zip(path, pattern, strict=True))
