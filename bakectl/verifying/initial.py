"""A first contract for an image: what it keeps today, as a table of the settings."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from bakectl.verifying.contract import Contract
from bakectl.verifying.leftovers import set_user_files
from bakectl.verifying.process import environment, find_program, programs, words
from bakectl.verifying.promises import attested, exposed_ports, first_process, has_health_check, labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.image import Image, Size

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_MARGIN: Final = 1.1
"""How much an image may grow before anybody hears of it."""


def contract_of(image: Image, held: Mapping[str, FileSystem], sizes: Mapping[str, Size]) -> Contract:
    """What an image promises that has all that this one has; the settings are those of its first platform."""
    first = image.variants[0]
    config, files = first.config, held[first.name]
    started = (find_program(files, name, config) for name in programs(config))
    return Contract(
        size=_limit(max(size.unpacked for size in sizes.values())),
        compressed_size=_limit(max(size.compressed for size in sizes.values())),
        user=str(config.get("User") or ""),
        labels=dict.fromkeys(labels(config), "*"),
        environment={name: "*" for name in environment(config) if name != "PATH"},
        ports=exposed_ports(config),
        entrypoint=words(config, "Entrypoint"),
        command=words(config, "Cmd"),
        pid_1=first_process(config, files) or None,
        stop_signal=config.get("StopSignal") or None,
        health_check=has_health_check(config) or None,
        files=tuple(f"/{entry.path}" for entry in started if entry is not None),
        setuid=tuple(sorted({file for one in held.values() for file in set_user_files(one)})),
        sbom=_is_attested(image, "sbom") or None,
        provenance=_is_attested(image, "provenance") or None,
    )


def _is_attested(image: Image, kind: str) -> bool:
    return {variant.manifest.digest for variant in image.variants} <= attested(image, kind)


def _limit(size: int) -> int:
    """A round size somewhat above."""
    unit = 1_000_000 if size >= 10_000_000 else 100_000 if size >= 100_000 else 1000
    return -int(-size * _MARGIN // unit) * unit


def table(contract: Contract, heading: str) -> str:
    """A contract as a table of TOML; what it does not promise is left out."""
    return "".join(f"{line}\n" for line in (f"[{heading}]", *_lines(contract)))


def _lines(contract: Contract) -> Iterator[str]:
    for field in Contract._fields:
        value = getattr(contract, field)
        if value is None or (value in ({}, ()) and getattr(Contract(), field) == value):
            continue
        if field.endswith("size"):
            value = f"{value // 1_000_000}MB" if value % 1_000_000 == 0 else f"{value / 1000:g}kB"
        yield f"{field.replace('_', '-')} = {_text(value)}"


def _text(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key(name)} = {_text(inner)}" for name, inner in value.items()) + " }"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_text, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(name: str) -> str:
    """A name as a key of TOML."""
    return name if _BARE.fullmatch(name) else _text(name)
