"""What is not valid: each text of `refused.txt` and `refused_json.txt` with all that is said about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import goldens
import pytest

from bakectl.source import Source
from bakectl.syntax.json_body import BlockSchema, parse_json
from bakectl.syntax.parser import parse

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
SCHEMA = BlockSchema(
    0,
    {
        "target": BlockSchema(1, {}, frozenset(("tags", "args"))),
        "variable": BlockSchema(1, {"validation": BlockSchema(0, {})}),
    },
)


def native(text: str) -> str:
    return goldens.tell(parse(Source("x.hcl", text)).problems)


def json(text: str) -> str:
    return goldens.tell(parse_json(Source("x.json", text), SCHEMA).problems)


TABLES: dict[str, Callable[[str], str]] = {"refused.txt": native, "refused_json.txt": json}
ROWS = [
    pytest.param(TABLES[table], text, said, id=f"{table}:{goldens.escape(text)}")
    for table in TABLES
    for text, said in goldens.read(HERE / table).items()
]


@pytest.mark.parametrize(("say", "text", "expected"), ROWS)
def test_refused(say: Callable[[str], str], text: str, expected: str) -> None:
    said = say(text)
    assert said
    assert said == expected


@pytest.mark.parametrize("table", TABLES)
def test_update_table(table: str, pytestconfig: pytest.Config) -> None:
    if pytestconfig.getoption("--update-cases"):
        goldens.write(HERE / table, goldens.read(HERE / table), TABLES[table])
