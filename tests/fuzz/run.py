"""Random bake files, read by bakectl and by buildx: `python tests/fuzz/run.py [COUNT] [FIRST SEED]`.

Prints every difference with its seed and leaves the file in a folder that it names; the exit code is 1 if there is any.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from generator import Generator, Sample

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {"HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "SSH_AUTH_SOCK": ""}


def find_buildx() -> str:
    """The buildx plugin; exits when there is none."""
    folders = (
        "~/.docker/cli-plugins",
        "/usr/libexec/docker/cli-plugins",
        f"{ROOT}/.engine/client/usr/libexec/docker/cli-plugins",
    )
    named = os.environ.get("BAKECTL_BUILDX")
    for candidate in [named] if named else [f"{folder}/docker-buildx" for folder in folders]:
        if Path(candidate).expanduser().is_file():
            return str(Path(candidate).expanduser())
    sys.exit("docker-buildx was not found; set BAKECTL_BUILDX to its path")


def ask_buildx(buildx: str, sample: Sample, folder: Path) -> tuple[int, str]:
    (folder / "docker-bake.hcl").write_text(sample.text)
    done = subprocess.run(
        [buildx, "bake", "--print", *sample.arguments],
        cwd=folder,
        env=ENVIRONMENT | sample.environment,
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        return 0, done.stdout.decode()
    return done.returncode, done.stderr.decode().strip().rpartition("ERROR: ")[2]


def ask_bakectl(sample: Sample, folder: Path) -> tuple[int, str]:
    from bakectl.api import load, plan
    from bakectl.bake.overrides import flag_overrides, parse_override
    from bakectl.bake.printing import definition_json
    from bakectl.errors import BakectlError

    words = iter(sample.arguments)
    overrides, names, flags = [], [], {}
    try:
        for word in words:
            if word == "--set":
                overrides.append(parse_override(next(words)))
            elif word.startswith("--"):
                name, sign, value = word[2:].partition("=")
                flags[name.replace("-", "_")] = value if sign else True
            else:
                names.append(word)
        project = load(str(folder / "docker-bake.hcl"), env=ENVIRONMENT | sample.environment)
        return 0, definition_json(plan(project, *names, overrides=(*overrides, *flag_overrides(**flags))))
    except BakectlError as error:
        return 3, "; ".join(f"{item.span}: {item.message}" for item in error.diagnostics)


def differs(sample: Sample, theirs: tuple[int, str], ours: tuple[int, str]) -> bool:
    if (theirs[0] == 0) != (ours[0] == 0):
        return True
    return theirs[0] == 0 and json.loads(theirs[1]) != json.loads(ours[1])


def is_explained(sample: Sample, theirs: tuple[int, str], ours: tuple[int, str]) -> bool:
    """Whether only caches to read differ, and a list of them has doubles.

    When buildx drops a double it shortens the list in place; what it appends to that list afterwards, for a target that
    inherits it or by `--set`, it writes into the memory of the first, where other targets see it.
    """
    from bakectl.bake.files import HCL, Input
    from bakectl.bake.project import load_project
    from bakectl.source import Source

    if theirs[0] or ours[0]:
        return False
    plain = []
    for text in (theirs[1], ours[1]):
        definition = json.loads(text)
        for target in definition["target"].values():
            target.pop("cache-from", None)
        plain.append(definition)
    environment = ENVIRONMENT | sample.environment
    project = load_project((Input(Source("docker-bake.hcl", sample.text), HCL),), environment)
    lists = [
        layer["cache-from"].value
        for target in project.targets.values()
        for layer in target.layers
        if "cache-from" in layer
    ]
    return plain[0] == plain[1] and any(items.count(item) > 1 for items in lists for item in items)


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    buildx = find_buildx()
    keep = Path(tempfile.mkdtemp(prefix="bakectl-fuzz-"))
    refused = found = explained = 0
    with ThreadPoolExecutor(2) as pool:

        def compare(seed: int) -> tuple[int, Sample, tuple[int, str]]:
            sample = Generator(seed).sample()
            folder = keep / str(seed)
            folder.mkdir()
            return seed, sample, ask_buildx(buildx, sample, folder)

        for seed, sample, theirs in pool.map(compare, range(first, first + count)):
            ours = ask_bakectl(sample, keep / str(seed))
            refused += theirs[0] != 0
            if differs(sample, theirs, ours) and is_explained(sample, theirs, ours):
                explained += 1
            elif differs(sample, theirs, ours):
                found += 1
                print(f"seed {seed}: {keep / str(seed)} {sample.environment} {sample.arguments}")
                print(f"  buildx {theirs[0]}: {theirs[1][:300]}\n  bakectl {ours[0]}: {ours[1][:300]}")
            if not differs(sample, theirs, ours):
                (keep / str(seed) / "docker-bake.hcl").unlink()
                (keep / str(seed)).rmdir()
    print(f"{count} files, {refused} refused by buildx, {found} differences, and {explained} by its shared lists")
    return 1 if found else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
