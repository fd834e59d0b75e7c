"""Circles in a graph of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def cycles(graph: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """One circle for each that is met going through the graph; each begins with the name that comes first in it."""
    done: set[str] = set()
    seen: set[frozenset[str]] = set()
    order = {name: place for place, name in enumerate(graph)}
    for start in graph:
        path: list[str] = []
        places: dict[str, int] = {}
        waiting: list[tuple[str, Iterator[str]]] = []

        def enter(name: str) -> None:
            places[name] = len(path)  # noqa: B023
            path.append(name)  # noqa: B023
            waiting.append((name, iter(graph.get(name, ()))))  # noqa: B023

        if start not in done:
            enter(start)
        while waiting:
            name, rest = waiting[-1]
            following = next(rest, None)
            if following is None:
                waiting.pop()
                path.pop()
                del places[name]
                done.add(name)
            elif following in places:
                circle = path[places[following] :]
                if frozenset(circle) not in seen:
                    seen.add(frozenset(circle))
                    first = circle.index(min(circle, key=lambda name: order.get(name, 0)))
                    yield (*circle[first:], *circle[:first])
            elif following not in done:
                enter(following)
