"""Which targets a pattern names, so that they can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.patterns import BadPattern, has_wildcard, matches
from bakectl.editing.refusal import refused
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from bakectl.bake.model import Project
    from bakectl.bake.places import Blocks


class Chosen(Record):
    """A label of target blocks, and the targets that they make."""

    label: str
    targets: tuple[str, ...]


def choose_targets(blocks: Blocks, pattern: str) -> tuple[Chosen, ...]:
    """The labels of the targets that a pattern names, as `--set` matches it; raises EditRejected when there is none.

    Of a block with a matrix all targets have to be meant, for they are written as one.
    """
    project = blocks.project
    made: dict[str, list[str]] = {}
    for name in project.targets:
        made.setdefault(blocks.label(name), []).append(name)
    for label in project.incomplete:
        made.setdefault(label, [])
    try:
        chosen = {
            label: [name for name in names if pattern == label or matches(pattern, name)]
            for label, names in made.items()
        }
    except BadPattern:
        raise refused("unknown-target", f'"{pattern}" is not a pattern', help="write * for any characters") from None
    found = {label: names for label, names in chosen.items() if names or label == pattern}
    if not found:
        raise _unknown(project, pattern, (*made, *project.targets))
    for label, names in found.items():
        others = [name for name in made[label] if name not in names]
        if others:
            place = blocks.named("target", label)[-1]
            message = f'target "{names[0]}" is made by the matrix of "{label}", together with {", ".join(others[:5])}'
            help = f'change all of them with "{label}", or an expression of the matrix by hand'
            raise refused("matrix-target", message, place.span(place.block.labels[0]), help=help)
    return tuple(Chosen(label, tuple(dict.fromkeys((*names, *_made(blocks, label))))) for label, names in found.items())


def _made(blocks: Blocks, label: str) -> tuple[str, ...]:
    """The targets of a matrix, some of which may have blocks of their own besides."""
    if any(at.attribute("matrix") for at in blocks.named("target", label)) and label in blocks.project.groups:
        return blocks.project.groups[label].targets or ()
    return ()


def _unknown(project: Project, pattern: str, known: tuple[str, ...]) -> Exception:
    if has_wildcard(pattern):
        return refused("unknown-target", f'no target matches "{pattern}"', help=_known(known))
    if pattern in project.groups:
        members = ", ".join(project.groups[pattern].targets or ())
        return refused(
            "unknown-target",
            f'"{pattern}" is a group, and only targets have settings',
            project.groups[pattern].declared_at,
            help=f"name its targets: {members}" if members else None,
        )
    help = did_you_mean(pattern, known) or _known(known)
    return refused("unknown-target", f'there is no target "{pattern}"', help=help)


def _known(known: tuple[str, ...]) -> str | None:
    names = sorted(dict.fromkeys(known))
    return f"there are {', '.join(names[:12])}{' …' if len(names) > 12 else ''}" if names else None
