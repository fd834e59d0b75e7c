"""Timing of whole processes in turns, so that ratios hold on a busy machine, and a table of the results."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]


def bakectl() -> list[str]:
    """The command as it is installed beside this Python, else the module."""
    installed = Path(sys.executable).parent / "bakectl"
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "bakectl"]


def best(*commands: Sequence[str], runs: int = 11, folder: Path = ROOT) -> list[float]:
    """The shortest run of each command, in milliseconds; raises CalledProcessError when one fails.

    Python's bytecode is written before the first run that counts, as an installer does it.
    """
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = [float("inf")] * len(commands)
    with tempfile.TemporaryDirectory() as bytecode:
        env |= {"PYTHONPYCACHEPREFIX": bytecode, "PYTHONPATH": str(ROOT)}
        for run in range(runs + 1):
            for place, command in enumerate(commands):
                begun = time.perf_counter()
                subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True)
                times[place] = min(times[place], time.perf_counter() - begun) if run else float("inf")
    return [seconds * 1000 for seconds in times]


def table(header: Sequence[str], rows: Sequence[tuple[str, float, float, str]]) -> None:
    """Print results: what, milliseconds, ratio, and what the ratio is to."""
    print(f"{header[0]:<34}{header[1]:>10}{header[2]:>8}  {header[3]}")
    for what, milliseconds, ratio, to in rows:
        print(f"{what:<34}{milliseconds:>10.1f}{ratio:>8.2f}  {to}")
