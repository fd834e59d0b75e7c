"""Files that a command makes: nothing is overwritten without being told so."""

from __future__ import annotations

import os

from bakectl.diagnostics import Problems
from bakectl.errors import EditRejected


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
    beside = f"{path}.bakectl-{os.getpid()}"
    try:
        with open(beside, "xb") as file:  # noqa: PTH123
            file.write(text.encode())
        os.replace(beside, path)  # noqa: PTH105
    except OSError as error:
        problems = Problems()
        problems.error("unwritable-file", f"{path} cannot be written: {error.strerror}", None)
        raise EditRejected(problems) from None
