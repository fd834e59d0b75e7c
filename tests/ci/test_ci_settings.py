"""The section `[ci]`: what is read, and that the schema says the same."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bakectl.ci.settings import GITHUB_RUNNERS, GITLAB_RUNNERS, Settings, read_settings
from bakectl.errors import InvalidBakeFile
from bakectl.settings import find_settings

SCHEMA = Path(__file__).parents[2] / "bakectl/settings.schema.json"


def read(text: str, folder: Path) -> Settings:
    (folder / "bakectl.toml").write_text(text, "utf-8")
    return read_settings(find_settings(str(folder)))


def is_valid(folder: Path) -> bool:
    words = ("-m", "check_jsonschema", "--schemafile", SCHEMA, folder / "bakectl.toml")
    return subprocess.run([sys.executable, *words], check=False, capture_output=True).returncode == 0


def test_all_settings(tmp_path: Path) -> None:
    text = """
    [ci]
    runner = ["self-hosted", "x64"]
    strategy = "native-runners"
    tags = "file"
    cache = "registry=acme/cache"
    sbom = true
    provenance = "mode=max"
    sign = true
    timeout = 90
    [ci.runners]
    "linux/s390x" = "z16"
    "linux/arm" = "pi"
    """
    settings = read(text, tmp_path)
    assert settings == Settings(
        ("self-hosted", "x64"),
        (("linux/arm/v7", "pi"), ("linux/s390x", "z16"), ("linux/arm*", "ubuntu-24.04-arm")),
        "native-runners",
        "file",
        "registry=acme/cache",
        True,
        "mode=max",
        True,
        90,
    )
    assert is_valid(tmp_path)
    runners = {name: settings.runner_of(name) for name in ("linux/arm/v7", "linux/arm64", "linux/amd64", "")}
    assert runners == {
        "linux/arm/v7": "pi",
        "linux/arm64": "ubuntu-24.04-arm",
        "linux/amd64": ("self-hosted", "x64"),
        "": ("self-hosted", "x64"),
    }


@pytest.mark.parametrize("usual", [GITHUB_RUNNERS, GITLAB_RUNNERS], ids=["github", "gitlab"])
def test_nothing_is_usual(usual: dict[str, str], tmp_path: Path) -> None:
    settings = read_settings(find_settings(str(tmp_path)), usual)
    assert settings == Settings(usual[""], (("linux/arm*", usual["linux/arm*"]),))


@pytest.mark.parametrize(
    "text",
    [
        "runner = 1",
        "runner = []",
        'runner = [""]',
        "strategy = 'two'",
        "tags = 'x'",
        "sbom = 1",
        "timeout = 0",
        "x = 1",
    ],
)
def test_what_is_wrong_is_wrong_for_both(text: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidBakeFile):
        read(f"[ci]\n{text}\n", tmp_path)
    assert not is_valid(tmp_path)
