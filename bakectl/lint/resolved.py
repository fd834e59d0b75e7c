"""What the targets of a project resolve to, as far as mistakes elsewhere let them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.fields import FIELDS
from bakectl.bake.resolve import resolve
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record, replace
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Project, Target
    from bakectl.bake.places import Blocks
    from bakectl.diagnostics import Diagnostic


class Resolved(Record):
    """The targets that can be resolved, and the problems of resolving each of them."""

    targets: Mapping[str, Target]
    problems: tuple[Diagnostic, ...]


def resolve_all(project: Project, blocks: Blocks) -> Resolved:
    """Resolve every target, each for itself where not all can be resolved together.

    A target of which a part could not be computed is left out, so that no rule takes what is missing for unset.
    """
    clean = replace(project, problems=Problems())
    left_out = _doubtful(project, blocks) if project.problems.has_errors else frozenset()
    names = tuple(name for name in project.targets if name not in left_out)
    if not names:
        return Resolved({}, ())
    try:
        plan = resolve(clean, names)
        return Resolved({name: plan.targets[name] for name in names}, tuple(plan.problems))
    except InvalidBakeFile:
        pass
    targets: dict[str, Target] = {}
    problems: list[Diagnostic] = []
    for name in names:
        try:
            plan = resolve(clean, (name,))
        except InvalidBakeFile as error:
            problems += error.diagnostics
        else:
            targets[name] = plan.targets[name]
            problems += plan.problems
    return Resolved(targets, tuple(problems))


def _doubtful(project: Project, blocks: Blocks) -> frozenset[str]:
    """Targets with an attribute that is written and has no value, and all that inherit from them."""
    written: dict[str, set[str]] = {}
    for at in blocks.all("target"):
        names = written.setdefault(at.name, set())
        for name, attribute in at.block.body.attributes.items():
            is_null = isinstance(attribute.value, nodes.Literal) and attribute.value.value is None
            if name in FIELDS and not is_null:
                names.add(name)
    doubtful = {
        name
        for name, declared in project.targets.items()
        if any(not any(field in layer for layer in declared.layers) for field in written.get(blocks.label(name), ()))
    }
    heirs: dict[str, list[str]] = {}
    for name, declared in project.targets.items():
        for layer in declared.layers:
            for parent in layer["inherits"].value if "inherits" in layer else ():
                heirs.setdefault(parent, []).append(name)
    waiting = list(doubtful)
    while waiting:
        for heir in heirs.get(waiting.pop(), ()):
            if heir not in doubtful:
                doubtful.add(heir)
                waiting.append(heir)
    return frozenset(doubtful)
