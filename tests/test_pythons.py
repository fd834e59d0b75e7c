"""Regular expressions mean the same in every Python that bakectl runs on."""

from __future__ import annotations

import io
import re
import tokenize
from pathlib import Path

ROOT = Path(__file__).parents[1] / "bakectl"
_POSSESSIVE_GROUP = re.compile(r"(?:\)|\\\d)(?:[*+?]|\{\d*,?\d*\})\+")


def test_no_group_is_repeated_possessively() -> None:
    """Python 3.11.0 to 3.11.4 matches too much there: `(?:a|bc?)*+`; an atomic group, `(?>(?:a|bc?)*)`, is right."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline):
            is_text = tokenize.tok_name[token.type] in {"STRING", "FSTRING_MIDDLE"}
            if is_text and _POSSESSIVE_GROUP.search(token.string):
                found.append(f"{path.relative_to(ROOT)}:{token.start[0]}")
    assert found == []
