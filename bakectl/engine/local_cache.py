"""Local caches: a new one is written beside the old, and takes its place when the build is done.

BuildKit never removes anything from such a folder, so that one which is read and written would grow for ever.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from bakectl.bake.cache import NEW
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Iterable

_PARTS: Final = frozenset(("blobs", "ingest", "index.json", "index.json.lock", "oci-layout"))
_OLD: Final = ".old"


def clear_places(places: Iterable[str]) -> None:
    """Remove what a build that failed has left; raises InvalidBakeFile for a folder that holds anything but a cache."""
    problems = Problems()
    folders = [place + end for place in places for end in ("", NEW, _OLD)]
    for folder in folders:
        stranger = _stranger(folder)
        if stranger is not None:
            message = f"--cache: {folder} is no cache: it holds {stranger}"
            problems.error(
                "bad-cache", message, None, help="choose a folder that is new: --cache local=.cache/{target}"
            )
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    for folder in folders:
        if folder.endswith((NEW, _OLD)):
            shutil.rmtree(folder, ignore_errors=True)


def _stranger(folder: str) -> str | None:
    """Something in the folder that no cache has."""
    try:
        return next((name for name in sorted(os.listdir(folder)) if name not in _PARTS), None)  # noqa: PTH208
    except FileNotFoundError:
        return None
    except NotADirectoryError:
        return "no files, because it is one"
    except OSError as error:
        return f"what cannot be read ({error.strerror})"


def renew(places: Iterable[str]) -> None:
    """Put each new cache in the place of the old one; without a new one, the old one stays."""
    for place in places:
        if not os.path.exists(os.path.join(place + NEW, "index.json")):  # noqa: PTH110, PTH118
            continue
        if os.path.exists(place):  # noqa: PTH110
            os.rename(place, place + _OLD)  # noqa: PTH104
        os.rename(place + NEW, place)  # noqa: PTH104
        shutil.rmtree(place + _OLD, ignore_errors=True)
