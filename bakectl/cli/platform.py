"""`bakectl platform`: the platforms of targets, in the file."""

from __future__ import annotations

from typing import Any, Final

from bakectl.cli import definition, editing, options, screen
from bakectl.cli.options import SWITCH, Option, WrongCommandLine

HERE: Final = Option(("--here",), SWITCH, "", "Change only these targets: copy a list that they inherit.")


def _split(words: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Platforms, which have a slash, and names of targets and groups."""
    platforms = [word for word in words if "/" in word]
    if not platforms:
        raise WrongCommandLine("no platform is named: write OS/ARCHITECTURE, such as linux/arm64")
    return platforms, [word for word in words if "/" not in word]


def add(*, words: tuple[str, ...], here: bool | None, **shared: Any) -> int:
    """Add platforms."""
    platforms, targets = _split(words)

    def action(editor: Any) -> None:
        for platform in platforms:
            editor.add_platform(platform, *targets, here=bool(here))

    return editing.change(action, **shared)


def remove(*, words: tuple[str, ...], here: bool | None, **shared: Any) -> int:
    """Remove platforms."""
    platforms, targets = _split(words)

    def action(editor: Any) -> None:
        for platform in platforms:
            editor.remove_platform(platform, *targets, here=bool(here))

    return editing.change(action, **shared)


def show(*, words: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], json: bool | None) -> int:
    """List platforms, and where they are written."""
    from bakectl import api

    project = definition.load(file, var)
    plan = api.plan(project, *(words or tuple(project.targets)))
    screen.show(plan.problems)
    rows = []
    for name in plan.requested:
        setting = plan.targets[name].settings.get("platforms")
        span = setting.origin.span if setting else None
        source = setting.origin.target if setting and setting.origin.target != name else ""
        rows.append((name, setting.value if setting else (), source, str(span) if span else ""))
    if json:
        from json import dumps

        facts = [
            {"target": name, "platforms": list(platforms), "inherited_from": source or None, "place": place or None}
            for name, platforms, source, place in rows
        ]
        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
        return 0
    from bakectl.cli.table import write_table

    write_table(
        ("TARGET", "PLATFORMS", "INHERITED FROM", "PLACE"),
        [[name, ", ".join(platforms), source, place] for name, platforms, source, place in rows],
    )
    return 0


_FORM: Final = "PLATFORM... [TARGET]..."
COMMANDS: Final = {
    "platform add": options.Command(
        "platform add",
        "Build targets and groups for more platforms; without targets, all that have a list. "
        "A list that is inherited is changed where it is written.",
        add,
        options.Argument("words", _FORM),
        (HERE, *editing.SHARED),
        ("bakectl platform add linux/arm/v7", "bakectl platform add linux/riscv64 backend --here"),
    ),
    "platform remove": options.Command(
        "platform remove",
        "Build targets and groups for fewer platforms; without targets, all that have a list.",
        remove,
        options.Argument("words", _FORM),
        (HERE, *editing.SHARED),
        ("bakectl platform remove linux/arm/v7 frontend",),
    ),
    "platform list": options.Command(
        "platform list",
        "List the platforms of targets, and where they are written.",
        show,
        options.Argument("words", "[TARGET]..."),
        (options.FILE, options.VAR, options.JSON),
        ("bakectl platform list",),
    ),
}
