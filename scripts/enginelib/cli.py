"""The command line of `scripts/engine`."""

import argparse
from pathlib import Path

from enginelib.client import ensure_client, find_client
from enginelib.command import say
from enginelib.facts import export_lines, read_facts, write_facts
from enginelib.layout import Layout
from enginelib.lifecycle import down, exclusive, status, up
from enginelib.problem import Exit, Problem
from enginelib.stand_ins import is_hub_reachable, make_stand_ins

_REPOSITORY = Path(__file__).resolve().parents[2]
_EPILOG = """\
exit codes: 0 done, 1 status found no engine, 2 wrong command line, 4 something is missing and nothing was changed,
75 the network failed (call it again later), 130 interrupted
"""


def main() -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args()
    layout = Layout(_REPOSITORY / ".engine")
    try:
        return _COMMANDS[arguments.command](layout, arguments)
    except Problem as problem:
        say(f"error: {problem}")
        if problem.help:
            say(f"help: {problem.help}")
        return problem.code
    except OSError as error:
        say(f"error: {error}")
        return Exit.MISSING
    except KeyboardInterrupt:
        say('interrupted; "scripts/engine down" clears what was begun')
        return Exit.INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scripts/engine",
        description="A real Docker Engine with buildx, registry and emulators for the tests, unpacked under .engine/.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("up", help="bring the engine up (or use the one that answers) and do as env")
    commands.add_parser("env", help='print what a shell needs to use the engine: eval "$(scripts/engine env)"')
    commands.add_parser("status", help="print a line for each part")
    commands.add_parser("bases", help="where Docker Hub is out of reach, make stand-ins for the base images")
    commands.add_parser("buildx", help="fetch only docker and buildx, without root, and print the plugin's path")
    commands.add_parser("down", help="stop the engine and undo what it changed").add_argument(
        "--purge", action="store_true", help="remove .engine/ as well"
    )
    return parser


def _up(layout: Layout, _: argparse.Namespace) -> int:
    with exclusive(layout):
        up(layout)
        print(export_lines(read_facts(layout)), end="")
    return Exit.DONE


def _env(layout: Layout, _: argparse.Namespace) -> int:
    facts = read_facts(layout)
    if not facts:
        raise Problem("no engine was brought up", help="scripts/engine up")
    print(export_lines(facts), end="")
    return Exit.DONE


def _status(layout: Layout, _: argparse.Namespace) -> int:
    return Exit.DONE if status(layout) else Exit.NOT_UP


def _bases(layout: Layout, _: argparse.Namespace) -> int:
    with exclusive(layout):
        facts = read_facts(layout)
        address = facts.get("BAKECTL_ENGINE_REGISTRY", "")
        if not address:
            raise Problem("the stand-ins need an engine and its registry", help="scripts/engine up")
        client = ensure_client(layout)
        if is_hub_reachable(client, host=facts.get("DOCKER_HOST", "")):
            say("Docker Hub answers: the real base images are used, no stand-ins are made")
            return Exit.DONE
        host = facts.get("DOCKER_HOST", "")
        stand_ins = make_stand_ins(layout, client, host=host, address=address)
        write_facts(layout, client, host=host, registry=address, stand_ins=stand_ins)
        say("these overrides put the stand-ins in the place of the real base images:")
        for line in overrides(stand_ins):
            print(line)
    return Exit.DONE


def overrides(stand_ins: dict[str, str]) -> tuple[str, ...]:
    """Write the bake overrides that use the stand-ins: both Dockerfiles name their base images in these arguments."""
    arguments = {"BAKECTL_ENGINE_RUST_BASE": "RUST_IMAGE", "BAKECTL_ENGINE_DEBIAN_BASE": "RUNTIME_IMAGE"}
    return tuple(f"--set=*.args.{arguments[name]}={image}" for name, image in stand_ins.items())


def _buildx(layout: Layout, _: argparse.Namespace) -> int:
    client = find_client(layout)
    if client is None:
        with exclusive(layout):
            client = ensure_client(layout)
    print(client.buildx)
    return Exit.DONE


def _down(layout: Layout, arguments: argparse.Namespace) -> int:
    with exclusive(layout):
        down(layout, purge=arguments.purge)
    return Exit.DONE


_COMMANDS = {"up": _up, "env": _env, "status": _status, "bases": _bases, "buildx": _buildx, "down": _down}
