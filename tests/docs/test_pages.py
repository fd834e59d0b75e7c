"""Each how-to is followed: its files are written, its commands run, and they answer what the page shows."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "cli"))

from transcripts import Step, agrees, play, read_page  # noqa: E402

GUIDES = sorted((ROOT / "docs" / "how-to").glob("*.md"))
_FILE = re.compile(r"^```\w+ title=\"([^\"\n]+)\"\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"(?<=^```console\n).*?(?=^```)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```\w+(?: title=\"[^\"\n]+\")?\n.*?^```", re.MULTILINE | re.DOTALL)


def follow(page: Path, folder: Path, programs: Path, request: pytest.FixtureRequest) -> None:
    """Do what a page says, one block after the other."""
    programs.mkdir()
    text = page.read_text("utf-8")
    wrong: list[str] = []
    for block in _BLOCK.findall(text):
        for name, content in _FILE.findall(block):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content, "utf-8")
        played = [_play(step, folder, programs, wrong) for step in read_page(block)]
        if played and request.config.getoption("--update-cases"):
            page.write_text(page.read_text("utf-8").replace(block, _rewritten(block, played)), "utf-8")
    assert wrong == []


def _play(step: Step, folder: Path, programs: Path, wrong: list[str]) -> Step:
    real = play(step.command, folder, programs)
    # A page shows what a terminal shows: no marks for stderr, no exit code.
    seen = tuple(line.removeprefix("! ").rstrip() for line in real if not line.startswith("exit "))
    if agrees(step.lines, seen):
        return step
    wrong.append("\n".join((f"$ {step.command}", *seen)))
    return Step(step.command, seen)


def _rewritten(block: str, played: list[Step]) -> str:
    text = "\n\n".join("\n".join((f"$ {step.command}", *step.lines)) for step in played) + "\n"
    return _CONSOLE.sub(lambda _: text, block)


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_guide(page: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    follow(page, folder, tmp_path / "programs", request)


def test_tutorial(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "realtime-svg"
    shutil.copytree(ROOT / "examples" / "realtime-svg", folder, ignore=shutil.ignore_patterns("target"))
    follow(ROOT / "docs" / "tutorial.md", folder, tmp_path / "programs", request)


def test_explanations(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    for page in ("agreement", "lossless-edits"):
        folder = tmp_path / page
        folder.mkdir()
        shutil.copy(ROOT / "docker-bake.hcl", folder)
        follow(ROOT / "docs" / "explanation" / f"{page}.md", folder, tmp_path / f"programs-{page}", request)


def test_image(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    folder = tmp_path / "bakectl"
    shutil.copytree(ROOT / "image", folder / "image")
    shutil.copy(ROOT / "Dockerfile", folder)
    follow(ROOT / "docs" / "image.md", folder, tmp_path / "programs", request)


def test_hooks_are_there() -> None:
    (config,) = (text for name, text in _FILE.findall(_page("pre-commit")) if name == ".pre-commit-config.yaml")
    offered = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert {hook["id"] for repo in yaml.safe_load(config)["repos"] for hook in repo["hooks"]} == offered


def _page(name: str) -> str:
    return (ROOT / "docs" / "how-to" / f"{name}.md").read_text("utf-8")
