"""A block that buildx does not know: it drops it with all that is in it, without a word.

Wrong:

    target "app" {
      args {
        VERSION = "1"
      }
    }

Right:

    target "app" {
      args = {
        VERSION = "1"
      }
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.fields import FIELDS
from bakectl.diagnostics import Fix, Severity
from bakectl.lint.context import finding
from bakectl.lint.known import BLOCKS
from bakectl.source import Span, TextEdit
from bakectl.suggest import closest_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context
    from bakectl.syntax.nodes import Block, File


def check(context: Context) -> Iterator[Diagnostic]:
    """Find blocks at the top of no known type, and blocks within targets and groups."""
    for file in context.project.files:
        for block in file.body.blocks:
            if block.type not in BLOCKS:
                yield _at_top(file, block)
            elif block.type in ("target", "group"):
                for inner in block.body.blocks:
                    yield _within(file, block, inner)


def _at_top(file: File, block: Block) -> Diagnostic:
    span = Span(file.source, block.start, block.type_end)
    meant = closest_name(block.type, BLOCKS)
    message = f'there are no blocks "{block.type}", and buildx drops this one without a word'
    help = f'did you mean "{meant}"?' if meant else f"there are {', '.join(BLOCKS)}"
    severity = Severity.ERROR if meant else Severity.WARNING
    fix = Fix(f'make it a "{meant}"', (TextEdit(span, meant),), safe=False) if meant else None
    return finding(severity, "unknown-block", message, span, help=help, fix=fix)


def _within(file: File, outer: Block, block: Block) -> Diagnostic:
    span = Span(file.source, block.start, block.type_end)
    message = f'a {outer.type} holds no blocks, and buildx drops "{block.type}" without a word'
    if block.type not in FIELDS or block.labels:
        return finding(Severity.ERROR, "unknown-block", message, span, help=f"a {outer.type} has attributes only")
    is_text = not file.source.path.endswith(".json")
    edit = TextEdit(Span(file.source, block.type_end, block.type_end), " =")
    fix = Fix('write "="', (edit,), safe=False) if is_text else None
    return finding(Severity.ERROR, "unknown-block", message, span, help=f"write {block.type} = {{", fix=fix)
