"""`bakectl cache`: the caches of targets, in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.cli import definition, editing, options, screen
from bakectl.cli.options import MANY, SWITCH, Option, WrongCommandLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bakectl.bake.model import Target
    from bakectl.cache_presence import Presence

OFFLINE: Final = Option(("--offline",), SWITCH, "", "Ask no registry what is there.")
_FIELDS: Final = ("cache-from", "cache-to")
OPTION: Final = Option(
    ("--option",), MANY, "KEY=VALUE", "An option of the entry that writes; KEY= removes one; repeatable."
)


def run_set(*, words: tuple[str, ...], option: tuple[str, ...], **shared: Any) -> int:
    """Give targets a cache."""
    if len(words) < 2:
        raise WrongCommandLine("write KIND[=PLACE] and targets, such as gha backend frontend")
    cache, *targets = words
    return editing.change(lambda editor: editor.set_cache(targets, cache, *option), **shared)


def run_unset(*, words: tuple[str, ...], **shared: Any) -> int:
    """Take caches from targets."""
    from bakectl.bake.cache_backends import KINDS

    kind = words[0] if words and words[0] in KINDS else None
    targets = words[1:] if kind else words
    if not targets:
        raise WrongCommandLine("no target is named: write [KIND] TARGET...")
    return editing.change(lambda editor: editor.unset_cache(targets, kind), **shared)


def show(
    *, words: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], json: bool | None, offline: bool | None
) -> int:
    """List what targets read and write, which places are written twice, and what is really in registries."""
    from bakectl import api
    from bakectl.bake.cache_places import collisions, shown_place
    from bakectl.bake.secrets import mask_text

    project = definition.load(file, var)
    plan = api.plan(project, *(words or tuple(project.targets)))
    screen.show(plan.problems)
    targets = [plan[name] for name in plan.requested]
    twice = {mask_text(shown_place(place)): names for place, names in collisions(plan).items()}
    places = _registry_places(targets)
    found = _look(places) if places and not offline else {}
    if json:
        from json import dumps

        facts: dict[str, object] = {
            "targets": [
                {"target": target.name, "reads": _texts(target, "cache-from"), "writes": _texts(target, "cache-to")}
                for target in targets
            ],
            "written_twice": [{"place": place, "targets": list(names)} for place, names in twice.items()],
        }
        if not offline:
            facts["registry"] = [_facts(one) for one in found.values()]
        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
        return 0
    for target in targets:
        screen.write(f"{target.name}\n")
        for verb, field in (("reads", "cache-from"), ("writes", "cache-to")):
            for text in _texts(target, field) or ["nothing"]:
                screen.write(f"  {verb:<7} {text}\n")
    if found:
        screen.write("\n")
        for line in _lines(found.values()):
            screen.write(f"{line}\n")
    for place, names in twice.items():
        screen.say(f"warning: {', '.join(names)} write one cache: {place} [cache-collision]")
    return 0


def _texts(target: Target, field: str) -> list[str]:
    from bakectl.bake.cache_places import entry_text
    from bakectl.bake.secrets import mask_text

    return [mask_text(entry_text(entry)) for entry in target.get(field, ())]


def _registry_places(targets: Iterable[Target]) -> dict[str, tuple[str, ...]]:
    entries = (entry for target in targets for field in _FIELDS for entry in target.get(field, ()))
    if not any(entry["type"] == "registry" for entry in entries):
        return {}
    from bakectl.cache_presence import merged, references

    return merged(map(references, targets))


def _look(places: Mapping[str, tuple[str, ...]]) -> dict[str, Presence]:
    from bakectl.cache_presence import MISSING, look

    # That a place for some platforms is not there says nothing: only runs of these platforms write it.
    return {one.reference: one for one in look(places) if one.state != MISSING or not places[one.reference]}


def _facts(one: Presence) -> dict[str, object]:
    return {
        "ref": one.reference,
        "state": one.state,
        "reason": one.reason or None,
        "bytes": one.bytes,
        "layers": one.layers,
        "created": one.created or None,
        "platforms": list(one.platforms),
    }


def _lines(found: Iterable[Presence]) -> Iterator[str]:
    """What is there, each in a line."""
    from bakectl.report.run_facts import size_text

    for one in found:
        facts = [one.state]
        if one.reason:
            facts.append(one.reason)
        if one.state == "present":
            facts = [size_text(one.bytes), f"{one.layers} layers", *_age(one.created), *one.platforms]
        yield f"{one.reference}: {', '.join(facts)}"


def _age(created: str) -> list[str]:
    """How old a time is, for people; nothing for what is no time."""
    from datetime import UTC, datetime

    try:
        seconds = (datetime.now(UTC) - datetime.fromisoformat(created)).total_seconds()
    except (ValueError, TypeError):
        return []
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        count = int(seconds // length)
        if count > 0:
            return [f"{count} {unit}{'s' if count > 1 else ''} old"]
    return ["new"]


COMMANDS: Final = {
    "cache set": options.Command(
        "cache set",
        "Give targets and groups a cache that they write and read: KIND is gha, registry, local, inline, s3 or azblob. "
        "In places and options {project}, {target}, {platform} and {branch} are filled in. "
        "Options that an entry of this kind has already stay as they are.",
        run_set,
        options.Argument("words", "KIND[=PLACE] TARGET..."),
        (OPTION, *editing.SHARED),
        (
            "bakectl cache set gha backend frontend",
            "bakectl cache set registry=acme/cache:{target} default --option mode=min",
        ),
    ),
    "cache unset": options.Command(
        "cache unset",
        "Take the caches of a kind, or all, from targets and groups.",
        run_unset,
        options.Argument("words", "[KIND] TARGET..."),
        editing.SHARED,
        ("bakectl cache unset gha backend",),
    ),
    "cache show": options.Command(
        "cache show",
        "Show what targets read and write, which places are written twice, and what is really there of caches in "
        "registries: size, age and platforms.",
        show,
        options.Argument("words", "[TARGET]..."),
        (options.FILE, options.VAR, OFFLINE, options.JSON),
        ("bakectl cache show", "bakectl cache show backend --offline"),
    ),
}
