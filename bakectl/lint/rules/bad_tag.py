"""A tag that is no reference: the build fails at its end.

Wrong:

    target "app" {
      tags = ["Acme/App:1.0", "acme/app:"]
    }

Right:

    target "app" {
      tags = ["acme/app:1.0", "acme/app"]
    }
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_HOST = r"(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?\.)*[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?|\[[a-fA-F0-9:]+\])"
_REFERENCE = re.compile(
    rf"(?:{_HOST}(?::[0-9]+)?/)?{_PART}(?:/{_PART})*(?::[\w][\w.-]{{0,127}})?(?:@sha256:[a-f0-9]{{64}})?", re.ASCII
)


def check(context: Context) -> Iterator[Diagnostic]:
    """Find tags that are written out and are wrong; those that hold variables are only warned of."""
    reported: set[str] = set()
    for item in context.items("tags"):
        node = item.node
        if isinstance(node, nodes.String) and node.value and _REFERENCE.fullmatch(node.value) is None:
            reported.add(node.value)
            message, help = f'"{node.value}" is not a reference of an image', _help(node.value)
            yield finding(Severity.ERROR, "bad-tag", message, item.span, help=help)
    for name, target in context.targets.items():
        setting = target.settings.get("tags")
        for tag in setting.value if setting else ():
            if tag and tag not in reported and _REFERENCE.fullmatch(tag) is None:
                reported.add(tag)
                message = f'target "{name}" gets the tag "{tag}", which is not a reference of an image'
                help = "with other values of its variables it may be one"
                yield finding(Severity.WARNING, "bad-tag", message, setting.origin.span if setting else None, help=help)


def _help(tag: str) -> str:
    if tag != tag.lower() and _REFERENCE.fullmatch(tag.lower()):
        return f'names have no capital letters: write "{tag.lower()}"'
    if tag.endswith(":"):
        return "a tag must follow the colon"
    return "write NAME or NAME:TAG, such as ghcr.io/acme/app:1.0"
