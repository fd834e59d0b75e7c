"""References of images: `ghcr.io/acme/app:1.0@sha256:…`, with what docker adds to short ones."""

from __future__ import annotations

import re
from typing import Final

from bakectl.record import Record

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?:(?P<host>[a-zA-Z0-9.-]+(?::[0-9]+)?|\[[a-fA-F0-9:]+\](?::[0-9]+)?)/)?(?P<path>{_PART}(?:/{_PART})*)"
    r"(?::(?P<tag>\w[\w.-]{0,127}))?(?:@(?P<digest>sha256:[a-f0-9]{64}))?",
    re.ASCII,
)
_PATH = re.compile(rf"{_PART}(?:/{_PART})*", re.ASCII)
HUB: Final = "docker.io"
_HUB_ADDRESS: Final = "registry-1.docker.io"
_LOOPBACK: Final = re.compile(r"(?:localhost|127(?:\.[0-9]+){3}|\[::1\])(?::[0-9]+)?", re.ASCII)


class Reference(Record):
    """Where an image is: the registry's host, the repository, and a tag or a digest."""

    host: str
    repository: str
    tag: str
    digest: str = ""

    @property
    def base(self) -> str:
        """The address of the registry: over plain HTTP only on this machine, as docker has it."""
        scheme = "http" if _LOOPBACK.fullmatch(self.host) else "https"
        return f"{scheme}://{_HUB_ADDRESS if self.host == HUB else self.host}/v2/{self.repository}"


def parse_reference(text: str) -> Reference | None:
    """Read a reference; None when it is none."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    host, path = found["host"] or "", found["path"]
    if host and not (host == "localhost" or any(mark in host for mark in ".:[")):
        # What looks like a name is one: acme/app is on Docker Hub.
        host, path = "", f"{host}/{path}"
        if _PATH.fullmatch(path) is None:
            return None
    if host in ("", "index.docker.io", HUB):
        host, path = HUB, path if "/" in path else f"library/{path}"
    return Reference(host, path, found["tag"] or "latest", found["digest"] or "")
