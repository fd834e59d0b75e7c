"""An attribute that buildx does not know: it drops it without a word.

Wrong:

    target "app" {
      tagz = ["acme/app"]
      platform = ["linux/amd64"]
    }

Right:

    target "app" {
      tags      = ["acme/app"]
      platforms = ["linux/amd64"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.fields import BY_SET_KEY, FIELDS
from bakectl.diagnostics import Fix, Severity
from bakectl.lint.context import finding
from bakectl.lint.known import ATTRIBUTES
from bakectl.source import Span, TextEdit
from bakectl.suggest import closest_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_MEANT = {
    "build_args": "args",
    "buildargs": "args",
    "cache": "cache-from",
    "environment": "args",
    "file": "dockerfile",
    "image": "tags",
    "inherit": "inherits",
    "outputs": "output",
    "path": "context",
    "stage": "target",
}


def check(context: Context) -> Iterator[Diagnostic]:
    """Find attributes of no known name, with the name that was meant."""
    for kind, known in ATTRIBUTES.items():
        if kind == "function":
            continue
        for at in context.blocks.all(kind):
            for name, attribute in at.block.body.attributes.items():
                if name in known or any(name in others for others in ATTRIBUTES.values()) or name == "//":
                    continue
                meant = _meant(name, known) if kind == "target" else closest_name(name, known)
                span = Span(at.file.source, attribute.start, attribute.name_end)
                message = f'a {kind} has no "{name}", and buildx drops it without a word'
                if meant is None:
                    help = f"there are {', '.join(sorted(known))}" if kind != "target" else None
                    yield finding(Severity.WARNING, "unknown-attribute", message, span, help=help)
                    continue
                fix = None
                if meant not in at.block.body.attributes and at.file.source.text[span.start] != '"':
                    fix = Fix(f'rename it to "{meant}"', (TextEdit(span, meant),), safe=False)
                yield finding(
                    Severity.ERROR, "unknown-attribute", message, span, help=f'did you mean "{meant}"?', fix=fix
                )


def _meant(name: str, known: frozenset[str]) -> str | None:
    field = BY_SET_KEY.get(name)
    folded = name.lower().replace("_", "-")
    if field is not None:
        return field.name
    return _MEANT.get(name) or (folded if folded in FIELDS else closest_name(name, known))
