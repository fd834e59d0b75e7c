"""Pages that are made from tables say what the tables say, and manuals are manuals."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from docslib.pages import made_pages, there  # noqa: E402
from docslib.recording import BEFORE, record  # noqa: E402

PAGES = made_pages(ROOT)
MANUALS = [name for name in PAGES if name.startswith("man/")]
# The same tables make the same pages, whatever the day is.
_NO_DATE = "missing date"


def test_pages_are_up_to_date() -> None:
    old = sorted(name for name, text in PAGES.items() if _read(name) != text)
    assert (old, sorted(there(ROOT) - PAGES.keys())) == ([], []), "run `make reference`, or python scripts/docslib"


def _read(name: str) -> str:
    path = ROOT / name
    return path.read_text("utf-8") if path.is_file() else ""


def test_readme_shows_the_file_of_the_recording() -> None:
    _, after = record()
    assert re.findall(r"^```hcl\n(.*?)^```", _read("README.md"), re.MULTILINE | re.DOTALL) == [BEFORE, after]


@pytest.mark.parametrize("program", ["mandoc", "groff"])
def test_manuals_are_sound(program: str) -> None:
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not there")
    words = [path, "-T", "lint", "-W", "warning"] if program == "mandoc" else [path, "-ww", "-man", "-Tutf8"]
    found = []
    for name in MANUALS:
        done = subprocess.run([*words, name], cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
        said = done.stdout + done.stderr if program == "mandoc" else done.stderr
        found += [line for line in said.splitlines() if _NO_DATE not in line]
    assert found == []
