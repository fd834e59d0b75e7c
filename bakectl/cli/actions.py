"""A run in GitHub Actions: annotations at the places in Dockerfiles, and the summary of the job."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bakectl.cli import screen
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.runs import records
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bakectl.bake.model import Plan
    from bakectl.runs.records import Run

_PLACE: Final = re.compile(r"(?:(?P<target>[\w.-]+)  )?(?P<file>\S+):(?P<line>\d+)")
_RULER: Final = re.compile(r"(?:[\w.-]+  )?-{20}")
_MOST: Final = 10
"""GitHub shows no more annotations of one kind of one step."""


def is_github() -> bool:
    """Whether this runs in GitHub Actions."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def annotate(run: Run, plan: Plan) -> None:
    """Write annotations for what failed and for the warnings of BuildKit's checks."""
    from bakectl.report.github import render

    failures, warnings = [*_failures(run, plan)][:_MOST], [*_warnings(run, plan)][:_MOST]
    screen.tell(render((*failures, *warnings)))


def write_summary(run: Run) -> None:
    """Add the run to the summary of the job, where there is one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from bakectl.report.run_markdown import render

    try:
        with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123
            file.write(render(run) + "\n")
    except OSError as error:
        screen.say(f"the summary of the job cannot be written: {error.strerror}: {path}")


def _failures(run: Run, plan: Plan) -> Iterator[Diagnostic]:
    places = _places(run.texts)
    for target in run.targets:
        if target.state == records.FAILED:
            # Of one process for all, buildx tells the place of the first failure only, and that target fails.
            file, line = places.get(target.name) or places.get("", ("", 0))
            message = f"target {target.name}: {target.error or 'the build failed'}"
            yield Diagnostic(Severity.ERROR, "build-failed", message, _span(plan, target.name, file, line))


def _warnings(run: Run, plan: Plan) -> Iterator[Diagnostic]:
    for warning in run.warnings:
        span = _span(plan, warning.target, warning.file, warning.line)
        yield Diagnostic(Severity.WARNING, "dockerfile", warning.text, span, help=warning.url or None)


def _places(texts: Sequence[str]) -> dict[str, tuple[str, int]]:
    """The files and lines that stand above parts of Dockerfiles, by the target that a process of its own builds."""
    found: dict[str, tuple[str, int]] = {}
    for text, ruler in pairwise(texts):
        place = _PLACE.fullmatch(text)
        if place is not None and _RULER.fullmatch(ruler):
            found.setdefault(place["target"] or "", (place["file"], int(place["line"])))
    return found


def _span(plan: Plan, name: str, file: str, line: int) -> Span | None:
    """A line of the Dockerfile of a target; None when it is not a file here, or not the one that is meant."""
    from bakectl.bake.dockerfiles import dockerfile_path, read_text

    path = dockerfile_path(plan[name]) if name in plan.targets else None
    if path is None or line < 1 or os.path.basename(path) != os.path.basename(file):  # noqa: PTH119
        return None
    source = read_text(path)
    if source is None or line > len(source.starts):
        return None
    start = source.starts[line - 1]
    return Span(source, start, start + len(source.line(line)))
