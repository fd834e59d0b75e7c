"""`--cache`: which cache each target reads and writes, as overrides of exactly that target.

No place is written twice in one build. A linked target has a place of its own, and reads those of its users as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.cache_backends import BACKENDS, KINDS
from bakectl.bake.cache_places import entry_text
from bakectl.bake.cache_policy import NONE, CacheChoice, caches_of, invalid, is_full_hub, parse_choice
from bakectl.bake.links import linked_by
from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.checkout import Checkout
    from bakectl.bake.model import Plan

NEW: Final = ".new"
"""What a local cache is called until the build is done and it takes the place of the one that was read."""

_A_CACHE: Final = tuple(f"write {kind}" for kind in (*KINDS, NONE))


class _Entries(Record):
    """What one target reads and writes, as text."""

    reads: tuple[str, ...]
    write: str
    place: str = ""
    """Where it writes, for people."""


def parse_cache(text: str) -> CacheChoice:
    """Read the value of `--cache`; raises InvalidBakeFile."""
    try:
        return parse_choice(text, kinds=(*KINDS, NONE))
    except InvalidBakeFile as error:
        raise _of_option(error) from None


def _of_option(error: InvalidBakeFile) -> InvalidBakeFile:
    """Say of mistakes that they are those of `--cache`."""
    problems = Problems()
    for one in error.diagnostics:
        help = one.help
        if help and help.startswith(_A_CACHE):
            help = help.replace("write ", "write --cache ", 1)
        problems.add(replace(one, message=f"--cache: {one.message}", help=help))
    return InvalidBakeFile(problems)


def cache_overrides(
    choice: CacheChoice, plan: Plan, declared: Mapping[str, tuple[str, ...]], checkout: Checkout, *, writes: bool = True
) -> tuple[str, ...]:
    """The overrides that give every target its cache; raises InvalidBakeFile.

    `declared` has the platforms of each target as its file has them, without the narrowing of this run. Without
    `writes`, caches are only read.
    """
    if choice.kind == NONE:
        return tuple(f"{name}.{field}=" for name in plan.targets for field in ("cache-from", "cache-to"))
    try:
        entries = _entries(choice, plan, declared, checkout)
    except InvalidBakeFile as error:
        raise _of_option(error) from None
    found: list[str] = []
    for name in plan.targets:
        found += [f"{name}.cache-from+={entry}" for entry in entries[name].reads]
        if entries[name].write:
            found.append(f"{name}.cache-to={entries[name].write if writes else ''}")
    return tuple(found)


def _entries(
    choice: CacheChoice, plan: Plan, declared: Mapping[str, tuple[str, ...]], checkout: Checkout
) -> dict[str, _Entries]:
    built = {name: _platforms(plan, name) for name in plan.requested}
    entries: dict[str, _Entries] = {}
    for name in plan.requested:
        if choice.kind == "inline":
            entries[name] = _inline(plan, name)
        else:
            entries[name] = _placed(choice, name, _slug(built[name], declared.get(name, ())), checkout)
    for name in plan.linked:
        users = linked_by(plan, name)
        of_users = dict.fromkeys(read for user in users for read in entries[user].reads)
        if choice.kind == "inline" or "{target}" not in choice.template:
            # There is no place that only this target would have, and a cache of mode max holds its layers as well.
            entries[name] = _Entries(tuple(of_users), "")
            continue
        # Of a linked target those platforms are built that its users are built for.
        wanted = dict.fromkeys(platform for user in users for platform in built[user])
        whole = dict.fromkeys(platform for user in users for platform in declared.get(user, ()))
        own = _placed(choice, name, _slug(tuple(wanted), tuple(whole)), checkout)
        entries[name] = replace(own, reads=tuple(dict.fromkeys((*own.reads, *of_users))))
    _check_collisions(choice, entries)
    _check_images(plan, entries)
    return entries


def _platforms(plan: Plan, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalised(platform) for platform in plan[name].get("platforms", ())))


def _slug(built: Iterable[str], declared: Iterable[str]) -> str:
    """The platforms as a part of names, if these are not all that the target is for."""
    names = tuple(built)
    if not names or {*names} == {*map(normalised, declared)}:
        return ""
    return "-".join(platform.replace("/", "-") for platform in names)


def _inline(plan: Plan, name: str) -> _Entries:
    tags = plan[name].get("tags", ())
    if not tags:
        raise invalid(f'target "{name}" has no tags, and an inline cache is in the image', "choose another cache")
    return _Entries(tuple(entry_text({"type": "registry", "ref": tag}) for tag in tags), "type=inline")


def _placed(choice: CacheChoice, name: str, slug: str, checkout: Checkout) -> _Entries:
    caches = caches_of(choice, name, slug, checkout)
    write = dict(caches.write)
    place = write[BACKENDS[choice.kind].named_by]
    if choice.kind == "local":
        # Written beside the one that is read, because what is no longer used would stay in it for ever.
        write["dest"] += NEW
    return _Entries(tuple(map(entry_text, caches.reads)), entry_text(write), place)


def _check_collisions(choice: CacheChoice, entries: Mapping[str, _Entries]) -> None:
    """Refuse that two targets write one place."""
    writers: dict[str, str] = {}
    for name, entry in entries.items():
        other = writers.setdefault(entry.write, name) if entry.place else name
        if other != name:
            message = f'targets "{other}" and "{name}" would write one cache: {entry.place}'
            raise invalid(message, f"add {{target}}: --cache {_with_target(choice)}")


def _with_target(choice: CacheChoice) -> str:
    if choice.kind in ("registry", "local"):
        sign = ":" if choice.kind == "registry" and is_full_hub(choice.place) else "/"
        return f"{choice.kind}={choice.place.rstrip('/')}{sign}{{target}}"
    return f"{choice.kind},{BACKENDS[choice.kind].named_by}={choice.template}-{{target}}"


def _check_images(plan: Plan, entries: Mapping[str, _Entries]) -> None:
    """Refuse that a cache takes the tag of an image."""
    tags = {_with_tag(tag): name for name in plan.targets for tag in plan[name].get("tags", ())}
    for name, entry in entries.items():
        owner = tags.get(_with_tag(entry.place)) if entry.write.startswith("type=registry") else None
        if owner is not None:
            message = f'the cache of target "{name}" would replace the image of "{owner}": {entry.place}'
            raise invalid(message, "give it a place of its own, such as registry=ghcr.io/acme/cache/{target}")


def _with_tag(reference: str) -> str:
    return reference if ":" in reference.rpartition("/")[2] else f"{reference}:latest"
