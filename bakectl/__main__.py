"""The way in: `bakectl` and `python -m bakectl`."""

from __future__ import annotations

import gc
import sys


def main() -> int:
    """Run the command line of this process and return its exit code; `--version` is answered before any import."""
    if sys.argv[1:] == ["--version"]:
        from bakectl import __version__

        print(f"bakectl {__version__}")
        return 0
    # Nearly all that a command makes lives until its end: looking for garbage costs a sixth of a large file's time.
    gc.set_threshold(50_000)
    from bakectl.cli import main

    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
