"""Bodies of the functions on paths, by Go's rules for slash-separated paths."""

from __future__ import annotations

from bakectl.eval.values import Value, string


def basename(args: tuple[Value, ...]) -> Value:
    path: str = args[0].data
    if not path:
        return string(".")
    return string(path.rstrip("/").rpartition("/")[2] or "/")


def dirname(args: tuple[Value, ...]) -> Value:
    from posixpath import normpath

    head, slash, _ = args[0].data.rpartition("/")
    path = normpath(head + slash)
    # POSIX gives a meaning to exactly two slashes at the start, and normpath keeps them; Go does not.
    return string(path[1:] if path.startswith("//") else path)


def homedir(_: tuple[Value, ...]) -> Value:
    from posixpath import expanduser

    return string(expanduser("~"))
