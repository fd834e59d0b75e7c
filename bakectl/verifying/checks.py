"""The table of checks: what `verify` promises to look at."""

from __future__ import annotations

from typing import Final

from bakectl.diagnostics import Severity
from bakectl.record import Record

_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


class Check(Record):
    """One check: its name, how bad its findings are, and what it finds."""

    name: str
    severity: Severity
    doc: str


MISSING_IMAGE: Final = Check("missing-image", _ERROR, "The image is not where it should be.")
MISSING_BLOB: Final = Check("missing-blob", _ERROR, "A manifest, config or layer that is referred to is not there.")
TRUNCATED_BLOB: Final = Check("truncated-blob", _ERROR, "A blob ends before its size is reached.")
WRONG_SIZE: Final = Check("wrong-size", _ERROR, "A blob is larger than its descriptor says.")
WRONG_DIGEST: Final = Check(
    "wrong-digest", _ERROR, "The content of a blob does not have the digest that it is called by."
)
BAD_MANIFEST: Final = Check("bad-manifest", _ERROR, "An index, manifest or config cannot be read or misses a part.")
MISSING_PLATFORM: Final = Check("missing-platform", _ERROR, "The plan has a platform, the image has not.")
EXTRA_PLATFORM: Final = Check("extra-platform", _ERROR, "The image has a platform, the plan has not.")
DUPLICATE_PLATFORM: Final = Check("duplicate-platform", _ERROR, "The index has a platform twice.")
WRONG_PLATFORM: Final = Check("wrong-platform", _ERROR, "The config is for another platform than the index says.")
WRONG_DIFF_ID: Final = Check("wrong-diff-id", _ERROR, "The config's list of layers is not that of the manifest.")
BAD_LAYER: Final = Check("bad-layer", _ERROR, "A layer cannot be unpacked, or is packed otherwise than its type says.")
ARCHIVE_BOMB: Final = Check("archive-bomb", _ERROR, "A layer unpacks to more than anybody can want; it is not read on.")
HOSTILE_PATH: Final = Check("hostile-path", _ERROR, "A layer has a path or a link that leaves the image's root.")
WRONG_ARCHITECTURE: Final = Check("wrong-architecture", _ERROR, "A program or library is for another machine.")

CHECKS: Final = (
    MISSING_IMAGE,
    MISSING_BLOB,
    TRUNCATED_BLOB,
    WRONG_SIZE,
    WRONG_DIGEST,
    BAD_MANIFEST,
    MISSING_PLATFORM,
    EXTRA_PLATFORM,
    DUPLICATE_PLATFORM,
    WRONG_PLATFORM,
    WRONG_DIFF_ID,
    BAD_LAYER,
    ARCHIVE_BOMB,
    HOSTILE_PATH,
    WRONG_ARCHITECTURE,
)
"""All checks, in the order in which the documentation has them."""

NAMES: Final = tuple(check.name for check in CHECKS)
