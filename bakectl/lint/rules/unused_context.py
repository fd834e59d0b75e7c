"""A named context that the Dockerfile does not use.

Wrong:

    target "app" {
      contexts = {
        bas = "docker-image://alpine"
      }
    }

Right:

    target "app" {
      contexts = {
        base = "docker-image://alpine"
      }
    }

Files:

    Dockerfile: FROM base
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.suggest import closest_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.model import Target
    from bakectl.diagnostics import Diagnostic
    from bakectl.dockerfile.stages import Dockerfile
    from bakectl.lint.context import Context
    from bakectl.source import Span


def check(context: Context) -> Iterator[Diagnostic]:
    """Find names that neither a FROM nor a --from nor a mount says; where these hold unknown variables, none.

    What is inherited counts as used when one of the heirs uses it.
    """
    users: dict[tuple[str, str, int], list[tuple[str, bool]]] = {}
    places: dict[tuple[str, str, int], tuple[Span, frozenset[str]]] = {}
    for name, target in context.built.items():
        setting = target.settings.get("contexts")
        file = context.dockerfile(name) if setting and setting.value else None
        if setting is None or not setting.value:
            continue
        said = _said(file, target) if file else None
        for key in setting.value:
            span = context.written.key(setting, key)
            if span is not None:
                place = (key, span.source.path, span.start)
                users.setdefault(place, []).append((name, said is None or _short(key) in said))
                places[place] = span, said or frozenset()
    for place, found in users.items():
        if any(is_used for _, is_used in found):
            continue
        span, said = places[place]
        meant = closest_name(place[0], sorted(said))
        message = f'the Dockerfile of target "{found[0][0]}" does not use the context "{place[0]}"'
        severity = Severity.WARNING if meant else Severity.INFO
        help = f'did you mean "{meant}"?' if meant else None
        yield finding(severity, "unused-context", message, span, help=help)


def _said(file: Dockerfile, target: Target) -> frozenset[str] | None:
    """All names that a Dockerfile takes something from, its own stages too; None when one cannot be told."""
    from bakectl.dockerfile.needs import values_of
    from bakectl.dockerfile.variables import expand

    values = values_of(file, target.get("args", {}))
    bases = [expand(stage.base.name, values) for stage in file.stages]
    sources = [source.name for stage in file.stages for source in stage.sources]
    names = [*bases, *sources]
    if any(name is None or "$" in name for name in names):
        return None
    return frozenset(_short(name) for name in (*names, *file.names) if name)


def _short(name: str) -> str:
    """An image as it is named in short, without the platform that a context may be for."""
    name = name.partition("::")[0].lower().removeprefix("docker.io/").removeprefix("library/")
    return name.removesuffix(":latest")
