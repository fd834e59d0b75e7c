"""`bakectl fmt` against `terraform fmt`, in one run, at the size of a usual file and of a very large one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from print import HEAD, TARGET
from timing import bakectl, best, table


def main() -> None:
    """Measure both on the same files, which are in the canonical layout already."""
    terraform = shutil.which("terraform")
    os.environ["TF_CLI_CONFIG_FILE"] = os.devnull
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for targets, runs in ((3, 15), (100, 9), (3000, 5)):
            path = folder / "bake.tf"  # a name that both read
            path.write_text(HEAD + "".join(TARGET.format(number) for number in range(targets)), "utf-8")
            commands = {
                f"bakectl fmt --check, {path.stat().st_size // 1000} kB": [*bakectl(), "fmt", "--check", path.name]
            }
            if terraform:
                commands["  terraform fmt -check"] = [terraform, "fmt", "-check", path.name]
            times = best(*commands.values(), runs=runs, folder=folder)
            rows = [
                (name, taken, times[0] / taken, "bakectl to it") for name, taken in zip(commands, times, strict=True)
            ]
            table(("what", "ms", "ratio", "to"), rows)


if __name__ == "__main__":
    main()
