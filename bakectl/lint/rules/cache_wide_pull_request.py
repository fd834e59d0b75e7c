"""A cache in a registry or a bucket that every build writes, those of pull requests too: they replace what main wrote.

Wrong:

    target "app" {
      cache-from = ["type=registry,ref=acme/cache:app"]
      cache-to   = ["type=registry,ref=acme/cache:app,mode=max"]
    }

Right:

    variable "WRITES_CACHE" {
      default = false
    }

    target "app" {
      cache-from = ["type=registry,ref=acme/cache:app"]
      cache-to   = WRITES_CACHE ? ["type=registry,ref=acme/cache:app,mode=max"] : []
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.entries import known_options
from bakectl.bake.fields import FIELDS
from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_SHARED: Final = ("registry", "s3", "azblob")
"""Back ends with one place for all; those of gha are kept apart by branch."""


def check(context: Context) -> Iterator[Diagnostic]:
    """Find entries of one fixed place that are written whatever is built; a variable in them may tell builds apart."""
    for item in context.items("cache-to"):
        if not isinstance(item.node, nodes.String | nodes.Object):
            continue
        options = known_options(item.at.file, FIELDS["cache-to"], item.node)
        is_fixed = isinstance(item.node, nodes.String) or not any("$" in text for text in options.values())
        if options.get("type", "registry") in _SHARED and is_fixed and item.attribute.value is item.collection:
            message = "every build writes this cache, those of pull requests too"
            help = "write it on pushes only, or put the branch into its place"
            yield finding(Severity.INFO, "cache-wide-pull-request", message, item.span, help=help)
