"""Two targets that write one file or folder: what is done last is there.

Wrong:

    group "default" {
      targets = ["api", "web"]
    }

    target "api" {
      output = ["type=tar,dest=out.tar"]
    }

    target "web" {
      output = ["type=tar,dest=out.tar"]
    }

Right:

    group "default" {
      targets = ["api", "web"]
    }

    target "api" {
      output = ["type=tar,dest=api.tar"]
    }

    target "web" {
      output = ["type=tar,dest=web.tar"]
    }
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bakectl.bake.together import built_together
from bakectl.diagnostics import Note, Severity
from bakectl.lint.context import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_FILES = ("docker", "oci", "tar")


def check(context: Context) -> Iterator[Diagnostic]:
    """Find files that two targets of one group write; folders of type local may be shared on purpose."""
    owners: dict[str, list[str]] = {}
    for name, target in context.targets.items():
        for entry in target.get("output", ()):
            dest = entry.get("dest")
            if dest and dest != "-" and entry.get("type") in _FILES and entry.get("tar") != "false":
                owners.setdefault(os.path.normpath(dest), []).append(name)
    for dest, names in owners.items():
        pair = built_together(context.project, names) if len(names) > 1 else None
        if pair is None:
            continue
        first, second = (context.targets[name].settings["output"].origin.span for name in pair)
        message = f'targets "{pair[0]}" and "{pair[1]}" write the file "{dest}"'
        notes = (Note(first, f'"{pair[0]}" writes it here'),) if first and first != second else ()
        yield finding(Severity.WARNING, "output-collision", message, second, notes=notes)
