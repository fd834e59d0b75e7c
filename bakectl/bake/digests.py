"""`--by-digest`: each image goes to the repository of its target without a tag, as overrides of exactly that target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.cache_places import entry_text
from bakectl.bake.platforms import platforms_of
from bakectl.bake.references import repositories_of
from bakectl.bake.secrets import mask_override
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.model import Override, Plan, Target

_STAGING: Final = "bakectl"
_MAX_TAG: Final = 128
_IMAGES: Final = ("image", "registry")
_OURS: Final = ("name", "push", "push-by-digest", "name-canonical", "dest")
_WHERE: Final = ("output", "push", "load")
"""Keys of overrides that say where an image goes."""


def pushed_repository(target: Target) -> str | None:
    """The repository that a target is pushed to by digest: the first of its tags."""
    return next(iter(repositories_of(target.get("tags", ()))), None)


def digest_overrides(plan: Plan, users: Iterable[Override], *, is_staged: bool) -> tuple[str, ...]:
    """The overrides that push every target asked for by digest; raises InvalidBakeFile with all that stands against it.

    The docker driver cannot do that. With `is_staged` the image gets a tag that only this target and platform has.
    """
    problems = Problems()
    for user in users:
        if user.key in _WHERE:
            message = f"--set {mask_override(user.text)} says where images go, and so does a push by digest"
            problems.error("bad-override", message, None, help="leave out one of them")
    found: list[str] = []
    for name in plan.requested:
        target = plan[name]
        repository = pushed_repository(target)
        if repository is None:
            message = f'target "{name}" has no tags, so there is no repository to push it to by digest'
            problems.error("no-repository", message, None, help=f"give it one: bakectl add {name}.tags=REPOSITORY")
        elif is_staged:
            found += [
                f"{name}.tags={repository}:{_staging_tag(target)}",
                f"{name}.output={entry_text({**_image(target), 'push': 'true'})}",
            ]
        else:
            pushed = {"name": repository, "push-by-digest": "true", "name-canonical": "true", "push": "true"}
            found += [f"{name}.tags=", f"{name}.output={entry_text({**_image(target), **pushed})}"]
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return tuple(found)


def digest_name(target: str, platforms: Iterable[str]) -> str:
    """How a target and the platforms that were built of it are called together, as a part of names."""
    return "-".join((target, *(platform.replace("/", "-") for platform in platforms if platform)))


def _staging_tag(target: Target) -> str:
    return digest_name(f"{_STAGING}-{target.name}", platforms_of(target))[:_MAX_TAG]


def _image(target: Target) -> Mapping[str, str]:
    """What the target's file says of the image that is pushed, such as how it is compressed."""
    entries: list[dict[str, str]] = [entry for entry in target.get("output", ()) if entry["type"] in _IMAGES]
    options = entries[0] if entries else {}
    return {**{key: value for key, value in options.items() if key not in _OURS}, "type": "image"}
