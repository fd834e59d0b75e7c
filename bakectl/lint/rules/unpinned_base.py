"""A base image without a tag or with `latest`: the next build may be of something else.

Wrong:

    target "app" {
      contexts = {
        base = "docker-image://alpine"
      }
    }

Right:

    target "app" {
      contexts = {
        base = "docker-image://alpine:3.22"
      }
    }

Files:

    Dockerfile: FROM base
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_IMAGE = "docker-image://"


def check(context: Context) -> Iterator[Diagnostic]:
    """Find images that named contexts stand for; those of Dockerfiles are for the tools that check Dockerfiles."""
    seen: set[tuple[str, int]] = set()
    for target in context.targets.values():
        setting = target.settings.get("contexts")
        for key, value in (setting.value if setting else {}).items():
            image = value.removeprefix(_IMAGE)
            tail = image.rpartition("/")[2]
            if not value.startswith(_IMAGE) or "@" in image or (":" in tail and not tail.endswith(":latest")):
                continue
            span = setting.origin.span if setting else None
            place = (key, span.start if span else -1)
            if place not in seen:
                seen.add(place)
                message = f'the context "{key}" is the image "{image}", whose content changes'
                yield finding(Severity.INFO, "unpinned-base", message, span, help="name a version or a digest")
