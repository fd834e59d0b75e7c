"""Bake files with small mistakes: bakectl reads all, and takes and refuses those that buildx takes and refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from peers import find_buildx

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))
import mutations

EVERY = 40
"""Every how manieth file is read with all its mutations; `make fuzz` reads all."""


@pytest.mark.slow
def test_every_mutation_is_read() -> None:
    count, faults = mutations.read_all(mutations.files()[::EVERY])
    assert faults == []
    assert count > 1000


@pytest.mark.oracle
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_buildx_agrees(seed: int, tmp_path: Path) -> None:
    buildx = find_buildx()
    for mutation in mutations.sample(100, seed):
        told = mutations.difference(mutation, buildx, tmp_path)
        assert told is None, f"{mutation}\n{told}\n{mutation.text}"
