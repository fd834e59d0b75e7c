"""`bakectl builder`: the builder of the settings, made of several nodes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bakectl.cli import definition, options, screen
from bakectl.cli.options import WrongCommandLine
from bakectl.cli.shell import pasteable_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.engine.builder_settings import WantedBuilder
    from bakectl.engine.builder_steps import Step
    from bakectl.engine.builders import Builder
    from bakectl.engine.support import Support

_EXAMPLE: Final = (
    'write in bakectl.toml:\n[[builder.nodes]]\nplatforms = ["linux/amd64"]\n\n'
    '[[builder.nodes]]\nendpoint = "ssh://build@arm.example"\nplatforms = ["linux/arm64", "linux/arm/v7"]'
)


def plan(*, targets: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], json: bool | None) -> int:
    """Show the commands that `up` would run, and where each platform of the targets would be built."""
    from bakectl.engine.builder_steps import start, steps_up

    wanted = _wanted()
    there, contexts = _there(wanted)
    steps = (*steps_up(wanted, there, contexts), *(() if _is_running(there) else (start(wanted),)))
    found = _supports(targets, file, var, _as_planned(wanted, there))
    if json:
        from json import dumps

        facts = {
            "builder": wanted.name,
            "driver": wanted.driver,
            "commands": [{"what": step.what, "arguments": list(step.arguments)} for step in steps],
            "platforms": [
                {"target": one.target, "platform": one.platform, "way": one.way, "node": one.node} for one in found
            ],
        }
        screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
        return 0
    for step in steps:
        screen.write(f"# {step.what}\n{pasteable_words(step.arguments)}\n")
    if not steps:
        screen.write(f"{wanted.name} is as it should be\n")
    if found:
        from bakectl.cli.table import write_table

        screen.write("\n")
        write_table(("TARGET", "PLATFORM", "HOW", "NODE"), [(s.target, s.platform, s.way, s.node or "") for s in found])
    return 0


def up(*, words: tuple[str, ...]) -> int:
    """Make the builder, or bring it to what the settings say, and start it."""
    from bakectl.engine.builder_steps import start, steps_up
    from bakectl.engine.preflight import check_client

    _nothing(words)
    wanted = _wanted()
    check_client(os.environ)
    there, contexts = _there(wanted)
    steps = steps_up(wanted, there, contexts)
    _run(steps)
    if steps or not _is_running(there):
        _run((start(wanted),))
    made = _there(wanted)[0]
    return _show(wanted, made)


def status(*, words: tuple[str, ...], json: bool | None) -> int:
    """Show the nodes of the builder, and whether they are as they should be."""
    from bakectl.engine.preflight import check_client

    _nothing(words)
    wanted = _wanted()
    check_client(os.environ)
    there = _there(wanted)[0]
    if not json:
        return _show(wanted, there)
    from json import dumps

    nodes = [
        {
            "name": node.name,
            "endpoint": node.endpoint,
            "status": node.status,
            "platforms": list(node.platforms),
            "buildkit": ".".join(map(str, node.buildkit)) if node.buildkit else None,
            "error": node.error,
        }
        for node in (there.nodes if there else ())
    ]
    facts = {"builder": wanted.name, "driver": wanted.driver, "exists": there is not None, "nodes": nodes}
    screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
    return 0 if _is_running(there) else 1


def down(*, words: tuple[str, ...]) -> int:
    """Remove the builder."""
    from bakectl.engine.builder_steps import steps_down
    from bakectl.engine.preflight import check_client

    _nothing(words)
    wanted = _wanted()
    check_client(os.environ)
    steps = steps_down(wanted, *_there(wanted))
    _run(steps)
    if not steps:
        screen.say(f"there is no builder {wanted.name}")
    return 0


def _nothing(words: tuple[str, ...]) -> None:
    if words:
        raise WrongCommandLine(f'"{words[0]}" is too much: the builder is that of the settings')


def _wanted() -> WantedBuilder:
    from bakectl.diagnostics import Problems
    from bakectl.engine.builder_settings import read_builder
    from bakectl.errors import InvalidBakeFile
    from bakectl.settings import find_settings

    file = find_settings(".")
    found = read_builder(file)
    if found is None:
        problems = Problems()
        where = f"{file.path} has no [builder]" if file.path else "there is no bakectl.toml with a [builder]"
        problems.error("bad-settings", where, None, help=_EXAMPLE)
        raise InvalidBakeFile(problems)
    return found


def _there(wanted: WantedBuilder) -> tuple[Builder | None, dict[str, str]]:
    from bakectl.engine.builders import find_builder, read_contexts

    there = find_builder(wanted.name, os.environ)
    if there is not None and not there.driver:
        screen.say(f"what is there cannot be told: {there.error}")
        return None, {}
    return there, read_contexts(os.environ)


def _is_running(builder: Builder | None) -> bool:
    return builder is not None and builder.error is None and builder.running


def _as_planned(wanted: WantedBuilder, there: Builder | None) -> Builder:
    """The builder as it will be: what its nodes run is known of those that are there, and promised of the others."""
    from bakectl.engine.builders import Builder, Node

    known = {} if there is None else {node.name: node.platforms for node in there.nodes}
    nodes = tuple(
        Node(node.name, node.endpoint, "", known.get(node.name) or node.platforms, promised=node.platforms)
        for node in wanted.nodes
    )
    return Builder(wanted.name, wanted.driver, nodes)


def _supports(targets: tuple[str, ...], file: tuple[str, ...], var: tuple[str, ...], builder: Builder) -> list[Support]:
    """Where each platform would be built; nothing in a folder without a bake file, unless targets are named."""
    from bakectl import api
    from bakectl.bake.files import DEFAULT_NAMES
    from bakectl.engine.support import supports

    if not (targets or file or any(map(os.path.exists, DEFAULT_NAMES))):
        return []
    project = definition.load(file, var)
    names = targets or definition.all_targets(project)
    return list(supports(api.plan(project, *names), builder))


def _run(steps: Iterable[Step]) -> None:
    """Run the commands one after the other; the first that fails is the last."""
    from bakectl.diagnostics import Problems
    from bakectl.engine.builders import last_line
    from bakectl.engine.process import capture
    from bakectl.errors import EngineUnavailable

    for step in steps:
        screen.say(step.what)
        done = capture(step.arguments, os.environ, seconds=_BOOT_SECONDS)
        if done.code:
            problems = Problems()
            message = f"could not {step.what}: {last_line(done.err or done.out)}"
            problems.error("builder", message, None, help=f"the command was: {pasteable_words(step.arguments)}")
            raise EngineUnavailable(problems)


_BOOT_SECONDS: Final = 600


def _show(wanted: WantedBuilder, there: Builder | None) -> int:
    from bakectl.cli.table import write_table

    if there is None:
        screen.say(f"there is no builder {wanted.name}: make it with bakectl builder up")
        return 1
    have = {node.name: node for node in there.nodes}
    rows = []
    for node in wanted.nodes:
        real = have.pop(node.name, None)
        if real is None:
            rows.append((node.name, node.endpoint, "missing", ", ".join(node.platforms)))
            continue
        # What a node was made for comes to it; the rest it could do as well, but buildx sends that elsewhere.
        platforms = real.promised or real.platforms
        rows.append((node.name, real.endpoint, real.error or real.status or "inactive", ", ".join(platforms)))
    rows += [(node.name, node.endpoint, "not in the settings", "") for node in have.values()]
    write_table(("NODE", "ENDPOINT", "STATUS", "PLATFORMS"), rows)
    return 0 if _is_running(there) and len(rows) == len(there.nodes) == len(wanted.nodes) else 1


_WORDS = options.Argument("words", "")

COMMANDS: Final = {
    "builder plan": options.Command(
        "builder plan",
        "Show the commands that make the builder of the settings, and on which node each platform of the targets is "
        "built: natively, by cross compilation or emulated. Without TARGET, all targets.",
        plan,
        options.TARGETS,
        (options.FILE, options.VAR, options.JSON),
        ("bakectl builder plan", "bakectl builder plan backend"),
    ),
    "builder up": options.Command(
        "builder up",
        "Make the builder of the settings, or change the one that is there to what they say, and start its nodes.",
        up,
        _WORDS,
        (),
        ("bakectl builder up",),
    ),
    "builder status": options.Command(
        "builder status",
        "Show the nodes of the builder of the settings; the exit code is 1 when one is missing or does not run.",
        status,
        _WORDS,
        (options.JSON,),
        ("bakectl builder status",),
    ),
    "builder down": options.Command(
        "builder down",
        "Remove the builder of the settings, and the contexts that were made for it.",
        down,
        _WORDS,
        (),
        ("bakectl builder down",),
    ),
}
