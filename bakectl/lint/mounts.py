"""Secrets and ssh agents that a Dockerfile mounts and a target does not give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Note, Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def missing(context: Context, kind: str, rule: str) -> Iterator[Diagnostic]:
    """Find mounts of stages that the build of a target needs, and that nothing is given for."""
    for name, target in context.built.items():
        needed = context.needs(name)
        if needed is None or not needed.is_sure:
            continue
        given = {entry.get("id") or "default" for entry in target.get(kind, ())}
        seen: set[str] = set()
        for mount in (mount for stage in needed.stages for mount in stage.mounts):
            if mount.kind != kind or mount.id in given or mount.id in seen or "$" in mount.id:
                continue
            seen.add(mount.id)
            what = "secret" if kind == "secret" else "ssh agent or key"
            message = f'the Dockerfile of target "{name}" mounts the {what} "{mount.id}", which is not given'
            severity = Severity.WARNING if mount.is_required else Severity.INFO
            help = f'add {kind} = ["id={mount.id},env=…"]' if kind == "secret" else f'add ssh = ["{mount.id}"]'
            notes = (Note(mount.span, "it is mounted here"),) if mount.span.source.path else ()
            yield finding(severity, rule, message, context.label_span(name), notes=notes, help=help)
