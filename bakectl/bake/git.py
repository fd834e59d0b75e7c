"""Git's own files, read without git: where they are, what HEAD is, and which tags there are."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_BRANCH: Final = "ref: refs/heads/"
_TAGS: Final = "refs/tags/"
_MAX_PACKED: Final = 1 << 24
_MAX_OBJECT: Final = 1 << 16
_MAX_TAGS: Final = 20_000


class Head(Record):
    """What is checked out: a branch, or a bare commit; empty texts for what is not known."""

    branch: str = ""
    commit: str = ""


def git_folder(folder: str) -> str | None:
    """The folder where git keeps HEAD, looked for here and upwards; a worktree has a file that names it."""
    place = os.path.realpath(folder)
    while True:
        found = os.path.join(place, ".git")  # noqa: PTH118
        if os.path.isdir(found):  # noqa: PTH112
            return found
        text = read_text(found)
        if text.startswith("gitdir: "):
            return os.path.join(place, text.removeprefix("gitdir: "))  # noqa: PTH118
        above = os.path.dirname(place)  # noqa: PTH120
        if above == place:
            return None
        place = above


def common_folder(git: str | None) -> str | None:
    """The folder where git keeps the references that worktrees share."""
    shared = read_text(os.path.join(git, "commondir")) if git else ""  # noqa: PTH118
    return os.path.join(git, shared) if git and shared else git  # noqa: PTH118


def read_text(path: str, most: int = 4096) -> str:
    """The beginning of a file of git without white space around it; empty where it cannot be read."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:  # noqa: PTH123
            return file.read(most).strip()
    except OSError:
        return ""


def read_head(folder: str) -> Head:
    """Find out what is checked out in a folder."""
    git = git_folder(folder)
    text = read_text(os.path.join(git, "HEAD")) if git else ""  # noqa: PTH118
    if git is None or not text.startswith(_BRANCH):
        return Head("", text if _HASH.fullmatch(text) else "")
    branch = text.removeprefix(_BRANCH)
    return Head(branch, _resolved(git, f"refs/heads/{branch}"))


def _resolved(git: str, name: str) -> str:
    """The commit of a reference, from its own file or the packed ones."""
    shared = common_folder(git) or git
    text = read_text(os.path.join(shared, name))  # noqa: PTH118
    if _HASH.fullmatch(text):
        return text
    return next((value for value, found, _ in _packed(shared) if found == name), "")


def is_shallow(folder: str) -> bool:
    """Whether this is a clone of the last commits only, which mostly has no other tags either."""
    git = common_folder(git_folder(folder))
    return git is not None and os.path.isfile(os.path.join(git, "shallow"))  # noqa: PTH113, PTH118


def read_tags(folder: str) -> dict[str, str]:
    """The tags that are known here, and the commit of each."""
    git = common_folder(git_folder(folder))
    if git is None:
        return {}
    found = {
        name.removeprefix(_TAGS): peeled or _peeled(git, value)
        for value, name, peeled in _packed(git)
        if name.startswith(_TAGS)
    }
    root = os.path.join(git, _TAGS)  # noqa: PTH118
    for place, _, names in os.walk(root):
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118
            value = read_text(path)
            if len(found) < _MAX_TAGS and _HASH.fullmatch(value):
                found[os.path.relpath(path, root).replace(os.sep, "/")] = _peeled(git, value)
    return found


def _packed(git: str) -> Iterator[tuple[str, str, str]]:
    """Packed references: the object, the name, and the commit that an annotated tag stands for."""
    object, name = "", ""
    for line in read_text(os.path.join(git, "packed-refs"), _MAX_PACKED).splitlines():  # noqa: PTH118
        if line.startswith("^"):
            yield object, name, line[1:]
            name = ""
        elif _HASH.match(line):
            if name:
                yield object, name, ""
            object, _, name = line.partition(" ")
    if name:
        yield object, name, ""


def _peeled(git: str, object: str) -> str:
    """The commit of an annotated tag whose object lies in a file of its own; of others, what was given."""
    data = _loose(git, object)
    if not data.startswith(b"tag "):
        return object
    found = re.search(rb"\x00object ([0-9a-f]{40,64})\n", data)
    return found[1].decode() if found else object


def commit_time(folder: str, commit: str) -> int | None:
    """Seconds since 1970 at which a commit was made; None when its object does not lie in a file of its own."""
    git = common_folder(git_folder(folder))
    data = _loose(git, commit) if git and _HASH.fullmatch(commit) else b""
    found = re.search(rb"\ncommitter [^\n]* (\d{1,12}) [+-]\d{4}\n", data)
    return int(found[1]) if found else None


def _loose(git: str, object: str) -> bytes:
    import zlib

    path = os.path.join(git, "objects", object[:2], object[2:])  # noqa: PTH118
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return zlib.decompressobj().decompress(file.read(_MAX_OBJECT), _MAX_OBJECT)
    except (OSError, zlib.error):
        return b""
