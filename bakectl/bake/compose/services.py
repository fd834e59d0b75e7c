"""One service of a Compose file to the settings of a target, by buildx's rules."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from bakectl.bake import options
from bakectl.bake.compose.document import ComposeFault, as_map
from bakectl.bake.compose.interpolation import read_env_file
from bakectl.bake.files import is_remote
from bakectl.bake.model import Origin, Setting
from bakectl.bake.options import OptionError, keyed_unique, string_unique, swap_unique
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bakectl.bake.compose.document import Document
    from bakectl.bake.model import Settings

_BUILD = (
    "context",
    "dockerfile",
    "dockerfile_inline",
    "entitlements",
    "args",
    "ssh",
    "labels",
    "cache_from",
    "cache_to",
    "no_cache",
    "no_cache_filter",
    "additional_contexts",
    "network",
    "provenance",
    "sbom",
    "pull",
    "target",
    "shm_size",
    "extra_hosts",
    "isolation",
    "privileged",
    "secrets",
    "tags",
    "ulimits",
    "platforms",
)
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def service_target(name: str, document: Document, environment: Mapping[str, str]) -> Settings | None:
    """The settings of a service's build; None when it has none. Raises ComposeFault."""
    service: dict[str, Any] = document.data["services"][name]
    build = service.get("build")
    if build is None:
        return None
    if isinstance(build, str):
        build = {"context": build}
    if not isinstance(build, dict):
        raise ComposeFault(f"build of service {name} must be a string or a map", document.place(("services", name)))
    for key in build:
        if key not in _BUILD and not str(key).startswith("x-"):
            span = document.place(("services", name, "build", str(key)))
            raise ComposeFault(f'build of service {name} has no property "{key}"', span, did_you_mean(str(key), _BUILD))
    return _Service(name, service, build, document, environment).settings()


