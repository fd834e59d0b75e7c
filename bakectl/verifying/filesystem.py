"""The file system of a running image: its layers one over the other, as containerd unpacks them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bakectl.verifying.layers import Entry, Layer

_WHITEOUT: Final = ".wh."
_OPAQUE: Final = ".wh..wh..opq"
_MOST_LINKS: Final = 40
"""As many as the kernel follows."""


class FileSystem:
    """Files by their path, without a leading slash; folders that no layer lists are there as well, without an entry."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._children: dict[str, set[str]] = {"": set()}

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def apply(self, layer: Layer) -> None:
        """Put a layer over what is there; whiteouts concern what lies below it, wherever they stand in the layer."""
        for entry in layer.entries:
            folder, _, name = entry.path.rpartition("/")
            if name == _OPAQUE:
                self._empty(self.real_folder(folder))
            elif name.startswith(_WHITEOUT):
                self._remove(self.real_parent(_joined(folder, name.removeprefix(_WHITEOUT))))
        for entry in layer.entries:
            if not entry.path.rpartition("/")[2].startswith(_WHITEOUT):
                self._put(entry)

    def find(self, path: str) -> Entry | None:
        """The file or folder that a path leads to, links followed within the root; None when there is none."""
        real = self._resolve(path)
        return None if real is None else self.entries.get(real)

    def exists(self, path: str) -> bool:
        """Whether a path leads to something, be it a folder without an entry."""
        real = self._resolve(path)
        return real is not None and (real in self.entries or real in self._children)

    def real_path(self, path: str) -> str | None:
        """Where a path leads; None when it leads nowhere."""
        real = self._resolve(path)
        return real if real is not None and (real in self.entries or real in self._children) else None

    def names(self, folder: str) -> tuple[str, ...]:
        """The names in a folder, sorted."""
        real = self._resolve(folder)
        return () if real is None else tuple(sorted(self._children.get(real, ())))

    def real_folder(self, path: str) -> str:
        """The folder that a path leads to; one that is not there is where the path says."""
        real = self._resolve(path)
        return path if real is None else real

    def real_parent(self, path: str) -> str:
        """A path whose folder is the one that it leads to, while its last part is as it is written."""
        folder, _, name = path.rpartition("/")
        return _joined(self.real_folder(folder), name)

    def _resolve(self, path: str) -> str | None:
        """Follow links; what is not there is taken as it is written. None for links that never end."""
        left = path.split("/")[::-1]
        done = ""
        links = 0
        while left:
            part = left.pop()
            if part in ("", "."):
                continue
            if part == "..":
                done = done.rpartition("/")[0]
                continue
            place = _joined(done, part)
            entry = self.entries.get(place)
            if entry is None or entry.kind != "link":
                done = place
                continue
            links += 1
            if links > _MOST_LINKS:
                return None
            if entry.target.startswith("/"):
                done = ""
            left += entry.target.split("/")[::-1]
        return done

    def _put(self, entry: Entry) -> None:
        if not entry.path:
            return
        path = self.real_parent(entry.path)
        if entry.kind == "hard link":
            below = self.entries.get(self.real_parent(entry.target))
            if below is not None:
                entry = replace(below, path=path, size=0)  # the content is there once
        if entry.path != path:
            entry = replace(entry, path=path)
        if entry.kind != "folder" or (path in self.entries and self.entries[path].kind != "folder"):
            self._remove(path)
        self.entries[path] = entry
        if entry.kind == "folder":
            self._children.setdefault(path, set())
        self._link_up(path)

    def _link_up(self, path: str) -> None:
        """Make the folders above a path known."""
        while path:
            folder, _, name = path.rpartition("/")
            names = self._children.setdefault(folder, set())
            if name in names:
                return
            names.add(name)
            path = folder

    def _remove(self, path: str) -> None:
        if not path:
            return
        self._empty(path)
        self.entries.pop(path, None)
        self._children.pop(path, None)
        folder, _, name = path.rpartition("/")
        self._children.get(folder, set()).discard(name)

    def _empty(self, path: str) -> None:
        """Remove all that lies in a folder."""
        waiting = [path]
        while waiting:
            for name in self._children.pop(folder := waiting.pop(), ()):
                inner = _joined(folder, name)
                self.entries.pop(inner, None)
                waiting.append(inner)
        if path == "" or path in self.entries:
            self._children[path] = set()


def merge(layers: Iterable[Layer]) -> FileSystem:
    """The file system of an image from its layers, the lowest first."""
    found = FileSystem()
    for layer in layers:
        found.apply(layer)
    return found


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
