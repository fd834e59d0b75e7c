"""What a build has made, for the person who waited for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bakectl.cli.table import table_text
from bakectl.report import run_facts
from bakectl.report.cells import visible

if TYPE_CHECKING:
    from typing import TextIO

    from bakectl.runs.records import Run


def summary(run: Run, stream: TextIO | None = None) -> str:
    """A table of targets and platforms; where each is and what it is called; what was slow; and the whole time."""
    rows = run_facts.rows(run)
    table = table_text(run_facts.header(run), rows, stream or sys.stderr) if rows else ""
    lines = [*run_facts.places(run), *run_facts.slow(run), run_facts.ending(run)]
    return table + "\n".join(map(visible, lines))
