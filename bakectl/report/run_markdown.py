"""A run as Markdown, for a job's summary and for comments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.report import run_facts
from bakectl.runs import records
from bakectl.runs.timeline import critical_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bakectl.runs.records import Run

MAX_BYTES: Final = 900_000
"""GitHub refuses a summary of more than a mebibyte."""
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]()#+!|~-])")
_LOG_LINES: Final = 30


def render(run: Run) -> str:
    """The table of targets, what failed, what was slow, and the steps that the run waited for."""
    text = "\n".join(_lines(run)) + "\n"
    data = text.encode()
    return text if len(data) <= MAX_BYTES else data[:MAX_BYTES].decode("utf-8", "ignore") + "\n"


def _lines(run: Run) -> Iterator[str]:
    yield f"### bake: {run_facts.ending(run)}"
    yield ""
    rows = run_facts.rows(run)
    if rows:
        yield from _table([name.capitalize() for name in run_facts.header(run)], rows)
        yield ""
    for target in run.targets:
        names = ", ".join(map(_code, (*target.tags, *((target.digest,) if target.digest else ()))))
        if names:
            yield f"- {escape(target.name)}: {names}"
    yield from _failures(run)
    if run.warnings:
        yield from ("", "#### Warnings", "")
        yield from (f"- {escape(run_facts.warning_text(warning))}" for warning in run.warnings)
    path = [run.steps[place] for place in critical_path(run)]
    if path:
        yield from ("", "<details><summary>What the run waited for</summary>", "")
        rows = [(run_facts.where(step), step.title, run_facts.seconds_text(step.seconds)) for step in path]
        yield from _table(("Target", "Step", "Time"), rows)
        yield from ("", "</details>")


def _failures(run: Run) -> Iterator[str]:
    failed = run_facts.failed(run)
    if failed or run.state == records.FAILED:
        yield from ("", "#### Failed", "")
    for step in failed:
        yield f"{escape(run_facts.where(step))}: {_code(step.title)}"
        yield from ("", *_fenced((*step.log[-_LOG_LINES:], step.error)), "")
    if run.state == records.FAILED and run.texts:
        yield from _fenced(run.texts[-_LOG_LINES:])


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(map(escape, row))} |"


def escape(text: str) -> str:
    """Text that is nothing but text to Markdown and to HTML."""
    text = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A mention would call somebody.
    return text.replace("@", "@<!-- -->")


def _code(text: str) -> str:
    """Text as code, in as many backticks as it needs."""
    ticks = "`" * (1 + max((len(found) for found in re.findall(r"`+", text)), default=0))
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{space}{' '.join(text.split())}{space}{ticks}"


def _fenced(lines: Sequence[str]) -> Iterator[str]:
    longest = max((len(found) for line in lines for found in re.findall(r"`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"{fence}text"
    yield from lines
    yield fence
