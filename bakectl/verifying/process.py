"""What a container of an image runs: the first process, its environment, and where its programs are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.verifying.filesystem import FileSystem
    from bakectl.verifying.layers import Entry

_PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
"""What docker takes when the image has none."""
INITS: Final = ("tini", "tini-static", "docker-init", "dumb-init", "catatonit")


def environment(config: Mapping[str, Any]) -> dict[str, str]:
    """The variables of an image."""
    found: dict[str, str] = {}
    for entry in words(config, "Env"):
        name, _, value = entry.partition("=")
        found[name] = value
    return found


def words(config: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of strings of the config, such as the entrypoint."""
    value = config.get(key)
    return tuple(map(str, value)) if isinstance(value, list) else ()


def programs(config: Mapping[str, Any]) -> tuple[str, ...]:
    """What is started: the first process, and what that starts where it is an init."""
    command = (*words(config, "Entrypoint"), *words(config, "Cmd"))
    if not command:
        return ()
    found = [command[0]]
    if command[0].rpartition("/")[2] in INITS:
        rest = [word for word in command[1:] if not word.startswith("-")]
        found += rest[:1]
    return tuple(found)


def folders(config: Mapping[str, Any]) -> tuple[str, ...]:
    """The folders of PATH."""
    path = environment(config).get("PATH", _PATH)
    return tuple(folder for folder in path.split(":") if folder)


def find_program(files: FileSystem, name: str, config: Mapping[str, Any]) -> Entry | None:
    """The file that a word starts; None when there is none."""
    if "/" in name:
        place = name if name.startswith("/") else f"{config.get('WorkingDir') or '/'}/{name}"
        return _file(files, place)
    for folder in folders(config):
        found = _file(files, f"{folder}/{name}")
        if found is not None and found.mode & 0o111:
            return found
    return None


def _file(files: FileSystem, path: str) -> Entry | None:
    found = files.find(path)
    return found if found is not None and found.kind == "file" else None
