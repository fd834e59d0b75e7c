"""Reading text: our syntax tree against python-hcl2 and `terraform fmt`, and memory against buildx."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from print import HEAD, TARGET, plugin
from timing import ROOT, bakectl, best, table

sys.path.insert(0, str(ROOT))
sys.setrecursionlimit(100_000)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def text(targets: int) -> str:
    """A bake file with so many targets."""
    return HEAD + "".join(TARGET.format(number) for number in range(targets))


def warm(action: Callable[[], object], runs: int) -> float:
    """The shortest of several runs within this process, in milliseconds, without garbage collection."""
    times = []
    gc.disable()
    for _ in range(runs):
        begun = time.perf_counter()
        action()
        times.append(time.perf_counter() - begun)
        gc.collect()
    gc.enable()
    return min(times) * 1000


def compare_readers(targets: int, runs: int) -> None:
    """Our parser and python-hcl2, both warm, on the same text."""
    import hcl2

    from bakectl.source import Source
    from bakectl.syntax.parser import parse

    given = text(targets)
    ours = warm(lambda: parse(Source("docker-bake.hcl", given)), runs)
    theirs = warm(lambda: hcl2.loads(given), 2)
    rows = [
        (f"syntax tree, {len(given) // 1000} kB", ours, 1.0, "itself"),
        ("  python-hcl2", theirs, ours / theirs, "ours to it"),
    ]
    table(("what", "ms", "ratio", "to"), rows)


def compare_with_terraform(targets: int) -> None:
    """A whole process that makes the tree of a file, and `terraform fmt` of it."""
    terraform = shutil.which("terraform")
    if terraform is None:
        return
    os.environ["TF_CLI_CONFIG_FILE"] = os.devnull
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "bake.tf"
        path.write_text(text(targets), "utf-8")
        program = (
            "import gc, sys; gc.disable(); from bakectl.source import Source; from bakectl.syntax.parser import parse; "
        )
        program += "parse(Source('x', open(sys.argv[1]).read()))"
        commands = [[sys.executable, "-c", program, path.name], [terraform, "fmt", "-check", path.name]]
        ours, theirs = best(*commands, runs=5, folder=Path(name))
        rows = [(f"process with a tree, {path.stat().st_size // 1000} kB", ours, 1.0, "itself")]
        table(("what", "ms", "ratio", "to"), [*rows, ("  terraform fmt -check", theirs, ours / theirs, "ours to it")])


def one_of_many(targets: int) -> None:
    """Printing one target of a large file, and all of them."""
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "docker-bake.hcl").write_text(text(targets), "utf-8")
        commands = [[*bakectl(), "print", "service-7"], [*bakectl(), "print", "service-*"]]
        one, every = best(*commands, runs=5, folder=Path(name))
        rows = [
            (f"print 1 of {targets} targets", one, one / every, "all"),
            (f"print all {targets}", every, 1.0, "itself"),
        ]
        table(("what", "ms", "ratio", "to"), rows)


def memory(command: Sequence[str], folder: Path) -> float:
    """The most memory that a process took, in MB."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(child.pid, 0)
    child.returncode = 0
    return usage.ru_maxrss / 1024


def compare_memory(targets: int) -> None:
    """The peak of bakectl and of the plugin, on the same file."""
    buildx = plugin()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docker-bake.hcl").write_text(text(targets), "utf-8")
        ours = memory([*bakectl(), "print", "service-*"], folder)
        rows = [(f"memory, {targets} targets", ours, 1.0, "itself")]
        if buildx:
            theirs = memory([buildx, "bake", "--print", "service-*"], folder)
            rows.append(("  docker-buildx bake --print", theirs, ours / theirs, "ours to it"))
        table(("what", "MB", "ratio", "to"), rows)


def main() -> None:
    """Print all tables."""
    compare_readers(10, 5)
    compare_readers(300, 3)
    compare_with_terraform(3000)
    one_of_many(3000)
    for targets in (20, 1000, 3000):
        compare_memory(targets)


if __name__ == "__main__":
    main()
