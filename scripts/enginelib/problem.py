"""What can stop the engine, as an exception with an exit code and the advice that goes with it."""

import enum


class Exit(enum.IntEnum):
    """The exit codes of `scripts/engine`, the same for every command."""

    DONE = 0
    NOT_UP = 1
    MISSING = 4
    NETWORK = 75
    INTERRUPTED = 130


class Problem(Exception):
    """Something that the caller must hear about: what was found, and what to do."""

    def __init__(self, message: str, *, help: str = "", code: Exit = Exit.MISSING) -> None:
        super().__init__(message)
        self.help = help
        self.code = code
