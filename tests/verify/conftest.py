"""Fixtures for images made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from samples import Json, Store, Verify

from bakectl.bake.platforms import parse_platform
from bakectl.verifying.contract import Contract
from bakectl.verifying.layout import Layout
from bakectl.verifying.run import Report, Subject, verify

if TYPE_CHECKING:
    from pathlib import Path

    from bakectl.bake.model import Target


NOTHING = Contract()


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def verified(store: Store, tmp_path: Path) -> Verify:
    """Write the store as a layout, and verify the image."""

    def run(top: Json, *platforms: str, contract: Contract = NOTHING, target: Target | None = None) -> Report:
        reader = Layout(str(store.write(tmp_path / "image", top)))
        expected = tuple(map(parse_platform, platforms)) or None
        (report,) = verify([Subject(reader, expected, contract, target)])
        return report

    return run
