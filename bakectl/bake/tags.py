"""`--tags auto`: tags and labels of images from what is being built, as overrides of exact targets.

The repositories are those of the tags that a target has in its file. A label that a target has is its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.checkout import slug
from bakectl.bake.references import repositories_of
from bakectl.diagnostics import Diagnostic, Problems, Severity
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from bakectl.bake.event import Event
    from bakectl.bake.model import Plan

_LABEL: Final = "org.opencontainers.image."
_LATEST: Final = "latest"
_MAX: Final = 128
_SHORT: Final = 7
_PART: Final = r"(0|[1-9]\d{0,17})"
_VERSION: Final = re.compile(
    rf"v?(?P<whole>{_PART}\.{_PART}\.{_PART}(?P<before>-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?)", re.ASCII
)

_Release = tuple[int, int, int]


def tag_names(event: Event) -> tuple[str, ...]:
    """The tags for what is being built, the one that says most first; none when nothing is known."""
    if event.tag:
        found = _tag_names(event)
    elif event.pull_request:
        # What is built is a merge that nobody keeps, so its commit names nothing.
        return (f"pr-{event.pull_request}",)
    else:
        found = _branch_names(event)
    if event.commit:
        found.append(f"sha-{event.commit[:_SHORT]}")
    return tuple(dict.fromkeys(name for name in found if name))


def _branch_names(event: Event) -> list[str]:
    """The branch; the default branch is the latest that there is until there are releases."""
    is_latest = event.branch and event.branch == event.default_branch and not any(map(_release, event.tags))
    return [_fitted(event.branch), *([_LATEST] if is_latest else [])]


def _tag_names(event: Event) -> list[str]:
    """A version, and the shorter versions and `latest` where no higher release has them."""
    found = _VERSION.fullmatch(event.tag)
    if found is None:
        return [_fitted(event.tag)]
    names = [_fitted(found["whole"].replace("+", "-"))]
    mine = _release(event.tag)
    if mine is None:
        return names
    others = [mine, *(other for other in map(_release, event.tags) if other is not None)]
    shorter = [(f"{mine[0]}.{mine[1]}", 2), *([(str(mine[0]), 1)] if mine[0] else []), (_LATEST, 0)]
    return names + [
        name for name, count in shorter if mine == max(other for other in others if other[:count] == mine[:count])
    ]


def _release(tag: str) -> _Release | None:
    """The numbers of a version that is no pre-release."""
    found = _VERSION.fullmatch(tag)
    if found is None or found["before"]:
        return None
    return int(found[2]), int(found[3]), int(found[4])


def notes(event: Event) -> tuple[Diagnostic, ...]:
    """Say which tags might belong to a higher release that is not known here."""
    names = _tag_names(event) if event.tag else [] if event.pull_request else _branch_names(event)
    if not event.is_shallow or len(names) < 2:
        return ()
    message = f"this clone is shallow and has no other tags, so a higher release may lose: {', '.join(names[1:])}"
    help = "fetch all tags: fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 in GitLab, git fetch --unshallow --tags"
    return (Diagnostic(Severity.WARNING, "shallow-clone", message, None, (), help),)


def _fitted(name: str) -> str:
    return slug(name)[:_MAX]


def labels(event: Event) -> dict[str, str]:
    """The labels of the image specification for what is being built, those that are known."""
    names = tag_names(event)
    values = {
        "revision": event.commit,
        "version": names[0] if names else "",
        "created": event.created,
        "source": event.source,
        "ref.name": event.ref,
    }
    return {f"{_LABEL}{key}": value for key, value in values.items() if value}


def tag_overrides(plan: Plan, event: Event) -> tuple[str, ...]:
    """The overrides that give every target asked for its tags; raises InvalidBakeFile."""
    names, problems = tag_names(event), Problems()
    if not names:
        message = "--tags auto: neither git nor CI says which branch, tag or commit this is"
        problems.error("no-event", message, None, help="run it in a checkout, or write tags with --set TARGET.tags=")
    found: list[str] = []
    owners: dict[str, str] = {}
    for target in plan.requested:
        repositories = repositories_of(plan[target].get("tags", ()))
        for repository in repositories:
            if (other := owners.setdefault(repository, target)) != target:
                message = f'--tags auto: targets "{other}" and "{target}" would have the same tags of {repository}'
                problems.error("tag-collision", message, None, help="give each a repository of its own")
        found += [f"{target}.tags={repository}:{name}" for repository in repositories for name in names]
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return tuple(found)


def label_overrides(plan: Plan, event: Event) -> tuple[str, ...]:
    """The overrides that give every target asked for the labels that it has not."""
    return tuple(
        f"{target}.labels.{key}={value}"
        for target in plan.requested
        for key, value in labels(event).items()
        if key not in plan[target].get("labels", {})
    )
