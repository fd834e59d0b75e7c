"""A step that runs on the platform that is built for, of several: all but one are emulated, which is slow.

Wrong:

    target "app" {
      platforms = ["linux/amd64", "linux/arm64"]
    }

Right:

    target "app" {
      platforms = ["linux/amd64"]
    }

Files:

    Dockerfile: FROM alpine
    Dockerfile: RUN true
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.platforms import PlatformError, parse_platform
from bakectl.diagnostics import Note, Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find needed stages with a RUN that are not pinned to a platform, in targets of two architectures and more."""
    from bakectl.dockerfile.needs import TARGET, runs_where

    seen: set[tuple[str, int, int]] = set()
    for name, target in context.built.items():
        setting = target.settings.get("platforms")
        file = context.dockerfile(name) if setting and len(_architectures(setting.value)) > 1 else None
        needed = context.needs(name) if file else None
        if file is None or needed is None or setting is None:
            continue
        slow = next((stage for stage in needed.stages if stage.runs and runs_where(file, stage) == TARGET), None)
        span = setting.origin.span
        if slow is None or (key := (file.source.path, slow.place, span.start if span else -1)) in seen:
            continue
        seen.add(key)
        stage = slow.name or slow.base.name
        message = f'target "{name}" has several architectures, and stage "{stage}" runs steps on each of them: emulated'
        help = "pin it with FROM --platform=$BUILDPLATFORM and cross compile, or use native builders"
        notes = (Note(slow.runs[0], "this runs on each platform"),) if file.source.path else ()
        yield finding(Severity.INFO, "emulated-run", message, span, notes=notes, help=help)


def _architectures(platforms: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for text in platforms:
        try:
            found.add(parse_platform(text).architecture)
        except PlatformError:
            continue
    return found