class _Service:
    def __init__(
        self,
        name: str,
        service: dict[str, Any],
        build: dict[str, Any],
        document: Document,
        environment: Mapping[str, str],
    ) -> None:
        self.name = name
        self.service = service
        self.build = build
        self.document = document
        self.environment = environment
        self.found: dict[str, Setting] = {}

    def fault(self, key: str, message: str, help: str | None = None) -> ComposeFault:
        return ComposeFault(
            f"service {self.name}: {message}", self.document.place(("services", self.name, "build", key)), help
        )

    def put(self, field: str, value: Any, key: str) -> None:
        span = self.document.place(("services", self.name, "build", key))
        label = self.name.replace(".", "_")
        origin = (
            Origin("compose", label)
            if span is None
            else Origin("compose", label, span.source, span.start, span.end, text=key)
        )
        self.found[field] = Setting(value, ((value, origin),))

    def settings(self) -> Settings:
        build = self.build
        self.put("context", self.text("context") or ".", "context")
        for field, key in (
            ("dockerfile", "dockerfile"),
            ("dockerfile-inline", "dockerfile_inline"),
            ("target", "target"),
            ("network", "network"),
        ):
            value = self.text(key)
            if value:
                self.put(field, value, key)
        for field, key in (("labels", "labels"), ("extra-hosts", "extra_hosts")):
            mapping = self.mapping(key)
            if mapping:
                self.put(field, {name: "" if item is None else item for name, item in mapping.items()}, key)
        for field in ("tags", "platforms"):
            items = self.strings(field)
            if items:
                self.put(field, items, field)
        for field, key in (("cache-from", "cache_from"), ("cache-to", "cache_to")):
            entries = self.entries(key, options.cache_entries)
            if entries:
                self.put(field, swap_unique(entries), key)
        for field, key in (("pull", "pull"), ("no-cache", "no_cache")):
            if self.flag(key):
                self.put(field, True, key)
        self.arguments()
        self.contexts()
        self.sizes()
        self.ssh()
        self.secrets()
        self.attestations()
        self.extension(build.get("x-bake"))
        image = self.service.get("image")
        if "tags" not in self.found and isinstance(image, str) and image:
            self.put("tags", (image,), "image")
        return self.found

    def text(self, key: str) -> str:
        value = self.build.get(key)
        if value is None:
            return ""
        if isinstance(value, (dict, list, bool)):
            raise self.fault(key, f'"{key}" must be a string')
        return shown(value)

    def flag(self, key: str) -> bool:
        value = self.build.get(key)
        if isinstance(value, str):
            parsed = options.parse_bool(value)
            if parsed is None and value.lower() not in ("yes", "on", "no", "off", "y", "n"):
                raise self.fault(key, f'"{key}" must be true or false')
            return value.lower() in ("yes", "on", "y") if parsed is None else parsed
        if value is not None and not isinstance(value, bool):
            raise self.fault(key, f'"{key}" must be true or false')
        return bool(value)

    def strings(self, key: str) -> tuple[str, ...]:
        value = self.build.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or any(isinstance(item, (dict, list)) for item in value):
            raise self.fault(key, f'"{key}" must be a list of strings')
        return tuple(shown(item) for item in value)

    def mapping(self, key: str) -> dict[str, str | None]:
        value = as_map(self.build.get(key), joins=key == "extra_hosts")
        if value is None:
            return {}
        if not isinstance(value, dict):
            raise self.fault(key, f'"{key}" must be a map or a list of KEY=VALUE')
        found: dict[str, str | None] = {}
        for name, item in value.items():
            if isinstance(item, list) and key == "extra_hosts":
                found[str(name)] = ",".join(shown(part) for part in item)
            elif isinstance(item, (dict, list)):
                raise self.fault(key, f'"{name}" of "{key}" must be a string')
            else:
                found[str(name)] = None if item is None else shown(item)
        return found

    def entries(self, key: str, parser: Callable[[str], tuple[options.Entry, ...]]) -> tuple[options.Entry, ...]:
        try:
            return tuple(entry for item in self.strings(key) for entry in parser(item))
        except OptionError as error:
            raise self.fault(key, str(error)) from None

    def arguments(self) -> None:
        service = self.service_environment()
        found: dict[str, str] = {}
        for name, value in self.mapping("args").items():
            resolved = value
            if resolved is None:
                resolved = service.get(name, self.environment.get(name))
            if resolved is not None:
                found[name] = resolved
        if found:
            self.put("args", found, "args")

    def service_environment(self) -> dict[str, str]:
        """What a build argument without a value is looked up in first."""
        found: dict[str, str] = {}
        files = self.service.get("env_file")
        for item in files if isinstance(files, list) else [files] if files else []:
            path = item.get("path") if isinstance(item, dict) else item
            if isinstance(path, str):
                found.update(read_env_file(path))
        given = as_map(self.service.get("environment"))
        for name, value in given.items() if isinstance(given, dict) else ():
            if value is not None:
                found[str(name)] = shown(value)
            elif name in self.environment:
                found[str(name)] = self.environment[name]
        return found

    def contexts(self) -> None:
        found: dict[str, str] = {}
        for name, value in self.mapping("additional_contexts").items():
            text = value or ""
            kind, colon, rest = text.partition(":")
            if colon and kind in ("service", "target"):
                if rest not in self.document.data["services"]:
                    raise self.fault("additional_contexts", f'context "{name}" is service "{rest}", and there is none')
                text = f"target:{rest.replace('.', '_')}"
            elif not is_remote(text) and not _SCHEME.match(text):
                text = posixpath.normpath(text) if text else text
            found[name] = text
        if found:
            self.put("contexts", found, "additional_contexts")

    def sizes(self) -> None:
        size = self.build.get("shm_size")
        if size is not None:
            self.put("shm-size", human_size(self.byte_count(size)), "shm_size")
        limits = self.build.get("ulimits")
        if isinstance(limits, dict):
            rows = []
            for name in sorted(limits):
                value = limits[name]
                if isinstance(value, dict):
                    rows.append(f"{name}={value.get('soft', 0)}:{value.get('hard', 0)}")
                else:
                    # buildx loses a limit that is one number.
                    rows.append(f"{name}=0:0")
            self.put("ulimits", tuple(rows), "ulimits")

    def byte_count(self, size: Any) -> int:
        if isinstance(size, (int, float)) and not isinstance(size, bool):
            return int(size)
        found = _SIZE.fullmatch(str(size).strip())
        if found is None:
            raise self.fault("shm_size", f'"{size}" is not a size', "write a size such as 128m")
        return int(float(found[1]) * 1024 ** " kmgtp".index(found[2].lower() or " "))

    def ssh(self) -> None:
        value = self.build.get("ssh")
        if value is None:
            return
        pairs = as_map(value) if isinstance(value, list) else value
        if isinstance(pairs, bool):
            pairs = {"default": None} if pairs else {}
        if not isinstance(pairs, dict):
            raise self.fault("ssh", '"ssh" must be a list or a map')
        entries = []
        for name, path in sorted(pairs.items(), key=lambda pair: (str(pair[0]), str(pair[1] or ""))):
            paths = tuple(str(path).split(",")) if path else ()
            entries.append({"id": str(name), **({"paths": paths} if paths else {})})
        if entries:
            self.put("ssh", tuple(entries), "ssh")

    def secrets(self) -> None:
        value = self.build.get("secrets")
        if not value:
            return
        declared: dict[str, Any] = self.document.data.get("secrets") or {}
        entries = []
        for item in value:
            name = item.get("source") if isinstance(item, dict) else item
            if name not in declared:
                raise self.fault("secrets", f'there is no secret "{name}"', did_you_mean(str(name), declared))
            secret = declared[name] or {}
            if secret.get("external"):
                raise self.fault("secrets", f'secret "{name}" is external, and a build cannot use one')
            entry: options.Entry = {"id": str(name)}
            if secret.get("file"):
                entry["src"] = posixpath.normpath(str(secret["file"]))
            if secret.get("environment"):
                entry["env"] = str(secret["environment"])
            entries.append(entry)
        self.put("secret", keyed_unique(entries, "id"), "secrets")

    def attestations(self) -> None:
        entries: list[options.Entry] = []
        for key in ("sbom", "provenance"):
            value = self.build.get(key)
            if value is None or value == "":
                continue
            flag = value if isinstance(value, bool) else options.parse_bool(str(value))
            if flag is None:
                entries.extend(self.attestation(key, f"type={key},{value}"))
            else:
                entries.append({"type": key, **({} if flag else {"disabled": True})})
        if entries:
            self.put("attest", tuple(entries), "provenance" if "provenance" in self.build else "sbom")

    def attestation(self, key: str, text: str) -> tuple[options.Entry, ...]:
        try:
            return options.attest_entries(text)
        except OptionError as error:
            raise self.fault(key, str(error)) from None

    def extension(self, given: Any) -> None:
        """Add what `x-bake` says: buildx's own properties in a Compose file."""
        if not isinstance(given, dict):
            return

        def words(key: str) -> tuple[str, ...]:
            value = given.get(key)
            if value is None:
                return ()
            return tuple(value.split()) if isinstance(value, str) else tuple(shown(item) for item in value)

        def earlier(field: str) -> tuple[Any, ...]:
            return self.found[field].value if field in self.found else ()

        for field in ("tags", "platforms", "no-cache-filter"):
            if words(field):
                self.put(field, string_unique((*earlier(field), *words(field))), "x-bake")
        try:
            for field, parser in _EXTENSIONS:
                if words(field):
                    added = tuple(entry for word in words(field) for entry in parser(word))
                    self.put(field, _tidy(field, (*earlier(field), *added)), "x-bake")
        except OptionError as error:
            raise self.fault("x-bake", str(error)) from None
        for field in ("pull", "no-cache"):
            if isinstance(given.get(field), bool):
                self.put(field, given[field], "x-bake")
        contexts = given.get("contexts")
        if isinstance(contexts, dict):
            mine = self.found["contexts"].value if "contexts" in self.found else {}
            ours = {str(name): shown(item) for name, item in contexts.items()}
            self.put("contexts", {**ours, **mine}, "x-bake")


