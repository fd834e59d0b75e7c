"""The typed door to the docker SDK: what the daemon says of itself and of its images."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECONDS = 10
_SAVE_SECONDS = 300
_PIECE = 1 << 20


class DaemonFacts(Record):
    """What matters of a daemon for builds."""

    version: str
    containerd_store: bool
    """Whether images are kept in containerd, which gives several platforms and cache export to the default builder."""
    root: str = ""
    """The folder where it keeps images, on its own machine."""
    time: str = ""
    """Its clock, as RFC 3339 has it."""


def read_daemon(environment: Mapping[str, str]) -> DaemonFacts | None:
    """Ask the daemon of the current context; None when it cannot be asked."""
    client = _connect(environment)
    if client is None:
        return None
    try:
        facts = client.info()
    except Exception:  # The SDK lets errors of requests and urllib3 through.
        return None
    finally:
        client.close()
    status = dict(row for row in facts.get("DriverStatus") or () if len(row) == 2)
    store = str(status.get("driver-type", ""))
    return DaemonFacts(
        str(facts.get("ServerVersion", "")),
        store.startswith("io.containerd.snapshotter"),
        str(facts.get("DockerRootDir", "")),
        str(facts.get("SystemTime", "")),
    )


class Sizes(Record):
    """Bytes of an image by platform; of an image that says none, under an empty name."""

    bytes: Mapping[str, int]
    compressed: bool = True


def read_sizes(reference: str, environment: Mapping[str, str]) -> Sizes:
    """The sizes of an image that the daemon keeps: compressed where containerd keeps it, else unpacked."""
    client = _connect(environment)
    if client is None:
        return Sizes({})
    try:
        api: Any = client.api
        answer = api._get(api._url("/images/{0}/json", reference), params={"manifests": 1})  # noqa: SLF001
        facts = api._result(answer, json=True)  # noqa: SLF001
    except Exception:
        return Sizes({})
    finally:
        client.close()
    return _sizes(facts)


def _sizes(facts: Mapping[str, Any]) -> Sizes:
    """The sizes of each platform; an older daemon has one image, and says the size of that."""
    found: dict[str, int] = {}
    for manifest in facts.get("Manifests") or ():
        if manifest.get("Kind") == "image":
            platform = manifest.get("ImageData", {}).get("Platform", {})
            found[platform_text(platform)] = int(manifest.get("Size", {}).get("Content", 0))
    if found or "Size" not in facts:
        return Sizes(found)
    platform = {"os": facts.get("Os"), "architecture": facts.get("Architecture"), "variant": facts.get("Variant")}
    return Sizes({platform_text(platform): int(facts["Size"])}, compressed=False)


def save_image(reference: str, environment: Mapping[str, str], path: str) -> bool | None:
    """Write an image into a file, as `docker save` does; False when the daemon has none, None when it cannot be asked.

    Raises OSError when the file cannot be written or the daemon stops in the middle.
    """
    client = _connect(environment, seconds=_SAVE_SECONDS)
    if client is None:
        return None
    from docker.errors import APIError, NotFound

    try:
        pieces = client.api.get_image(reference, chunk_size=_PIECE)
    except NotFound:
        return False
    except APIError as error:
        raise OSError(None, f"docker save {reference} fails: {error.explanation or error}") from None
    except Exception:
        return None
    try:
        with open(path, "wb") as file:  # noqa: PTH123
            file.writelines(pieces)
    finally:
        client.close()
    return True


class Login(Record):
    """What docker would send to a registry."""

    user: str
    password: str
    identity_token: str

    def __repr__(self) -> str:
        return f"Login({self.user!r}, ***)"


def read_login(host: str) -> Login | None:
    """The login that `docker login` left for a registry, credential helpers included; None when there is none."""
    import warnings

    try:
        from docker.auth import load_config, resolve_authconfig

        with warnings.catch_warnings(action="ignore"):
            found: Any = resolve_authconfig(load_config(), registry=host)
    except Exception:  # A helper that fails leaves us without a login, as it leaves docker.
        return None
    if not found:
        return None
    facts = {str(key).lower(): str(value or "") for key, value in found.items()}
    return Login(facts.get("username", ""), facts.get("password", ""), facts.get("identitytoken", ""))


def platform_text(platform: Mapping[str, Any]) -> str:
    """A platform from its parts, as manifests have them."""
    return "/".join(str(platform[key]) for key in ("os", "architecture", "variant") if platform.get(key))


def _connect(environment: Mapping[str, str], seconds: int = _SECONDS) -> Any:
    """A client for the daemon that docker's own command line would use; None where the SDK cannot reach it."""
    try:
        import docker
        from docker.context import ContextAPI

        if environment.get("DOCKER_HOST"):
            if environment["DOCKER_HOST"].startswith("ssh://"):
                return None
            return docker.from_env(environment=dict(environment), timeout=seconds)
        context = ContextAPI.get_context(environment.get("DOCKER_CONTEXT") or None)
        if context is None or not context.Host or context.Host.startswith("ssh://"):
            return None
        return docker.DockerClient(base_url=context.Host, tls=context.TLSConfig or False, timeout=seconds)
    except Exception:
        return None
