"""Writes `docs/rules.md` from the docstrings of the rules: `python tests/lint/rules_page.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from pages import read_page  # noqa: E402

from bakectl.lint.rules import FAMILIES  # noqa: E402

PAGE = ROOT / "docs" / "rules.md"


def page() -> str:
    """The whole page: a list of families, then each rule with its samples."""
    lines = ["# The rules of `bakectl check`", "", "This page is made from the rules themselves.", ""]
    for family, rules in FAMILIES.items():
        lines.append(f"- `{family}`: " + ", ".join(f"[{rule}](#{rule})" for rule in rules))
    for rules in FAMILIES.values():
        for rule in rules:
            read = read_page(rule)
            lines += ["", f"## {rule}", "", read.summary]
            for title, text in (("Wrong", read.wrong), ("Right", read.right)):
                lines += ["", f"{title}:", "", "```hcl", text.rstrip("\n"), "```"]
            for name, text in read.files.items():
                lines += ["", f"With this `{name}`:", "", "```dockerfile", text.rstrip("\n"), "```"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
