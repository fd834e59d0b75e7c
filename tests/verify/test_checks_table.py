"""The table of checks, and the page that shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks_page import PAGE, page

from bakectl.settings import find_settings
from bakectl.verifying.checks import CHECKS
from bakectl.verifying.contract import read_contracts

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_shows_the_table() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text


def test_the_contract_of_the_page_can_be_read(tmp_path: Path) -> None:
    (example,) = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "bakectl.toml").write_text(example, "utf-8")
    contracts = read_contracts(find_settings(str(tmp_path)))
    assert (contracts.general.user, contracts.of("backend").size) == ("1000:1000", 100_000_000)


def test_names() -> None:
    names = [check.name for check in CHECKS]
    assert len({*names}) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in names)
