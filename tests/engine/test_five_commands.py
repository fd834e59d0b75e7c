"""A new user's five commands, from a clone to an explained image, as `docs/five-commands.md` shows them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "cli"))

from transcripts import read_page  # noqa: E402

URL = "https://github.com/bakectl/bakectl"
IMAGE = "ghcr.io/bakectl/backend:latest"

pytestmark = pytest.mark.engine


@pytest.fixture
def home(tmp_path: Path, base_overrides: tuple[str, ...]) -> Path:
    """A folder with a virtual environment, far from the repository.

    What bakectl depends on is taken from the environment of the tests, so that nothing is fetched.
    """
    environment = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    (folder,) = environment.glob("lib/python*/site-packages")
    (folder / "tests.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    if base_overrides:
        programs = tmp_path / "programs"
        programs.mkdir()
        words = " ".join(f"'{word}'" for word in base_overrides)
        # Docker Hub is out of reach: the build, and only it, gets the stand-ins for the base images.
        (programs / "bakectl").write_text(
            f'#!/bin/sh\ncase $1 in bake) set -- "$@" {words} ;; esac\nexec "{environment}/bin/bakectl" "$@"\n', "utf-8"
        )
        (programs / "bakectl").chmod(0o755)
    return tmp_path


def test_five_commands(home: Path, engine: dict[str, str]) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    steps = read_page((ROOT / "docs" / "five-commands.md").read_text("utf-8"))
    assert len(steps) == 5
    environment = {
        **{name: value for name, value in engine.items() if name not in {"PYTHONPATH", "REGISTRY"}},
        "PATH": os.pathsep.join((str(home / "programs"), str(home / "venv" / "bin"), engine["PATH"])),
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads it the wrong way round: this switches isolation off
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "COLUMNS": "80",
        # The address that is typed is that of this repository.
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.{ROOT}.insteadOf",
        "GIT_CONFIG_VALUE_0": URL,
        "GIT_CONFIG_KEY_1": "safe.directory",
        "GIT_CONFIG_VALUE_1": "*",
    }
    folder = home
    look = ["docker", "image", "inspect", IMAGE]
    was_there = subprocess.run(look, env=environment, check=False, capture_output=True).returncode == 0
    try:
        for step in steps:
            done = subprocess.run(
                ["bash", "-c", step.command],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=1800,
                check=False,
            )
            assert done.returncode == 0, f"$ {step.command}\n{done.stdout}"
            assert re.fullmatch(_pattern(step.lines), done.stdout), f"$ {step.command}\nreally writes\n{done.stdout}"
            folder = home / "bakectl"
        place = subprocess.run(
            [home / "venv/bin/python", "-c", "import bakectl; print(bakectl.__file__)"],
            cwd=home,
            env={"PATH": "/usr/bin:/bin"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert place.stdout.startswith(str(home / "venv")), "the installed bakectl was not the one that ran"
    finally:
        if not was_there:
            words = ["docker", "image", "rm", "--force", IMAGE]
            subprocess.run(words, env=environment, check=False, capture_output=True)


def _pattern(lines: tuple[str, ...]) -> str:
    """A line with only an ellipsis stands for any number of lines, one within a line for any text."""
    parts = (r"(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".+") + "\n" for line in lines)
    return "".join(parts)
