"""A platform that nobody builds for: the build fails, or makes an image that runs nowhere.

Wrong:

    target "app" {
      platforms = ["linux/amd64", "linux/armv7"]
    }

Right:

    target "app" {
      platforms = ["linux/amd64", "linux/arm/v7"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.platforms import PlatformError, is_known, parse_platform
from bakectl.diagnostics import Fix, Severity
from bakectl.lint.context import finding
from bakectl.source import TextEdit
from bakectl.suggest import closest_name
from bakectl.syntax import nodes
from bakectl.syntax.quote import quote_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_USUAL = (
    "linux/386",
    "linux/amd64",
    "linux/amd64/v2",
    "linux/amd64/v3",
    "linux/arm/v5",
    "linux/arm/v6",
    "linux/arm/v7",
    "linux/arm64",
    "linux/loong64",
    "linux/mips64",
    "linux/mips64le",
    "linux/ppc64le",
    "linux/riscv64",
    "linux/s390x",
    "windows/amd64",
    "darwin/amd64",
    "darwin/arm64",
)
_MEANT = {
    "linux/armv5": "linux/arm/v5",
    "linux/armv6": "linux/arm/v6",
    "linux/armv7": "linux/arm/v7",
    "linux/armv7l": "linux/arm/v7",
    "linux/armv8": "linux/arm64",
    "linux/arm32v6": "linux/arm/v6",
    "linux/arm32v7": "linux/arm/v7",
    "linux/arm64v8": "linux/arm64",
    "linux/x64": "linux/amd64",
    "linux/x86": "linux/386",
}


def check(context: Context) -> Iterator[Diagnostic]:
    """Find platforms of no known system or architecture, and those that leave out the system."""
    for item in context.items("platforms"):
        node = item.node
        if not isinstance(node, nodes.String) or node.value in ("", "local"):
            continue
        text = node.value
        try:
            platform = parse_platform(text)
        except PlatformError:
            continue  # buildx refuses it, and so does reading the file
        if "/" not in text:
            edits = (TextEdit(item.span, quote_text(str(platform))),)
            message = f'"{text}" is short for "{platform}"'
            help = f'write "{platform}"'
            yield finding(Severity.INFO, "platform-typo", message, item.span, help=help, fix=Fix(help, edits))
        elif not is_known(platform):
            meant = _MEANT.get(text.lower()) or closest_name(text, _USUAL)
            message = f'"{text}" is no platform that anything is built for'
            help = f'did you mean "{meant}"?' if meant else 'write OS/ARCHITECTURE, such as "linux/arm64"'
            fix = Fix(f'write "{meant}"', (TextEdit(item.span, quote_text(meant)),), safe=False) if meant else None
            yield finding(Severity.ERROR, "platform-typo", message, item.span, help=help, fix=fix)
