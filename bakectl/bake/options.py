"""Entries of cache, output, attest, secret, ssh and policy lists, from their string and object forms.

Raises `OptionError` with the reason. The rules are those of buildx's `buildflags` package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from bakectl.eval.csv_fields import CsvError, fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

Entry: TypeAlias = "dict[str, Any]"

_TRUE = frozenset(("1", "t", "T", "TRUE", "true", "True"))
_FALSE = frozenset(("0", "f", "F", "FALSE", "false", "False"))


class OptionError(ValueError):
    """An entry cannot be read."""


def parse_bool(text: str) -> bool | None:
    """Read a bool as Go's ParseBool; None when it is none."""
    return True if text in _TRUE else False if text in _FALSE else None


def _split(text: str) -> list[str]:
    try:
        return fields(text)
    except CsvError as error:
        raise OptionError(f'"{text}" cannot be split at its commas: {error}') from None


def _pair(field: str) -> tuple[str, str]:
    key, sign, value = field.partition("=")
    if not sign:
        raise OptionError(f'"{field}" must be a key=value pair')
    return key, value


def output_entries(text: str) -> tuple[Entry, ...]:
    """Read `type=…,dest=…,key=value`, a folder, or `-`."""
    parts = _split(text)
    if len(parts) == 1 and parts[0] == text and not text.startswith("type="):
        return ({"type": "tar", "dest": "-"} if text == "-" else {"type": "local", "dest": text},)
    entry: Entry = {}
    for field in parts:
        key, value = _pair(field)
        entry[key.strip().lower()] = value
    if not entry.get("type"):
        raise OptionError(f'the output "{text}" has no type; add type=image, type=local or another')
    return (_tidy_output(entry),)


def _tidy_output(entry: Entry) -> Entry:
    if entry.get("dest") == "":
        del entry["dest"]
    return entry


def cache_entries(text: str) -> tuple[Entry, ...]:
    """Read `type=…,key=value`, or references of a registry separated by commas."""
    parts = _split(text)
    if not any("=" in part for part in parts):
        return tuple({"type": "registry", "ref": _reference(part)} for part in parts)
    entry: Entry = {}
    for field in parts:
        key, value = _pair(field)
        entry[key.lower()] = value
    if not entry.get("type"):
        raise OptionError(f'the cache "{text}" has no type; add type=registry, type=gha or another')
    return (entry,)


def _reference(text: str) -> str:
    parts = _split(text)
    if len(parts) > 1:
        raise OptionError(f'"{text}" is neither a reference nor a list of key=value pairs')
    return parts[0]


def attest_entries(text: str) -> tuple[Entry, ...]:
    """Read `type=sbom` or `type=provenance` with further options."""
    entry: Entry = {}
    for field in _split(text):
        key, value = _pair(field)
        known = key.strip().lower()
        if known == "type":
            entry["type"] = value
        elif known == "disabled":
            _set_disabled(entry, value)
        else:
            entry[key] = value
    if not entry.get("type"):
        raise OptionError(f'the attestation "{text}" has no type; add type=sbom or type=provenance')
    return (entry,)


def _set_disabled(entry: Entry, value: str) -> None:
    disabled = parse_bool(value)
    if disabled is None:
        raise OptionError(f"disabled={value} is neither true nor false")
    entry.pop("disabled", None)
    if disabled:
        entry["disabled"] = True


def secret_entries(text: str) -> tuple[Entry, ...]:
    """Read `id=…,src=…` or `id=…,env=…`."""
    values: dict[str, str] = {}
    kind = ""
    for field in _split(text):
        key, sign, value = field.partition("=")
        key = key.lower()
        if not sign:
            raise OptionError(f'"{field}" must be a key=value pair')
        match key:
            case "type":
                if value not in ("file", "env"):
                    raise OptionError(f'there is no secret type "{value}"; write file or env')
                kind = value
            case "id" | "env":
                values[key] = value
            case "src" | "source":
                values["src"] = value
            case _:
                raise OptionError(f'a secret has no key "{key}"; write id, src, env or type')
    if kind == "env" and not values.get("env"):
        values["env"] = values.pop("src", "")
    return (_ordered(values, ("id", "src", "env")),)


def ssh_entries(text: str) -> tuple[Entry, ...]:
    """Read `ID` or `ID=PATH,PATH`."""
    name, sign, paths = text.partition("=")
    entry: Entry = {"id": name}
    if sign:
        entry["paths"] = tuple(paths.split(","))
    return (_ordered(entry, ("id", "paths")),)


