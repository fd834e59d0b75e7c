"""The settings of a builder: the section `[builder]` of the settings file, which says of what nodes it is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.platforms import PlatformError, normalised, parse_platform
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record

if TYPE_CHECKING:
    from bakectl.settings import SettingsFile, Table

CONTAINER: Final = "docker-container"
KUBERNETES: Final = "kubernetes"
REMOTE: Final = "remote"
DRIVERS: Final = (CONTAINER, KUBERNETES, REMOTE)
NAME: Final = "bakectl"
_NAME = re.compile(r"[a-zA-Z][a-zA-Z0-9._-]*")
_LOCAL: Final = CONTAINER
"""The endpoint of a node in a container of the Docker daemon of this machine."""
_TLS: Final = ("ca", "cert", "key", "server-name")


class Tls(Record):
    """Files that prove who is who on a connection, as paths, and the name that the server's certificate has."""

    ca: str = ""
    cert: str = ""
    key: str = ""
    server_name: str = ""


class WantedNode(Record):
    """A node as it should be: an endpoint of "" is where the driver puts it."""

    name: str
    endpoint: str = ""
    platforms: tuple[str, ...] = ()
    """Normalised; empty for what the node itself finds out."""
    options: tuple[str, ...] = ()
    """Options of the driver, `KEY=VALUE`."""
    flags: str = ""
    """Flags of buildkitd."""
    config: str = ""
    """The path of a configuration file of buildkitd."""
    tls: Tls | None = None


class WantedBuilder(Record):
    """A builder as it should be."""

    name: str
    driver: str
    nodes: tuple[WantedNode, ...]


def read_builder(file: SettingsFile) -> WantedBuilder | None:
    """Read the section, None when there is none; raises InvalidBakeFile with all that is wrong."""
    if "builder" not in file.tables:
        return None
    problems = Problems()
    table = file.section("builder", problems)
    name = _name(table, "name") or NAME
    driver = table.choice("driver", DRIVERS)
    tables = table.tables("nodes")
    nodes = tuple(_node(one, name, index) for index, one in enumerate(tables))
    table.finish()
    if not tables:
        table.report("nodes", "has no node", 'write [[builder.nodes]] and endpoint = "ssh://build@arm.example"')
    drivers = {driver} if driver else {_driver(one) for one in nodes}
    if len(drivers) > 1:
        kinds = " and ".join(sorted(drivers))
        table.report(
            "nodes", f"are of {kinds}: all nodes of a builder have one driver", "make a builder for each driver"
        )
    chosen = min(drivers, default=CONTAINER)
    for one, node in zip(tables, nodes, strict=True):
        _check(one, node, chosen)
    for doubled in {node.name for node in nodes if sum(other.name == node.name for other in nodes) > 1}:
        table.report("nodes", f'has two nodes called "{doubled}"')
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return WantedBuilder(name, chosen, nodes)


def _node(table: Table, builder: str, index: int) -> WantedNode:
    given = table.text("endpoint") or ""
    platforms = []
    for text in table.texts("platforms") or ():
        try:
            parse_platform(text)
            platforms.append(normalised(text))
        except PlatformError as error:
            table.report("platforms", f"names no platform: {error}", "write one such as linux/arm64")
    options = table.texts("options") or ()
    for option in options:
        if "=" not in option:
            table.report("options", f'"{option}" is not KEY=VALUE', 'write options = ["network=host"]')
    tls = _tls(table.table("tls"))
    node = WantedNode(
        _name(table, "name") or f"{builder}{index}",
        given,
        tuple(dict.fromkeys(platforms)),
        options,
        table.text("flags") or "",
        table.text("config") or "",
        tls,
    )
    table.finish()
    return node


def _tls(table: Table) -> Tls | None:
    texts = [table.text(key) or "" for key in _TLS]
    table.finish()
    return Tls(*texts) if table.values else None


def _name(table: Table, key: str) -> str | None:
    value = table.text(key)
    if value is not None and _NAME.fullmatch(value) is None:
        table.report(key, f'is letters, digits and "._-", and not "{value}"')
        return None
    return value


def _driver(node: WantedNode) -> str:
    """The driver that suits an endpoint; what speaks BuildKit's own protocol is reached over TCP."""
    if node.endpoint.partition("://")[0] == KUBERNETES:
        return KUBERNETES
    return REMOTE if node.endpoint.startswith("tcp://") else CONTAINER


def _check(table: Table, node: WantedNode, driver: str) -> None:
    """Refuse endpoints that a driver cannot use."""
    scheme, sign, _ = node.endpoint.partition("://")
    if driver == KUBERNETES and node.endpoint not in ("", KUBERNETES) and scheme != KUBERNETES:
        table.report("endpoint", f'of a kubernetes node is "kubernetes", and not "{node.endpoint}"')
    elif driver == REMOTE and not sign:
        table.report("endpoint", "of a remote node is an address of buildkitd", 'write "tcp://host:1234"')
    elif driver == CONTAINER and sign and scheme not in ("ssh", "tcp", "unix", "npipe"):
        table.report("endpoint", f'"{node.endpoint}" is no address of a Docker daemon', 'write "ssh://user@host"')
    if node.tls is not None and scheme != "tcp":
        table.report("tls", "is for endpoints that begin with tcp://")


def docker_endpoint(node: WantedNode) -> str:
    """The endpoint as `docker buildx create` takes it; "" for the one that the driver chooses."""
    scheme, _, rest = node.endpoint.partition("://")
    if node.endpoint in (_LOCAL, KUBERNETES):
        return ""
    return rest if scheme == KUBERNETES else node.endpoint
