"""Names that buildx and BuildKit know: attributes of blocks, options of entries, and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.cache_backends import BACKENDS
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

_IMAGE: Final = (
    "buildinfo", "buildinfo-attrs", "compression", "compression-level", "dangling-name-prefix", "dest",
    "force-compression", "name", "name-canonical", "oci-artifact", "oci-mediatypes", "platform-split", "push",
    "push-by-digest", "registry.insecure", "rewrite-timestamp", "store", "tar", "unpack", "nonlayered",
)  # fmt: skip

OPTIONS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "cache-from": {kind: back_end.reads for kind, back_end in BACKENDS.items()},
    "cache-to": {kind: back_end.writes for kind, back_end in BACKENDS.items()},
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
