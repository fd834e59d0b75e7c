"""Start-up as ratios in one run: `--version` to bare Python, `--help` to the import of click."""

from __future__ import annotations

import sys

from timing import best, table


def main() -> None:
    python = best([sys.executable, "-c", "pass"])
    click = best([sys.executable, "-c", "import click"])
    version = best([sys.executable, "-m", "bakectl", "--version"])
    help = best([sys.executable, "-m", "bakectl", "--help"])
    table(
        ("what", "ms", "ratio", "to"),
        [
            ("python -c pass", python, 1.0, "itself"),
            ("bakectl --version", version, version / python, "python -c pass"),
            ("python -c 'import click'", click, 1.0, "itself"),
            ("bakectl --help", help, help / click, "import click"),
        ],
    )


if __name__ == "__main__":
    main()
