"""Back ends of caches: every option by name, since which BuildKit it is there, and what a good entry says.

The options are those of BuildKit's and buildx's documentation; the versions are those of BuildKit's releases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Version = tuple[int, ...]

_S3: Final = (
    "access_key_id", "blobs_prefix", "bucket", "endpoint_url", "manifests_prefix", "name", "prefix", "region",
    "secret_access_key", "session_token", "touch_refresh", "upload_parallelism", "use_path_style",
)  # fmt: skip
_AZBLOB: Final = ("account_url", "blobs_prefix", "container", "manifests_prefix", "name", "prefix", "secret_access_key")
_GHA: Final = ("ghtoken", "repository", "scope", "timeout", "token", "url", "url_v2", "version")
_LAYERS: Final = ("compression", "compression-level", "force-compression", "image-manifest", "oci-mediatypes")
_WRITES: Final = ("ignore-error", "mode")
_ALWAYS: Final = {"mode": "max", "ignore-error": "true"}
_NAME: Final = "{project}-{target}"


class BackEnd(Record):
    """One type of cache entries."""

    place: str
    """The option that stands behind the `=` of `KIND=PLACE`; empty where the image itself holds the cache."""
    reads: tuple[str, ...]
    """Options of an entry that reads."""
    writes: tuple[str, ...]
    """Options of an entry that writes."""
    usual: Mapping[str, str] = {}
    """What an entry that writes gets where nothing else is wanted."""
    shared: tuple[str, ...] = ()
    """Options besides the place that reading and writing have to agree on."""
    required: tuple[str, ...] = ()
    """Options without which BuildKit refuses an entry."""
    named_by: str = ""
    """The option that tells the entry of one target from that of another."""
    name: str = ""
    """What that option is where nobody says so."""
    example: str = ""
    """The place as it may be given on the command line."""
    is_shared: bool = False
    """Whether everybody writes the same place, pull requests too."""


BACKENDS: Final[Mapping[str, BackEnd]] = {
    "gha": BackEnd(
        "scope",
        _GHA,
        (*_GHA, *_WRITES),
        _ALWAYS,
        ("repository", "url", "url_v2", "version", "token", "timeout"),
        named_by="scope",
        name=_NAME,
    ),
    "registry": BackEnd(
        "ref",
        ("ref", "registry.insecure", "insecure"),
        ("ref", "registry.insecure", "insecure", *_LAYERS, *_WRITES),
        # Registries that know nothing of BuildKit's own types, as ECR, take it as an image.
        {"mode": "max", "image-manifest": "true", "oci-mediatypes": "true", "ignore-error": "true"},
        ("registry.insecure",),
        ("ref",),
        "ref",
        example="ghcr.io/acme/cache/{target}",
        is_shared=True,
    ),
    "local": BackEnd(
        "dest",
        ("src", "digest", "tag"),
        ("dest", "tag", *_LAYERS, *_WRITES),
        _ALWAYS,
        ("tag",),
        ("dest",),
        "dest",
        example=".cache/{target}",
    ),
    "inline": BackEnd("", (), _WRITES),
    "s3": BackEnd(
        "bucket",
        _S3,
        (*_S3, *_LAYERS, *_WRITES),
        _ALWAYS,
        (
            "region", "endpoint_url", "use_path_style", "prefix", "blobs_prefix", "manifests_prefix", "name",
            "access_key_id", "secret_access_key", "session_token",
        ),
        ("bucket", "region"),
        "name",
        _NAME,
        "BUCKET,region=REGION",
        is_shared=True,
    ),
    "azblob": BackEnd(
        "account_url",
        _AZBLOB,
        (*_AZBLOB, *_LAYERS, *_WRITES),
        _ALWAYS,
        ("container", "prefix", "blobs_prefix", "manifests_prefix", "name", "secret_access_key"),
        ("account_url",),
        "name",
        _NAME,
        "ACCOUNT_URL",
        is_shared=True,
    ),
}  # fmt: skip

KINDS: Final = tuple(BACKENDS)
PLACEHOLDERS: Final = ("project", "target", "platform", "branch")

_OLD: Final[Version] = (0, 8)
_SINCE: Final[Mapping[str, Mapping[str, Version]]] = {
    "gha": {
        "": (0, 9),
        "timeout": (0, 13),
        "ghtoken": (0, 14),
        "repository": (0, 14),
        "url_v2": (0, 20),
        "version": (0, 20),
    },
    "s3": {"": (0, 11), "touch_refresh": (0, 13), "upload_parallelism": (0, 16)},
    "azblob": {"": (0, 11)},
}
_SINCE_FOR_ALL: Final[Mapping[str, Version]] = {
    "ignore-error": (0, 12),
    "image-manifest": (0, 12),
    "compression": (0, 10),
    "compression-level": (0, 10),
    "force-compression": (0, 10),
}


def since(kind: str, option: str = "") -> Version:
    """The first BuildKit that has an option of a back end, or the back end itself."""
    known = _SINCE.get(kind, {})
    return max(known.get("", _OLD), known.get(option, _OLD), _SINCE_FOR_ALL.get(option, _OLD))


def newer_than(version: Version, entry: Mapping[str, str]) -> Iterator[tuple[str, Version]]:
    """What an entry has that this BuildKit does not know, and since when it is there."""
    kind = entry["type"]
    if since(kind) > version:
        yield f"type={kind}", since(kind)
        return
    for option in entry:
        if option != "type" and since(kind, option) > version:
            yield option, since(kind, option)


def entry_to_write(kind: str, options: Mapping[str, str]) -> dict[str, str]:
    """An entry of `cache-to`: what is wanted, and what is usual; an empty text takes an option away."""
    usual = {key: text for key, text in BACKENDS[kind].usual.items() if key not in options}
    place = BACKENDS[kind].place
    first = {place: options[place]} if options.get(place) else {}
    return {"type": kind, **{key: text for key, text in {**first, **usual, **options}.items() if text}}


def entry_to_read(written: Mapping[str, str]) -> dict[str, str]:
    """The entry of `cache-from` that reads what another one writes."""
    kind = written["type"]
    back_end = BACKENDS[kind]
    found = {key: written[key] for key in (back_end.place, *back_end.shared) if written.get(key)}
    if kind == "local" and "dest" in found:
        found = {"src": found.pop("dest"), **found}
    return {"type": kind, **found}
