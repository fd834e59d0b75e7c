"""Short forms to long forms, doubles removed, and types checked, for every part that Compose looks at before bake.

Most of it has no part in a build, but buildx refuses a file in which it is wrong.
The rules are those of compose-go's packages `transform` (`canonical`) and `override` (`unique`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.compose import rules
from bakectl.bake.compose.nodes import (
    List,
    Map,
    Node,
    Path,
    Scalar,
    data,
    is_null,
    kind,
    string,
    with_entries,
    with_entry,
)
from bakectl.bake.compose.ports import PortError, check_port
from bakectl.bake.compose.rules import Rules, label, table

_VOLUME: Final = re.compile(r"(?>[^\W\d_]:[^:]*|[^:]+)(?>(?::(?>[^\W\d_]:[^:]*|[^:]+))*)")
"""The parts of a volume; a letter and a colon are the drive of a Windows path."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.bake.compose.reading import Reading

    Key = Callable[["_Unique", Node, Path], str | None]


def canonical(root: Node, reading: Reading) -> Node:
    """Return the document in canonical form; reports the values that have the wrong type."""
    root = unique(root, reading)
    reading.stop_after_errors()
    root = _Canonical(reading).apply(root)
    reading.stop_after_errors()
    return unique(root, reading)


def unique(root: Node, reading: Reading) -> Node:
    """Keep of the items that mean the same only the last, at the place of the first."""
    checks = _Unique(reading)
    return checks.node(root, (), _UNIQUE)


class _Unique:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def node(self, node: Node, path: Path, below: Rules[Key] | None) -> Node:
        if below is None or isinstance(node, Scalar):
            return node
        if isinstance(node, Map):
            entries = {name: self.node(value, (*path, name), below.at(name)) for name, value in node.entries.items()}
            return with_entries(node, entries)
        if below.rule is None:
            return node
        found: dict[str | int, Node] = {}
        self.reading.spend(len(node.items))
        for place, item in enumerate(node.items):
            key = below.rule(self, item, path)
            found[place if key is None else key] = item
        return List(tuple(found.values()), node.span, node.within)

    def refuse(self, item: Node, path: Path, wanted: str) -> None:
        self.reading.error("bad-value", f'"{label(path)}" is a list of {wanted}, and this is {kind(item)}', item.span)

    def name(self, item: Node, path: Path) -> str | None:
        text = string(item)
        if text is None:
            self.refuse(item, path, "strings")
            return None
        return text.partition("=")[0]

    def volume(self, item: Node, path: Path) -> str | None:
        if isinstance(item, Map):
            target = string(item.get("target"))
            if target is None:
                self.reading.error("bad-value", f'an item of "{label(path)}" has no target', item.span)
            return target
        text = string(item)
        if text is not None and (text == "" or (len(text) > 2 and _VOLUME.fullmatch(text) is None)):
            self.reading.error("bad-value", f'"{label(path)}" has an empty part in "{text}"', item.span)
        return None

    def exposed(self, item: Node, path: Path) -> str | None:
        if isinstance(item, Scalar) and isinstance(item.value, (str, int)) and not isinstance(item.value, bool):
            return str(item.value)
        self.refuse(item, path, "strings and whole numbers")
        return None

    def mount(self, item: Node, path: Path) -> str | None:
        if isinstance(item, Map):
            target = item.get("target")
            if target is not None and string(target) is None:
                self.reading.error("bad-value", f'the target in "{label(path)}" is a string', target.span)
            return string(target) or f"/{string(item.get('source'))}"
        name = string(item)
        if name is None:
            self.refuse(item, path, "strings and maps")
        return f"/{name}"

    def port(self, item: Node, path: Path) -> str | None:
        if isinstance(item, Map):
            target = item.get("target")
            if target is None:
                self.reading.error("bad-value", f'an item of "{label(path)}" has no target', item.span)
        return None

    def env_file(self, item: Node, path: Path) -> str | None:
        if isinstance(item, Map):
            place = item.get("path")
            if place is None or string(place) is None:
                message = f'an item of "{label(path)}" has no path'
                self.reading.error("bad-value", message, item.span, help="write path: FILE")
            return string(place)
        return string(item)


