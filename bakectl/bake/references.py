"""References of images: the repository, and the registry that it is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

DOCKER_HUB: Final = "docker.io"


def repository_of(reference: str) -> str:
    """The reference without its tag and digest."""
    name = reference.partition("@")[0]
    colon = name.rfind(":")
    return name[:colon] if colon > name.rfind("/") else name


def repositories_of(references: Iterable[str]) -> tuple[str, ...]:
    """The repositories of references, each once."""
    return tuple(dict.fromkeys(repository_of(reference) for reference in references if reference))


def registry_of(reference: str) -> str:
    """The host of the registry; a reference that names none is in Docker Hub."""
    host, slash, _ = reference.partition("/")
    return host if slash and (host == "localhost" or "." in host or ":" in host) else DOCKER_HUB
