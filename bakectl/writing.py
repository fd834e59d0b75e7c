"""Writing a file whole or not at all, and only if it is still the one that was read."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from bakectl.diagnostics import Diagnostic, Severity
from bakectl.errors import EditRejected

if TYPE_CHECKING:
    from collections.abc import Iterator


def write_file(path: str, before: bytes | None, after: bytes) -> None:
    """Put bytes in the place of those that were read; `before` of None stands for a file that is not there yet.

    The new file is written beside the old one, flushed to the disk, and renamed over it, so that whoever reads sees one
    or the other, after a crash too. Mode and owner stay, and a symbolic link stays one. Other writers of bakectl wait.
    Raises EditRejected when the file is not what was read any more, or cannot be written.
    """
    place = os.path.realpath(path)
    try:
        with _locked(os.path.dirname(place)):  # noqa: PTH120
            _check_unchanged(path, place, before)
            _replace(place, before, after)
    except OSError as error:
        raise _rejected("unwritable-file", f"{path} cannot be written: {error.strerror}") from None


def make_file(path: str, content: bytes) -> None:
    """Write a file that is ours, and the folders that lead to it; raises EditRejected where that cannot be."""
    make_folder(path)
    try:
        _replace(path, None, content)
    except OSError as error:
        raise _rejected("unwritable-file", f"{path} cannot be written: {error.strerror}") from None


def make_folder(path: str) -> None:
    """Make the folders that lead to a file; raises EditRejected where that cannot be."""
    folder = os.path.dirname(path) or "."  # noqa: PTH120
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    except OSError as error:
        raise _rejected("unwritable-file", f"{folder} cannot be made: {error.strerror}") from None


def _rejected(rule: str, message: str, help: str | None = None) -> EditRejected:
    return EditRejected((Diagnostic(Severity.ERROR, rule, message, None, (), help),))


@contextmanager
def _locked(folder: str) -> Iterator[None]:
    """Keep other writers out of a folder; where there are no such locks, only the comparison guards."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network file systems know no locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _check_unchanged(path: str, place: str, before: bytes | None) -> None:
    try:
        with open(place, "rb") as file:  # noqa: PTH123
            found: bytes | None = file.read()
    except FileNotFoundError:
        found = None
    if found == before:
        if found is not None and not os.access(place, os.W_OK):
            raise _rejected("unwritable-file", f"{path} is read-only", f"chmod u+w {path}")
        return
    if before is None:
        raise _rejected("file-exists", f"{path} is there already")
    what = "is gone" if found is None else "was changed by someone else"
    raise _rejected("changed-on-disk", f"{path} {what} since it was read; nothing was written", "run the command again")


def _replace(place: str, before: bytes | None, after: bytes) -> None:
    folder, name = os.path.split(place)
    beside = os.path.join(folder, f".{name}.{os.getpid()}.bakectl")  # noqa: PTH118
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after)
            file.flush()
            _copy_mode(place, file.fileno(), is_new=before is None)
            os.fsync(file.fileno())
        os.replace(beside, place)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108
        raise
    _flush_folder(folder)


def _copy_mode(place: str, handle: int, *, is_new: bool) -> None:
    if is_new:
        mask = os.umask(0)
        os.umask(mask)
        if hasattr(os, "fchmod"):
            os.fchmod(handle, 0o666 & ~mask)
        return
    status = os.stat(place)  # noqa: PTH116
    if hasattr(os, "fchown"):
        with suppress(PermissionError):
            os.fchown(handle, status.st_uid, status.st_gid)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _flush_folder(folder: str) -> None:
    """Make the renaming itself last through a crash, where folders can be flushed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
