"""A name of a target or group that is not there: buildx fails as soon as it is needed.

Wrong:

    group "default" {
      targets = ["app", "wbe"]
    }

    target "app" {
    }

    target "web" {
    }

Right:

    group "default" {
      targets = ["app", "web"]
    }

    target "app" {
    }

    target "web" {
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes
from bakectl.syntax.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.places import At
    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context

_LINK = "target:"


def check(context: Context) -> Iterator[Diagnostic]:
    """Find names in groups, `inherits` and contexts that nothing has."""
    project = context.project
    if project.incomplete:
        return
    both = {**project.groups, **project.targets}
    for at in context.blocks.all("group"):
        yield from _names(at, "targets", both, "target or group")
    for at in context.blocks.all("target"):
        yield from _names(at, "inherits", project.targets, "target")
        contexts = at.attribute("contexts")
        for node in walk(contexts.value) if contexts else ():
            if isinstance(node, nodes.String) and node.value.startswith(_LINK):
                name = node.value.removeprefix(_LINK)
                if name not in project.targets:
                    yield _unknown(at, node, name, project.targets, "target")


def _names(at: At, field: str, known: Mapping[str, object], what: str) -> Iterator[Diagnostic]:
    attribute = at.attribute(field)
    value = attribute.value if attribute else None
    for node in value.items if isinstance(value, nodes.Tuple) else ():
        if isinstance(node, nodes.String) and node.value not in known:
            yield _unknown(at, node, node.value, known, what)


def _unknown(at: At, node: nodes.Node, name: str, known: Mapping[str, object], what: str) -> Diagnostic:
    message = f'there is no {what} "{name}"'
    return finding(Severity.ERROR, "unknown-target", message, at.span(node), help=did_you_mean(name, known))
