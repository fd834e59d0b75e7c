"""The way in: `bakectl` and `python -m bakectl`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run the command line of this process and return its exit code; `--version` is answered before any import."""
    if sys.argv[1:] == ["--version"]:
        from bakectl import __version__

        print(f"bakectl {__version__}")
        return 0
    # Nearly all that a command makes lives until its end: looking for garbage costs a fifth of a large file's time.
    gc.disable()
    from bakectl.cli import main

    return main(sys.argv[1:])


def run() -> int:
    """Run the command line of this process and end it, at once if no thread was started: a tree takes long to free."""
    code = main()
    if "threading" not in sys.modules:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(run())
