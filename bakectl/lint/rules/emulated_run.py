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

from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find needed stages with a RUN that are not pinned to a platform, in targets of two architectures and more."""
    seen: set[tuple[str, int]] = set()
    for name, target in context.targets.items():
        setting = target.settings.get("platforms")
        architectures = {
            normalised(platform).split("/")[1:2][0]
            for platform in target.get("platforms", ())
            if "/" in normalised(platform)
        }
        file = context.dockerfile(name) if setting and len(architectures) > 1 else None
        if file is None or setting is None:
            continue
        slow = [
            stage
            for stage in file.needed(target.get("target", ""))
            if stage.runs and not stage.platform and file.stage(stage.base) is None
        ]
        span = setting.origin.span
        key = (file.path, span.start if span else -1)
        if slow and key not in seen:
            seen.add(key)
            stage = slow[0].name or slow[0].base
            message = (
                f'target "{name}" has several architectures, and stage "{stage}" runs steps on each of them: emulated'
            )
            help = "pin it with FROM --platform=$BUILDPLATFORM and cross compile, or use native builders"
            yield finding(Severity.INFO, "emulated-run", message, span, help=help)
