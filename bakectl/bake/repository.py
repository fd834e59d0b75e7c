"""Where a project lives, and the registry that belongs to that place."""

from __future__ import annotations

import re
from typing import Final

from bakectl.record import Record

_ADDRESS: Final = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]*@)?|[A-Za-z0-9_.-]+@)(?P<host>[A-Za-z0-9.-]+)(?::[0-9]+)?[/:](?P<path>[^\s?#]+)"
)
_SEGMENT: Final = re.compile(r"[A-Za-z0-9_.-]+")
LOCAL: Final = "localhost:5000"
"""The registry of who has none: nothing is pushed to a place that belongs to somebody else."""


class Repository(Record):
    """A repository on a server: `path` is its owner, groups and name, separated by slashes."""

    host: str
    path: str

    @property
    def url(self) -> str:
        return f"https://{self.host}/{self.path}"

    @property
    def owner(self) -> str:
        return self.path.partition("/")[0]

    @property
    def registry(self) -> str:
        """The registry of the server, where it is known, and the namespace that this repository may write to."""
        if self.host == "github.com":
            return f"ghcr.io/{self.owner.lower()}"
        if self.host == "gitlab.com":
            return f"registry.gitlab.com/{self.path.lower()}"
        if self.host == "codeberg.org":
            return f"codeberg.org/{self.owner.lower()}"
        return LOCAL


def read_repository(address: str) -> Repository | None:
    """Read what git or Cargo.toml says, leaving out users and passwords; None for what is no address of a server."""
    found = _ADDRESS.match(address)
    if found is None:
        return None
    segments = found["path"].removesuffix("/").removesuffix(".git").split("/")
    if len(segments) < 2 or not all(_SEGMENT.fullmatch(segment) for segment in segments):
        return None
    return Repository(found["host"].lower(), "/".join(segments))
