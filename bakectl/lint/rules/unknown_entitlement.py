"""A privilege that BuildKit does not know.

Wrong:

    target "app" {
      entitlements = ["network.hosts"]
    }

Right:

    target "app" {
      entitlements = ["network.host"]
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

_KNOWN = ("device", "network.host", "security.insecure")


def check(context: Context) -> Iterator[Diagnostic]:
    """Find literal entitlements of another name."""
    for item in context.items("entitlements"):
        node = item.node
        if isinstance(node, nodes.String) and node.value and node.value.partition("=")[0] not in _KNOWN:
            message = f'there is no entitlement "{node.value}"'
            help = did_you_mean(node.value, _KNOWN) or f"there are {', '.join(_KNOWN)}"
            yield finding(Severity.WARNING, "unknown-entitlement", message, item.span, help=help)
