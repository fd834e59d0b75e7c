"""One image as its index, manifests and configs tell: the platforms, what belongs to each, and what does not agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.record import Record
from bakectl.verifying import checks
from bakectl.verifying.reader import (
    INDEX_TYPES,
    MANIFEST_TYPES,
    BadDocument,
    BlobMissing,
    BrokenBlob,
    Descriptor,
    Measured,
    read_descriptor,
    read_document,
    read_platform,
    shown,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.platforms import Platform
    from bakectl.verifying.findings import Findings
    from bakectl.verifying.reader import ImageReader

_BROKEN: Final = {"truncated": checks.TRUNCATED_BLOB, "size": checks.WRONG_SIZE, "digest": checks.WRONG_DIGEST}
_MOST_ENTRIES: Final = 1000
"""Manifests of an index, and layers of a manifest; overlayfs takes 500."""
_UNKNOWN: Final = "unknown"
"""The system of manifests that are for no platform, as attestations are."""
UNREAD: Final = "unread"
"""What stands for the statements of an attestation that is elsewhere."""
_REFERENCE_TYPE: Final = "vnd.docker.reference.type"
_REFERENCE_DIGEST: Final = "vnd.docker.reference.digest"
_PREDICATE: Final = "in-toto.io/predicate-type"


class Variant(Record):
    """The image for one platform."""

    platform: Platform
    manifest: Descriptor
    layers: tuple[Descriptor, ...]
    diff_ids: tuple[str, ...]
    config: Mapping[str, Any]
    """What runs: the part `config` of the image's config."""
    annotations: Mapping[str, str]
    history: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(self.platform)


class Size(Record):
    """Bytes of an image for one platform: as it is stored, and unpacked."""

    compressed: int
    unpacked: int


class Attestation(Record):
    """What was attested of one manifest: the types of the statements."""

    subject: str
    predicates: tuple[str, ...]


class Image(Record):
    """All platforms of an image."""

    digest: str
    is_index: bool
    variants: tuple[Variant, ...]
    attestations: tuple[Attestation, ...] = ()
    annotations: Mapping[str, str] = {}
    expected: tuple[str, ...] = ()
    """Digests of the manifests for platforms, also of those that could not be read."""


def read_image(reader: ImageReader, findings: Findings) -> Image | None:
    """Read everything but the layers, reporting what is wrong; None when there is nothing to go on with."""
    reading = _Reading(reader, findings)
    try:
        top = reader.top()
    except BlobMissing:
        findings.add(checks.MISSING_IMAGE, f"there is no image {reader.name}")
        return None
    except BadDocument as error:
        findings.add(checks.BAD_MANIFEST, f"the image's index {error}")
        return None
    document = reading.document(top, "the image's index" if top.media_type in INDEX_TYPES else "the image's manifest")
    if document is None:
        return None
    if top.media_type in INDEX_TYPES or (top.media_type not in MANIFEST_TYPES and "manifests" in document):
        return reading.index(top, document)
    variant = reading.variant(top, document, None)
    annotations = texts(document.get("annotations"))
    return None if variant is None else Image(top.digest, False, (variant,), (), annotations, (top.digest,))


