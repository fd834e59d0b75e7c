"""Running other programs, and saying what happens while they run."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """What a finished program left behind."""

    code: int
    stdout: str
    stderr: str

    @property
    def is_success(self) -> bool:
        return self.code == 0

    @property
    def complaint(self) -> str:
        """The last lines of what it said, for a message."""
        lines = [line for line in (self.stderr + self.stdout).splitlines() if line.strip()]
        return "\n".join(lines[-12:])


def capture(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout: float | None = None,
) -> Outcome:
    """Run a program to its end; a missing program and a timeout are outcomes as well."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            timeout=timeout,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except FileNotFoundError as error:
        return Outcome(127, "", str(error))
    except subprocess.TimeoutExpired:
        return Outcome(124, "", f"{command[0]} did not answer within {timeout:g} s")
    return Outcome(done.returncode, done.stdout, done.stderr)


def say(line: str) -> None:
    """Tell the person; stdout stays free for facts."""
    print(line, file=sys.stderr, flush=True)
