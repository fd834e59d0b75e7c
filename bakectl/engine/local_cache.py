"""Local caches: a new one is written beside the old, and takes its place when the build is done.

BuildKit never removes anything from such a folder, so that one which is both read and written would grow for ever.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from bakectl.bake.cache import NEW
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARTS: Final = frozenset(("blobs", "ingest", "index.json", "index.json.lock", "oci-layout"))
_OLD: Final = ".old"


@contextmanager
def renewed(places: Sequence[str]) -> Iterator[None]:
    """Make room for new caches, and put them in the place of the old ones when the build went well.

    Raises InvalidBakeFile for a folder that holds anything but a cache, before anything is touched.
    """
    _check(places)
    for place in places:
        for end in (NEW, _OLD):
            shutil.rmtree(place + end, ignore_errors=True)
        for end in ("", NEW):
            # buildx asks for a grant when a folder outside of its own is not there yet, even though --set named it.
            os.makedirs(place + end, exist_ok=True)  # noqa: PTH103
    try:
        yield
        for place in places:
            _renew(place)
    finally:
        for place in places:
            shutil.rmtree(place + NEW, ignore_errors=True)
            with suppress(OSError):
                os.rmdir(place)  # noqa: PTH106


def _check(places: Sequence[str]) -> None:
    problems = Problems()
    for folder in (place + end for place in places for end in ("", NEW, _OLD)):
        stranger = _stranger(folder)
        if stranger is not None:
            message = f"--cache: {folder} is no cache: it holds {stranger}"
            problems.error("bad-cache", message, None, help="name a new folder, such as --cache local=.cache/{target}")
    if problems.has_errors:
        raise InvalidBakeFile(problems)


def _stranger(folder: str) -> str | None:
    """Something in the folder that no cache has."""
    try:
        return next((name for name in sorted(os.listdir(folder)) if name not in _PARTS), None)  # noqa: PTH208
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return "nothing, because it is a file"
    except OSError as error:
        return f"what cannot be read ({error.strerror})"


def _renew(place: str) -> None:
    """Put a new cache in the place of the old one; where the export failed, the old one stays."""
    if not os.path.exists(os.path.join(place + NEW, "index.json")):  # noqa: PTH110, PTH118
        return
    os.rename(place, place + _OLD)  # noqa: PTH104
    os.rename(place + NEW, place)  # noqa: PTH104
    shutil.rmtree(place + _OLD, ignore_errors=True)
