"""What an image promises beyond its plan: the section `[verify]` of the settings, for all targets and for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.suggest import did_you_mean
from bakectl.verifying.checks import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.settings import SettingsFile, Table

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kKMGT]?i?B)", re.ASCII)
_UNITS: Final = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3, "t": 1000**4}
_BINARY: Final = {"ki": 1 << 10, "mi": 1 << 20, "gi": 1 << 30, "ti": 1 << 40}

_T = TypeVar("_T")


class Contract(Record):
    """What is promised; None where nothing is."""

    ignore: tuple[str, ...] = ()
    """Checks that nobody wants."""
    allow: tuple[str, ...] = ()
    """Patterns of files about which nobody wants to hear."""
    size: int | None = None
    compressed_size: int | None = None
    user: str | None = None
    labels: Mapping[str, str] = {}
    """Patterns by name."""
    environment: Mapping[str, str] = {}
    ports: tuple[str, ...] | None = None
    entrypoint: tuple[str, ...] | None = None
    command: tuple[str, ...] | None = None
    pid_1: str | None = None
    stop_signal: str | None = None
    health_check: bool | None = None
    files: tuple[str, ...] = ()
    no_files: tuple[str, ...] = ()
    setuid: tuple[str, ...] | None = None
    sbom: bool | None = None
    provenance: bool | None = None


class Contracts(Record):
    """The contract of all images, and those of targets, which say more."""

    general: Contract = Contract()
    targets: Mapping[str, Contract] = {}

    def of(self, target: str | None) -> Contract:
        """The contract of a target's image, or of one that no target is known for."""
        return self.general if target is None else self.targets.get(target, self.general)


def read_contracts(file: SettingsFile) -> Contracts:
    """Read the section; raises InvalidBakeFile with all that is wrong."""
    problems = Problems()
    table = file.section("verify", problems)
    targets = table.table("targets")
    general = _read(table, Contract())
    own = {name: _read(targets.table(name), general) for name in targets.values}
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return Contracts(general, own)


def _read(table: Table, above: Contract) -> Contract:
    """One table; lists and tables add to what is promised for all, everything else takes its place."""
    ignore = table.texts("ignore") or ()
    for name in ignore:
        if name not in NAMES:
            table.report("ignore", f'names no check: "{name}"', did_you_mean(name, NAMES))
    found = Contract(
        ignore=(*above.ignore, *ignore),
        allow=(*above.allow, *(table.texts("allow") or ())),
        size=_either(_size(table, "size"), above.size),
        compressed_size=_either(_size(table, "compressed-size"), above.compressed_size),
        user=_either(table.text("user"), above.user),
        labels={**above.labels, **_patterns(table, "labels")},
        environment={**above.environment, **_patterns(table, "environment")},
        ports=_either(table.texts("ports"), above.ports),
        entrypoint=_either(table.texts("entrypoint"), above.entrypoint),
        command=_either(table.texts("command"), above.command),
        pid_1=_either(table.text("pid-1"), above.pid_1),
        stop_signal=_either(table.text("stop-signal"), above.stop_signal),
        health_check=_either(table.flag("health-check"), above.health_check),
        files=(*above.files, *_paths(table, "files")),
        no_files=(*above.no_files, *_paths(table, "no-files")),
        setuid=_either(table.texts("setuid"), above.setuid),
        sbom=_either(table.flag("sbom"), above.sbom),
        provenance=_either(table.flag("provenance"), above.provenance),
    )
    table.finish()
    return found


def _either(own: _T | None, above: _T | None) -> _T | None:
    return above if own is None else own


def _patterns(table: Table, key: str) -> dict[str, str]:
    values = table.table(key).values
    for name, value in values.items():
        if not isinstance(value, str):
            table.report(key, f'has a value that is no string: "{name}"', 'write "*" for any value')
    return {name: value for name, value in values.items() if isinstance(value, str)}


def _paths(table: Table, key: str) -> tuple[str, ...]:
    found = table.texts(key) or ()
    for path in found:
        if not path.startswith(("/", "*")):
            table.report(key, f'has a path that begins with neither a slash nor *: "{path}"')
    return found


def _size(table: Table, key: str) -> int | None:
    text = table.text(key)
    if text is None:
        return None
    found = _SIZE.fullmatch(text)
    if found is None:
        table.report(key, f'is no size: "{text}"', 'write "100MB" or "64MiB"')
        return None
    unit = found[2].lower().removesuffix("b")
    return int(float(found[1]) * (_BINARY[unit] if unit in _BINARY else _UNITS[unit]))
