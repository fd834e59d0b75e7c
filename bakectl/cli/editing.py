"""What all commands that change bake files share: their options, and how the outcome is shown and written."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from bakectl.cli import options, screen
from bakectl.cli.changes import change_lines
from bakectl.cli.options import SWITCH, Option

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.editing.editor import Editor
    from bakectl.editing.session import Written

DRY_RUN: Final = Option(("--dry-run",), SWITCH, "", "Show the change as a diff, and write nothing.")
CHECK: Final = Option(("--check",), SWITCH, "", "Write nothing; exit with 1 if there is something to change.")
EXPR: Final = Option(("--expr",), SWITCH, "", "Values are HCL expressions, not plain text.")
SHARED: Final = (options.FILE, options.VAR, DRY_RUN, CHECK, options.JSON)


def change(
    action: Callable[[Editor], None],
    *,
    file: tuple[str, ...],
    var: tuple[str, ...],
    dry_run: bool | None,
    check: bool | None,
    json: bool | None,
) -> int:
    """Open the bake files, make the changes, show what they come to, and write the files unless told not to."""
    from bakectl import api
    from bakectl.editing.session import STDIN

    stdin = sys.stdin.buffer if sys.stdin else None
    editor = api.edit(*file, variables=options.variables(var), stdin=stdin)
    action(editor)
    screen.show(editor.notes)
    written = editor.written
    if json:
        _show_json(editor)
    elif dry_run:
        screen.write("".join(diff(one) for one in written))
    if not (dry_run or check):
        editor.write()
        if STDIN in editor.paths and not json:
            screen.write(editor.text(STDIN))
            return 0
    if not (json or dry_run):
        _show(editor, written, is_written=not check)
    return 1 if check and written else 0


def diff(written: Written) -> str:
    """The change of a file as a unified diff, secrets masked; a last line without newline is marked as git does."""
    from difflib import unified_diff

    from bakectl.masking import mask_line

    changes = unified_diff(
        written.before.splitlines(keepends=True),
        written.after.splitlines(keepends=True),
        f"a/{written.path.lstrip('/')}",
        f"b/{written.path.lstrip('/')}",
    )
    lines = (change[:1] + mask_line(change[1:]) for change in changes)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _show(editor: Editor, written: tuple[Written, ...], *, is_written: bool) -> None:
    if not written:
        screen.write("nothing to change\n")
        return
    for one in written:
        verb = "changed" if is_written else "would change"
        screen.write(f"{verb} {one.path}\n")
    for line in change_lines(editor.changes):
        screen.write(f"  {line}\n")


def _show_json(editor: Editor) -> None:
    from json import dumps

    from bakectl.cli.changes import shown
    from bakectl.report.json import findings

    facts = {
        "files": [one.path for one in editor.written],
        "changes": [
            {
                "target": one.target,
                "field": one.field,
                "before": shown(one.before),
                "after": shown(one.after),
                "from": one.cause,
            }
            for one in editor.changes
        ],
        "notes": findings(editor.notes),
    }
    screen.write(dumps(facts, indent=2, ensure_ascii=False) + "\n")
