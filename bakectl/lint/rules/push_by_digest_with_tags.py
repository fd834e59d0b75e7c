"""An image that is pushed by its digest and has tags: BuildKit refuses it.

Wrong:

    target "app" {
      tags   = ["acme/app:1"]
      output = ["type=image,push-by-digest=true,push=true"]
    }

Right:

    target "app" {
      output = ["type=image,name=acme/app,push-by-digest=true,push=true"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find outputs by digest of targets whose tags name more than a repository."""
    for name, target in context.targets.items():
        setting = target.settings.get("output")
        tags = [tag for tag in target.get("tags", ()) if ":" in tag.rpartition("/")[2]]
        if setting is None or not tags:
            continue
        if any(entry.get("push-by-digest") == "true" and not entry.get("name") for entry in setting.value):
            message = f'target "{name}" is pushed by its digest, and has the tag "{tags[0]}"'
            help = "name the repository without a tag, and give tags when the digests are merged"
            yield finding(Severity.WARNING, "push-by-digest-with-tags", message, setting.origin.span, help=help)
