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
STALE_TAG: Final = Check("stale-tag", _ERROR, "Another tag of the target is not there, or names another image.")
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
BAD_BINARY: Final = Check("bad-binary", _WARNING, "An ELF file is broken.")
MISSING_LOADER: Final = Check("missing-loader", _ERROR, "The loader that a program is started by is not there.")
MISSING_LIBRARY: Final = Check("missing-library", _ERROR, "A library that a program or a library needs is not there.")
MISSING_SYMBOL_VERSION: Final = Check(
    "missing-symbol-version",
    _ERROR,
    "A library is older than the one that was linked with, as glibc on an older release.",
)
MISSING_INTERPRETER: Final = Check(
    "missing-interpreter", _ERROR, "What runs a script is not there; a warning for scripts outside of PATH."
)
MISSING_COMMAND: Final = Check("missing-command", _ERROR, "What the image starts is not there, or not executable.")
COMPILER: Final = Check("compiler", _ERROR, "A compiler or another tool of the build is in the image.")
PACKAGE_CACHE: Final = Check("package-cache", _ERROR, "The cache of a package manager is in the image.")
REPOSITORY: Final = Check("repository", _ERROR, "A repository of git, Mercurial or Subversion is in the image.")
SECRET: Final = Check("secret", _ERROR, "A file holds a private key, a token or a login.")
DELETED_SECRET: Final = Check(
    "deleted-secret",
    _ERROR,
    "A layer holds a secret that a later one only hides; whoever pulls the image has it.",
)
SECRET_IN_SETTINGS: Final = Check(
    "secret-in-settings", _ERROR, "A variable of the image, or a build argument in its history, looks like a secret."
)
SETUID_FILE: Final = Check("setuid-file", _INFO, "A program runs as its owner, whoever starts it.")
DANGLING_ATTESTATION: Final = Check("dangling-attestation", _ERROR, "An attestation is of something not in the index.")
MISSING_ATTESTATION: Final = Check(
    "missing-attestation", _ERROR, "A platform lacks the SBOM or the provenance that is promised, or that others have."
)
UNWANTED_ATTESTATION: Final = Check("unwanted-attestation", _ERROR, "The contract says that there is none.")
ROOT_USER: Final = Check("root-user", _ERROR, "The image runs as root, and no contract says that it may.")
WRONG_USER: Final = Check("wrong-user", _ERROR, "The user is not that of the contract.")
WRONG_LABEL: Final = Check("wrong-label", _ERROR, "A label is not that of the plan or the contract.")
WRONG_ANNOTATION: Final = Check("wrong-annotation", _ERROR, "An annotation is not that of the plan.")
WRONG_VARIABLE: Final = Check("wrong-variable", _ERROR, "A variable is not that of the contract.")
WRONG_PORT: Final = Check("wrong-port", _ERROR, "The exposed ports are not those of the contract.")
WRONG_ENTRYPOINT: Final = Check("wrong-entrypoint", _ERROR, "The entrypoint is not that of the contract.")
WRONG_COMMAND: Final = Check("wrong-command", _ERROR, "The command is not that of the contract.")
WRONG_PID_1: Final = Check("wrong-pid-1", _ERROR, "The first process is not that of the contract.")
WRONG_STOP_SIGNAL: Final = Check("wrong-stop-signal", _ERROR, "The signal to stop is not that of the contract.")
WRONG_HEALTH_CHECK: Final = Check("wrong-health-check", _ERROR, "A health check is missing, or against the contract.")
MISSING_FILE: Final = Check("missing-file", _ERROR, "A file of the contract is not there.")
FORBIDDEN_FILE: Final = Check("forbidden-file", _ERROR, "A file is there that the contract forbids.")
TOO_LARGE: Final = Check("too-large", _ERROR, "The image is larger than the contract says.")
PLATFORM_PARITY: Final = Check(
    "platform-parity", _ERROR, "Platforms differ in settings, or in files outside of what distributions install."
)

CHECKS: Final = (
    MISSING_IMAGE,
    STALE_TAG,
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
    BAD_BINARY,
    MISSING_LOADER,
    MISSING_LIBRARY,
    MISSING_SYMBOL_VERSION,
    MISSING_INTERPRETER,
    MISSING_COMMAND,
    COMPILER,
    PACKAGE_CACHE,
    REPOSITORY,
    SECRET,
    DELETED_SECRET,
    SECRET_IN_SETTINGS,
    SETUID_FILE,
    DANGLING_ATTESTATION,
    MISSING_ATTESTATION,
    UNWANTED_ATTESTATION,
    ROOT_USER,
    WRONG_USER,
    WRONG_LABEL,
    WRONG_ANNOTATION,
    WRONG_VARIABLE,
    WRONG_PORT,
    WRONG_ENTRYPOINT,
    WRONG_COMMAND,
    WRONG_PID_1,
    WRONG_STOP_SIGNAL,
    WRONG_HEALTH_CHECK,
    MISSING_FILE,
    FORBIDDEN_FILE,
    TOO_LARGE,
    PLATFORM_PARITY,
)
"""All checks, in the order in which the documentation has them."""

NAMES: Final = tuple(check.name for check in CHECKS)