_SERVICE_UNIQUE: Final[dict[str, Key]] = {
    **dict.fromkeys(
        (
            "annotations",
            "build.args",
            "build.additional_contexts",
            "build.platform",
            "build.tags",
            "build.labels",
            "cap_add",
            "cap_drop",
            "deploy.labels",
            "dns",
            "dns_opt",
            "dns_search",
            "environment",
            "labels",
            "links",
            "networks.*.aliases",
            "networks.*.link_local_ips",
            "profiles",
            "sysctls",
            "tmpfs",
        ),
        _Unique.name,
    ),
    **dict.fromkeys(("devices", "volumes"), _Unique.volume),
    **dict.fromkeys(("configs", "secrets"), _Unique.mount),
    "env_file": _Unique.env_file,
    "expose": _Unique.exposed,
    "ports": _Unique.port,
}
_UNIQUE: Final = table(
    {
        **{f"services.*.{path}": rule for path, rule in _SERVICE_UNIQUE.items()},
        **dict.fromkeys(("networks.*.labels", "networks.*.ipam.options"), _Unique.name),
    }
)


class _Canonical:
    """One method for each kind of value that has short forms."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        service: dict[str, rules.Transform] = {
            "build.secrets.*": self.mount,
            "build.additional_contexts": self.contexts,
            "build.ssh": self.ssh,
            "build.ulimits.*": self.limit,
            "depends_on": self.dependencies,
            "env_file": self.env_file,
            "extends": self.extends,
            "gpus": self.gpus,
            "models": self.names,
            "networks": self.names,
            "volumes.*": self.map_or_string,
            "devices.*": self.map_or_string,
            "secrets.*": self.mount,
            "configs.*": self.mount,
            "ports": self.ports,
            "ulimits.*": self.limit,
            "deploy.resources.reservations.devices.*": self.request,
        }
        sections = {f"{section}.*": self.resource for section in ("volumes", "networks", "secrets", "configs")}
        self.rules = table({**{f"services.*.{path}": rule for path, rule in service.items()}, **sections})
        self.build_rules = self.rules.below["services"].below["*"].below["build"]
        self.build_rules.rule = self.build

    def apply(self, root: Node) -> Node:
        return rules.apply(self.rules, root)

    def refuse(self, node: Node, path: Path, wanted: str, help: str | None = None) -> Node:
        message = f'"{label(path)}" is {wanted}, and this is {kind(node)}'
        self.reading.error("bad-value", message, node.span, help=help)
        return node

    def build(self, node: Node, path: Path) -> Node:
        if string(node) is not None:
            node = Map({"context": node}, {"context": node.span}, node.span, node.within)
        if not isinstance(node, Map):
            return self.refuse(node, path, "a folder or a map", "write build: . or remove it")
        return rules.apply_below(self.build_rules, node, path)

    def mount(self, node: Node, path: Path) -> Node:
        if string(node) is not None:
            return Map({"source": node}, {"source": node.span}, node.span, node.within)
        return node if isinstance(node, Map) else self.refuse(node, path, "a name or a map")

    def contexts(self, node: Node, path: Path) -> Node:
        if isinstance(node, Map):
            return node
        if not isinstance(node, List):
            return self.refuse(node, path, "a map or a list")
        entries: dict[str, Node] = {}
        for item in node.items:
            name, sign, value = (string(item) or "").partition("=")
            if not sign:
                message = f'"{label(path)}" is a list of NAME=CONTEXT, and this is "{name}"'
                self.reading.error("bad-value", message, item.span)
            entries[name] = Scalar(value, item.span, node.span)
        return Map(entries, {name: item.span for name, item in entries.items()}, node.span, node.within)

    def ssh(self, node: Node, path: Path) -> Node:
        if isinstance(node, Map):
            return node
        if not isinstance(node, List):
            return self.refuse(node, path, "a map or a list", "write [default]")
        entries: dict[str, Node] = {}
        for item in node.items:
            text = string(item)
            if text is None:
                self.refuse(item, path, "a list of strings")
                continue
            name, sign, key = text.partition("=")
            if not sign and name != "default":
                message = f'"{name}" in "{label(path)}" has no key'
                self.reading.error("bad-value", message, item.span, help=f"write {name}=FILE, or default")
            entries[name] = Scalar(key if sign else None, item.span, node.span)
        return Map(entries, {name: item.span for name, item in entries.items()}, node.span, node.within)

    def limit(self, node: Node, path: Path) -> Node:
        is_number = isinstance(node, Scalar) and type(node.value) is int
        return node if is_number or isinstance(node, Map) else self.refuse(node, path, "a number or a map")

    def dependencies(self, node: Node, path: Path) -> Node:
        if isinstance(node, Map):
            for name, value in node.entries.items():
                if not isinstance(value, Map):
                    self.refuse(value, (*path, name), "a map", "write condition: service_started")
            return node
        return self.names(node, path) if isinstance(node, List) else self.refuse(node, path, "a list or a map")

    def names(self, node: Node, path: Path) -> Node:
        for item in node.items if isinstance(node, List) else ():
            if string(item) is None:
                self.refuse(item, path, "a list of names")
        return node

    def env_file(self, node: Node, path: Path) -> Node:
        if not isinstance(node, List) and string(node) is None:
            return self.refuse(node, path, "a file or a list of files")
        items = node.items if isinstance(node, List) else (node,)
        wrapped = (
            item if string(item) is None else Map({"path": item}, {"path": item.span}, item.span, item.within)
            for item in items
        )
        return List(tuple(wrapped), node.span, node.within)

    def extends(self, node: Node, path: Path) -> Node:
        is_known = isinstance(node, Map) or string(node) is not None
        return node if is_known else self.refuse(node, path, "a service or a map")

    def gpus(self, node: Node, path: Path) -> Node:
        if isinstance(node, List):
            for item in node.items:
                self.request(item, path)
            return node
        return node if string(node) is not None else self.refuse(node, path, "a list or all")

    def request(self, node: Node, path: Path) -> Node:
        return node if isinstance(node, Map) else self.refuse(node, path, "a map")

    def map_or_string(self, node: Node, path: Path) -> Node:
        if not isinstance(node, Map):
            return node if string(node) is not None else self.refuse(node, path, "a string or a map")
        source = node.get("source")
        if string(node.get("type")) == "bind" and string(source) is None:
            self.reading.error("bad-value", f'the bind mount in "{label(path)}" has no source', node.span)
        return node

    def ports(self, node: Node, path: Path) -> Node:
        if not isinstance(node, List):
            return self.refuse(node, path, "a list")
        for item in node.items:
            is_number = isinstance(item, Scalar) and type(item.value) is int
            text = str(item.value) if isinstance(item, Scalar) and is_number else string(item)
            if text is not None:
                try:
                    check_port(text)
                except PortError as error:
                    self.reading.error("bad-value", f'"{label(path)}" has the port "{text}": {error}', item.span)
            elif not isinstance(item, Map):
                self.refuse(item, path, "a list of ports")
        return node

    def resource(self, node: Node, path: Path) -> Node:
        if is_null(node):
            return node
        if not isinstance(node, Map):
            return self.refuse(node, path, "a map")
        external, name = node.get("external"), node.get("name")
        if not isinstance(external, Map):
            return node
        old_name = external.get("name")
        if old_name is not None and name is not None and data(old_name) != data(name):
            message = f'"{label(path)}" has two names, one of them in external'
            self.reading.error("bad-value", message, old_name.span, help="write external: true")
        result = with_entry(node, "external", Scalar(True, external.span, external.within))
        return with_entry(result, "name", old_name) if old_name is not None and name is None else result
