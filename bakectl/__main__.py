"""The way in: `bakectl` and `python -m bakectl`."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line of this process and return its exit code; `--version` is answered before any import."""
    if sys.argv[1:] == ["--version"]:
        from bakectl import __version__

        print(f"bakectl {__version__}")
        return 0
    from bakectl.cli import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
