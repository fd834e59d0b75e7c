"""From the builder that is there to the one that is wanted: the commands of docker, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.platforms import normalised
from bakectl.engine.builder_settings import CONTAINER, REMOTE, docker_endpoint
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.engine.builder_settings import WantedBuilder, WantedNode
    from bakectl.engine.builders import Builder, Node

CREATE = ("docker", "buildx", "create")


class Step(Record):
    """One command, and what it is for."""

    what: str
    arguments: tuple[str, ...]


def steps_up(wanted: WantedBuilder, there: Builder | None, contexts: Mapping[str, str]) -> tuple[Step, ...]:
    """The commands that make the builder, or bring the one that is there to what is wanted; none when it is so.

    `contexts` has the endpoints of docker's contexts. A builder with another driver cannot be changed: it is made anew.
    """
    if there is not None and there.driver != wanted.driver:
        anew = Step(f"remove {wanted.name}, which has the driver {there.driver}", _remove(wanted.name))
        return (anew, *steps_up(wanted, None, contexts))
    have = {} if there is None else {node.name: node for node in there.nodes}
    found = list(_contexts(wanted, contexts))
    for node in wanted.nodes:
        old = have.get(node.name)
        if old is None or _differs(wanted, node, old):
            is_first = there is None and node is wanted.nodes[0]
            what = f"make {wanted.name}" if is_first else f"{'change' if old else 'add'} node {node.name}"
            found.append(Step(what, _create(wanted, node, is_first=is_first)))
    names = {node.name for node in wanted.nodes}
    for name in have:
        if name not in names:
            leave = ("--name", wanted.name, "--leave", "--node", name)
            found.append(Step(f"take node {name} out", (*CREATE, *leave)))
    return tuple(found)


def start(wanted: WantedBuilder) -> Step:
    """The command that starts all nodes, and finds out what they run."""
    return Step("start all nodes", ("docker", "buildx", "inspect", "--bootstrap", wanted.name))


def steps_down(wanted: WantedBuilder, there: Builder | None, contexts: Mapping[str, str]) -> tuple[Step, ...]:
    """The commands that remove the builder, and the contexts that were made for it."""
    found = [] if there is None else [Step(f"remove {wanted.name}", _remove(wanted.name))]
    for node in wanted.nodes:
        name = _context(wanted, node)
        if name and name in contexts:
            found.append(Step(f"remove the context {name}", ("docker", "context", "rm", name)))
    return tuple(found)


def _remove(name: str) -> tuple[str, ...]:
    return ("docker", "buildx", "rm", name)


def _create(wanted: WantedBuilder, node: WantedNode, *, is_first: bool) -> tuple[str, ...]:
    words = [*CREATE, "--name", wanted.name, "--driver", wanted.driver, "--node", node.name]
    if not is_first:
        words.append("--append")
    if node.platforms:
        words += ["--platform", ",".join(node.platforms)]
    for option in (*node.options, *_tls_options(wanted, node)):
        words += ["--driver-opt", option]
    if node.flags:
        words += ["--buildkitd-flags", node.flags]
    if node.config:
        words += ["--buildkitd-config", node.config]
    endpoint = _context(wanted, node) or docker_endpoint(node)
    return (*words, *((endpoint,) if endpoint else ()))


def _tls_options(wanted: WantedBuilder, node: WantedNode) -> Iterator[str]:
    if node.tls is None or wanted.driver != REMOTE:
        return
    names = ("cacert", "cert", "key", "servername")
    for name, value in zip(names, (node.tls.ca, node.tls.cert, node.tls.key, node.tls.server_name), strict=True):
        if value:
            yield f"{name}={value}"


def _context(wanted: WantedBuilder, node: WantedNode) -> str:
    """The context of docker that a daemon behind TLS needs, because only contexts hold certificates."""
    return f"{wanted.name}-{node.name}" if wanted.driver == CONTAINER and node.tls is not None else ""


def _contexts(wanted: WantedBuilder, contexts: Mapping[str, str]) -> Iterator[Step]:
    for node in wanted.nodes:
        name = _context(wanted, node)
        if not name or node.tls is None or contexts.get(name) == node.endpoint:
            continue
        files = (("ca", node.tls.ca), ("cert", node.tls.cert), ("key", node.tls.key))
        docker = ",".join((f"host={node.endpoint}", *(f"{key}={path}" for key, path in files if path)))
        verb = "update" if name in contexts else "create"
        yield Step(f"{verb} the context {name}", ("docker", "context", verb, name, "--docker", docker))


def _differs(wanted: WantedBuilder, node: WantedNode, old: Node) -> bool:
    """Whether a node is not as it should be, as far as buildx tells what it is; it tells no flags and no options."""
    endpoint = _context(wanted, node) or docker_endpoint(node)
    if endpoint and endpoint != old.endpoint:
        return True
    return bool(node.platforms) and {*node.platforms} != {*map(normalised, old.promised or old.platforms)}
