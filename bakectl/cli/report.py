"""`bakectl report`: a finished run as text, Markdown, JSON, or a page."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from bakectl.cli import options, screen
from bakectl.cli.options import ONE, SWITCH, Argument, Option, WrongCommandLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.runs.records import Run

_FORMATS = ("text", "markdown", "json", "html")


def run(file: tuple[str, ...], format: str | None, output: str | None, list: bool | None) -> int:
    """Show a run: the last one, or that of a file."""
    from bakectl.runs.records import NotARun

    if len(file) > 1:
        raise WrongCommandLine("one run at a time", "bakectl report")
    if list and (file or format or output):
        raise WrongCommandLine("--list takes nothing else", "bakectl report")
    if list:
        return _list()
    path = file[0] if file else _last()
    try:
        found = _read(path)
    except OSError as error:
        raise WrongCommandLine(f"{path} cannot be read: {error.strerror}", "bakectl report") from None
    except NotARun as error:
        raise WrongCommandLine(f"{path} holds no run: {error}", "bakectl report") from None
    text = _RENDER[format or "text"](found)
    if output is None:
        screen.write(text)
    else:
        _save(output, text)
    return 0


def _last() -> str:
    from bakectl.runs import store

    kept = store.paths(os.environ)
    if not kept:
        raise WrongCommandLine(
            f"there is no run in {store.folder(os.environ)}: bakectl bake keeps each there", "bakectl report"
        )
    return kept[-1]


def _read(path: str) -> Run:
    """Read a run that was kept, or what buildx itself wrote with --progress=rawjson."""
    from bakectl.engine.streams import read_stream
    from bakectl.runs.records import NotARun
    from bakectl.runs.store import MAX_FILE, read_run

    if path == "-":
        data = sys.stdin.buffer.read(MAX_FILE + 1) if sys.stdin is not None else b""
    else:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise NotARun(f"it is larger than {MAX_FILE // 1_000_000} MB")
    if b'"format":' in data[:40]:
        return read_run(data.decode("utf-8", "replace"))
    found = read_stream(data)
    if not found.steps:
        raise NotARun("it has neither a run that bakectl kept nor progress of buildx in JSON")
    return found


def _save(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(text)
    except OSError as error:
        raise WrongCommandLine(f"{path} cannot be written: {error.strerror}", "bakectl report") from None


def _list() -> int:
    """List the runs that are kept, the last one first."""
    import time

    from bakectl.cli.table import write_table
    from bakectl.report.run_facts import seconds_text
    from bakectl.runs import store
    from bakectl.runs.records import NotARun

    rows = []
    for path in reversed(store.paths(os.environ)):
        try:
            found = _read(path)
        except (OSError, NotARun) as error:
            rows.append(("", "", "", str(error), path))
            continue
        begun = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(found.begun))
        names = ", ".join(target.name for target in found.targets if target.requested)
        rows.append((begun, found.state, seconds_text(found.seconds), names, path))
    write_table(("BEGUN", "RESULT", "TIME", "TARGETS", "FILE"), rows)
    return 0


def _text(found: Run) -> str:
    from bakectl.cli.summary import summary
    from bakectl.report import run_facts
    from bakectl.report.cells import visible
    from bakectl.runs.timeline import critical_path

    lines: list[str] = []
    for step in run_facts.failed(found):
        lines += ["", f"failed: {run_facts.where(step)}  {step.title}", *(f"  | {line}" for line in step.log[-20:])]
        lines.append(f"  {step.error}")
    if found.state == "failed":
        lines += found.texts
    lines += [f"warning: {run_facts.warning_text(warning)}" for warning in found.warnings]
    path = [found.steps[place] for place in critical_path(found)]
    if path:
        times = [run_facts.seconds_text(step.seconds) for step in path]
        steps = [f"{run_facts.where(step)}  {step.title}" for step in path]
        lines += ["", "the run waited for:"]
        lines += [f"  {time:>10}  {text}" for time, text in zip(times, steps, strict=True)]
    return summary(found, sys.stdout) + "\n" + "".join(f"{visible(line)}\n" for line in lines)


def _json(found: Run) -> str:
    import json

    from bakectl.runs.records import to_data
    from bakectl.runs.timeline import critical_path

    data = {**to_data(found), "critical_path": critical_path(found)}
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _markdown(found: Run) -> str:
    from bakectl.report.run_markdown import render

    return render(found)


def _html(found: Run) -> str:
    from bakectl.report.run_html import render

    return render(found)


_RENDER: dict[str, Callable[[Run], str]] = {"text": _text, "markdown": _markdown, "json": _json, "html": _html}

COMMAND = options.Command(
    name="report",
    help="Show a finished run: how long each target, platform and step took, what came from the cache, and what the "
    "run waited for. Without FILE, the last one that bakectl bake made; FILE may also be what docker buildx bake wrote "
    "with --progress=rawjson.",
    run=run,
    argument=Argument("file", "[FILE]"),
    options=(
        Option(("--format",), ONE, "FORMAT", "text, markdown, json or html.", _FORMATS),
        Option(("--output",), ONE, "FILE", "Write it there instead of to stdout."),
        Option(("--list",), SWITCH, "", "List the runs that are kept."),
    ),
    examples=(
        "bakectl report",
        "bakectl report --format html --output run.html",
        "bakectl report build.jsonl --format markdown",
    ),
)
