"""Rows of facts as a table: columns of plain text, or rich's on a terminal, where long cells must fold."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TextIO

from bakectl.cli import screen
from bakectl.report.cells import visible, width

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = "  "


def write_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a table to stdout."""
    screen.write(table_text(header, rows, sys.stdout))


def table_text(header: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO | None) -> str:
    """A table in the form that suits the stream it is for."""
    cells = [[visible(cell) for cell in row] for row in rows]
    return _rich(header, cells, stream) if screen.is_terminal(stream) else _plain([header, *cells])


def _plain(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = (
        _GAP.join(cell + " " * (room - width(cell)) for cell, room in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return "".join(f"{line}\n" for line in lines)


def _rich(header: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO | None) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, len(_GAP), 0, 0), header_style="bold")
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(file=stream, no_color=not screen.wants_colour(stream), highlight=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get()
