"""A build argument that the Dockerfile does not declare: it has no effect.

Wrong:

    target "app" {
      args = {
        VERSOIN = "1"
      }
    }

Right:

    target "app" {
      args = {
        VERSION = "1"
      }
    }

Files:

    Dockerfile: FROM scratch
    Dockerfile: ARG VERSION
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.suggest import did_you_mean
from bakectl.syntax.written import key_of, written_maps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.dockerfile.stages import Dockerfile
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find arguments that no Dockerfile declares of all the built targets that get them, by inheritance too."""
    from bakectl.dockerfile.variables import PREDEFINED

    users = _users(context)
    for at in context.blocks.all("target"):
        args, names = at.attribute("args"), users.get(at.name, ())
        files = [file for name in names if (file := context.dockerfile(name))]
        if args is None or not files or len(files) < len(names):
            continue
        known = frozenset[str]().union(*(file.declared for file in files))
        for held in written_maps(args.value):
            for item in held.items:
                key = key_of(item)
                if key is not None and key not in known and not PREDEFINED.fullmatch(key):
                    message = f'no Dockerfile that gets the argument "{key}" declares it{_shown(files)}'
                    help = did_you_mean(key, sorted(known)) or f"add ARG {key}, or remove it"
                    yield finding(Severity.WARNING, "undeclared-argument", message, at.span(item.key), help=help)


def _users(context: Context) -> dict[str, list[str]]:
    """By label, the built targets that get the arguments of its blocks: itself and all that inherit."""
    found: dict[str, list[str]] = {}
    labels = context.blocks.label
    for name, target in context.built.items():
        setting = target.settings.get("args")
        givers = {origin.target for _, origin in setting.given} if setting else ()
        for label in {labels(giver) if giver in context.project.targets else giver for giver in givers}:
            found.setdefault(label, []).append(name)
    return found


def _shown(files: list[Dockerfile]) -> str:
    paths = list(dict.fromkeys(file.source.path for file in files if file.source.path))
    return f": {paths[0]}" if len(paths) == 1 else ""
