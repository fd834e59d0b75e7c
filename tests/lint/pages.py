"""The pages of the rules: what their docstrings say, with the wrong and the right sample and the files beside them."""

from __future__ import annotations

import importlib
import re
import textwrap
from dataclasses import dataclass, field

_SECTION = re.compile(r"^(Wrong|Right|Files):$", re.MULTILINE)


@dataclass
class Page:
    """One rule: its first sentence, its samples, and lines of the files that lie beside both."""

    rule: str
    summary: str
    wrong: str
    right: str
    files: dict[str, str] = field(default_factory=dict)


def read_page(rule: str) -> Page:
    """Read the docstring of a rule."""
    module = importlib.import_module(f"bakectl.lint.rules.{rule.replace('-', '_')}")
    parts = _SECTION.split(module.__doc__ or "")
    sections = {
        name: textwrap.dedent(text).strip("\n") + "\n" for name, text in zip(parts[1::2], parts[2::2], strict=True)
    }
    files: dict[str, str] = {}
    for line in sections.get("Files", "").splitlines():
        name, _, text = line.partition(": ")
        if text:
            files[name] = files.get(name, "") + text + "\n"
    return Page(rule, " ".join(parts[0].split()), sections["Wrong"], sections["Right"], files)
