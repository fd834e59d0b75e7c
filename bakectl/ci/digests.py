"""What jobs have pushed by digest: a small file for each target and its platforms, or buildx's metadata files."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.digests import digest_name, pushed_repository
from bakectl.bake.platforms import platforms_of
from bakectl.bake.references import repository_of
from bakectl.diagnostics import Problems
from bakectl.errors import BuildFailed
from bakectl.record import Record
from bakectl.writing import make_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.model import Plan

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")
_REPOSITORY: Final = re.compile(r"[A-Za-z0-9\[][A-Za-z0-9._:\[\]/-]{0,510}")
_MAX_FILE: Final = 1 << 26
_MAX_FILES: Final = 10_000
_OURS: Final = ("target", "platforms", "repository", "digest")


class Pushed(Record):
    """One image that a job has pushed; `platforms` is what the job says that it is for, None where it says nothing."""

    target: str
    platforms: tuple[str, ...] | None
    repository: str
    digest: str
    path: str
    """The file that says so."""

    @property
    def reference(self) -> str:
        return f"{self.repository}@{self.digest}"


def write_digests(folder: str, plan: Plan, metadata: Mapping[str, Mapping[str, object]]) -> None:
    """Keep what was pushed of the targets asked for, each in a file of its own; raises BuildFailed without a digest."""
    import json

    problems = Problems()
    for name in plan.requested:
        facts, target = metadata.get(name, {}), plan[name]
        platforms = [platform for platform in platforms_of(target) if platform]
        digest = str(facts.get("containerimage.digest", ""))
        repository = repository_of(str(facts.get("image.name", "")).partition(",")[0]) or pushed_repository(target)
        if not _DIGEST.fullmatch(digest):
            problems.error("no-digest", f'buildx has told no digest of target "{name}"', None)
            continue
        record = dict(zip(_OURS, (name, platforms, repository, digest), strict=True))
        path = os.path.join(folder, f"{digest_name(name, platforms)}.json")  # noqa: PTH118
        make_file(path, (json.dumps(record, indent=2) + "\n").encode())
    if problems.has_errors:
        raise BuildFailed(0, problems)


def read_digests(folder: str, problems: Problems) -> tuple[Pushed, ...]:
    """Read all files of a folder and those below it; one digest that is told twice counts once."""
    found: dict[tuple[str, str], Pushed] = {}
    paths = sorted(_files(folder))
    if not paths:
        problems.error("no-digest", f"{folder} has no .json files of --digests or --metadata-file", None)
    for path in paths[:_MAX_FILES]:
        for pushed in _read(path, problems):
            earlier = found.setdefault((pushed.target, pushed.digest), pushed)
            if earlier.platforms is None and pushed.platforms is not None:
                found[pushed.target, pushed.digest] = pushed
    return tuple(found.values())


def _files(folder: str) -> Iterator[str]:
    for place, _, names in os.walk(folder):
        yield from (os.path.join(place, name) for name in names if name.endswith(".json"))  # noqa: PTH118


def _read(path: str, problems: Problems) -> tuple[Pushed, ...]:
    import json

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            facts: Any = json.loads(file.read(_MAX_FILE))
    except (OSError, ValueError, RecursionError) as error:
        problems.error("bad-digest", f"{path} cannot be read: {error}", None)
        return ()
    if isinstance(facts, dict) and "digest" in facts:
        rows = [_ours(facts, path)]
    elif isinstance(facts, dict):
        rows = [_theirs(name, entry, path) for name, entry in facts.items() if isinstance(entry, dict)]
    else:
        rows = []
    found = tuple(row for row in rows if row is not None)
    if not found:
        help = "give ci merge a folder of its own"
        problems.error("bad-digest", f"{path} is no file of --digests or --metadata-file", None, help=help)
    return found


def _ours(facts: Mapping[str, Any], path: str) -> Pushed | None:
    platforms = facts.get("platforms")
    if not isinstance(platforms, list):
        return None
    return _pushed(facts.get("target"), tuple(map(str, platforms)), facts.get("repository"), facts["digest"], path)


def _theirs(target: str, facts: Mapping[str, Any], path: str) -> Pushed | None:
    """What buildx writes of one target; it does not say for which platforms that is."""
    name = str(facts.get("image.name", "")).partition(",")[0]
    return _pushed(target, None, repository_of(name), facts.get("containerimage.digest"), path)


def _pushed(target: Any, platforms: tuple[str, ...] | None, repository: Any, digest: Any, path: str) -> Pushed | None:
    if not all(isinstance(value, str) for value in (target, repository, digest)):
        return None
    if not _DIGEST.fullmatch(digest) or not _REPOSITORY.fullmatch(repository):
        return None
    return Pushed(target, platforms, repository, digest, path)
