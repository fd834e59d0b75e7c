"""The table of checks, and the page that shows it."""

from __future__ import annotations

import re

from checks_page import PAGE, page

from bakectl.verifying.checks import CHECKS


def test_the_page_shows_the_table() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text


def test_names() -> None:
    names = [check.name for check in CHECKS]
    assert len({*names}) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in names)
