"""A graph as a tree of text, Mermaid, or DOT."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Node(Protocol):
    """What is drawn as a box."""

    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def is_known(self) -> bool: ...


class Edge(Protocol):
    """What is drawn as an arrow."""

    @property
    def start(self) -> str: ...
    @property
    def end(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> str: ...


class Graph(Protocol):
    """Boxes and arrows; a tree begins at the roots."""

    @property
    def nodes(self) -> Sequence[Node]: ...
    @property
    def edges(self) -> Sequence[Edge]: ...
    @property
    def roots(self) -> Sequence[str]: ...


_MOST: Final = 10_000
"""Lines of a tree; a graph in which many ways lead to the same has more than anyone reads."""


def tree(graph: Graph) -> str:
    """The graph as a tree; what was drawn once with all below it is not drawn again, and a circle is marked."""
    nodes = {node.id: node for node in graph.nodes}
    after: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        after.setdefault(edge.start, []).append(edge)
    drawn: set[str] = set()
    lines: list[str] = []

    def draw(root: str) -> None:
        waiting: list[tuple[str, str, str, str, tuple[str, ...]]] = [(root, "", "", "", ())]
        while waiting and len(lines) < _MOST:
            name, stem, branch, how, path = waiting.pop()
            below = after.get(name, [])
            again = name in drawn and below
            mark = " (circle)" if name in path else " …" if again else ""
            lines.append(f"{stem}{branch}{_title(nodes[name])}{how}{mark}")
            if name in path or again:
                continue
            drawn.add(name)
            deeper = stem + {"": "", "├── ": "│   ", "└── ": "    "}[branch]
            for place, edge in reversed(list(enumerate(below))):
                last = place == len(below) - 1
                how_next = "" if edge.kind == "member" else f"  ({_verb(edge)})"
                waiting.append((edge.end, deeper, "└── " if last else "├── ", how_next, (*path, name)))

    for root in graph.roots:
        draw(root)
    return "".join(f"{line}\n" for line in lines)


def _title(node: Node) -> str:
    kind = f"{node.kind} " if node.kind != "target" else ""
    return f"{kind}{node.name}{'' if node.is_known else ' (not there)'}"


def _verb(edge: Edge) -> str:
    return {"inherits": "inherited", "context": f"context {edge.label}", "reads": "read"}[edge.kind]


def mermaid(graph: Graph) -> str:
    """The graph for Mermaid, as in Markdown on most forges."""
    ids = {node.id: f"n{place}" for place, node in enumerate(graph.nodes)}
    lines = ["flowchart LR"]
    shapes = {"group": ("([", "])"), "target": ("[", "]"), "variable": ("{{", "}}")}
    for node in graph.nodes:
        left, right = shapes[node.kind]
        lines.append(f'  {ids[node.id]}{left}"{_mermaid_text(_label(node))}"{right}')
    for edge in graph.edges:
        arrow = {"member": "-->", "inherits": "-. inherits .->", "reads": "-. reads .->"}.get(edge.kind)
        arrow = arrow or f'-- "{_mermaid_text(edge.label)}" -->'
        lines.append(f"  {ids[edge.start]} {arrow} {ids[edge.end]}")
    return "".join(f"{line}\n" for line in lines)


def _label(node: Node) -> str:
    return node.name if node.is_known else f"{node.name} (not there)"


def _mermaid_text(text: str) -> str:
    return text.replace("&", "#amp;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")


def dot(graph: Graph) -> str:
    """The graph for Graphviz; colours suit light and dark pages."""
    return "".join(f"{line}\n" for line in _dot_lines(graph))


def _dot_lines(graph: Graph) -> Iterator[str]:
    yield "digraph bake {"
    yield "  rankdir=LR; bgcolor=transparent;"
    yield '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontsize=11];'
    yield '  node [color="#64748b", fillcolor="#e2e8f0"];'
    yield '  edge [fontname="sans-serif", fontsize=9, color="#64748b", fontcolor="#64748b"];'
    colours = {"group": "#bfdbfe", "variable": "#fde68a"}
    for node in graph.nodes:
        colour = colours.get(node.kind) if node.is_known else "#fecaca"
        extra = f', fillcolor="{colour}"' if colour else ""
        yield f"  {_quoted(node.id)} [label={_quoted(_label(node))}{extra}];"
    for edge in graph.edges:
        style = {"inherits": ' [style=dashed, label="inherits"]', "reads": " [style=dotted]"}.get(edge.kind, "")
        if edge.kind == "context":
            style = f" [label={_quoted(edge.label)}]"
        yield f"  {_quoted(edge.start)} -> {_quoted(edge.end)}{style};"
    yield "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
