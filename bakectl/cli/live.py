"""What a build shows on a terminal: a region at its end that is painted anew, and above it what stays."""

from __future__ import annotations

import os
import re
import sys
import time
from typing import TYPE_CHECKING, Final

from bakectl.cli import screen
from bakectl.cli.views import failure_lines, title, warning_line
from bakectl.report.cells import width
from bakectl.runs import records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.text import Text

    from bakectl.engine.progress import Model, Row, Step
    from bakectl.runs.records import Warned

_FRAME: Final = 0.15
"""Seconds between two paintings."""
_LOG_LINES: Final = 3
_STYLES: Final = {
    records.WAITING: "dim",
    records.RUNNING: "cyan",
    records.DONE: "green",
    records.CACHED: "green",
    records.FAILED: "bold red",
    records.CANCELLED: "yellow",
}
_MARKS: Final = {
    records.WAITING: "·",
    records.DONE: "✓",
    records.CACHED: "✓",
    records.FAILED: "✗",
    records.CANCELLED: "-",
}
_PLAIN_MARKS: Final = {
    records.WAITING: ".",
    records.DONE: "+",
    records.CACHED: "+",
    records.FAILED: "x",
    records.CANCELLED: "-",
}
_LAYER: Final = re.compile(r"(?:[a-z]+ layer )?sha256:")
_DIGEST: Final = re.compile(r"[ @]sha256:\w*")
_SPINNER: Final = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_PLAIN_SPINNER: Final = "|/-\\"


