"""Every verb on random bake files: done and proved, or refused with a reason, and never an exception of another kind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bakectl.bake.files import HCL, Input
from bakectl.editing.editor import Editor
from bakectl.errors import EditRejected
from bakectl.source import Source

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))
from generator import Generator

VERBS = {
    "set": lambda bake, name: bake.set(
        f"{name}.args.Q=1", f"{name}.tags=q/q", f"{name}.pull=true", f"{name}.labels.a=b"
    ),
    "add": lambda bake, name: bake.add(f"{name}.platforms=linux/s390x", f"{name}.cache-to=type=gha,scope=q"),
    "remove": lambda bake, name: bake.remove(f"{name}.cache-from=type=gha"),
    "unset": lambda bake, name: bake.unset(f"{name}.args", f"{name}.cache-to"),
    "cache set": lambda bake, name: bake.set_cache(name, "registry=r.io/{target}"),
    "cache unset": lambda bake, name: bake.unset_cache(name),
    "platform add": lambda bake, name: bake.add_platform("linux/riscv64", name, here=True),
    "target rename": lambda bake, name: bake.rename_target(name, "renamed-x"),
    "target remove": lambda bake, name: bake.remove_target(name, cascade=True),
    "target copy": lambda bake, name: bake.copy_target(name, "copied-x"),
    "target add": lambda bake, name: bake.add_target("added-x", "tags=a", inherits=(name,), groups=("default",)),
}


@pytest.mark.parametrize("seed", range(20))
def test_verbs(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    sample = Generator(seed).sample()
    source = Source("docker-bake.hcl", sample.text)

    def opened() -> Editor:
        return Editor((Input(source, HCL),), {"HOME": "/nonexistent", **sample.environment})

    first = opened()
    for name in list(dict.fromkeys(map(first.label, first.project.targets)))[:3]:
        for title, verb in VERBS.items():
            try:
                verb(opened(), name)
            except EditRejected as error:
                assert error.diagnostics[0].rule != "change-outside", f"{title} {name}: {error}"
