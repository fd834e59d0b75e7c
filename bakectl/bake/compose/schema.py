"""What buildx checks of the parts of a Compose file that a build is made of: names, keys and types.

The rules are those of `compose-spec.json` for `image`, `build`, `environment` and `env_file` of services, and secrets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.compose.nodes import List, Map, Node, Path, Scalar, Timestamp, kind, string
from bakectl.bake.compose.rules import label
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bakectl.bake.compose.reading import Reading

    Check = Callable[["_Schema", Node, Path], None]

KEPT: Final = ("image", "build", "environment", "env_file")
"""What buildx keeps of a service."""
_NAME: Final = re.compile(r"[a-zA-Z0-9._-]+")
_LIMIT: Final = re.compile(r"[a-z]+")


def check(model: Map, reading: Reading) -> None:
    """Report what is wrong in the services and secrets of a loaded document."""
    schema = _Schema(reading)
    for section, checked in (("services", _Schema.service), ("secrets", _Schema.secret)):
        node = model.get(section)
        if node is not None:
            schema.named(node, (section,), checked)


class _Schema:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def refuse(self, node: Node, path: Path, wanted: str) -> None:
        help = "put it in quotes" if isinstance(node, Scalar) and isinstance(node.value, Timestamp) else None
        if help is None and isinstance(node, Scalar) and wanted == "a string" and node.value is not None:
            help = "put it in quotes"
        message = f'"{label(path)}" is {wanted}, and this is {kind(node)}'
        self.reading.error("bad-value", message, node.span, help=help)

    def entries(self, node: Node, path: Path) -> dict[str, Node]:
        if isinstance(node, Map):
            return node.entries
        self.refuse(node, path, "a map")
        return {}

    def refuse_key(self, rule: str, message: str, node: Node, name: str, help: str | None = None) -> None:
        span = node.keys[name] if isinstance(node, Map) else node.span
        self.reading.error(rule, message, span, help=help)

    def named(self, node: Node, path: Path, checked: Check) -> None:
        """Check a map from names to what `checked` checks."""
        for name, value in self.entries(node, path).items():
            if _NAME.fullmatch(name) is None:
                message = f'"{name}" is no name in "{label(path)}"'
                help = "names have letters, digits, dots, hyphens and underscores"
                self.refuse_key("bad-name", message, node, name, help)
            else:
                checked(self, value, (*path, name))

    def fields(self, node: Node, path: Path, known: Mapping[str, Check]) -> None:
        """Check a map of known keys, and of others that begin with `x-`."""
        for name, value in self.entries(node, path).items():
            checked = known.get(name)
            if checked is not None:
                checked(self, value, (*path, name))
            elif not name.startswith("x-"):
                message = f'"{label(path)}" has no key "{name}"'
                self.refuse_key("unknown-attribute", message, node, name, did_you_mean(name, known))

    def service(self, node: Node, path: Path) -> None:
        if isinstance(node, Map):
            for name, checked in _SERVICE.items():
                value = node.get(name)
                if value is not None:
                    checked(self, value, (*path, name))

    def build(self, node: Node, path: Path) -> None:
        self.fields(node, path, _BUILD)

    def secret(self, node: Node, path: Path) -> None:
        self.fields(node, path, _SECRET)

    def string(self, node: Node, path: Path) -> None:
        if string(node) is None:
            self.refuse(node, path, "a string")

    def strings(self, node: Node, path: Path) -> None:
        if not isinstance(node, List):
            self.refuse(node, path, "a list")
            return
        for item in node.items:
            if string(item) is None:
                self.refuse(item, path, "a list of strings")

    def flag(self, node: Node, path: Path) -> None:
        if string(node) is None and not (isinstance(node, Scalar) and isinstance(node.value, bool)):
            self.refuse(node, path, "true or false")

    def plain(self, node: Node, path: Path) -> None:
        if not isinstance(node, Scalar) or isinstance(node.value, Timestamp):
            self.refuse(node, path, "a string, a number, true or false, or empty")

    def option(self, node: Node, path: Path) -> None:
        if not isinstance(node, Scalar) or node.value is None:
            self.refuse(node, path, "true, false or a string")

    def size(self, node: Node, path: Path) -> None:
        number = node.value if isinstance(node, Scalar) and not isinstance(node.value, bool) else None
        is_whole = isinstance(number, (int, float)) and number % 1 == 0
        if string(node) is None and not is_whole:
            self.refuse(node, path, "a size")

    def pairs(self, node: Node, path: Path) -> None:
        """Check a map of plain values, or a list of strings."""
        if isinstance(node, List):
            self.strings(node, path)
            return
        if not isinstance(node, Map):
            self.refuse(node, path, "a map or a list")
            return
        for name, value in node.entries.items():
            if not name:
                self.refuse_key("bad-name", f'a key of "{label(path)}" is empty', node, name)
            self.plain(value, (*path, name))

    def hosts(self, node: Node, path: Path) -> None:
        if isinstance(node, List):
            self.strings(node, path)
            seen: set[str | None] = set()
            for item in node.items:
                if (text := string(item)) in seen:
                    self.reading.error("bad-value", f'"{label(path)}" has "{text}" twice', item.span)
                seen.add(text)
            return
        for name, value in self.entries(node, path).items():
            checked = _Schema.strings if isinstance(value, List) else _Schema.string
            checked(self, value, (*path, name))

    def limits(self, node: Node, path: Path) -> None:
        for name, value in self.entries(node, path).items():
            if isinstance(value, Map) and _LIMIT.fullmatch(name):
                self.fields(value, (*path, name), _LIMITS)
                for wanted in _LIMITS:
                    if wanted not in value.entries:
                        message = f'"{label((*path, name))}" has no {wanted} limit'
                        self.reading.error("bad-value", message, value.span, help=f"add {wanted}: NUMBER")

    def whole(self, node: Node, path: Path) -> None:
        if not isinstance(node, Scalar) or type(node.value) is not int:
            self.refuse(node, path, "a whole number")

    def mounts(self, node: Node, path: Path) -> None:
        if not isinstance(node, List):
            self.refuse(node, path, "a list")
            return
        for item in node.items:
            self.fields(item, path, _MOUNT)

    def mode(self, node: Node, path: Path) -> None:
        text = string(node)
        is_octal = text is not None and re.fullmatch(r"[+-]?[0-7]+", text) is not None
        if not is_octal and not (isinstance(node, Scalar) and type(node.value) is int):
            self.refuse(node, path, "an octal number")

    def env_files(self, node: Node, path: Path) -> None:
        for item in node.items if isinstance(node, List) else ():
            if isinstance(item, Map):
                self.fields(item, path, _ENV_FILE)
            else:
                self.refuse(item, path, "a list of files")

    def external(self, node: Node, path: Path) -> None:
        if not isinstance(node, Map):
            self.flag(node, path)

    def driver_options(self, node: Node, path: Path) -> None:
        for name, value in self.entries(node, path).items():
            if string(value) is None and not (isinstance(value, Scalar) and type(value.value) is int):
                self.refuse(value, (*path, name), "a string or a whole number")


_SERVICE: Final[dict[str, Check]] = {
    "image": _Schema.string,
    "build": _Schema.build,
    "environment": _Schema.pairs,
    "env_file": _Schema.env_files,
}
_BUILD: Final[dict[str, Check]] = {
    **dict.fromkeys(
        ("context", "dockerfile", "dockerfile_inline", "isolation", "network", "target"),
        _Schema.string,
    ),
    **dict.fromkeys(("cache_from", "cache_to", "entitlements", "platforms", "tags"), _Schema.strings),
    **dict.fromkeys(("args", "labels", "ssh", "additional_contexts"), _Schema.pairs),
    **dict.fromkeys(("no_cache", "privileged", "pull"), _Schema.flag),
    **dict.fromkeys(("provenance", "sbom"), _Schema.option),
    "extra_hosts": _Schema.hosts,
    "secrets": _Schema.mounts,
    "shm_size": _Schema.size,
    "ulimits": _Schema.limits,
}
_SECRET: Final[dict[str, Check]] = {
    **dict.fromkeys(("name", "environment", "file", "driver", "template_driver"), _Schema.string),
    "driver_opts": _Schema.driver_options,
    "external": _Schema.external,
    "labels": _Schema.pairs,
}
_MOUNT: Final[dict[str, Check]] = {
    **dict.fromkeys(("source", "target", "uid", "gid"), _Schema.string),
    "mode": _Schema.mode,
}
_LIMITS: Final[dict[str, Check]] = {"soft": _Schema.whole, "hard": _Schema.whole}
_ENV_FILE: Final[dict[str, Check]] = {
    "path": _Schema.string,
    "format": _Schema.string,
    "required": _Schema.flag,
}
