"""What is really in the registry of the caches that targets read and write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.cache_policy import of_platforms
from bakectl.bake.platforms import normalised
from bakectl.record import Record
from bakectl.verifying.reader import LARGEST_DOCUMENT, BadDocument, BlobMissing, ReadFailed
from bakectl.verifying.references import parse_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.model import Target
    from bakectl.verifying.reader import Descriptor, ImageReader

PRESENT, MISSING, UNKNOWN = "present", "missing", "unknown"
_AT_ONCE: Final = 8
_CREATED: Final = "buildkit/createdat"


class Presence(Record):
    """One cache in a registry."""

    reference: str
    state: str
    reason: str = ""
    """Why it could not be found out whether it is there."""
    bytes: int = 0
    layers: int = 0
    created: str = ""
    """When its newest layer was made, as RFC 3339 has it; empty where nothing says so."""
    platforms: tuple[str, ...] = ()
    """Those of an image that holds the cache, or those that a place of a part of the platforms is for."""


def references(target: Target) -> dict[str, tuple[str, ...]]:
    """The places in registries that a target reads or writes, and the platforms that each is for, () for all.

    A run of one platform writes a place beside that of all; it is listed with its platform.
    """
    found: dict[str, tuple[str, ...]] = {}
    for field in ("cache-to", "cache-from"):
        for entry in target.get(field, ()):
            if entry["type"] == "registry" and entry.get("ref"):
                found.setdefault(entry["ref"], ())
    written = [entry["ref"] for entry in target.get("cache-to", ()) if entry["type"] == "registry" and entry.get("ref")]
    for platform in map(normalised, target.get("platforms", ())):
        for reference in written:
            found.setdefault(of_platforms("registry", reference, platform.replace("/", "-")), (platform,))
    return found


def look(wanted: Mapping[str, tuple[str, ...]]) -> list[Presence]:
    """Ask the registries, with docker's logins, for several caches at once."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(_look, wanted, wanted.values()))


def _look(name: str, platforms: tuple[str, ...]) -> Presence:
    from bakectl.verification import open_registry

    reference = parse_reference(name)
    if reference is None:
        return Presence(name, UNKNOWN, "this is no reference of a registry")
    reader = open_registry(reference, name)
    try:
        return _present(reader, platforms)
    except BlobMissing:
        return Presence(name, MISSING, platforms=platforms)
    except (ReadFailed, BadDocument) as error:
        return Presence(name, UNKNOWN, str(error), platforms=platforms)


def _present(reader: ImageReader, platforms: tuple[str, ...]) -> Presence:
    manifest = _document(reader, reader.top())
    images = [part for part in _parts(manifest, "manifests") if isinstance(part.get("platform"), dict)]
    if images:
        # An image that holds its own cache.
        names = tuple(filter(None, map(_platform, images)))
        inside = [_document(reader, _descriptor(part)) for part in images if _platform(part)]
        return _summed(reader.name, [part for one in inside for part in _blobs(one)], names)
    return _summed(reader.name, _blobs(manifest), platforms)


def _blobs(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Layers and config: a cache is a manifest with layers or, written without image-manifest, an index of layers."""
    config = manifest.get("config")
    found = _parts(manifest, "layers") or _parts(manifest, "manifests")
    return [*found, *((config,) if isinstance(config, dict) else ())]


def _summed(name: str, blobs: list[dict[str, Any]], platforms: tuple[str, ...]) -> Presence:
    distinct = {part.get("digest"): part for part in blobs}.values()
    layers = [part for part in distinct if "config" not in str(part.get("mediaType"))]
    created = [str((part.get("annotations") or {}).get(_CREATED, "")) for part in layers]
    sizes = (part.get("size") for part in distinct)
    total = sum(size for size in sizes if isinstance(size, int))
    return Presence(name, PRESENT, "", total, len(layers), max(created, default=""), platforms)


def _descriptor(part: Mapping[str, Any]) -> Descriptor:
    from bakectl.verifying.reader import Descriptor

    return Descriptor(str(part.get("mediaType")), str(part.get("digest")))


def _document(reader: ImageReader, descriptor: Descriptor) -> dict[str, Any]:
    with reader.open(descriptor) as stream:
        content = b""
        while (piece := stream.read(1 << 16)) and len(content) <= LARGEST_DOCUMENT:
            content += piece
    try:
        value = json.loads(content)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise BadDocument(f"{reader.name} has no manifest")
    return value


def _parts(manifest: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = manifest.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _platform(part: Mapping[str, Any]) -> str:
    platform = part["platform"]
    names = (platform.get("os"), platform.get("architecture"), platform.get("variant"))
    return "" if "unknown" in names else "/".join(str(name) for name in names if name)


def merged(found: Iterable[Mapping[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    """The places of several targets, each once; one that is somebody's whole place is not one of some platforms."""
    places: dict[str, tuple[str, ...]] = {}
    for one in found:
        for reference, platforms in one.items():
            if not platforms or reference not in places:
                places[reference] = platforms
    return places
