"""Names that buildx and BuildKit know: attributes of blocks, options of entries, and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.fields import FIELDS, ONLY_IN_BLOCKS

if TYPE_CHECKING:
    from collections.abc import Mapping

BLOCKS: Final = ("target", "group", "variable", "function")
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "target": frozenset((*FIELDS, *ONLY_IN_BLOCKS)),
    "group": frozenset(("description", "targets")),
    "variable": frozenset(("default", "description", "type")),
    "function": frozenset(("params", "result", "variadic_params")),
}

_S3: Final = (
    "access_key_id", "blobs_prefix", "bucket", "endpoint_url", "manifests_prefix", "name", "prefix", "region",
    "secret_access_key", "session_token", "touch_refresh", "upload_parallelism", "use_path_style",
)  # fmt: skip
_AZBLOB: Final = ("account_url", "blobs_prefix", "container", "manifests_prefix", "name", "prefix", "secret_access_key")
_GHA: Final = ("ghtoken", "repository", "scope", "timeout", "token", "url", "url_v2", "version")
_LAYERS: Final = ("compression", "compression-level", "force-compression", "image-manifest", "oci-mediatypes")
_WRITES: Final = ("ignore-error", "mode")
_IMAGE: Final = (
    "buildinfo", "buildinfo-attrs", "compression", "compression-level", "dangling-name-prefix", "dest",
    "force-compression", "name", "name-canonical", "oci-artifact", "oci-mediatypes", "platform-split", "push",
    "push-by-digest", "registry.insecure", "rewrite-timestamp", "store", "tar", "unpack", "nonlayered",
)  # fmt: skip

OPTIONS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "cache-from": {
        "gha": _GHA,
        "registry": ("ref", "registry.insecure", "insecure"),
        "local": ("src", "digest", "tag"),
        "s3": _S3,
        "azblob": _AZBLOB,
        "inline": (),
    },
    "cache-to": {
        "gha": (*_GHA, *_WRITES),
        "registry": ("ref", "registry.insecure", "insecure", *_LAYERS, *_WRITES),
        "local": ("dest", "tag", *_LAYERS, *_WRITES),
        "s3": (*_S3, *_LAYERS, *_WRITES),
        "azblob": (*_AZBLOB, *_LAYERS, *_WRITES),
        "inline": _WRITES,
    },
    "output": {
        "image": _IMAGE,
        "registry": _IMAGE,
        "docker": (*_IMAGE, "context"),
        "oci": _IMAGE,
        "local": ("dest", "platform-split", "mode"),
        "tar": ("dest", "platform-split"),
        "cacheonly": (),
    },
    "attest": {
        "provenance": ("builder-id", "disabled", "filename", "inline-only", "mode", "reproducible", "version"),
        "sbom": ("disabled", "generator", "BUILDKIT_SBOM_SCAN_CONTEXT", "BUILDKIT_SBOM_SCAN_STAGE"),
    },
}
"""Options of each type of each list; the order of types is that of the documentation."""

VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "mode": ("min", "max", "delete", "copy"),
    "compression": ("uncompressed", "gzip", "estargz", "zstd"),
    "push": ("true", "false"),
    "ignore-error": ("true", "false"),
}
"""Values of options that have few."""
