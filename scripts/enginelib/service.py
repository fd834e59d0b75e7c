"""Background processes that outlive the command, and are known again by more than their number."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from enginelib.problem import Problem

_START_SECONDS = 30.0
_STOP_SECONDS = 20.0
_GLANCE_SECONDS = 0.05


@dataclass(frozen=True)
class Identity:
    """One process of one boot: its number alone may by now belong to another."""

    pid: int
    boot: str
    started: str
    executable: str


def identify(pid: int) -> Identity | None:
    """Describe a living process, or return None where there is none (or only its zombie)."""
    folder = Path("/proc") / str(pid)
    try:
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        executable = str((folder / "exe").readlink())
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None
    # Field 3 is the state and field 22 the start time; the split begins at field 3.
    return None if fields[0] == "Z" else Identity(pid, boot, fields[19], executable)


@dataclass(frozen=True)
class Service:
    """A daemon: its name, where its process is recorded, and where it logs."""

    name: str
    record: Path
    log: Path

    def process(self) -> Identity | None:
        """Return the recorded process if it still is the one that was started."""
        try:
            recorded = Identity(**json.loads(self.record.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return recorded if identify(recorded.pid) == recorded else None

    def start(self, command: Sequence[str | Path], *, env: Mapping[str, str], is_ready: Callable[[], bool]) -> None:
        """Start the daemon in a session of its own and wait until it answers."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.record.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            started = subprocess.Popen(
                [str(word) for word in command],
                env=dict(env), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/",
            )  # fmt: skip
        end = time.monotonic() + _START_SECONDS
        while started.poll() is None and time.monotonic() < end:
            identity = identify(started.pid)
            if identity is not None and identity.executable == os.path.realpath(command[0]):
                self.record.write_text(json.dumps(identity.__dict__), encoding="utf-8")
            if is_ready():
                return
            time.sleep(_GLANCE_SECONDS)
        state = "did not answer" if started.poll() is None else f"ended with code {started.returncode}"
        self.stop()
        raise Problem(f"{self.name} {state}; its log ends with:\n{self._last_words()}")

    def stop(self) -> bool:
        """Stop the recorded process, gently first; say whether there was one."""
        process = self.process()
        if process is not None:
            for number, patience in ((signal.SIGTERM, _STOP_SECONDS), (signal.SIGKILL, 5.0)):
                _signal(process, number)
                if _wait(process, patience):
                    break
            else:
                raise Problem(f"{self.name} (process {process.pid}) does not end")
        self.record.unlink(missing_ok=True)
        return process is not None

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-12:])


def end_strays(folder: Path, names: frozenset[str]) -> int:
    """Kill what dead daemons left running: programs of these names unpacked in this folder, and what they run."""
    parents: dict[int, int] = {}
    strays: list[Identity] = []
    for entry in Path("/proc").iterdir():
        process = identify(int(entry.name)) if entry.name.isdecimal() else None
        if process is None:
            continue
        try:
            parents[process.pid] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        executable = Path(process.executable.removesuffix(" (deleted)"))
        if executable.name in names and executable.is_relative_to(folder):
            strays.append(process)
    roots = {process.pid for process in strays}
    for pid in parents:
        process = identify(pid)
        if process is not None and pid not in roots and _descends(pid, parents, roots):
            strays.append(process)
    for process in strays:
        _signal(process, signal.SIGKILL)
    for process in strays:
        _wait(process, 5.0)
    return len(strays)


def _descends(pid: int, parents: Mapping[int, int], roots: set[int]) -> bool:
    while pid in parents:
        pid = parents[pid]
        if pid in roots:
            return True
    return False


def _signal(process: Identity, number: int) -> None:
    if identify(process.pid) == process:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, number)


def _wait(process: Identity, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while identify(process.pid) == process:
        if time.monotonic() > end:
            return False
        time.sleep(_GLANCE_SECONDS)
    return True
