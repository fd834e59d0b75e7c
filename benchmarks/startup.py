"""Start-up as ratios in one run: `--version` to bare Python, `--help` to the import of click, a Tab to `--help`."""

from __future__ import annotations

import sys

from timing import bakectl, best, table


def main() -> None:
    """Measure and print the table."""
    python, click, version, help, print_help, completion = best(
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "import click"],
        [*bakectl(), "--version"],
        [*bakectl(), "--help"],
        [*bakectl(), "print", "--help"],
        [*bakectl(), "__complete", "bash", "bake", ""],
    )
    table(
        ("what", "ms", "ratio", "to"),
        [
            ("python -c pass", python, 1.0, "itself"),
            ("bakectl --version", version, version / python, "python -c pass"),
            ("python -c 'import click'", click, 1.0, "itself"),
            ("bakectl --help", help, help / click, "import click"),
            ("bakectl print --help", print_help, print_help / click, "import click"),
            ("completion of a target", completion, completion / help, "bakectl --help"),
        ],
    )


if __name__ == "__main__":
    main()
