"""The fixes of findings, applied to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.files import Input
from bakectl.source import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bakectl.diagnostics import Diagnostic
    from bakectl.source import TextEdit


def apply_fixes(inputs: Sequence[Input], found: Iterable[Diagnostic], *, unsafe: bool) -> tuple[Input, ...]:
    """The files with all fixes that do not touch one another, a whole layout last; unsafe ones only if they are wanted.

    The inputs come back as they are when there is nothing to mend.
    """
    taken: dict[str, list[TextEdit]] = {}
    fixes = [one.fix for one in found if one.fix is not None and (unsafe or one.fix.safe)]
    for fix in sorted(fixes, key=lambda fix: len(fix.edits)):
        if all(_is_free(edit, taken.get(edit.span.source.path, ())) for edit in fix.edits):
            for edit in fix.edits:
                taken.setdefault(edit.span.source.path, []).append(edit)
    return tuple(
        Input(apply_edits(given.source, taken[given.source.path]), given.format)
        if given.source.path in taken
        else given
        for given in inputs
    )


def _is_free(edit: TextEdit, others: Iterable[TextEdit]) -> bool:
    start, end = edit.span.start, edit.span.end
    return all(end < other.span.start or other.span.end < start for other in others)
