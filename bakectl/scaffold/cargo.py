"""A Cargo workspace: its binaries, and what their packages say of themselves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Problems

MANIFEST: Final = "Cargo.toml"
_MAX_MANIFEST: Final = 1 << 20
_MAX_MEMBERS: Final = 500
_RUST: Final = "1.86"
_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
_INCLUDED_TEXT: Final = re.compile(r"include_str!\(\s*\"[^\"]*\.md\"")
_TOOLCHAINS: Final = ("rust-toolchain.toml", "rust-toolchain")
_RELEASE: Final = re.compile(r"[0-9]+\.[0-9]+(?:\.[0-9]+)?")
_OWN_TABLE: Final = "bakectl"
"""`[package.metadata.bakectl]`: what nothing else tells of a binary, `port` and `healthcheck`."""


class Binary(Record):
    """A binary of the workspace, with what its image says of it."""

    name: str
    description: str = ""
    license: str = ""
    repository: str = ""
    port: int | None = None
    healthcheck: tuple[str, ...] = ()
    """The words after the binary's name that make it ask for its own health."""


class Workspace(Record):
    """A workspace, or a package that is one by itself."""

    path: str
    """Where it is, from the folder that images are built from."""
    binaries: tuple[Binary, ...]
    rust: str
    """The release of Rust that compiles it."""
    has_lock: bool
    needs: frozenset[str] = frozenset()
    """What it does not compile without, of that which is of no use in an image: `benches`, `tests`, `*.md`."""


def read_workspace(folder: str, path: str, problems: Problems) -> Workspace | None:
    """Read the workspace at a path in a folder; None where there is none."""
    root = Path(folder, path)
    manifest = _manifest(root, problems)
    if manifest is None:
        return None
    shared = _table(_table(manifest, "workspace"), "package")
    packages = [(root, manifest)] if "package" in manifest else []
    for member in _members(root, _table(manifest, "workspace")):
        found = _manifest(member, problems)
        if found is not None:
            packages.append((member, found))
    binaries: dict[str, Binary] = {}
    for place, package in packages:
        for name in _binary_names(place, package):
            if _NAME.fullmatch(name):
                binaries.setdefault(name, _binary(name, _table(package, "package"), shared))
            else:
                problems.warning("bad-name", f'"{name}" in {place / MANIFEST} is no name that Cargo allows', None)
    releases = [_text(_table(package, "package"), "rust-version", shared) for _, package in packages]
    has_lock = (root / "Cargo.lock").is_file()
    needs = frozenset(name for place, package in packages for name in _needs(place, package))
    return Workspace(path, tuple(binaries.values()), _rust(root, releases), has_lock, needs)


def _manifest(folder: Path, problems: Problems) -> dict[str, Any] | None:
    """The manifest of a folder; None where there is none, or it cannot be read, which is reported."""
    import tomllib

    path = folder / MANIFEST
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > _MAX_MANIFEST:
            problems.error("unreadable-manifest", f"{path} holds more than {_MAX_MANIFEST} bytes", None)
            return None
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error) or "it is nested too deeply"
        problems.error("unreadable-manifest", f"{path} is no TOML: {reason[:1].lower()}{reason[1:]}", None)
    except UnicodeDecodeError:
        problems.error("unreadable-manifest", f"{path} is not UTF-8", None)
    except OSError as error:
        problems.error("unreadable-manifest", f"{path} cannot be read: {error.strerror}", None)
    return None


def _table(parent: Any, name: str) -> dict[str, Any]:
    found = parent.get(name) if isinstance(parent, dict) else None
    return found if isinstance(found, dict) else {}


def _strings(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _text(package: dict[str, Any], name: str, shared: dict[str, Any]) -> str:
    """A text of a package, or of the workspace where the package says so, on one line."""
    value = package.get(name)
    if isinstance(value, dict) and value.get("workspace") is True:
        value = shared.get(name)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _members(root: Path, workspace: dict[str, Any]) -> Iterator[Path]:
    """The folders of the members, in the order in which the workspace names them."""
    excluded = {root / name for name in _strings(workspace.get("exclude"))}
    found: dict[Path, None] = {}
    for pattern in _strings(workspace.get("members")):
        inside = pattern and not pattern.startswith("/") and ".." not in Path(pattern).parts
        try:
            matches = sorted(root.glob(pattern)) if inside else []
        except (ValueError, NotImplementedError):
            continue
        found.update(dict.fromkeys(match for match in matches[:_MAX_MEMBERS] if match not in excluded))
    yield from [folder for folder in found if folder != root][:_MAX_MEMBERS]


def _binary_names(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """The binaries of a package: those that it names, and those that Cargo finds by their files."""
    package = _table(manifest, "package")
    given = manifest.get("bin")
    named = [entry for entry in given if isinstance(entry, dict)] if isinstance(given, list) else []
    paths = {entry.get("path") for entry in named}
    for entry in named:
        if isinstance(entry.get("name"), str):
            yield entry["name"]
    if package.get("autobins") is False:
        return
    own = package.get("name")
    if isinstance(own, str) and (folder / "src/main.rs").is_file() and "src/main.rs" not in paths:
        yield own
    for path in sorted((folder / "src/bin").glob("*")):
        relative = f"src/bin/{path.name}"
        if path.suffix == ".rs" and relative not in paths:
            yield path.stem
        elif (path / "main.rs").is_file() and f"{relative}/main.rs" not in paths:
            yield path.name


def _needs(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    """What Cargo looks for because the manifest names it, and what the sources include."""
    for table, name in (("bench", "benches"), ("test", "tests")):
        if manifest.get(table):
            yield name
    for source in ("src/lib.rs", "src/main.rs"):
        path = folder / source
        if path.is_file() and _INCLUDED_TEXT.search(path.read_text("utf-8", "replace")[:_MAX_MANIFEST]):
            yield "*.md"


def _binary(name: str, package: dict[str, Any], shared: dict[str, Any]) -> Binary:
    own = _table(_table(package, "metadata"), _OWN_TABLE)
    port = own.get("port")
    is_port = isinstance(port, int) and not isinstance(port, bool) and 0 < port < 1 << 16
    return Binary(
        name,
        _text(package, "description", shared),
        _text(package, "license", shared),
        _text(package, "repository", shared),
        port if is_port else None,
        tuple(_strings(own.get("healthcheck"))),
    )


def _rust(root: Path, releases: list[str]) -> str:
    """The release of the toolchain file, else a recent one that is enough for all packages."""
    import tomllib

    for name in _TOOLCHAINS:
        path = root / name
        if path.is_file():
            text = path.read_text("utf-8", "replace")[:_MAX_MANIFEST]
            try:
                channel = _table(tomllib.loads(text), "toolchain").get("channel")
            except tomllib.TOMLDecodeError:
                channel = text.strip()
            if isinstance(channel, str) and _RELEASE.fullmatch(channel):
                return channel
    return max((_RUST, *filter(_RELEASE.fullmatch, releases)), key=_number)


def _number(release: str) -> tuple[int, ...]:
    return tuple(map(int, release.split(".")))
