"""Which files are read, in which order, and in which of their formats."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.source import Source
from bakectl.suggest import closest_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

COMPOSE_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
DEFAULT_NAMES = (
    *COMPOSE_NAMES,
    "docker-bake.json",
    "docker-bake.hcl",
    "docker-bake.override.json",
    "docker-bake.override.hcl",
)
"""All that exist are read, in this order, when no file is named."""

MAX_FILE = 8 << 20
"""Bytes in one file; the largest bake files known have 100 kB."""

HCL = "hcl"
JSON = "json"
COMPOSE = "compose"

_SCP = re.compile(r"[A-Za-z0-9_-]+@[A-Za-z0-9.-]+:")
_GIT_SCHEME = re.compile(r"(?:git|ssh)://", re.IGNORECASE)


class Input(Record):
    """A file that was read, and the format that its name or its content tells."""

    source: Source
    format: str


def is_remote(argument: str) -> bool:
    """Whether buildx takes this for a remote definition or context: a URL or a git reference."""
    if argument.startswith(("http://", "https://", "github.com/")):
        return True
    if argument.startswith(("./", "../")):
        return False
    return bool(_GIT_SCHEME.match(argument) or _SCP.match(argument))


def named_files(paths: Iterable[str], environment: Mapping[str, str]) -> tuple[str, ...]:
    """The files to read: those of `-f`, else of BUILDX_BAKE_FILE, else none, which stands for the default names."""
    given = tuple(paths)
    if given:
        return given
    separator = environment.get("BUILDX_BAKE_PATH_SEPARATOR") or os.pathsep
    listed = environment.get("BUILDX_BAKE_FILE", "").split(separator)
    return tuple(name.strip() for name in listed if name.strip())


def read_files(
    paths: Iterable[str], environment: Mapping[str, str], stdin: BinaryIO | bytes | None = None
) -> tuple[Input, ...]:
    """Read all files; raises InvalidBakeFile, naming every file that cannot be read."""
    problems = Problems()
    named = named_files(paths, environment)
    inputs: list[Input] = []
    for name in named or [name for name in DEFAULT_NAMES if os.path.exists(name)]:  # noqa: PTH110
        data = _read_stdin(stdin, problems) if name == "-" else _read(name.removeprefix("cwd://"), problems)
        if data:
            source = Source.decode("<stdin>" if name == "-" else name.removeprefix("cwd://"), data)
            inputs.append(Input(source, format_of(name, source.text)))
    if not inputs and not problems.has_errors:
        if named:
            problems.error("no-bake-file", f"there is nothing in {', '.join(named)}", None)
        else:
            help = "create docker-bake.hcl here, or name a file with -f"
            problems.error("no-bake-file", "there is no bake file in this folder", None, help=help)
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return tuple(inputs)


def _read_stdin(stdin: BinaryIO | bytes | None, problems: Problems) -> bytes:
    data = stdin if isinstance(stdin, bytes) else stdin.read(MAX_FILE + 1) if stdin is not None else b""
    if len(data) > MAX_FILE:
        problems.error("file-too-large", f"standard input holds more than {MAX_FILE} bytes", None)
        return b""
    return data


def _read(path: str, problems: Problems) -> bytes:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_FILE:
                data = b"." * (MAX_FILE + 1)
            else:
                data = file.read(MAX_FILE + 1)
    except IsADirectoryError:
        names = [name for name in DEFAULT_NAMES if os.path.exists(os.path.join(path, name))]  # noqa: PTH110, PTH118
        help = f"name the file in it: -f {os.path.join(path, names[-1])}" if names else None  # noqa: PTH118
        problems.error("unreadable-file", f"{path} is a folder", None, help=help)
    except FileNotFoundError:
        folder, name = os.path.split(path)
        closest = None
        if os.path.isdir(folder or "."):  # noqa: PTH112
            closest = closest_name(name, os.listdir(folder or "."))  # noqa: PTH208
        help = f"did you mean {os.path.join(folder, closest)}?" if closest else None  # noqa: PTH118
        problems.error("unreadable-file", f"there is no file {path}", None, help=help)
    except OSError as error:
        problems.error("unreadable-file", f"{path} cannot be read: {error.strerror}", None)
    else:
        if len(data) > MAX_FILE:
            problems.error("file-too-large", f"{path} holds more than {MAX_FILE} bytes", None)
            return b""
        return data
    return b""


def format_of(name: str, text: str) -> str:
    """The format, by name as buildx does; a name that tells nothing leaves it to the content."""
    if name.lower().endswith((".yml", ".yaml")):
        return COMPOSE
    if name.endswith(".json"):
        return JSON
    if name.endswith(".hcl"):
        return HCL
    start = text.lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        return JSON
    from bakectl.bake.compose import looks_like_compose

    return COMPOSE if looks_like_compose(text) else HCL
