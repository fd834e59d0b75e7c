"""Folders and files of `--output`, made before the build.

buildx asks for a grant to write outside of its own folder, but not where `--set` names a place that is there already.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@contextmanager
def made(outputs: Iterable[Mapping[str, str]]) -> Iterator[None]:
    """Make what is not there yet; what stays empty is removed again."""
    files: list[str] = []
    folders: list[str] = []
    for output in outputs:
        dest = output.get("dest", "-")
        if dest == "-" or os.path.exists(dest):  # noqa: PTH110
            continue
        # What cannot be made is for buildx to tell.
        with suppress(OSError):
            if output["type"] == "local":
                os.makedirs(dest)  # noqa: PTH103
                folders.append(dest)
            else:
                os.close(os.open(dest, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
                files.append(dest)
    try:
        yield
    finally:
        for path in files:
            with suppress(OSError):
                if os.path.getsize(path) == 0:  # noqa: PTH202
                    os.unlink(path)  # noqa: PTH108
        for path in folders:
            with suppress(OSError):
                os.rmdir(path)  # noqa: PTH106
