"""Random bake files mean to bakectl what they mean to buildx; `make fuzz` runs many more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from peers import find_buildx

RUN = Path(__file__).parents[1] / "fuzz" / "run.py"


@pytest.mark.oracle
@pytest.mark.slow
@pytest.mark.parametrize("first", [0, 1_000_000])
def test_random_files_agree(first: int) -> None:
    done = subprocess.run(
        [sys.executable, str(RUN), "150", str(first)],
        env={**os.environ, "BAKECTL_BUILDX": find_buildx()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
