"""The settings file: what it may hold, where it is found, and how it says what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bakectl import settings
from bakectl.errors import InvalidBakeFile
from bakectl.lint.run import Choice
from bakectl.lint.settings import LEVELS, Settings
from bakectl.lint.settings import read_settings as read_section
from bakectl.settings import find_settings

SCHEMA = Path(settings.__file__).parent / "settings.schema.json"


def read_settings(folder: str) -> Settings:
    return read_section(find_settings(folder))


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)


def test_the_schema_has_what_is_read() -> None:
    check = json.loads(SCHEMA.read_text())["properties"]["check"]["properties"]
    assert tuple(check["fail-on"]["enum"]) == LEVELS


def test_nothing_is_there(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert read_settings(str(tmp_path)) == Settings()


@pytest.mark.parametrize(
    ("name", "table"), [("bakectl.toml", "check"), ("pyproject.toml", "tool.bakectl.check")], ids=["own", "project"]
)
def test_found_upwards(name: str, table: str, tmp_path: Path) -> None:
    text = f'[{table}]\nselect = ["names"]\nignore = ["unused-*"]\nfail-on = "error"\nbuildx = "v0.26.1"\n'
    write(tmp_path, name, text)
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    found = read_settings(str(inner))
    assert found.choice == Choice(("names",), ("unused-*",))
    assert (found.fail_on, found.buildx) == ("error", (0, 26, 1))


def test_not_above_the_repository(tmp_path: Path) -> None:
    write(tmp_path, "bakectl.toml", "[check]\nfail-on = 'info'\n")
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert read_settings(str(tmp_path / "repo")) == Settings()


def test_a_project_without_a_table_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "bakectl.toml", "[check]\nfail-on = 'info'\n")
    write(tmp_path, "inner/pyproject.toml", "[tool.ruff]\n")
    assert read_settings(str(tmp_path / "inner")).fail_on == "info"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[check", "cannot be read"),
        ("[chek]\n", 'there is no setting "chek"'),
        ("check = 1\n", '"check" is a table'),
        ("[check]\nselekt = []\n", r'\[check\] has no "selekt"'),
        ("[check]\nselect = 'names'\n", '"select" is a list of strings'),
        ("[check]\nselect = ['nmes']\n", '"select" names no rule: "nmes"'),
        ("[check]\nfail-on = 'never'\n", '"fail-on" is error, warning, info, and not "never"'),
        ("[check]\nbuildx = 'new'\n", '"new" is not a version of buildx'),
    ],
)
def test_mistakes(text: str, message: str, tmp_path: Path) -> None:
    write(tmp_path, "bakectl.toml", text)
    with pytest.raises(InvalidBakeFile, match=message):
        read_settings(str(tmp_path))
