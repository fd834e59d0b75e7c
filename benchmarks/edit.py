"""One edit of a bake file of 30 kB against `docker buildx bake --print` of it, in one run."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from print import HEAD, TARGET, plugin
from timing import bakectl, best, table


def main() -> None:
    """Measure an edit with all its proofs; --check keeps the file as it is for the next run."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "docker-bake.hcl"
        path.write_text(HEAD + "".join(TARGET.format(number) for number in range(100)), "utf-8")
        edits = {
            "bakectl add, 30 kB": ["add", "service-50.tags=acme/new:1"],
            "bakectl cache set, 30 kB": ["cache", "set", "gha", "service-50"],
            "bakectl target rename, 30 kB": ["target", "rename", "service-50", "renamed"],
        }
        buildx = plugin()
        for title, words in edits.items():
            commands = {title: [*bakectl(), *words, "--dry-run"]}
            if buildx is not None:
                commands["  docker-buildx bake --print"] = [buildx, "bake", "--print", "service-50"]
                if shutil.which("docker"):
                    commands["  docker buildx bake --print"] = ["docker", "buildx", "bake", "--print", "service-50"]
            times = best(*commands.values(), runs=9, folder=folder)
            rows = [
                (what, taken, times[0] / taken, "bakectl to it") for what, taken in zip(commands, times, strict=True)
            ]
            table(("what", "ms", "ratio", "to"), rows)


if __name__ == "__main__":
    main()
