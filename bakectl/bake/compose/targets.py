"""The services of a loaded Compose document as targets, as buildx's `bake/compose.go`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.compose.environment import pairs, service_environment
from bakectl.bake.compose.extension import EXTENSION, add_extension
from bakectl.bake.compose.interpolation import to_bool
from bakectl.bake.compose.nodes import List, Map, Node, Scalar, string
from bakectl.bake.compose.parts import Part, Parts
from bakectl.bake.compose.paths import SERVICE
from bakectl.bake.compose.rules import label
from bakectl.bake.compose.scalars import go_text
from bakectl.bake.compose.sizes import parse_size, size_text
from bakectl.bake.model import Declared
from bakectl.bake.options import OptionError, attest_entries, cache_entries, keyed_unique, parse_bool, swap_unique
from bakectl.bake.options import string_unique as distinct

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bakectl.bake.compose.reading import Reading
    from bakectl.bake.model import Settings
    from bakectl.bake.options import Entry
    from bakectl.source import Span

_TARGET: Final = "target:"
_STRINGS: Final = {
    "dockerfile": "dockerfile",
    "dockerfile_inline": "dockerfile-inline",
    "network": "network",
    "target": "target",
}
_FLAGS: Final = {"no_cache": "no-cache", "pull": "pull"}
_LISTS: Final = ("tags", "platforms")
_CACHES: Final = {"cache_from": "cache-from", "cache_to": "cache-to"}
_ATTESTS: Final = ("sbom", "provenance")
_LIMITS: Final = frozenset(
    "core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack".split()
)


def target_name(service: str) -> str:
    """The name of a service as a target."""
    return service.replace(".", "_")


def read_services(model: Map, environment: Mapping[str, str], reading: Reading) -> dict[str, Declared]:
    """Make the targets of all services that are built."""
    services, secrets = _entries(model, "services"), _entries(model, "secrets")
    targets: dict[str, Declared] = {}
    section = model.get("services")
    for name, node in services.items():
        if not isinstance(node, Map):
            continue
        variables = service_environment(node, environment, reading)
        build = node.get("build")
        if not isinstance(build, Map) or not isinstance(section, Map):
            continue
        target = target_name(name)
        service = _Service(name, node, build, reading)
        service.read(
            services, secrets, {**environment, **{key: text for key, text in variables.items() if text is not None}}
        )
        layers: tuple[Settings, ...] = (service.parts.settings,)
        earlier = targets.get(target)
        if earlier is not None:
            message = f'two services make the target "{target}", and buildx merges them in an order that changes'
            reading.problems.warning("ambiguous-service", message, section.keys[name], help="rename one of them")
            layers = (*earlier.layers, *layers)
        targets[target] = Declared(target, layers, section.keys[name])
    return targets


def check_values(model: Map, reading: Reading) -> None:
    """Report values that Compose cannot read, which buildx refuses in each file, also where a later one wins."""
    for name, node in _entries(model, "services").items():
        build = node.get("build") if isinstance(node, Map) else None
        if isinstance(node, Map) and isinstance(build, Map):
            _Service(name, node, build, reading).decode()


def _entries(model: Map, name: str) -> dict[str, Node]:
    section = model.get(name)
    return section.entries if isinstance(section, Map) else {}


def check_consistency(model: Map, reading: Reading) -> None:
    """Report what buildx refuses once all files are merged."""
    services, secrets = _entries(model, "services"), _entries(model, "secrets")
    section = model.get("services")
    for name, node in services.items():
        span = section.keys[name] if isinstance(section, Map) else node.span
        build = node.get("build") if isinstance(node, Map) else None
        if not isinstance(build, Map):
            if not isinstance(node, Map) or not string(node.get("image")):
                message = f'service "{name}" has neither an image nor a build'
                reading.error("bad-service", message, span, help="add image: or build:")
            continue
        if string(build.get("dockerfile")) and string(build.get("dockerfile_inline")):
            message = f'service "{name}" has both "dockerfile" and "dockerfile_inline"'
            reading.error("bad-service", message, build.keys["dockerfile_inline"], help="remove one of them")
        _check_contexts(name, build, services, reading)
        mounts = build.get("secrets")
        for mount in mounts.items if isinstance(mounts, List) else ():
            source = string(mount.get("source")) if isinstance(mount, Map) else None
            if (source or "") not in secrets:
                message = f'service "{name}" uses the secret "{source or ""}", and there is no such secret'
                reading.error("undefined-secret", message, mount.span, help="add it to the top-level secrets")
    for name, node in secrets.items():
        if isinstance(node, Map) and not (
            _is_external(node) or string(node.get("file")) or string(node.get("environment"))
        ):
            message = f'the secret "{name}" has neither "file" nor "environment"'
            reading.error("bad-secret", message, node.span)


def _check_contexts(name: str, build: Map, services: Mapping[str, Node], reading: Reading) -> None:
    contexts = build.get("additional_contexts")
    for key, value in contexts.entries.items() if isinstance(contexts, Map) else ():
        text = string(value) or ""
        other = text.removeprefix(SERVICE)
        if other == text:
            continue
        used = services.get(other)
        if used is None:
            message = f'context "{key}" of service "{name}" is service "{other}", and there is no such service'
            reading.error("unknown-target", message, value.span)
        elif not isinstance(used, Map) or "build" not in used.entries:
            message = f'context "{key}" of service "{name}" is service "{other}", which has no build'
            reading.error("unknown-target", message, value.span)


def _is_external(secret: Map) -> bool:
    external = secret.get("external")
    return isinstance(external, Map) or (isinstance(external, Scalar) and external.value in (True, "true"))


class _Service:
    """One service with a build; a method for each kind of setting."""

    def __init__(self, name: str, node: Map, build: Map, reading: Reading) -> None:
        self.name = name
        self.node = node
        self.build = build
        self.reading = reading
        self.parts = Parts(target_name(name))

    def read(self, services: Mapping[str, Node], secrets: Mapping[str, Node], variables: Mapping[str, str]) -> None:
        context = self.build.get("context")
        if context is not None and string(context):
            self.parts.set("context", string(context), context.span)
        for key, field in _STRINGS.items():
            value = self.build.get(key)
            if value is not None and string(value):
                self.parts.set(field, string(value), value.span)
        self.decode()
        self.lists()
        self.args(variables)
        self.labels()
        self.ulimits()
        self.ssh()
        self.secrets(secrets)
        self.attests()
        self.extension()

    def decode(self) -> None:
        """Read the values that Compose has a form for, such as sizes."""
        for key, field in _FLAGS.items():
            self.flag(key, field)
        self.flag("privileged", None)
        self.hosts()
        self.size()

    def error(self, key: str, message: str, span: Span, help: str | None = None) -> None:
        place = label(("services", self.name, "build", key))
        self.reading.error("bad-value", f'"{place}": {message}', span, help=help)

    def flag(self, key: str, field: str | None) -> None:
        node = self.build.get(key)
        if not isinstance(node, Scalar):
            return
        value = to_bool(go_text(node.value))
        if value is None:
            self.error(key, f'"{node.value}" is neither true nor false', node.span)
        elif value and field:
            self.parts.set(field, True, node.span)

    def lists(self) -> None:
        for key in _LISTS:
            node = self.build.get(key)
            if isinstance(node, List):
                self.parts.add(key, (Part(string(item) or "", item.within) for item in node.items))
        for key, field in _CACHES.items():
            node = self.build.get(key)
            for item in node.items if isinstance(node, List) else ():
                text = string(item)
                if text:
                    entries = self.parsed(cache_entries, text, key, item)
                    self.parts.add(field, (Part(entry, item.within) for entry in entries))

    def parsed(self, parse: Callable[[str], tuple[Entry, ...]], text: str, key: str, node: Node) -> tuple[Entry, ...]:
        kept = self.reading.symbols and self.reading.symbols.entries(text)
        try:
            return kept or parse(text)
        except OptionError as error:
            self.error(key, str(error), node.span)
            return ()

    def args(self, variables: Mapping[str, str]) -> None:
        node = self.build.get("args")
        places = _places(node)
        values: dict[str, Part] = {}
        for name, text in pairs(node).items():
            if text is not None:
                values[name] = Part(text, places[name].within)
                continue
            symbols = self.reading.symbols
            value = symbols.argument(name, self.node, variables) if symbols else variables.get(name)
            if value is not None:
                values[name] = Part(value, places[name].span, name)
        self.parts.set_map("args", values)

    def labels(self) -> None:
        node = self.build.get("labels")
        places = _places(node)
        self.parts.set_map(
            "labels", {name: Part(text or "", places[name].within) for name, text in pairs(node).items()}
        )

    def hosts(self) -> None:
        node = self.build.get("extra_hosts")
        found: dict[str, list[str]] = {}
        places: dict[str, Node] = {}
        if isinstance(node, Map):
            for name, value in node.entries.items():
                items = value.items if isinstance(value, List) else (value,)
                found[name], places[name] = [string(item) or "" for item in items], value
        for item in node.items if isinstance(node, List) else ():
            text = string(item) or ""
            sign = "=" if "=" in text else ":"
            name, there, addresses = text.partition(sign)
            if not there:
                self.error("extra_hosts", f'"{text}" has no address', item.span, "write HOST=ADDRESS")
            found.setdefault(name, []).extend(addresses.split(","))
            places[name] = item
        for name in found:
            if not name or ":" in name or "=" in name:
                self.error("extra_hosts", f'"{name}" is no name of a host', places[name].span)
        self.parts.set_map(
            "extra-hosts",
            {name: Part(",".join(map(_bare, texts)), places[name].within) for name, texts in found.items()},
        )

    def size(self) -> None:
        node = self.build.get("shm_size")
        if not isinstance(node, Scalar):
            return
        # Compose takes a whole number with an exponent for a size, and then drops it.
        size = parse_size(node.value) if isinstance(node.value, str) else node.value if type(node.value) is int else -1
        if size is None:
            self.error("shm_size", f'"{node.value}" is no size', node.span, "write a size such as 128m")
        elif 0 < size < 1 << 63:
            self.parts.set("shm-size", size_text(size), node.span)

    def ulimits(self) -> None:
        node = self.build.get("ulimits")
        for name, value in node.entries.items() if isinstance(node, Map) else ():
            soft, hard = _limit(value, "soft"), _limit(value, "hard")
            if name not in _LIMITS:
                self.error(
                    "ulimits", f'"{name}" is no limit', value.span, f"the limits are {', '.join(sorted(_LIMITS))}"
                )
            elif hard != -1 and (soft > hard or soft == -1):
                self.error("ulimits", f'the soft limit of "{name}" is above the hard one', value.span)
            if not isinstance(value, Map):
                message = f'buildx 0.29 reads a single number for "{name}" as 0'
                help = "write soft: and hard: below it"
                self.reading.problems.warning("lost-ulimit", message, value.span, help=help)
            self.parts.add("ulimits", (Part(f"{name}={soft}:{hard}", value.within),))

    def ssh(self) -> None:
        node = self.build.get("ssh")
        for name, value in node.entries.items() if isinstance(node, Map) else ():
            path = "" if not isinstance(value, Scalar) or value.value is None else go_text(value.value)
            entry: Entry = {**({"id": name} if name else {}), **({"paths": (path,)} if path else {})}
            self.parts.add("ssh", (Part(entry, value.within),))

    def secrets(self, secrets: Mapping[str, Node]) -> None:
        node = self.build.get("secrets")
        for mount in node.items if isinstance(node, List) else ():
            name = string(mount.get("source")) if isinstance(mount, Map) else None
            secret = secrets.get(name or "")
            if not isinstance(secret, Map):
                continue
            if _is_external(secret):
                message = f'service "{self.name}" uses the external secret "{name}", which a build cannot'
                help = "give it with file: or environment:"
                self.reading.error("external-secret", message, mount.span, help=help)
            file, variable = string(secret.get("file")), string(secret.get("environment"))
            entry: Entry = {"id": name, **({"src": file} if file else {}), **({"env": variable} if variable else {})}
            self.parts.add("secret", (Part(entry, mount.within),))

    def attests(self) -> None:
        for key in _ATTESTS:
            node = self.build.get(key)
            text = go_text(node.value) if isinstance(node, Scalar) else ""
            if node is not None and text:
                flag = parse_bool(text)
                options = text if flag is None else f"disabled={'false' if flag else 'true'}"
                entries = self.parsed(attest_entries, f"type={key},{options}", key, node)
                self.parts.add("attest", (Part(entry, node.span) for entry in entries))

    def extension(self) -> None:
        parts = self.parts
        node = self.build.get("additional_contexts")
        own = {
            name: Part(_context(string(value) or ""), value.within)
            for name, value in (node.entries.items() if isinstance(node, Map) else ())
        }
        path = ("services", self.name, "build", EXTENSION)
        extension = self.build.get(EXTENSION)
        more = add_extension(extension, path, parts, self.reading)
        contexts = {name: Part(_context(part.value), part.place) for name, part in more.items()}
        parts.set_map("contexts", {**contexts, **own})
        image = self.node.get("image")
        if not parts.values("tags") and image is not None and string(image):
            parts.add("tags", (Part(string(image), image.span),))
        has_extension = extension is not None
        for field, tidy in _TIDY.items():
            parts.finish_list(field, tidy if has_extension or field == "ssh" else tuple)


def _places(node: Node | None) -> dict[str, Node]:
    """The node of each key of a map or of a list of `key=value` strings."""
    if isinstance(node, Map):
        return node.entries
    items = node.items if isinstance(node, List) else ()
    return {(string(item) or "").partition("=")[0]: item for item in items}


def _bare(address: str) -> str:
    return address[1:-1] if len(address) > 2 and address.startswith("[") and address.endswith("]") else address


def _limit(node: Node, name: str) -> int:
    value = node.get(name) if isinstance(node, Map) else None
    return value.value if isinstance(value, Scalar) and isinstance(value.value, int) else 0


def _context(text: str) -> str:
    """A context as bake writes it: services are targets."""
    for prefix in (SERVICE, _TARGET):
        if text.startswith(prefix):
            return _TARGET + target_name(text.removeprefix(prefix))
    return text


def _unique_ssh(entries: Any) -> tuple[Entry, ...]:
    unique = keyed_unique(entries, "id")
    return tuple(sorted(unique, key=lambda entry: (entry.get("id", ""), entry.get("paths", ()))))


_TIDY: Final[dict[str, Callable[[Any], tuple[Any, ...]]]] = {
    "tags": distinct,
    "platforms": distinct,
    "no-cache-filter": distinct,
    "cache-from": swap_unique,
    "cache-to": swap_unique,
    "secret": lambda entries: keyed_unique(entries, "id"),
    "ssh": _unique_ssh,
    "output": swap_unique,
    "attest": tuple,
    "ulimits": tuple,
}
