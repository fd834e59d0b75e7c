"""One image after the other, held against its plan and its contract; layers that they share are read once."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

from bakectl.diagnostics import Severity
from bakectl.record import Record
from bakectl.verifying import binaries, checks, leftovers, parity, promises
from bakectl.verifying.contract import Contract
from bakectl.verifying.filesystem import FileSystem, merge
from bakectl.verifying.findings import Finding, Findings
from bakectl.verifying.image import Image, Size, Variant, read_image
from bakectl.verifying.initial import contract_of
from bakectl.verifying.layers import Layer, read_layer
from bakectl.verifying.reader import BadDocument, BlobMissing, ReadFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bakectl.bake.model import Target
    from bakectl.bake.platforms import Platform
    from bakectl.verifying.reader import Descriptor, ImageReader

_KEPT_FILES: Final = 300_000
"""Entries of layers that are kept for the images that follow."""


class Subject(Record):
    """An image and what is expected of it; `platforms` is None where nobody has said any."""

    reader: ImageReader
    platforms: tuple[Platform, ...] | None = None
    contract: Contract = Contract()
    target: Target | None = None
    others: tuple[ImageReader, ...] = ()
    """The same image under its other names."""


class Report(Record):
    """What is to be said of one image; `sizes` are by platform."""

    image: str
    digest: str
    sizes: dict[str, Size]
    findings: tuple[Finding, ...]
    unread: str = ""
    """Why the image could not be read, or not to its end."""
    contract: Contract | None = None
    """What an image promises that has all that this one has."""

    @property
    def is_broken(self) -> bool:
        """Whether a promise is broken."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


class Layers:
    """The layers that were read, by their digest; those not used for long are forgotten when there are too many."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], Layer] = OrderedDict()

    def read(self, reader: ImageReader, descriptor: Descriptor) -> Layer:
        """Read a layer, or return it from memory; raises ReadFailed."""
        key = (descriptor.digest, descriptor.media_type)
        layer = self._known.get(key)
        if layer is None or layer.size != descriptor.size:
            layer = read_layer(reader, descriptor)
            self._known[key] = layer
        self._known.move_to_end(key)
        while len(self._known) > 1 and sum(len(one.entries) for one in self._known.values()) > _KEPT_FILES:
            self._known.popitem(last=False)
        return layer


def verify(subjects: Iterable[Subject]) -> Iterator[Report]:
    """Report image after image."""
    layers = Layers()
    for subject in subjects:
        yield _verify_one(subject, layers)


def _verify_one(subject: Subject, layers: Layers) -> Report:
    findings = Findings(subject.reader.name, subject.contract.ignore, subject.contract.allow)
    sizes: dict[str, Size] = {}
    image, unread, contract = None, "", None
    try:
        image = read_image(subject.reader, findings)
        if image is not None:
            _check_image(image, subject, findings)
            held = {}
            for variant in image.variants:
                held[variant.name], sizes[variant.name] = _verify_variant(variant, subject, layers, findings)
            parity.check(image, held, findings)
            contract = contract_of(image, held, sizes) if held else None
    except ReadFailed as error:
        unread = str(error)
    digest = image.digest if image else ""
    return Report(subject.reader.name, digest, sizes, findings.all(), unread, contract)


def _check_image(image: Image, subject: Subject, findings: Findings) -> None:
    """What concerns the image as a whole."""
    _check_platforms(image, subject, findings)
    for other in subject.others:
        _check_name(other, image, findings)
    promises.check_attestations(image, subject.target, subject.contract, findings)
    if subject.target is not None:
        promises.check_plan(image, subject.target, findings)


def _check_name(other: ImageReader, image: Image, findings: Findings) -> None:
    """Whether another name stands for the same image."""
    try:
        digest = other.top().digest
    except (BlobMissing, BadDocument):
        findings.add(checks.STALE_TAG, f"{other.name} is not there, and should name {image.digest} too")
    else:
        if digest != image.digest:
            findings.add(checks.STALE_TAG, f"{other.name} names {digest}, and not {image.digest}")


def _check_platforms(image: Image, subject: Subject, findings: Findings) -> None:
    """Hold the platforms of the index against those of the plan."""
    found = [variant.name for variant in image.variants]
    for name in dict.fromkeys(found):
        if found.count(name) > 1:
            findings.add(checks.DUPLICATE_PLATFORM, f"the index has {name} {found.count(name)} times", platform=name)
    if subject.platforms is None:
        return
    wanted = list(dict.fromkeys(map(str, subject.platforms)))
    for name in wanted:
        if name not in found:
            message = f"there is nothing for {name}, only for {', '.join(found) or 'no platform'}"
            findings.add(checks.MISSING_PLATFORM, message, platform=name)
    for name in dict.fromkeys(found):
        if name not in wanted:
            findings.add(checks.EXTRA_PLATFORM, f"{name} is not in the plan: {', '.join(wanted)}", platform=name)


def _verify_variant(variant: Variant, subject: Subject, layers: Layers, findings: Findings) -> tuple[FileSystem, Size]:
    read = [layers.read(subject.reader, descriptor) for descriptor in variant.layers]
    for place, layer in enumerate(read):
        _check_layer(place, layer, variant, findings)
    files = merge(read)
    size = Size(sum(layer.size for layer in read), sum(entry.size for entry in files if entry.kind == "file"))
    binaries.check(variant, files, findings)
    leftovers.check(variant, read, files, findings, subject.contract.setuid)
    promises.check_settings(variant, subject.contract, files, findings)
    promises.check_files(variant, subject.contract, files, findings)
    promises.check_size(variant, subject.contract, size.compressed, size.unpacked, findings)
    return files, size


def _check_layer(place: int, layer: Layer, variant: Variant, findings: Findings) -> None:
    for problem in layer.problems:
        findings.add(problem.check, problem.message, platform=variant.name, file=problem.file)
    promised = variant.diff_ids[place] if place < len(variant.diff_ids) else ""
    if layer.diff_id and promised and layer.diff_id != promised:
        message = f"layer {layer.digest} unpacks to {layer.diff_id}, and the config says {promised}"
        findings.add(checks.WRONG_DIFF_ID, message, platform=variant.name)
