"""What leads to what: groups to members, targets to those they inherit from and use, and to variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.places import Blocks
from bakectl.record import Record
from bakectl.syntax.walk import references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.bake.model import Project

GROUP: Final = "group"
TARGET: Final = "target"
VARIABLE: Final = "variable"
MEMBER: Final = "member"
INHERITS: Final = "inherits"
CONTEXT: Final = "context"
READS: Final = "reads"
_LINK = "target:"


class Node(Record):
    """A group, a target or a variable; `is_known` is false for a name that nothing declares."""

    kind: str
    name: str
    is_known: bool = True

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.name}"


class Edge(Record):
    """From a group to a member, or from a target to what it needs; `label` is the name of a context."""

    start: str
    end: str
    kind: str
    label: str = ""


class Graph(Record):
    """Nodes and edges, in the order of the files; `roots` are where a tree begins."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    roots: tuple[str, ...]


def make_graph(project: Project, *, wanted: Iterable[str] = (), with_variables: bool = False) -> Graph:
    """The graph of a project, or the part of it that some names lead to."""
    nodes: dict[str, Node] = {}
    edges: dict[Edge, None] = {}

    def node(name: str) -> str:
        kind = GROUP if name in project.groups else TARGET
        found = Node(kind, name, name in project.groups or name in project.targets)
        return nodes.setdefault(found.id, found).id

    for group in project.groups.values():
        start = node(group.name)
        for member in group.targets or ():
            own = member == group.name and member in project.targets
            end = Node(TARGET, member) if own else None
            edges[Edge(start, nodes.setdefault(end.id, end).id if end else node(member), MEMBER)] = None
    for name, declared in project.targets.items():
        target = Node(TARGET, name)
        start = nodes.setdefault(target.id, target).id
        for layer in declared.layers:
            for parent in layer["inherits"].value if "inherits" in layer else ():
                other = Node(TARGET, parent, parent in project.targets)
                edges[Edge(start, nodes.setdefault(other.id, other).id, INHERITS)] = None
            contexts = layer["contexts"].value if "contexts" in layer else None
            for label, value in (contexts or {}).items():
                if value and value.startswith(_LINK):
                    linked = value.removeprefix(_LINK)
                    other = Node(TARGET, linked, linked in project.targets)
                    edges[Edge(start, nodes.setdefault(other.id, other).id, CONTEXT, label)] = None
    if with_variables:
        _add_variables(project, nodes, edges)
    return _part(nodes, edges, [node(name) for name in wanted])


def _add_variables(project: Project, nodes: dict[str, Node], edges: dict[Edge, None]) -> None:
    blocks = Blocks(project)
    made: dict[str, list[str]] = {}
    for name in project.targets:
        made.setdefault(blocks.label(name), []).append(name)
    for at in blocks.all(TARGET):
        for attribute in at.block.body.attributes.values():
            for mention in references(attribute.value):
                if mention.name in project.variables:
                    variable = Node(VARIABLE, mention.name)
                    for name in made.get(at.name, ()):
                        edges[Edge(f"{TARGET}:{name}", nodes.setdefault(variable.id, variable).id, READS)] = None


def _part(nodes: dict[str, Node], edges: dict[Edge, None], wanted: list[str]) -> Graph:
    """What the wanted nodes lead to; all, and as roots those that nothing leads to, if none is wanted."""
    if not wanted:
        reached = {edge.end for edge in edges}
        roots = [one for one in nodes if one not in reached]
        covered = _reachable(roots, edges)
        for one in nodes:
            if one not in covered:
                roots.append(one)
                covered |= _reachable([one], edges)
        first = f"{GROUP}:default"
        roots.sort(key=lambda one: (one != first, not one.startswith(GROUP)))
        return Graph(tuple(nodes.values()), tuple(edges), tuple(roots))
    kept = _reachable(wanted, edges)
    return Graph(
        tuple(node for name, node in nodes.items() if name in kept),
        tuple(edge for edge in edges if edge.start in kept and edge.end in kept),
        tuple(dict.fromkeys(wanted)),
    )


def _reachable(starts: Iterable[str], edges: Iterable[Edge]) -> set[str]:
    after: dict[str, list[str]] = {}
    for edge in edges:
        after.setdefault(edge.start, []).append(edge.end)
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(after.get(name, ()))
    return found
