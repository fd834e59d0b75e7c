"""A named context that the Dockerfile does not use.

Wrong:

    target "app" {
      contexts = {
        bas = "docker-image://alpine"
      }
    }

Right:

    target "app" {
      contexts = {
        base = "docker-image://alpine"
      }
    }

Files:

    Dockerfile: FROM base
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.lint.dockerfile import has_variable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find names that neither a FROM nor a --from nor a mount says; with variables in these nothing is known."""
    for name, target in context.targets.items():
        setting = target.settings.get("contexts")
        file = context.dockerfile(name) if setting and setting.value else None
        if setting is None or file is None or not file.stages:
            continue
        mentions = [mention.lower() for mention in file.mentions()]
        if any(has_variable(mention) for mention in mentions):
            continue
        used = {_short(mention) for mention in mentions} | set(file.names)
        for key in setting.value:
            if _short(key.lower()) not in used:
                message = f'the Dockerfile of target "{name}" does not use the context "{key}"'
                yield finding(Severity.INFO, "unused-context", message, setting.origin.span)


def _short(name: str) -> str:
    """An image as it is named in short."""
    name = name.removeprefix("docker.io/").removeprefix("library/")
    return name.removesuffix(":latest")
