"""Files that a command makes: nothing is overwritten without being told so."""

from __future__ import annotations

import os
from contextlib import suppress

from bakectl.diagnostics import Problems
from bakectl.errors import EditRejected
from bakectl.writing import write_file


def check(*paths: str, force: bool) -> None:
    """Raise EditRejected when a file cannot be made, or is there and must stay; all of them are named."""
    problems = Problems()
    for path in paths:
        folder = os.path.dirname(path) or "."  # noqa: PTH120
        if os.path.isdir(path):  # noqa: PTH112
            problems.error("unwritable-file", f"{path} is a folder", None)
        elif os.path.lexists(path) and not force:
            problems.error("file-exists", f"{path} is there already", None, help="--force overwrites it")
        elif not os.path.isdir(folder):  # noqa: PTH112
            problems.error("unwritable-file", f"there is no folder {folder}", None)
    if problems.has_errors:
        raise EditRejected(problems)


def write(path: str, text: str, *, force: bool) -> None:
    """Write a file whole or not at all."""
    check(path, force=force)
    before: bytes | None = None
    if os.path.lexists(path):
        with suppress(OSError), open(path, "rb") as file:  # noqa: PTH123
            before = file.read()
    write_file(path, before, text.encode())
