"""`bakectl print` against `docker buildx bake --print` and the plugin itself, in one run, over several sizes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from timing import ROOT, bakectl, best, table

SIZES = (2, 10, 20, 100, 1000, 3000)
HEAD = """variable "REGISTRY" { default = "ghcr.io/acme" }
variable "TAG" { default = "latest" }
target "_common" {
  platforms = ["linux/amd64", "linux/arm64"]
  labels    = { "org.opencontainers.image.vendor" = "acme" }
}
"""
TARGET = """
target "service-{0}" {{
  inherits   = ["_common"]
  context    = "./services/{0}"
  dockerfile = "Dockerfile"
  args = {{
    VERSION = "1.{0}"
    BASE    = "debian:${{TAG}}"
  }}
  tags       = ["${{REGISTRY}}/service-{0}:latest", "${{REGISTRY}}/service-{0}:${{TAG}}"]
  cache-from = ["type=gha,scope=service-{0}"]
}}
"""


def plugin() -> str | None:
    """The buildx plugin, if it can be found."""
    folders = ("~/.docker/cli-plugins", "/usr/libexec/docker/cli-plugins", "/usr/lib/docker/cli-plugins")
    folders += (f"{ROOT}/.engine/client/usr/libexec/docker/cli-plugins",)
    named = os.environ.get("BAKECTL_BUILDX")
    candidates = [named] if named else [f"{folder}/docker-buildx" for folder in folders]
    return next((str(path) for name in candidates if (path := Path(name).expanduser()).is_file()), None)


def compare(title: str, folder: Path, targets: list[str], runs: int) -> None:
    """Measure bakectl and buildx on one bake file, in turns, and print the table."""
    commands = {f"bakectl print, {title}": [*bakectl(), "print", *targets]}
    buildx = plugin()
    if buildx is not None:
        commands["  docker-buildx bake --print"] = [buildx, "bake", "--print", *targets]
        if shutil.which("docker"):
            commands["  docker buildx bake --print"] = ["docker", "buildx", "bake", "--print", *targets]
    times = best(*commands.values(), runs=runs, folder=folder)
    rows = [(name, taken, times[0] / taken, "bakectl to it") for name, taken in zip(commands, times, strict=True)]
    table(("what", "ms", "ratio", "to"), rows)


def main() -> None:
    """Measure on the repository's own bake file, and on made ones of several sizes."""
    if plugin() is None:
        print("buildx was not found: set BAKECTL_BUILDX to the plugin for the ratios", file=sys.stderr)
    compare("this repository", ROOT, [], runs=11)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES:
            text = HEAD + "".join(TARGET.format(number) for number in range(size))
            (folder / "docker-bake.hcl").write_text(text)
            compare(f"{size} targets, {len(text) // 1000} kB", folder, ["service-*"], runs=7 if size < 500 else 3)


if __name__ == "__main__":
    main()
