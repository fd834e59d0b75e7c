"""From what was asked to be verified to images and what is expected of them."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO, Final

from bakectl.bake.outputs import is_pushed
from bakectl.bake.platforms import Platform, PlatformError, parse_platform
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.errors import EditRejected, EngineUnavailable, InvalidBakeFile
from bakectl.record import Record
from bakectl.settings import NAME, PROJECT, find_settings
from bakectl.verifying.contract import Contracts, read_contracts
from bakectl.verifying.layout import Archive, Layout, is_layout
from bakectl.verifying.reader import ReadFailed
from bakectl.verifying.references import parse_reference
from bakectl.verifying.run import Report, Subject, verify
from bakectl.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from bakectl.bake.model import Plan, Target
    from bakectl.verifying.reader import Descriptor, ImageReader
    from bakectl.verifying.references import Reference
    from bakectl.verifying.registry import Credentials

REGISTRY: Final = "registry"
DAEMON: Final = "daemon"


class Wanted(Record):
    """One image to verify: where it is to be looked for, and the target that it is built from, if there is one."""

    name: str
    """A reference or a path."""
    places: tuple[str, ...]
    """Where to look, one after the other: the registry, the daemon, or a path."""
    target: Target | None = None
    platforms: tuple[str, ...] = ()
    """What was asked for beside the plan."""


def check_platforms(platforms: Iterable[str]) -> None:
    """Raise InvalidBakeFile for what is no platform."""
    problems: list[Diagnostic] = []
    for text in platforms:
        try:
            parse_platform(text)
        except PlatformError as error:
            problems.append(_error("bad-platform", str(error), "write it as linux/arm64"))
    if problems:
        raise InvalidBakeFile(problems)


def wanted_targets(plan: Plan, origin: str | None = None, platforms: Sequence[str] = ()) -> Iterator[Wanted]:
    """The images of the targets that a plan was made for; `origin` says where they are, whatever the plan says."""
    for name in plan.requested:
        target = plan[name]
        tags = tuple(target.get("tags", ()))
        written = _written(target)
        if origin is None and written is not None:
            yield Wanted(written, (written,), target, tuple(platforms))
        elif origin not in (None, REGISTRY, DAEMON):
            yield Wanted(tags[0] if tags else name, (str(origin),), target, tuple(platforms))
        elif tags:
            places = (origin,) if origin else (REGISTRY,) if is_pushed(target) else (DAEMON, REGISTRY)
            yield Wanted(tags[0], places, target, tuple(platforms))
        else:
            message = f'target "{name}" has no tags, so nobody knows where its image is'
            raise InvalidBakeFile([_error("nothing-to-verify", message, "say it with --from DIR or --from FILE.tar")])


def wanted_image(name: str, origin: str | None = None, platforms: Sequence[str] = ()) -> Wanted:
    """An image that is named by a path or a reference; raises InvalidBakeFile when it is neither."""
    if origin not in (None, REGISTRY, DAEMON):
        return Wanted(name, (str(origin),), None, tuple(platforms))
    if origin is None and (is_layout(name) or os.path.isfile(name)):  # noqa: PTH113
        return Wanted(name, (name,), None, tuple(platforms))
    reference = parse_reference(name)
    if reference is None:
        message = f'"{name}" is neither a target, an OCI layout, a tar nor the reference of an image'
        raise InvalidBakeFile([_error("nothing-to-verify", message, "write NAME:TAG, such as ghcr.io/acme/app:1.0")])
    has_host = name.startswith(f"{reference.host}/")
    places = (origin,) if origin else (REGISTRY,) if has_host else (DAEMON, REGISTRY)
    return Wanted(name, places, None, tuple(platforms))


def _written(target: Target) -> str | None:
    """Where a target's output is on this machine, if it is an image there."""
    for entry in target.get("output", ()):
        dest = entry.get("dest")
        if dest and dest != "-" and entry["type"] in ("oci", "docker"):
            return str(dest)
    return None


def run(wanted: Iterable[Wanted], environment: Mapping[str, str], folder: str = ".") -> Iterator[Report]:
    """Verify image after image; what cannot be read is said in its report. The contracts are those of a folder."""
    contracts = read_contracts(find_settings(folder))
    with ExitStack() as stack:
        yield from verify(_subject(one, contracts, environment, stack) for one in wanted)


def _subject(wanted: Wanted, contracts: Contracts, environment: Mapping[str, str], stack: ExitStack) -> Subject:
    reader: ImageReader
    try:
        reader = _reader(wanted, environment, stack)
    except ReadFailed as error:
        reader = _Unreadable(wanted.name, str(error))
    contract = contracts.of(wanted.target.name if wanted.target else None)
    return Subject(reader, _platforms(wanted), contract, wanted.target, _others(wanted, reader))


