"""Joining what jobs have pushed by digest: nothing gets a tag before all platforms of all targets are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from bakectl.bake.platforms import normalised, platforms_of
from bakectl.bake.references import repositories_of
from bakectl.diagnostics import Problems
from bakectl.errors import BuildFailed
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bakectl.bake.model import Plan, Target
    from bakectl.ci.digests import Pushed

_UNSAID: Final = ("", "local")
"""Platforms of a plan that leave it to the machine what is built."""


class Registry(Protocol):
    """What is asked of registries."""

    def platforms(self, reference: str) -> tuple[str, ...]:
        """The platforms of an image; raises BuildFailed."""

    def preview(self, join: Join) -> str:
        """The index that joining would make; raises BuildFailed."""

    def create(self, join: Join) -> None:
        """Join images, and give the index its tags; raises BuildFailed."""

    def manifest(self, reference: str) -> str:
        """What a tag stands for, to the byte; raises BuildFailed."""


class Join(Record):
    """The images of one target that become one index, in the order of the platforms of the plan."""

    target: str
    tags: tuple[str, ...]
    annotations: tuple[str, ...]
    """Those of the index."""
    platforms: tuple[str, ...]
    sources: tuple[str, ...]


class Joined(Record):
    """What joining has made."""

    join: Join
    digest: str

    @property
    def references(self) -> tuple[str, ...]:
        """The index by its digest, in each repository."""
        return tuple(f"{repository}@{self.digest}" for repository in repositories_of(self.join.tags))


def plan_joins(plan: Plan, pushed: Sequence[Pushed], registry: Registry, problems: Problems) -> tuple[Join, ...]:
    """Find the images of each target asked for, and what is missing, too much, or not what it is said to be."""
    joins: list[Join] = []
    for name in plan.requested:
        target = plan[name]
        tags = tuple(target.get("tags", ()))
        mine = [one for one in pushed if one.target == name]
        if not tags:
            problems.error("no-tags", f'target "{name}" has no tags to give', None, help="add --tags auto, or tags")
        if not mine:
            problems.error("missing-platform", f'nothing was pushed of target "{name}"', None)
        by_platform = _by_platform(mine, registry, problems)
        sources = _sources(target, by_platform, problems) if mine else {}
        references = tuple(dict.fromkeys(sources.values()))
        joins.append(Join(name, tags, tuple(_index_annotations(target)), tuple(sources), references))
    return tuple(joins)


def _by_platform(pushed: Iterable[Pushed], registry: Registry, problems: Problems) -> dict[str, list[Pushed]]:
    """The images of each platform, by what the registry has; what a job said of one must be true."""
    found: dict[str, list[Pushed]] = {}
    for one in pushed:
        try:
            real = registry.platforms(one.reference)
        except BuildFailed as error:
            for problem in error.diagnostics:
                problems.add(problem)
            continue
        said = {normalised(name) for name in one.platforms or () if name not in _UNSAID}
        if said and said != {*real}:
            message = f"{one.path}: {one.reference} is for {', '.join(real)}, not {', '.join(sorted(said))}"
            problems.error("wrong-platform", message, None)
        for platform in real:
            found.setdefault(platform, []).append(one)
    return found


def _sources(target: Target, found: Mapping[str, Sequence[Pushed]], problems: Problems) -> dict[str, str]:
    """The image for each platform of the plan."""
    wanted = platforms_of(target)
    if {*wanted} & {*_UNSAID}:
        wanted = tuple(found)
    for platform in wanted:
        if platform not in found:
            message = f'target "{target.name}" was not pushed for {platform}'
            help = "its job failed, or its file of --digests was not brought here"
            problems.error("missing-platform", message, None, help=help)
    for platform, images in found.items():
        if platform not in wanted:
            message = f'target "{target.name}" was pushed for {platform}, which is not one of {", ".join(wanted)}'
            problems.error("undeclared-platform", message, None)
        elif len(images) > 1:
            paths = " and ".join(image.path for image in images)
            message = f'target "{target.name}" was pushed {len(images)} times for {platform}: {paths}'
            problems.error("double-platform", message, None, help="give each run of the jobs a folder of its own")
    return {platform: found[platform][0].reference for platform in wanted if platform in found}


def _index_annotations(target: Target) -> Iterator[str]:
    """What the file says for the index; everything else is in the images already."""
    for text in target.get("annotations", ()):
        name, _, value = text.partition("=")
        kinds, _, key = name.rpartition(":")
        if "index" in kinds.split(","):
            yield f"index:{key}={value}"


def join_all(joins: Sequence[Join], registry: Registry) -> tuple[Joined, ...]:
    """Try all first, then join each and look at it again; raises BuildFailed."""
    import json

    expected = [json.loads(registry.preview(join)) for join in joins]
    found: list[Joined] = []
    for join, index in zip(joins, expected, strict=True):
        registry.create(join)
        digests = {_digest(registry.manifest(tag), index, tag) for tag in join.tags}
        found.append(Joined(join, digests.pop()))
    return tuple(found)


def _digest(manifest: str, expected: object, tag: str) -> str:
    """The digest of a manifest that must be the expected one; raises BuildFailed."""
    import json
    from hashlib import sha256

    if json.loads(manifest) != expected:
        problems = Problems()
        problems.error("moved-tag", f"{tag} is not what was made a moment ago: somebody else has moved it", None)
        raise BuildFailed(0, problems)
    return f"sha256:{sha256(manifest.encode()).hexdigest()}"