def policy_entries(text: str) -> tuple[Entry, ...]:
    """Read `filename=…,reset=…,disabled=…,strict=…,log-level=…`."""
    entry: dict[str, Any] = {}
    files: list[str] = []
    for field in _split(text):
        key, value = _pair(field)
        if key == "filename":
            files.append(value)
        else:
            entry[key] = value
    return (policy_object({**entry, **({"filename": tuple(files)} if files else {})}),)


def policy_object(values: Mapping[str, Any]) -> Entry:
    """The printed form of a policy, from its keys."""
    entry: Entry = {"Files": None, "Reset": False, "Disabled": False, "Strict": None, "LogLevel": None}
    for key, value in values.items():
        if value is None or value == "":
            continue
        match key:
            case "filename":
                names = value if isinstance(value, tuple) else (value,)
                entry["Files"] = tuple({"Filename": name, "Data": None} for name in names)
            case "reset" | "disabled" | "strict":
                flag = parse_bool(str(value).lower() if isinstance(value, bool) else str(value))
                if flag is None:
                    raise OptionError(f"{key}={value} is neither true nor false")
                entry[key.capitalize()] = flag
            case "log-level":
                entry["LogLevel"] = str(value)
            case _:
                raise OptionError(f'a policy has no key "{key}"; write filename, reset, disabled, strict or log-level')
    return entry


def output_object(values: Mapping[str, str]) -> Entry:
    """An output from its object form."""
    if not values.get("type"):
        raise OptionError('this output has no type; add type = "image" or another')
    return _tidy_output(dict(values))


def cache_object(values: Mapping[str, str]) -> Entry:
    """A cache from its object form."""
    if not values.get("type"):
        raise OptionError('this cache has no type; add type = "registry" or another')
    return dict(values)


def attest_object(values: Mapping[str, str]) -> Entry:
    """An attestation from its object form; buildx takes one without a type."""
    entry: Entry = {"type": "", **{key: value for key, value in values.items() if key != "disabled"}}
    if "disabled" in values:
        _set_disabled(entry, values["disabled"])
    return entry


def secret_object(values: Mapping[str, Any]) -> Entry:
    """A secret from its object form; other keys are not looked at."""
    return _ordered(values, ("id", "src", "env"))


def ssh_object(values: Mapping[str, Any]) -> Entry:
    """An ssh agent or key from its object form."""
    return _ordered(values, ("id", "paths"))


def _ordered(values: Mapping[str, Any], keys: Sequence[str]) -> Entry:
    return {key: values[key] for key in keys if values.get(key)}


def swap_unique(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Drop doubles as buildx does for outputs and caches: a double changes places with the last entry, which goes."""
    if len(entries) < 2:
        return tuple(entries)
    items = list(entries)
    index = len(items) - 2
    while index >= 0:
        for other in range(index + 1, len(items)):
            if items[index] == items[other]:
                items[other] = items[-1]
                items.pop()
                break
        index -= 1
    return tuple(items)


def keyed_unique(entries: Sequence[Entry], key: str) -> tuple[Entry, ...]:
    """Drop doubles as buildx does for attestations, secrets and ssh: the last value at the place of the first."""
    if len(entries) < 2:
        return tuple(entries)
    return tuple({entry.get(key, ""): entry for entry in entries}.values())


def string_unique(items: Iterable[str]) -> tuple[str, ...]:
    """Drop later doubles and empty strings."""
    return tuple(dict.fromkeys(item for item in items if item))


def push_outputs(outputs: tuple[Entry, ...], push: bool) -> tuple[Entry, ...]:
    """What `push = true` or `false` makes of the outputs (buildx's `setPushOverride`)."""
    if not push:
        return _without_push(outputs)
    if all(entry["type"] == "docker" for entry in outputs):
        return (*outputs, {"type": "image", "push": "true"})
    return tuple({**entry, "push": "true"} if entry["type"] == "image" else entry for entry in outputs)


def _without_push(outputs: tuple[Entry, ...]) -> tuple[Entry, ...]:
    items = list(outputs)
    index = 0
    while index < len(items):
        if items[index]["type"] == "registry":
            items[index] = items[-1]
            items.pop()
            continue
        if items[index]["type"] == "image":
            items[index] = {**items[index], "push": "false"}
        index += 1
    return tuple(items)


def load_outputs(outputs: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What `load = true` makes of the outputs (buildx's `setLoadOverride`)."""
    for entry in outputs:
        if entry["type"] == "docker":
            if not entry.get("dest"):
                return outputs
        elif entry["type"] not in ("image", "registry", "oci"):
            return outputs
    return (*outputs, {"type": "docker"})


PARSERS: dict[str, Callable[[str], tuple[Entry, ...]]] = {
    "outputs": output_entries,
    "caches": cache_entries,
    "attests": attest_entries,
    "secrets": secret_entries,
    "ssh agents and keys": ssh_entries,
    "policies": policy_entries,
}