def _others(wanted: Wanted, reader: ImageReader) -> tuple[ImageReader, ...]:
    """The other tags of a target whose image is in a registry."""
    from bakectl.verifying.registry import Registry

    if wanted.target is None or not isinstance(reader, Registry):
        return ()
    names = (name for name in wanted.target.get("tags", ()) if name != wanted.name)
    return tuple(open_registry(reference, name) for name in names if (reference := parse_reference(name)))


def _platforms(wanted: Wanted) -> tuple[Platform, ...] | None:
    given = wanted.platforms or (tuple(wanted.target.get("platforms", ())) if wanted.target else ())
    return tuple(map(parse_platform, given)) or None


class _Unreadable:
    """An image in a place that cannot be read."""

    is_partial = False

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self._reason = reason

    def top(self) -> Descriptor:
        raise ReadFailed(self._reason)

    def open(self, descriptor: Descriptor) -> AbstractContextManager[BinaryIO]:
        raise ReadFailed(self._reason)


def _reader(wanted: Wanted, environment: Mapping[str, str], stack: ExitStack) -> ImageReader:
    """Open the first place that has the image; raises ReadFailed."""
    for place in wanted.places:
        if place not in (REGISTRY, DAEMON):
            return Layout(place, wanted.name) if is_layout(place) else Archive(place, wanted.name)
        reference = parse_reference(wanted.name)
        if reference is None:
            raise ReadFailed(f'"{wanted.name}" is not the reference of an image')
        if place == REGISTRY:
            return open_registry(reference, wanted.name)
        found = _saved(wanted, environment, stack)
        if found is not None:
            return found
    raise ReadFailed(f"docker has no image {wanted.name}, or does not answer")


def open_registry(reference: Reference, name: str) -> ImageReader:
    """An image in a registry, with the login that docker has for it."""
    from bakectl.verifying.registry import Registry

    return Registry(reference, name, _login)


def _login(host: str) -> Credentials | None:
    from bakectl.engine.daemon import read_login
    from bakectl.verifying.registry import Credentials

    found = read_login(host)
    return None if found is None else Credentials(found.user, found.password, found.identity_token)


def _saved(wanted: Wanted, environment: Mapping[str, str], stack: ExitStack) -> ImageReader | None:
    """An image of the daemon, written to a file that lives as long as the run; None when it has none."""
    import tempfile

    from bakectl.engine.daemon import save_image

    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bakectl-"))
    path = os.path.join(folder, "image.tar")  # noqa: PTH118
    try:
        saved = save_image(wanted.name, environment, path)
    except OSError as error:
        raise ReadFailed(error.strerror or str(error)) from None
    if not saved:
        return None
    return Archive(path, wanted.name, name=wanted.name, is_partial=True)


def unreadable(reports: Iterable[Report]) -> EngineUnavailable | None:
    """What could not be read, as one error; None when all could."""
    problems = [_error("unreadable-image", report.unread, None) for report in reports if report.unread]
    return EngineUnavailable(problems) if problems else None


def _error(rule: str, message: str, help: str | None) -> Diagnostic:
    return Diagnostic(Severity.ERROR, rule, message, help=help)


def write_contracts(pairs: Iterable[tuple[Wanted, Report]], folder: str = ".") -> tuple[str, list[str]]:
    """Add a contract for each image to the settings of a folder; raises EditRejected when one is there already.

    Returns the file and the names of the tables.
    """
    from bakectl.verifying.initial import key, table

    file = find_settings(folder)
    path = os.path.join(folder, file.path or NAME)  # noqa: PTH118
    prefix = "tool.bakectl." if os.path.basename(path) == PROJECT else ""  # noqa: PTH119
    section = file.tables.get("verify", {})
    tables: dict[str, str] = {}
    for wanted, report in pairs:
        target = wanted.target.name if wanted.target else None
        heading = prefix + ("verify" if target is None else f"verify.targets.{key(target)}")
        there = section.keys() - {"targets"} if target is None else target in section.get("targets", {})
        if there or heading in tables:
            message = f"{file.path or NAME} has [{heading}] already"
            raise EditRejected([_error("contract-there", message, "remove it, or change it there")])
        if report.contract is not None:
            tables[heading] = table(report.contract, heading)
    before = _content(path)
    text = (before or b"").decode("utf-8")
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    after = text + gap + "\n".join(tables.values())
    _check_toml(after, path)
    write_file(path, before, after.encode("utf-8"))
    return file.path or NAME, list(tables)


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        return None


def _check_toml(text: str, path: str) -> None:
    """Refuse what would not be settings any more, as after an inline table."""
    import tomllib

    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"{path} has no place for the contract at its end: {error}"
        raise EditRejected([_error("contract-there", message, "write it by hand")]) from None
