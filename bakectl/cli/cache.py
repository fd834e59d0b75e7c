"""`bakectl cache`: the caches of targets, in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.cli import definition, editing, options, screen
from bakectl.cli.options import MANY, Option, WrongCommandLine

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def show(*, words: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], json: bool | None) -> int:
    """List what targets read and write, and which places are written twice."""
    from bakectl import api
    from bakectl.bake.cache_places import collisions, entry_text, shown_place
    from bakectl.bake.secrets import mask_text

    project = definition.load(file, var)
    plan = api.plan(project, *(words or tuple(project.targets)))
    screen.show(plan.problems)

    def texts(entries: tuple[Mapping[str, str], ...]) -> list[str]:
        return [mask_text(entry_text(entry)) for entry in entries]

    rows = [
        (name, texts(plan[name].get("cache-from", ())), texts(plan[name].get("cache-to", ())))
        for name in plan.requested
    ]
    twice = {mask_text(shown_place(place)): names for place, names in collisions(plan).items()}
    if json:
        from json import dumps

        facts = {
            "targets": [{"target": name, "reads": reads, "writes": writes} for name, reads, writes in rows],
            "written_twice": [{"place": place, "targets": list(names)} for place, names in twice.items()],
        }
        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
        return 0
    for name, reads, writes in rows:
        screen.write(f"{name}\n")
        for verb, found in (("reads", reads), ("writes", writes)):
            for text in found or ["nothing"]:
                screen.write(f"  {verb:<7} {text}\n")
    for place, names in twice.items():
        screen.say(f"warning: {', '.join(names)} write one cache: {place} [cache-collision]")
    return 0


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
        "Show what targets read and write, and which places are written twice.",
        show,
        options.Argument("words", "[TARGET]..."),
        (options.FILE, options.VAR, options.JSON),
        ("bakectl cache show",),
    ),
}
