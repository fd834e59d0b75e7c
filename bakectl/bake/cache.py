"""`--cache`: which cache each target reads and writes, as overrides of exactly that target.

The rules: no place is written twice in one build; a target of which only some platforms are built has a place of its
own for these, and reads the wider one too; a linked target reads what its users write, for a cache of mode max holds
its layers as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.cache_places import entry_text
from bakectl.bake.links import linked_by
from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.checkout import Checkout
    from bakectl.bake.model import Plan

KINDS: Final = ("gha", "registry", "local", "inline", "none")
PLACEHOLDERS: Final = ("project", "target", "platform", "branch")
NEW: Final = ".new"
"""What a local cache is called until the build is done and it takes the place of the one that was read."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_EXAMPLES = {"registry": "registry=ghcr.io/acme/cache/{target}", "local": "local=.cache/{target}"}
_COMPONENT = r"[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?:[A-Za-z0-9.-]+(?::[0-9]+)?/|\[[0-9A-Fa-f:.]+\](?::[0-9]+)?/)?{_COMPONENT}(?:/{_COMPONENT})*(?::[\w][\w.-]{{0,127}})?",
    re.ASCII,
)
_MAX_TAG = 128


class CacheChoice(Record):
    """A value of `--cache`: the kind, and the reference or folder that it names."""

    kind: str
    place: str = ""


class Places(Record):
    """The caches of one target: the one to write, and all to read."""

    own: str
    reads: tuple[str, ...]


def parse_cache(text: str) -> CacheChoice:
    """Read `gha`, `registry=REF`, `local=DIR`, `inline` or `none`; raises InvalidBakeFile."""
    kind, sign, place = text.partition("=")
    if kind not in KINDS:
        raise _invalid(f'there is no cache "{kind}"', did_you_mean(kind, KINDS) or f"choose {', '.join(KINDS)}")
    if kind in _EXAMPLES and not place:
        raise _invalid(f'the cache "{kind}" needs a place', f"write --cache {_EXAMPLES[kind]}")
    if sign and kind not in _EXAMPLES:
        raise _invalid(f'the cache "{kind}" takes no place', f"write --cache {kind}")
    for name in _PLACEHOLDER.findall(place):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
            raise _invalid(f'there is no placeholder "{{{name}}}"', f"there are {known}")
    return CacheChoice(kind, place)


def _invalid(message: str, help: str | None) -> InvalidBakeFile:
    problems = Problems()
    problems.error("bad-cache", f"--cache: {message}", None, help=help)
    return InvalidBakeFile(problems)


def cache_overrides(
    choice: CacheChoice, plan: Plan, declared: Mapping[str, tuple[str, ...]], checkout: Checkout, *, writes: bool = True
) -> tuple[str, ...]:
    """The overrides that give every target its cache; raises InvalidBakeFile.

    `declared` has the platforms of each target as its file has them, without the narrowing of this run. Without
    `writes`, caches are only read.
    """
    if choice.kind == "none":
        return tuple(f"{name}.{field}=" for name in plan.targets for field in ("cache-from", "cache-to"))
    reads: dict[str, dict[str, None]] = {}
    written: dict[str, str] = {}
    for name in plan.requested:
        _fill(choice, plan, name, _slug(plan, name, declared), checkout, reads, written)
    for name in plan.linked:
        users = linked_by(plan, name)
        reads[name] = {entry: None for user in users for entry in reads[user]}
    found: list[str] = []
    for name in plan.targets:
        found += [f"{name}.cache-from+={entry}" for entry in reads[name]]
        if name in written:
            found.append(f"{name}.cache-to={written[name] if writes else ''}")
    return tuple(found)


