"""Timing of whole processes, and a table of the results."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]


def best(command: Sequence[str], *, runs: int = 7, folder: Path = ROOT) -> float:
    """The shortest of several runs, in milliseconds; raises CalledProcessError when the command fails."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, cwd=folder, capture_output=True, check=True)
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def table(header: Sequence[str], rows: Sequence[tuple[str, float, float, str]]) -> None:
    print(f"{header[0]:<34}{header[1]:>10}{header[2]:>8}  {header[3]}")
    for what, milliseconds, ratio, to in rows:
        print(f"{what:<34}{milliseconds:>10.1f}{ratio:>8.2f}  {to}")
