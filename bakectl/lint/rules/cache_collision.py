"""Two targets that write one cache: what the first one wrote is lost.

Wrong:

    group "default" {
      targets = ["api", "web"]
    }

    target "api" {
      cache-to = ["type=registry,ref=acme/cache"]
    }

    target "web" {
      cache-to = ["type=registry,ref=acme/cache"]
    }

Right:

    group "default" {
      targets = ["api", "web"]
    }

    target "api" {
      cache-to = ["type=registry,ref=acme/cache:api"]
    }

    target "web" {
      cache-to = ["type=registry,ref=acme/cache:web"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.cache_places import places, shown_place
from bakectl.bake.secrets import mask_text
from bakectl.bake.together import built_together
from bakectl.diagnostics import Note, Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.cache_places import Place
    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find places that two targets of one group write."""
    writers: dict[Place, list[str]] = {}
    for name, target in context.targets.items():
        for entry in target.get("cache-to", ()):
            for place in places(entry):
                writers.setdefault(place, []).append(name)
    for place, names in writers.items():
        pair = built_together(context.project, names) if len(names) > 1 else None
        if pair is None:
            continue
        first, second = (context.targets[name].settings["cache-to"].origin.span for name in pair)
        shown = mask_text(shown_place(place))
        message = f'targets "{pair[0]}" and "{pair[1]}" write one cache, and the later one wins: {shown}'
        notes = (Note(first, f'"{pair[0]}" writes it here'),) if first and first != second else ()
        help = f"bakectl cache set {place[0]} {' '.join(pair)}"
        yield finding(Severity.WARNING, "cache-collision", message, second, notes=notes, help=help)
