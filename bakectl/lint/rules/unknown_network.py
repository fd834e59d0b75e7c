"""A network that BuildKit does not have for `RUN`.

Wrong:

    target "app" {
      network = "bridge"
    }

Right:

    target "app" {
      network = "host"
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_NETWORKS = ("default", "host", "none")


def check(context: Context) -> Iterator[Diagnostic]:
    """Find literal networks of another name; the driver of some builders knows more, so it is a warning."""
    for at in context.blocks.all("target"):
        network = at.attribute("network")
        value = network.value if network else None
        if isinstance(value, nodes.String) and value.value not in ("", *_NETWORKS):
            message = f'BuildKit has no network "{value.value}"'
            help = did_you_mean(value.value, _NETWORKS) or f"there are {', '.join(_NETWORKS)}"
            yield finding(Severity.WARNING, "unknown-network", message, at.span(value), help=help)
