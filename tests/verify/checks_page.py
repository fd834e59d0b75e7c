"""Writes the table of checks into `docs/verify.md`: `python tests/verify/checks_page.py`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from bakectl.verifying.checks import CHECKS  # noqa: E402

PAGE = ROOT / "docs" / "verify.md"


def page(text: str) -> str:
    """The page with the table as it is now."""
    rows = [f"| `{check.name}` | {check.severity.value} | {check.doc} |" for check in CHECKS]
    table = "\n".join(("| check | severity | what it finds |", "|---|---|---|", *rows))
    return re.sub(r"(?<=\n## The checks\n\n).*?(?=\n\n## )", lambda _: table, text, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
