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
from bakectl.lint.dockerfile import PREDEFINED
from bakectl.suggest import did_you_mean
from bakectl.syntax.written import key_of, written_maps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.places import At
    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context
    from bakectl.lint.dockerfile import Dockerfile


def check(context: Context) -> Iterator[Diagnostic]:
    """Find arguments that no Dockerfile declares of all targets that get them, by inheritance too."""
    users = _users(context)
    for at in context.blocks.all("target"):
        args = at.attribute("args")
        files = [file for name in users.get(at.name, ()) if (file := context.dockerfile(name))]
        if args is None or not files or len(files) < len(users.get(at.name, ())):
            continue
        for held in written_maps(args.value):
            for item in held.items:
                key = key_of(item)
                if key is not None and not _is_declared(key, files):
                    yield _undeclared(at, item.key.start, item.key.end, key, files)


def _users(context: Context) -> dict[str, list[str]]:
    """By label, the targets that get the arguments of its blocks: itself and all that inherit."""
    found: dict[str, list[str]] = {}
    for name, target in context.targets.items():
        setting = target.settings.get("args")
        for label in {origin.target for _, origin in setting.given} if setting else ():
            found.setdefault(context.blocks.label(label) if label in context.project.targets else label, []).append(
                name
            )
    for label, names in found.items():
        heirs = [name for name in names if context.blocks.label(name) != label]
        if heirs and label.startswith("_"):
            found[label] = heirs
    return found


def _is_declared(key: str, files: list[Dockerfile]) -> bool:
    if PREDEFINED.fullmatch(key):
        return True
    return any(key in file.arguments or not file.stages for file in files)


def _undeclared(at: At, start: int, end: int, key: str, files: list[Dockerfile]) -> Diagnostic:
    from bakectl.source import Span

    known = sorted({name for file in files for name in file.arguments})
    message = f'no Dockerfile that gets the argument "{key}" declares it'
    help = did_you_mean(key, known) or f"add ARG {key}, or remove it"
    return finding(Severity.WARNING, "undeclared-argument", message, Span(at.file.source, start, end), help=help)