_EXTENSIONS = (
    ("cache-from", options.cache_entries),
    ("cache-to", options.cache_entries),
    ("secret", options.secret_entries),
    ("ssh", options.ssh_entries),
    ("output", options.output_entries),
)


def _tidy(field: str, entries: tuple[options.Entry, ...]) -> tuple[options.Entry, ...]:
    if field == "ssh":
        return tuple(sorted(keyed_unique(entries, "id"), key=lambda entry: (entry["id"], entry.get("paths", ()))))
    return keyed_unique(entries, "id") if field == "secret" else swap_unique(entries)


def shown(value: Any) -> str:
    """A scalar as Go prints it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "+Inf" if value > 0 else "-Inf"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return f"{value:.0f}"
    if isinstance(value, float):
        text = repr(value)
        mantissa, letter, exponent = text.partition("e")
        if letter and -4 <= int(exponent) < 21:
            return f"{value:.0f}"
        if letter:
            return (
                f"{mantissa.removesuffix('.0')}e{'-' if exponent.startswith('-') else '+'}{exponent.lstrip('+-'):>02}"
            )
        return text.removesuffix(".0")
    return "" if value is None else str(value)


def human_size(count: int) -> str:
    """Bytes as docker's units package writes them: four digits, binary units."""
    size = float(count)
    units = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")
    index = 0
    while size >= 1024 and index < len(units) - 1:
        size /= 1024
        index += 1
    return f"{size:.4g}{units[index]}"