class Live:
    """Watches a build on a terminal; `targets` are those to be shown from the beginning, with their platforms."""

    def __init__(self, model: Model, targets: Mapping[str, tuple[str, ...]]) -> None:
        from rich.console import Console

        self.model = model
        self.targets = targets
        self.begun = time.monotonic()
        self.painted = 0.0
        self.height = 0
        """Lines of the region."""
        self.is_held = False
        """Whether somebody is asked something there."""
        self.is_elsewhere = False
        """Whether the cursor is no longer below the region."""
        encoding = (getattr(sys.stderr, "encoding", None) or "ascii").lower()
        self.is_plain = not encoding.startswith("utf")
        self.console = Console(
            file=sys.stderr,
            force_terminal=True,
            no_color=not screen.wants_colour(sys.stderr),
            highlight=False,
            width=80,
        )

    # What happens.

    def began(self, step: Step) -> None:
        self.is_held = False

    def logged(self, step: Step, line: str) -> None:
        self.is_held = False

    def ended(self, step: Step) -> None:
        self.is_held = False
        if step.state == records.FAILED:
            self._above("\n".join((*failure_lines(step), f"  {step.error}")) + "\n")

    def warned(self, warning: Warned) -> None:
        self._above(f"{warning.target}  {warning_line(warning)}".lstrip() + "\n")

    def said(self, text: str, *, whole: bool) -> None:
        self.is_held = not whole
        self._above(text + "\n" if whole else text)

    # What is painted.

    def tick(self) -> None:
        """Paint, if it is time to."""
        now = time.monotonic()
        if not self.is_held and now - self.painted >= _FRAME:
            self.painted = now
            self._paint(now)

    def resume(self) -> None:
        """Paint below what a shell has written meanwhile; this comes in the middle of anything."""
        self.is_elsewhere = True

    def close(self) -> None:
        """Take the region away."""
        self._above("")

    def _above(self, text: str) -> None:
        """Write what stays, in the place of the region, which will be painted below."""
        up = self._up()
        screen.tell((f"{up}\x1b[J" if up else "") + text)
        self.height = 0
        self.painted = 0.0

    def _up(self) -> str:
        """What brings the cursor to the beginning of the region."""
        height = 0 if self.is_elsewhere else self.height
        self.is_elsewhere = False
        return f"\x1b[{height}A\r" if height else ""

    def _paint(self, now: float) -> None:
        columns, rows = _size()
        lines = self._lines(now, columns, rows)
        # A line that fills the last column may wrap.
        self.console.width = columns - 1
        with self.console.capture() as capture:
            for line in lines:
                self.console.print(line, no_wrap=True, overflow="ellipsis", crop=True)
        # A terminal that knows this shows the new region at once.
        region = capture.get().replace("\n", "\x1b[K\n")
        screen.tell(f"\x1b[?2026h{self._up()}{region}\x1b[J\x1b[?2026l")
        self.height = len(lines)

    def _lines(self, now: float, columns: int, rows: int) -> list[Text]:
        room = max(1, rows - 1)
        blocks = [_Block(self, name, now) for name in self._names()]
        over = sum(block.is_over for block in blocks)
        head = [self._head(now, len(blocks), over)]
        for logs, hides in (
            (_LOG_LINES, ()),
            (1, ()),
            (0, ()),
            (0, (records.DONE,)),
            (0, (records.DONE, records.WAITING)),
        ):
            kept = [block for block in blocks if block.state not in hides]
            if sum(block.height(logs) for block in kept) + len(head) + bool(hides) <= room:
                break
        lines = head + [line for block in kept for line in block.lines(columns, logs)]
        hidden = len(blocks) - len(kept)
        if hidden or len(lines) > room:
            from rich.text import Text

            lines = lines[: room - 1]
            lines.append(
                Text(
                    f"  and {len(blocks)} targets in all"
                    if not hidden
                    else f"  and {hidden} more that are done or wait",
                    "dim",
                )
            )
        return lines

    def _names(self) -> list[str]:
        seen = dict.fromkeys(self.targets)
        seen.update(dict.fromkeys(target for target, _ in self.model.rows if target))
        return list(seen)

    def _head(self, now: float, count: int, over: int) -> Text:
        from rich.text import Text

        return Text.assemble(("bake", "bold"), f"  {now - self.begun:.1f} s  {over} of {count} targets done")

    def mark(self, state: str, now: float) -> str:
        """The sign of a state, which turns while something runs."""
        if state == records.RUNNING:
            signs = _PLAIN_SPINNER if self.is_plain else _SPINNER
            return signs[int(now * 8) % len(signs)]
        return (_PLAIN_MARKS if self.is_plain else _MARKS)[state]

    def row_line(self, mark_state: str, name: str, text: str, clock: str, columns: int, now: float) -> Text:
        """One line: mark, name, what is done there, and the time at the right."""
        from rich.text import Text

        style = _STYLES[mark_state]
        room = columns - 1 - 2 - len(clock) - 1
        name_room = min(max(width(name), 12), max(8, room // 2))
        body = Text(f"{name:{name_room}} ")
        body.truncate(name_room + 1, overflow="ellipsis")
        body.append(text)
        body.truncate(room, overflow="ellipsis", pad=True)
        return Text.assemble((f"{self.mark(mark_state, now)} ", style), body, (f" {clock}", "dim"))

    def log_line(self, text: str, columns: int) -> Text:
        """One line of a log, below its row."""
        from rich.text import Text

        line = Text(f"    {'|' if self.is_plain else '│'} {text}", "dim")
        line.truncate(columns - 1, overflow="ellipsis")
        return line


class _Block:
    """The lines of one target: one for what its platforms share, and one for each platform."""

    def __init__(self, live: Live, name: str, now: float) -> None:
        self.live = live
        self.name = name
        self.now = now
        rows = live.model.rows
        platforms = live.targets.get(name, ())
        known = [platform for target, platform in rows if target == name and platform]
        several = (
            [platform for platform in dict.fromkeys((*platforms, *known)) if platform] if len(platforms) != 1 else []
        )
        self.rows: list[tuple[str, Row | None]] = [(name, rows.get((name, "")))]
        self.rows += [(f"  {platform}", rows.get((name, platform))) for platform in several]
        self.state = _state_of([row for _, row in self.rows if row is not None])

    @property
    def is_over(self) -> bool:
        return self.state not in (records.WAITING, records.RUNNING)

    def height(self, logs: int) -> int:
        return len(self._shown()) + sum(min(logs, len(_current(row).vertex.log)) for _, row in self._busy())

    def _busy(self) -> list[tuple[str, Row]]:
        return [(name, row) for name, row in self.rows if row is not None and row.running]

    def _shown(self) -> list[tuple[str, Row | None]]:
        """All rows of a target at work; of another only the first, which tells for all."""
        return self.rows if self.state == records.RUNNING else self.rows[:1]

    def lines(self, columns: int, logs: int) -> list[Text]:
        found = []
        for place, (name, row) in enumerate(self._shown()):
            state = self.state if place == 0 else _state_of([row] if row is not None else [])
            text, clock = self._facts(row, place == 0)
            found.append(self.live.row_line(state, name, text, clock, columns, self.now))
            if row is not None and row.running and logs:
                log = list(_current(row).vertex.log)[-logs:]
                found += [self.live.log_line(line, columns) for line in log]
        return found

    def _facts(self, row: Row | None, is_first: bool) -> tuple[str, str]:
        if row is not None and row.running:
            step = _current(row)
            cached = f", {row.cached} cached" if row.cached else ""
            count = f"{row.done}/{row.total}{cached} " if row.total else ""
            return f"{count}{title(step)}{_transfer(step)}", f"{self.now - step.since:.1f} s"
        rows = [one for _, one in self.rows if one is not None] if is_first else [row] if row is not None else []
        done, total, cached = (sum(getattr(one, name) for one in rows) for name in ("done", "total", "cached"))
        seconds = sum(step.seconds for one in rows for step in one.steps)
        text = f"{done}/{total} steps" + (f", {cached} cached" if cached else "") if total else ""
        return text, f"{seconds:.1f} s" if seconds else ""


def _current(row: Row) -> Step:
    """The step that is shown of those that run: the last that began."""
    return next(reversed(row.running.values()))


def _state_of(rows: Sequence[Row]) -> str:
    """The state of a target or a platform, from those of its steps."""
    if any(row.running for row in rows):
        return records.RUNNING
    states = {step.state for row in rows for step in row.steps}
    for state in (records.FAILED, records.CANCELLED):
        if state in states:
            return state
    if not states:
        return records.WAITING
    done = any(row.total for row in rows) and all(row.done == row.total for row in rows)
    exported = any(step.place.name.startswith("exporting ") for row in rows for step in row.steps)
    return records.DONE if done or exported else records.WAITING


def _transfer(step: Step) -> str:
    """How far a push, a pull or a copy is."""
    transfers = step.vertex.transfers
    if not transfers:
        return ""
    latest, (current, _, _) = next(reversed(transfers.items()))
    layers = [done for name, (_, _, done) in transfers.items() if _LAYER.match(name)]
    sizes = [(done, total) for done, total, _ in transfers.values() if total]
    parts = [] if _LAYER.match(latest) else [_DIGEST.sub("", latest).rstrip(": ")]
    if len(layers) > 1:
        parts.append(f"{sum(layers)}/{len(layers)} layers")
    if sizes:
        done, total = (sum(column) for column in zip(*sizes, strict=True))
        parts.append(f"{done / 1e6:.1f}/{total / 1e6:.1f} MB")
    elif current:
        parts.append(f"{current / 1e6:.1f} MB")
    return f": {', '.join(parts)}"


def _size() -> tuple[int, int]:
    try:
        size = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):
        return 80, 24
    return max(20, size.columns or 80), max(2, size.lines or 24)
