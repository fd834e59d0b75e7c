"""`bakectl graph`: groups, inheritance and linked contexts, drawn."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bakectl.cli import definition, options, screen
from bakectl.cli.options import ONE, SWITCH, Option
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from bakectl.bake.graph import Graph

_FORMATS: Final = ("tree", "mermaid", "dot", "svg", "json")
_SECONDS: Final = 60


def run(
    *,
    targets: tuple[str, ...],
    file: tuple[str, ...],
    var: tuple[str, ...],
    variables: bool | None,
    format: str | None,
    output: str | None,
    json: bool | None,
) -> int:
    """Draw what leads to what; mistakes of the files are shown, and what can be read is drawn."""
    from bakectl.bake.graph import make_graph
    from bakectl.report import graph as drawing

    project = definition.load(file, var)
    problems = Problems()
    for name in targets:
        if name not in project.targets and name not in project.groups:
            help = did_you_mean(name, (*project.targets, *project.groups))
            problems.error("unknown-target", f'there is no target or group "{name}"', None, help=help)
    if problems.has_errors:
        raise InvalidBakeFile((*project.problems, *problems))
    screen.show(project.problems)
    graph = make_graph(project, wanted=targets, with_variables=bool(variables))
    kind = "json" if json else format or "tree"
    if kind == "json":
        text = _json(graph)
    elif kind == "svg":
        text = _svg(drawing.dot(graph))
    else:
        text = {"tree": drawing.tree, "mermaid": drawing.mermaid, "dot": drawing.dot}[kind](graph)
    if output is None:
        screen.write(text)
    else:
        _save(output, text)
    return InvalidBakeFile.exit_code if project.problems.has_errors else 0


def _save(path: str, text: str) -> None:
    from bakectl.writing import write_file

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            before: bytes | None = file.read()
    except OSError:
        before = None
    write_file(path, before, text.encode())


def _json(graph: Graph) -> str:
    from json import dumps

    facts = {
        "nodes": [{"id": one.id, "kind": one.kind, "name": one.name, "known": one.is_known} for one in graph.nodes],
        "edges": [
            {"from": one.start, "to": one.end, "kind": one.kind, **({"label": one.label} if one.label else {})}
            for one in graph.edges
        ],
    }
    return dumps(facts, indent=2, ensure_ascii=False) + "\n"


def _svg(dot: str) -> str:
    """Let Graphviz draw; raises InvalidBakeFile when it is not there."""
    import tempfile

    from bakectl.engine.process import capture

    with tempfile.NamedTemporaryFile("w", suffix=".dot", encoding="utf-8") as file:
        file.write(dot)
        file.flush()
        done = capture(("dot", "-Tsvg", file.name), os.environ, seconds=_SECONDS)
    if done.code:
        problems = Problems()
        missing = done.code == 127
        message = "an SVG needs Graphviz, and there is no dot on PATH" if missing else f"dot failed: {done.err.strip()}"
        problems.error("no-graphviz", message, None, help="install graphviz, or use --format mermaid")
        raise InvalidBakeFile(problems)
    return done.out


COMMAND = options.Command(
    name="graph",
    help="Draw groups, inheritance and linked contexts: as a tree, or for Mermaid, Graphviz or a browser.",
    run=run,
    argument=options.TARGETS,
    options=(
        options.FILE,
        options.VAR,
        Option(("--variables",), SWITCH, "", "Draw the variables that targets read as well."),
        Option(("--format",), ONE, "FORMAT", "tree, mermaid, dot, svg or json.", _FORMATS),
        Option(("-o", "--output"), ONE, "FILE", "Write to a file."),
        options.JSON,
    ),
    examples=("bakectl graph", "bakectl graph backend --variables", "bakectl graph --format svg -o bake.svg"),
)
