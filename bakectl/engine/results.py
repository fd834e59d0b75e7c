"""What a finished build has made: digests, sizes and times of its targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.engine.process import capture
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan


class Built(Record):
    """One target after the build; what could not be found out is None."""

    target: str
    names: tuple[str, ...]
    platforms: tuple[str, ...]
    digest: str | None
    sizes: Mapping[str, int]
    """Bytes of the layers as they are in the registry, by platform."""
    seconds: float | None
    cached: int | None
    steps: int | None


def read_results(plan: Plan, metadata: Mapping[str, Mapping[str, Any]], environment: Mapping[str, str]) -> list[Built]:
    """Gather the results of all targets that buildx wrote of, from its metadata, its history and the registry."""
    found = []
    for name in plan.requested:
        facts = metadata.get(name)
        if facts is None:
            continue
        names = tuple(part for part in str(facts.get("image.name", "")).split(",") if part)
        digest = facts.get("containerimage.digest")
        record = _history(str(facts.get("buildx.build.ref", "")), environment)
        pushed = any(
            entry.get("push") == "true" or entry["type"] == "registry" for entry in plan[name].get("output", ())
        )
        sizes = _sizes(f"{names[0]}@{digest}", environment) if names and digest and pushed else {}
        platforms = tuple(sizes) or tuple(plan[name].get("platforms", ()))
        duration = record.get("Duration")
        found.append(
            Built(
                name,
                names,
                platforms,
                str(digest) if digest else None,
                sizes,
                duration / 1e9 if isinstance(duration, (int, float)) else None,
                record.get("NumCachedSteps"),
                record.get("NumCompletedSteps"),
            )
        )
    return found


def _json(text: str) -> dict[str, Any]:
    import json

    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _history(reference: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What buildx remembers of a build, by its `builder/node/id`."""
    builder, _, rest = reference.partition("/")
    _, _, identifier = rest.partition("/")
    if not identifier:
        return {}
    words = ("docker", "buildx", "--builder", builder, "history", "inspect", identifier, "--format", "json")
    done = capture(words, environment)
    return _json(done.out) if done.code == 0 else {}


def _sizes(reference: str, environment: Mapping[str, str]) -> dict[str, int]:
    """Bytes of the layers of each platform of a pushed image."""
    repository = reference.partition("@")[0]
    folder, slash, last = repository.rpartition("/")
    repository = f"{folder}{slash}{last.partition(':')[0]}"
    index = _manifest(f"{repository}@{reference.partition('@')[2]}", environment)
    found: dict[str, int] = {}
    for entry in index.get("manifests", ()):
        platform = entry.get("platform", {})
        if platform.get("os") in (None, "unknown"):
            continue
        parts = (platform["os"], platform.get("architecture"), platform.get("variant"))
        manifest = _manifest(f"{repository}@{entry['digest']}", environment)
        found["/".join(part for part in parts if part)] = _layers(manifest)
    if "layers" in index:
        found[""] = _layers(index)
    return found


def _manifest(reference: str, environment: Mapping[str, str]) -> dict[str, Any]:
    done = capture(("docker", "buildx", "imagetools", "inspect", "--raw", reference), environment)
    return _json(done.out) if done.code == 0 else {}


def _layers(manifest: Mapping[str, Any]) -> int:
    return sum(int(layer.get("size", 0)) for layer in manifest.get("layers", ()))
