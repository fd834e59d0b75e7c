"""Reads and runs transcripts: what was typed, and what came of it.

A transcript may begin with files, each after a line `=== name`; a line `===` ends the last. Then follow commands:
a line `$ command`, what it wrote to stdout, each line of stderr after `! `, and `exit N` if that is not 0.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A command, and the lines that it wrote."""

    command: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Transcript:
    """The files that are there, and the commands one after the other."""

    files: dict[str, str]
    steps: tuple[Step, ...]
    head: str


def read_transcript(text: str) -> Transcript:
    """Read a transcript file."""
    files: dict[str, str] = {}
    head, rest = "", text
    if text.startswith("=== "):
        head, _, rest = text.partition("\n===\n")
        head += "\n===\n"
        for part in ("\n" + head.removesuffix("===\n")).split("\n=== ")[1:]:
            name, _, content = part.partition("\n")
            files[name] = content if content.endswith("\n") else f"{content}\n"
    assert rest.startswith("$ "), "a transcript has files after === name, then ===, then commands after $"
    return Transcript(files, _steps(rest), head)


def read_page(text: str) -> tuple[Step, ...]:
    """The commands in the console blocks of a Markdown page."""
    return tuple(step for block in _BLOCK.findall(text) for step in _steps(block))


def _steps(text: str) -> tuple[Step, ...]:
    steps: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            steps.append((line.removeprefix("$ "), []))
        elif steps:
            steps[-1][1].append(line)
    for _, lines in steps:
        while lines and not lines[-1]:
            lines.pop()
    return tuple(Step(command, tuple(lines)) for command, lines in steps)


def play(command: str, folder: Path, programs: Path) -> tuple[str, ...]:
    """Run a command in a folder and write down what came of it."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env={
            "PATH": f"{shim(programs)}:/usr/bin:/bin",
            "HOME": "/nonexistent",
            "COLUMNS": "80",
            "PYTHONPATH": str(ROOT),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    lines = [*done.stdout.splitlines(), *(f"! {line}".rstrip() for line in done.stderr.splitlines())]
    return (*lines, *([f"exit {done.returncode}"] if done.returncode else []))


def shim(folder: Path) -> Path:
    """Put a program `bakectl` into the folder, which runs the one under test."""
    program = folder / "bakectl"
    if not program.exists():
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bakectl "$@"\n', "utf-8")
        program.chmod(0o755)
    return folder


def write_transcript(transcript: Transcript, played: tuple[Step, ...]) -> str:
    """The text of a transcript with what its commands do now."""
    blocks = ["\n".join((f"$ {step.command}", *step.lines)) for step in played]
    return transcript.head + "\n\n".join(blocks) + "\n"


def agrees(shown: tuple[str, ...], real: tuple[str, ...]) -> bool:
    """Whether the shown lines are the real ones; a line with only an ellipsis stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in real)) is not None
