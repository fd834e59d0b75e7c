"""python-hcl2 reads the cases too: wherever it accepts a file, its literal values agree with ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bakectl.source import Source
from bakectl.syntax import nodes
from bakectl.syntax.parser import parse

hcl2 = pytest.importorskip("hcl2")

CASES = sorted((Path(__file__).parents[1] / "cases" / "eval").glob("*/*.hcl"))


def plain(value: Any) -> Any:
    """What python-hcl2 gives for a literal, without its quotes and notes; None for what is no plain literal."""
    if isinstance(value, list):
        items = [plain(item) for item in value]
        return None if any(item is None for item in items) else items
    if isinstance(value, str):
        if (
            len(value) >= 2
            and not value.startswith('"<<')
            and value[0] == value[-1] == '"'
            and not set('\\$%"') & set(value[1:-1])
        ):
            return value[1:-1]
        return None
    return value if isinstance(value, bool) else None


def ours(node: nodes.Expression) -> Any:
    match node:
        case nodes.String(value=value):
            return value
        case nodes.Literal(value=bool(value)):
            return value
        case nodes.Tuple(items=items):
            return [ours(item) for item in items]
    return None


def test_literals_agree() -> None:
    compared = 0
    for path in CASES:
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        file = parse(Source(path.name, text))
        if file.problems:
            continue
        try:
            theirs = hcl2.loads(text)
        except Exception:
            continue
        for block in file.body.blocks:
            if block.type != "target" or len(block.labels) != 1:
                continue
            label = block.labels[0].text
            same = [
                item for entry in theirs.get("target", ()) for key, item in entry.items() if key.strip('"') == label
            ]
            if (
                len(same) != 1
                or sum(other.type == "target" and other.labels[0].text == label for other in file.body.blocks) != 1
            ):
                continue
            body = same[0][0] if isinstance(same[0], list) else same[0]
            for name, attribute in block.body.attributes.items():
                expected = plain(body.get(name))
                if expected is not None and expected != []:
                    assert ours(attribute.value) == expected, f"{path.name}: {label}.{name}"
                    compared += 1
    assert compared > 100
