"""Writes the pages that are made from tables: `make reference`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from docslib.pages import write_pages  # noqa: E402

write_pages(ROOT)
