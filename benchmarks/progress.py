"""The live view of a build: what 100,000 events cost at once, what 1,000 a second take of a core, and the peak memory.

`python benchmarks/progress.py [FILE]` takes a recorded stream of `docker buildx bake --progress=rawjson`, else one that
it makes: 60 targets for three platforms, whose steps begin, talk, transfer and end. Each measurement is a process of
its own, on a terminal of 120 columns and 40 lines that somebody reads.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import pty
import resource
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
EVENTS = 100_000
RATE = 1000
SECONDS = 20
"""How long the run at a fixed rate goes on."""
TARGETS = 60
PLATFORMS = ("linux/amd64", "linux/arm64", "linux/arm/v7")


def made_up(count: int) -> Iterator[bytes]:
    """So many events, a tenth of them steps, a third logs, the rest transfers."""
    stamp = 1_795_246_000.0
    for number in range(count):
        stamp += 0.001
        build, step = divmod(number, 200)
        name = f"service-{build % TARGETS}"
        platform = PLATFORMS[build // TARGETS % len(PLATFORMS)]
        instruction = step // 20
        digest = f"sha256:{build % (TARGETS * len(PLATFORMS)):032x}{instruction:032x}"
        vertex: dict[str, Any] = {
            "digest": digest,
            "name": f"[{name} {platform} builder {instruction + 1}/10] RUN make part-{instruction}",
            "started": _time(stamp - step % 20 * 0.001),
        }
        if step % 20 == 0:
            yield _line(vertexes=[vertex])
        elif step % 20 == 19:
            yield _line(vertexes=[{**vertex, "completed": _time(stamp)}])
        elif step % 3 == 0:
            text = f"compiling module {number} of something rather long, as logs are\n".encode()
            yield _line(logs=[{"vertex": digest, "stream": 1, "data": base64.b64encode(text).decode()}])
        else:
            status = {"id": f"sha256:{number % 7:064x}", "vertex": digest, "current": number % 1000 * 1000}
            yield _line(statuses=[{**status, "total": 1_000_000, "timestamp": _time(stamp), "started": _time(stamp)}])


def _line(**event: object) -> bytes:
    return json.dumps(event).encode() + b"\n"


def _time(seconds: float) -> str:
    whole = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
    return f"{whole}.{int(seconds % 1 * 1e9):09}Z"


def feed(path: str, rate: int) -> None:
    """Write the events to stderr, so many a second; 0 for as fast as they are read."""
    lines = Path(path).read_bytes().splitlines(keepends=True)
    if not rate:
        os.write(2, b"")
        sys.stderr.buffer.writelines(lines)
        sys.stderr.buffer.flush()
        return
    begun = time.monotonic()
    for number, line in enumerate(lines[: rate * SECONDS]):
        time.sleep(max(0.0, begun + number / rate - time.monotonic()))
        os.write(2, line)


def watch(path: str, rate: int) -> None:
    """Show the events as a build does, and print seconds, seconds of processor, and kilobytes at the peak."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    reader = subprocess.Popen(["cat"], stdin=master, stdout=subprocess.DEVNULL)
    os.close(master)
    os.dup2(slave, 2)
    os.close(slave)

    from bakectl.cli.live import Live
    from bakectl.engine.jobs import Job, Jobs, Ways
    from bakectl.engine.outcome import make_run
    from bakectl.engine.process import run_all
    from bakectl.engine.progress import Model
    from bakectl.runs.records import Run

    targets = {f"service-{number}": PLATFORMS for number in range(TARGETS)}
    model = Model()
    model.watcher = live = Live(model, targets)
    command = (sys.executable, __file__, "feed", path, str(rate))
    jobs = Jobs([Job("bake", tuple(targets), targets, command, "")], model, Ways(1), os.environ, tick=live.tick)
    begun, before = time.monotonic(), _processor()
    run_all(jobs)
    live.close()
    seconds, processor = time.monotonic() - begun, _processor() - before
    make_run(model, Run("", 0.0, seconds, "done"), {})
    lines = sum(vertex.lines for vertex in model.vertices.values())
    print(json.dumps([seconds, processor, _peak(), len(model.steps), lines]))
    sys.stdout.flush()
    reader.terminate()
    reader.wait()


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def _peak() -> int:
    """Kilobytes that this program took at most; getrusage would count those of who started it as well."""
    text = Path("/proc/self/status").read_text("utf-8")
    return int(text.partition("VmHWM:")[2].split()[0])


def measure(path: Path, rate: int) -> tuple[float, float, float, int, int]:
    """One process that watches; seconds, seconds of processor, megabytes at the peak, steps and lines of logs."""
    command = [sys.executable, __file__, "watch", str(path), str(rate)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    seconds, processor, peak, steps, lines = json.loads(done.stdout)
    return seconds, processor, peak / 1024, steps, lines


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        if len(sys.argv) > 1:
            path = Path(sys.argv[1])
        else:
            path.write_bytes(b"".join(made_up(EVENTS)))
        count = path.read_bytes().count(b"\n")
        seconds, processor, peak, steps, lines = measure(path, 0)
        print(f"{count} events: {steps} steps, {lines} lines of logs")
        print(f"{'what':<30}{'seconds':>9}{'of a core':>11}{'MB':>8}")
        print(f"{'as fast as they are read':<30}{seconds:>9.2f}{processor / seconds:>11.1%}{peak:>8.1f}")
        seconds, processor, peak, *_ = measure(path, RATE)
        print(f"{f'{RATE} events a second':<30}{seconds:>9.2f}{processor / seconds:>11.1%}{peak:>8.1f}")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["feed", path, rate]:
            feed(path, int(rate))
        case ["watch", path, rate]:
            watch(path, int(rate))
        case _:
            main()
