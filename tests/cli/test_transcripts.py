"""Each transcript beside this file, and each command that the README shows, does what is written there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from transcripts import ROOT, Step, agrees, play, read_page, read_transcript, write_transcript

TRANSCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))
PAGES = ("README.md", "docs/cache.md", "docs/convert.md", "docs/init.md", "docs/tags.md", "docs/ci.md")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text("utf-8")
    transcript = read_transcript(text)
    folder, programs = tmp_path / "project", tmp_path / "programs"
    folder.mkdir()
    programs.mkdir()
    for name, content in transcript.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    played = tuple(Step(step.command, play(step.command, folder, programs)) for step in transcript.steps)
    new = write_transcript(transcript, played)
    if request.config.getoption("--update-cases"):
        path.write_text(new, "utf-8")
    assert path.read_text("utf-8") == new


@pytest.mark.parametrize("page", PAGES)
def test_page(page: str, tmp_path: Path) -> None:
    steps = read_page((ROOT / page).read_text("utf-8"))
    assert steps, f"{page} shows no command"
    for step in steps:
        real = play(step.command, ROOT, tmp_path)
        # A page shows what a terminal shows: no marks for stderr, no exit code.
        seen = tuple(line.removeprefix("! ") for line in real if not line.startswith("exit "))
        assert agrees(step.lines, seen), f"{page}: $ {step.command}\nreally writes\n" + "\n".join(seen)


def test_the_library_as_the_readme_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(ROOT)
    names: dict[str, Any] = {}
    exec(code, names)
    shown = re.search(r"value +# (.*)", code)
    assert repr(names["plan"]["backend"]["tags"].value) == shown[1]
    assert str(names["plan"]["backend"]["tags"].origin.span).startswith("docker-bake.hcl:")
