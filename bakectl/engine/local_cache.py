"""Local caches, which do not grow: BuildKit never removes anything from the folder of one.

One of `--cache` is written anew beside the old, and takes its place when the build is done; of one that a bake file
writes, what its index no longer leads to is removed.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.cache import NEW
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bakectl.bake.model import Plan

_PARTS: Final = frozenset(("blobs", "ingest", "index.json", "index.json.lock", "oci-layout"))
_OLD: Final = ".old"
_DOCUMENTS: Final = ("index.v1+json", "manifest.v1+json", "manifest.list.v2+json", "manifest.v2+json")
"""How the media types of what leads to other blobs end."""
_MAX_DOCUMENT: Final = 64 << 20


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


def written_folders(plan: Plan) -> tuple[str, ...]:
    """The folders of local caches that a build writes, but for those of which an older state is read by its digest."""
    pinned = {
        os.path.normpath(entry.get("src", ""))
        for target in plan.targets.values()
        for entry in target.get("cache-from", ())
        if entry["type"] == "local" and entry.get("digest")
    }
    found = (
        os.path.normpath(entry["dest"])
        for target in plan.targets.values()
        for entry in target.get("cache-to", ())
        if entry["type"] == "local" and entry.get("dest")
    )
    return tuple(dict.fromkeys(folder for folder in found if folder not in pinned))


def prune(folder: str) -> int:
    """Remove the blobs of a local cache that its index does not lead to, and return their bytes.

    A folder that holds anything else, or whose index cannot be read as a whole, is left alone.
    """
    needed = _needed(folder) if _stranger(folder) is None else None
    if needed is None:
        return 0
    freed = 0
    for path in _blobs(folder):
        if os.path.basename(path) not in needed:  # noqa: PTH119
            with suppress(OSError):
                size = os.path.getsize(path)  # noqa: PTH202
                os.unlink(path)  # noqa: PTH108
                freed += size
    return freed


def _blobs(folder: str) -> list[str]:
    place = os.path.join(folder, "blobs", "sha256")  # noqa: PTH118
    with suppress(OSError):
        return [entry.path for entry in os.scandir(place) if entry.is_file(follow_symlinks=False)]
    return []


def _needed(folder: str) -> set[str] | None:
    """The names of the blobs that the index leads to, through indexes and manifests; None when that cannot be told."""
    ahead = [os.path.join(folder, "index.json")]  # noqa: PTH118
    needed: set[str] = set()
    while ahead:
        document = _document(ahead.pop())
        if document is None:
            return None
        for part in (*_parts(document, "manifests"), *_parts(document, "layers"), document.get("config")):
            digest = part.get("digest") if isinstance(part, dict) else None
            name = digest.removeprefix("sha256:") if isinstance(digest, str) else ""
            if not name or name in needed:
                continue
            needed.add(name)
            if str(part.get("mediaType")).endswith(_DOCUMENTS):
                ahead.append(os.path.join(folder, "blobs", "sha256", name))  # noqa: PTH118
    return needed


def _document(path: str) -> dict[str, Any] | None:
    import json

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            value = json.loads(file.read(_MAX_DOCUMENT))
    except (OSError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _parts(document: Mapping[str, Any], key: str) -> list[Any]:
    value = document.get(key)
    return value if isinstance(value, list) else []
