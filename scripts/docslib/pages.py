"""All pages that are made from tables, and the way they are written to the repository."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bakectl.cli import COMMANDS, load_command
from docslib import man, reference
from docslib.recording import record
from docslib.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path

REFERENCE = "docs/reference"
MANUALS = "man"
RECORDING = "docs/recording.svg"


def made_pages(root: Path) -> dict[str, str]:
    """The text of each page by its path in the repository."""
    commands = {name: load_command(name) for name in COMMANDS}
    settings = read_settings(json.loads((root / "bakectl" / "settings.schema.json").read_text("utf-8")))
    site = {
        "commands.md": reference.commands_page(commands),
        "fields.md": reference.fields_page(),
        "functions.md": reference.functions_page(),
        "caches.md": reference.caches_page(),
        "settings.md": reference.settings_page(settings),
        "exit-codes.md": reference.exit_codes_page(),
    }
    manuals = {
        "man1/bakectl.1": man.overview(),
        **{f"man1/bakectl-{word}.1": man.command_page(word, commands) for word in man.first_words()},
        "man5/bakectl.toml.5": man.settings_page(settings),
    }
    drawn, _ = record()
    return {
        RECORDING: drawn,
        **{f"{REFERENCE}/{name}": text for name, text in site.items()},
        **{f"{MANUALS}/{name}": text for name, text in manuals.items()},
    }


def there(root: Path) -> set[str]:
    """The paths of the pages that the repository has."""
    found = [*root.glob(RECORDING), *root.glob(f"{REFERENCE}/*.md"), *root.glob(f"{MANUALS}/*/*")]
    return {path.relative_to(root).as_posix() for path in found}


def write_pages(root: Path) -> None:
    """Bring the repository up to date: pages of what is no more go."""
    pages = made_pages(root)
    for name in there(root) - pages.keys():
        (root / name).unlink()
    for name, text in pages.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
