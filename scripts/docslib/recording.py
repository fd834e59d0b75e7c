"""The recording of the README: commands that are really run on a terminal, as an SVG that loads nothing."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from rich.color import Color, ColorType
from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style

BEFORE = """\
group "default" {
  targets = ["api", "web"]
}

target "api" {
  platform   = ["linux/amd64", "linux/arm64"]
  tags       = ["acme/api:1.2"]
  cache-from = ["type=gha,scope=images"]
  cache-to   = ["type=gha,scope=images"]
}

target "web" {
  inherits = ["api"]
  tagz     = ["acme/web:1.2"]
}
"""
COMMANDS = (
    "bakectl check",
    "bakectl check --fix --unsafe-fixes --select names",
    "bakectl cache set gha --option scope={target} api web",
    "bakectl fmt",
)
_COLUMNS = 100
_WIDTH, _HEIGHT, _MARGIN = 8.4, 19, 18
_FOREGROUND, _BACKGROUND, _PROMPT = "#d5d9e0", "#1b1f27", "#7ec699"
_COLOURS = ("#5c6370", "#f2777a", "#99cc99", "#ffcc66", "#6ab0f3", "#cc99cd", "#66cccc", "#d5d9e0")


def record() -> tuple[str, str]:
    """Run the commands: what a terminal shows, drawn, and the bake file after them."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "shop"
        folder.mkdir()
        bake_file = folder / "docker-bake.hcl"
        bake_file.write_text(BEFORE, "utf-8")
        (folder / "Dockerfile").write_text("FROM scratch\n", "utf-8")
        lines: list[Text] = []
        for command in COMMANDS:
            lines += [Text("")] if lines else []
            lines.append(Text.assemble(("$ ", _PROMPT), (command, "bold")))
            lines += Text.from_ansi(_run(command, folder)).split()
        return _svg(lines), bake_file.read_text("utf-8")


def _run(command: str, folder: Path) -> str:
    """What a command writes to a terminal, the escapes of its colours included."""
    ours, theirs = pty.openpty()
    root = Path(__file__).resolve().parents[2]
    environment = {"PATH": os.defpath, "HOME": str(folder), "TERM": "xterm-256color", "COLUMNS": str(_COLUMNS)}
    environment["PYTHONPATH"] = str(root)
    words = [sys.executable, "-m", "bakectl", *command.split()[1:]]
    process = subprocess.Popen(words, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    written = bytearray()
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so where others give an empty answer
            break
        if not part:
            break
        written += part
    process.wait()
    os.close(ours)
    return written.decode().replace("\r\n", "\n").rstrip("\n")


def _svg(lines: list[Text]) -> str:
    width = round(max(map(len, lines)) * _WIDTH + 2 * _MARGIN)
    height = len(lines) * _HEIGHT + 2 * _MARGIN
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">',
        f"<title>{escape('; '.join(COMMANDS))}</title>",
        f'<rect width="{width}" height="{height}" rx="8" fill="{_BACKGROUND}"/>',
        f'<g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,monospace" font-size="14" fill="{_FOREGROUND}">',
    ]
    for number, line in enumerate(lines):
        if line.plain.strip():
            y = _MARGIN + number * _HEIGHT + 14
            drawn.append(f'<text x="{_MARGIN}" y="{y}" xml:space="preserve">{"".join(_parts(line))}</text>')
    return "\n".join((*drawn, "</g>", "</svg>", ""))


def _parts(line: Text) -> Iterator[str]:
    """Runs of one style; each is stretched to its columns, whatever font is there."""
    console = Console()
    styles = [line.get_style_at_offset(console, index) if line.spans else None for index in range(len(line))]
    start = 0
    for end in range(1, len(line) + 1):
        if end < len(line) and styles[end] == styles[start]:
            continue
        text = escape(line.plain[start:end])
        length = f' textLength="{(end - start) * _WIDTH:.1f}" x="{_MARGIN + start * _WIDTH:.1f}"'
        yield f"<tspan{length}{_look(styles[start])}>{text}</tspan>"
        start = end


def _look(style: Style | None) -> str:
    if style is None:
        return ""
    weight = ' font-weight="bold"' if style.bold else ""
    return weight + (f' fill="{_colour(style.color)}"' if style.color else "")


def _colour(color: Color) -> str:
    if color.type is ColorType.STANDARD and color.number is not None:
        return _COLOURS[color.number % 8]
    return color.get_truecolor().hex