def _fill(
    choice: CacheChoice,
    plan: Plan,
    name: str,
    slug: str,
    checkout: Checkout,
    reads: dict[str, dict[str, None]],
    written: dict[str, str],
) -> None:
    """Find out what a target that was asked for reads and writes."""
    target = plan[name]
    if choice.kind == "inline":
        tags = target.get("tags", ())
        if not tags:
            raise _invalid(f'target "{name}" has no tags, and an inline cache is in the image', "choose another cache")
        reads[name] = {entry_text({"type": "registry", "ref": tag}): None for tag in tags}
        written[name] = "type=inline"
        return
    places = _places(choice, name, slug, checkout)
    entry = entry_text(_written(choice.kind, places.own))
    for other, text in written.items():
        if text == entry:
            message = f'targets "{other}" and "{name}" would write one cache: {places.own}'
            raise _invalid(message, f"add {{target}}: --cache {choice.kind}={_with_target(choice)}")
    reads[name] = {entry_text(_read(choice.kind, place)): None for place in places.reads}
    written[name] = entry


def _with_target(choice: CacheChoice) -> str:
    return f"{choice.place.rstrip('/')}/{{target}}"


def _slug(plan: Plan, name: str, declared: Mapping[str, tuple[str, ...]]) -> str:
    """The platforms as a part of names, if these are not all that the target is for."""
    built = [normalised(platform) for platform in plan[name].get("platforms", ())]
    if not built or {*built} == {*map(normalised, declared.get(name, ()))}:
        return ""
    return "-".join(platform.replace("/", "-") for platform in dict.fromkeys(built))


def _places(choice: CacheChoice, target: str, slug: str, checkout: Checkout) -> Places:
    template = "{project}-{target}" if choice.kind == "gha" else choice.place
    branches: tuple[str, ...] = ("",)
    if "{branch}" in template:
        branches = checkout.branches
        if not branches:
            help = "check out a branch, or name it in the place yourself"
            raise _invalid("there is no branch here to put in the place of {branch}", help)
    values = {"project": checkout.project, "target": target}
    found: dict[str, None] = {}
    for branch in branches:
        for part in dict.fromkeys((slug, "")):
            place = _filled(template, {**values, "branch": branch, "platform": part or "all"})
            has_slug = not part or "{platform}" in template
            found[_checked(choice.kind, place if has_slug else _join(choice.kind, place, part))] = None
    return Places(next(iter(found)), tuple(found))


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


def _join(kind: str, place: str, slug: str) -> str:
    """The place with a part for the platforms; the tag of a reference is where that goes, and a tag is made for it."""
    if kind == "registry" and ":" not in place.rpartition("/")[2]:
        return f"{place}:{slug}"
    return f"{place.rstrip('/')}-{slug}"


def _checked(kind: str, place: str) -> str:
    if kind != "registry":
        return place.rstrip("/") or place
    name, colon, tag = place.rpartition(":")
    if not colon or "/" in tag:
        name, colon, tag = place, "", ""
    # A repository has no capital letters, and a target may have some.
    registry, slash, path = name.partition("/")
    reference = f"{registry}{slash}{path.lower()}{colon}{tag[:_MAX_TAG]}"
    if _REFERENCE.fullmatch(reference) is None:
        raise _invalid(f'"{place}" is not a reference of a registry', f"write --cache {_EXAMPLES['registry']}")
    return reference


def _read(kind: str, place: str) -> dict[str, str]:
    match kind:
        case "gha":
            return {"type": "gha", "scope": place}
        case "local":
            return {"type": "local", "src": place}
        case _:
            return {"type": "registry", "ref": place}


def _written(kind: str, place: str) -> dict[str, str]:
    always = {"mode": "max", "ignore-error": "true"}
    match kind:
        case "gha":
            return {"type": "gha", "scope": place, **always}
        case "local":
            # Written beside the one that is read, because what is no longer used would stay in it for ever.
            return {"type": "local", "dest": place + NEW, **always}
        case _:
            # Registries that know nothing of BuildKit's own types take it as an image.
            form = {"image-manifest": "true", "oci-mediatypes": "true"}
            return {"type": "registry", "ref": place, **form, **always}