class _Reading:
    """The way through the documents of one image."""

    def __init__(self, reader: ImageReader, findings: Findings) -> None:
        self._reader = reader
        self._findings = findings

    def document(self, descriptor: Descriptor, what: str, platform: str = "") -> dict[str, Any] | None:
        """Read a document; None when it cannot be had, which is reported, or when it need not be there."""
        named = "" if platform == _UNKNOWN else platform
        try:
            return read_document(self._reader, descriptor)
        except BlobMissing:
            if not (self._reader.is_partial and platform and descriptor.is_document):
                self._findings.add(checks.MISSING_BLOB, f"{what} {descriptor.digest} is not there", platform=named)
        except BrokenBlob as error:
            self._findings.add(_BROKEN[error.kind], f"{what} {descriptor.digest} {error}", platform=named)
        except BadDocument as error:
            self._findings.add(checks.BAD_MANIFEST, f"{what} {descriptor.digest} {error}", platform=named)
        return None

    def index(self, top: Descriptor, document: Mapping[str, Any]) -> Image | None:
        entries = document.get("manifests")
        if not isinstance(entries, list) or len(entries) > _MOST_ENTRIES:
            self._findings.add(checks.BAD_MANIFEST, f"the image's index {top.digest} lists no manifests")
            return None
        variants: list[Variant] = []
        attestations: list[Attestation] = []
        expected: list[str] = []
        for entry in entries:
            try:
                descriptor = read_descriptor(entry)
            except BadDocument as error:
                self._findings.add(checks.BAD_MANIFEST, f"the image's index {top.digest} {error}")
                continue
            if _is_something_else(descriptor):
                continue
            if _REFERENCE_TYPE in descriptor.annotations:
                attestation = self._attestation(descriptor)
                attestations += [] if attestation is None else [attestation]
                continue
            expected.append(descriptor.digest)
            variant = self._listed(descriptor)
            variants += [] if variant is None else [variant]
        annotations = texts(document.get("annotations"))
        return Image(top.digest, True, tuple(variants), tuple(attestations), annotations, tuple(expected))

    def _listed(self, descriptor: Descriptor) -> Variant | None:
        """One platform of the index."""
        name = str(descriptor.platform or "")
        if descriptor.media_type not in MANIFEST_TYPES:
            message = f'the index lists {descriptor.digest} as a "{descriptor.media_type}", which is not an image'
            self._findings.add(checks.BAD_MANIFEST, message, platform=name)
            return None
        document = self.document(descriptor, "the manifest", name)
        if document is None:
            return None
        if descriptor.platform is None:
            self._findings.add(checks.BAD_MANIFEST, f"the index does not say for which platform {descriptor.digest} is")
        return self.variant(descriptor, document, descriptor.platform)

    def variant(self, descriptor: Descriptor, document: Mapping[str, Any], platform: Platform | None) -> Variant | None:
        """A manifest with its config; `platform` is what the index says of it."""
        name = str(platform or "")
        try:
            layers = self._layers(document)
            config = self.document(read_descriptor(document.get("config")), "the config", name)
            if config is None:
                return None
            own = read_platform(config)
        except BadDocument as error:
            self._findings.add(checks.BAD_MANIFEST, f"the manifest {descriptor.digest} {error}", platform=name)
            return None
        if own is None:
            message = "the config does not say for which platform it is"
            self._findings.add(checks.BAD_MANIFEST, message, platform=name)
            own = platform
        if own is None:
            return None
        if platform is not None and own != platform:
            message = f"the index says {platform}, and the config {own}"
            self._findings.add(checks.WRONG_PLATFORM, message, platform=name)
        variant = _variant(platform or own, descriptor, layers, config, texts(document.get("annotations")))
        self._check_layers(variant, config)
        return variant

    def _layers(self, document: Mapping[str, Any]) -> tuple[Descriptor, ...]:
        entries = document.get("layers")
        if not isinstance(entries, list) or len(entries) > _MOST_ENTRIES:
            raise BadDocument("lists no layers")
        return tuple(map(read_descriptor, entries))

    def _check_layers(self, variant: Variant, config: Mapping[str, Any]) -> None:
        if len(variant.diff_ids) != len(variant.layers):
            message = f"the config has {len(variant.diff_ids)} diff_ids, and the manifest {len(variant.layers)} layers"
            self._findings.add(checks.WRONG_DIFF_ID, message, platform=variant.name)
        history = config.get("history")
        if isinstance(history, list) and history:
            steps = sum(isinstance(step, dict) and not step.get("empty_layer") for step in history)
            if steps != len(variant.layers):
                message = f"the history of the config has {steps} layers, and the manifest {len(variant.layers)}"
                self._findings.add(checks.WRONG_DIFF_ID, message, platform=variant.name)

    def _attestation(self, descriptor: Descriptor) -> Attestation | None:
        """What was attested; of the statements only digests are computed, for an SBOM may be large."""
        subject = descriptor.annotations.get(_REFERENCE_DIGEST, "")
        document = self.document(descriptor, "the attestation", _UNKNOWN)
        if document is None:
            # Who pulls an image for one platform has no attestations, and nobody knows what they say.
            return Attestation(subject, (UNREAD,)) if self._reader.is_partial else None
        try:
            listed = document.get("layers")
            layers = [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
            for layer in map(read_descriptor, layers):
                self._check(layer, "the statement")
        except BadDocument as error:
            self._findings.add(checks.BAD_MANIFEST, f"the attestation {descriptor.digest} {error}")
            return None
        predicates = (texts(entry.get("annotations")).get(_PREDICATE, "") for entry in layers)
        return Attestation(subject, tuple(filter(None, predicates)))

    def _check(self, descriptor: Descriptor, what: str) -> None:
        """Compute size and digest of a blob anew."""
        try:
            with self._reader.open(descriptor) as stream:
                Measured(stream, descriptor).finish()
        except BlobMissing:
            self._findings.add(checks.MISSING_BLOB, f"{what} {descriptor.digest} is not there")
        except BrokenBlob as error:
            self._findings.add(_BROKEN[error.kind], f"{what} {descriptor.digest} {error}")


def _is_something_else(descriptor: Descriptor) -> bool:
    """Whether an index lists what is neither an image nor an attestation of BuildKit, as other tools add it."""
    platform = descriptor.platform
    return platform is not None and platform.system == _UNKNOWN and _REFERENCE_TYPE not in descriptor.annotations


def _variant(
    platform: Platform,
    manifest: Descriptor,
    layers: tuple[Descriptor, ...],
    config: Mapping[str, Any],
    annotations: Mapping[str, str],
) -> Variant:
    rootfs, run, history = config.get("rootfs"), config.get("config"), config.get("history")
    diff_ids = rootfs.get("diff_ids") if isinstance(rootfs, dict) else None
    return Variant(
        platform,
        manifest,
        layers,
        tuple(map(str, diff_ids)) if isinstance(diff_ids, list) else (),
        run if isinstance(run, dict) else {},
        annotations,
        tuple(str(step.get("created_by", "")) for step in history or () if isinstance(step, dict))
        if isinstance(history, list)
        else (),
    )


def describe(value: object) -> str:
    """A value of the config, for messages."""
    return "nothing" if value in (None, "", [], {}) else shown(value)
