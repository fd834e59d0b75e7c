"""The site is built without a warning, and without asking anybody."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_LOADED = re.compile(
    r"<(?:script|img|iframe)[^>]* src=\"?(https?:[^\" >]+)|<link[^>]* rel=\"?stylesheet[^>]* href=\"?(https?:[^\" >]+)"
)


@pytest.mark.slow
def test_site(tmp_path: Path) -> None:
    if importlib.util.find_spec("material") is None:
        pytest.skip("mkdocs-material is not installed: pip install .[docs]")
    words = ("build", "--strict", "--site-dir", tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *words], cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
    )
    # The theme prints advertisements for its successor; mkdocs says what is wrong with "WARNING" or "ERROR".
    said = [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))]
    assert (done.returncode, said) == (0, []), done.stdout + done.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert tmp_path / "reference/commands/index.html" in pages
    loaded = {match[0] for page in pages for match in _LOADED.finditer(page.read_text("utf-8"))}
    assert loaded == set()
