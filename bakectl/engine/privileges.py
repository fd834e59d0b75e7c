"""What a build must be granted with `--allow`: buildx asks for it, but never while it writes raw JSON progress.

With `--progress=rawjson`, buildx 0.29 skips its question and goes on as if all were granted. So that nobody loses this
protection, a build that needs a grant it does not have is left to buildx's own progress. Where it is not certain that
buildx would not ask, it counts as asking.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.files import is_remote
from bakectl.bake.options import parse_bool

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bakectl.bake.model import Plan, Target

_ELSEWHERE: Final = ("target:", "docker-image://")
_LAYOUT: Final = "oci-layout://"
_READ: Final = "fs.read"
_WRITE: Final = "fs.write"
_GRANTED: Final = ("output", "cache-to", "cache-from", "secret", "ssh")
"""Fields whose places are granted when an override names them, once they are there."""
_SWITCH: Final = "BUILDX_BAKE_ENTITLEMENTS_FS"


def missing_grants(plan: Plan, allowed: Sequence[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """The values of `--allow` that buildx would ask for, as far as can be told without it."""
    needed = {name: None for target in plan.targets.values() for name in target.get("entitlements", ())}
    found = [name for name in needed if name not in allowed]
    if any(_asks_agent(target) for target in plan.targets.values()) and "ssh" not in allowed:
        found.append("ssh")
    if parse_bool(environment.get(_SWITCH, "")) is not False:
        for kind in (_READ, _WRITE):
            roots = _roots(kind, allowed)
            paths = (path for target in plan.targets.values() for path in _paths(target, kind))
            outside = dict.fromkeys(path for path in paths if not _is_inside(path, roots))
            found += [f"{kind}={path}" for path in outside]
    return tuple(found)


def _asks_agent(target: Target) -> bool:
    return any(not entry.get("paths") for entry in target.get("ssh", ()))


def _roots(kind: str, allowed: Sequence[str]) -> list[str]:
    given = [value for name, _, value in (grant.partition("=") for grant in allowed) if name in ("fs", kind)]
    return [os.path.realpath(path) for path in (".", *given) if path != "*"] + (["/"] if "*" in given else [])


def _is_inside(path: str, roots: Iterable[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == root or real.startswith(root.rstrip("/") + "/") for root in roots)


def _paths(target: Target, kind: str) -> Iterator[str]:
    """Paths of this machine that a target reads or writes, those left out that the command line itself names."""
    fields = (
        ("output", "cache-to")
        if kind == _WRITE
        else ("context", "contexts", "dockerfile", "cache-from", "secret", "ssh")
    )
    for field in fields:
        setting = target.settings.get(field)
        if setting is None:
            continue
        given = [data for data, origin in setting.given if origin.kind == "override" and field in _GRANTED]
        named = {path for data in given for path in _local(target, field, data)}
        yield from (
            path
            for path in _local(target, field, setting.value)
            if path not in named or not os.path.exists(path)  # noqa: PTH110
        )


def _local(target: Target, field: str, value: Any) -> Iterator[str]:
    match field:
        case "context":
            yield from _folders((value,))
        case "contexts":
            yield from _folders(value.values())
        case "dockerfile":
            context = str(target.get("context", "."))
            if not is_remote(context) and not is_remote(value) and value != "-" and not target.get("dockerfile-inline"):
                yield str(value).removeprefix("cwd://") if value.startswith("cwd://") else os.path.join(context, value)  # noqa: PTH118
        case "output":
            yield from (entry["dest"] for entry in value if entry.get("dest", "-") != "-")
        case "cache-to" | "cache-from":
            key = "dest" if field == "cache-to" else "src"
            yield from (entry[key] for entry in value if entry.get("type") == "local" and key in entry)
        case "secret":
            yield from (entry[key] for entry in value for key in ("src", "file") if entry.get(key))
        case "ssh":
            yield from (path for entry in value for path in entry.get("paths") or ())
        case _:
            raise ValueError(field)


def _folders(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        if value != "-" and not value.startswith(_ELSEWHERE) and not is_remote(value):
            is_layout = value.startswith(_LAYOUT)
            yield value.removeprefix(_LAYOUT).partition("@")[0] if is_layout else value.removeprefix("cwd://") or "."
