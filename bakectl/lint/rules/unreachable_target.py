"""A target that is in no group, and that nothing inherits from or uses: it is built only by its name.

Wrong:

    group "default" {
      targets = ["app"]
    }

    target "app" {
    }

    target "old" {
      tags = ["acme/old"]
    }

Right:

    group "default" {
      targets = ["app", "old"]
    }

    target "app" {
    }

    target "old" {
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Severity
from bakectl.lint.context import finding
from bakectl.lint.rules.inheritance_cycle import parents
from bakectl.syntax import nodes
from bakectl.syntax.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context


def check(context: Context) -> Iterator[Diagnostic]:
    """Find targets that nothing leads to, where there is a default group; a name may be meant for the command line."""
    project = context.project
    if "default" not in project.groups:
        return
    reached = {name for names in parents(context).values() for name in names}
    for group in project.groups.values():
        reached.update(group.targets or ())
    for target in context.targets.values():
        contexts = target.get("contexts", {})
        reached.update(value.removeprefix("target:") for value in contexts.values() if value.startswith("target:"))
    for at in context.blocks.all("target"):
        for attribute in at.block.body.attributes.values():
            for node in walk(attribute.value):
                if isinstance(node, nodes.GetAttribute) and getattr(node.target, "name", "") == "target":
                    reached.add(node.name)
    seen: set[str] = set()
    for name in project.targets:
        label = context.blocks.label(name)
        if name in reached or label in reached or label in seen or label == "default":
            continue
        seen.add(label)
        is_hook = not any(project.targets[name].layers)
        if label.startswith(("_", ".")) or is_hook:
            continue
        message = f'target "{label}" is in no group, and is built only by its name'
        yield finding(Severity.INFO, "unreachable-target", message, context.label_span(name))
