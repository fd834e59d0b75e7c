"""One tag for two targets that are built together: the image that is done last has it.

Wrong:

    group "default" {
      targets = ["api", "web"]
    }

    target "api" {
      tags = ["acme/app"]
    }

    target "web" {
      tags = ["acme/app"]
    }

Right:

    group "default" {
      targets = ["api", "web"]
    }

    target "api" {
      tags = ["acme/app:api"]
    }

    target "web" {
      tags = ["acme/app:web"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.together import built_together
from bakectl.diagnostics import Note, Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find tags that two targets of one group have."""
    owners: dict[str, list[str]] = {}
    for name, target in context.targets.items():
        for tag in target.get("tags", ()):
            owners.setdefault(tag if ":" in tag.rpartition("/")[2] else f"{tag}:latest", []).append(name)
    seen: set[tuple[str, str]] = set()
    for tag, names in owners.items():
        pair = built_together(context.project, names) if len(names) > 1 else None
        if pair is None or pair in seen:
            continue
        seen.add(pair)
        first, second = (context.targets[name].settings["tags"].origin.span for name in pair)
        message = f'targets "{pair[0]}" and "{pair[1]}" have the tag "{tag}", and the later build wins'
        notes = (Note(first, f'"{pair[0]}" has it from here'),) if first and first != second else ()
        yield finding(Severity.WARNING, "tag-collision", message, second, notes=notes)
