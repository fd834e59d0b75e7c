"""Adding and removing platforms, where the list of a target lives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.fields import FIELDS
from bakectl.bake.platforms import PlatformError, normalised, parse_platform
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.editing import lists, settings, values
from bakectl.editing.blocks import choose_targets
from bakectl.editing.keys import Assignment, Key
from bakectl.editing.refusal import refused
from bakectl.editing.session import Intent
from bakectl.syntax import nodes
from bakectl.syntax.written import unwrapped, written_lists

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bakectl.editing.session import Session
    from bakectl.source import TextEdit
    from bakectl.syntax.nodes import Expression, File

    Change = Callable[[File, Expression, str], tuple[TextEdit, ...]]

_FIELD = FIELDS["platforms"]


def named_targets(session: Session, names: Sequence[str]) -> tuple[str, ...]:
    """The targets that names, groups and patterns stand for, in order; raises EditRejected for an unknown one."""
    found: dict[str, None] = {}
    groups = session.project.groups

    def expand(name: str, path: tuple[str, ...]) -> None:
        group = groups.get(name)
        if group is not None and name not in path:
            for member in group.targets or ():
                expand(member, (*path, name))
        elif group is None and name in session.project.targets:
            found[name] = None
        elif group is None:
            for chosen in choose_targets(session.blocks, name):
                found.update(dict.fromkeys(chosen.targets))

    for name in names:
        expand(name, ())
    for name in found:
        _check_matrix(session, name, found)
    return tuple(found)


def _check_matrix(session: Session, name: str, named: Iterable[str]) -> None:
    """Raise EditRejected for a target of a matrix when not all of them are named: they are written as one."""
    label = session.blocks.label(name)
    group = session.project.groups.get(label) if label != name else None
    if group is not None and not {*(group.targets or ())} <= {*named}:
        choose_targets(session.blocks, name)


def check_platforms(platforms: Iterable[str]) -> None:
    """Raise EditRejected for what is no platform."""
    for platform in platforms:
        try:
            parse_platform(platform)
        except PlatformError as error:
            raise refused("bad-value", str(error), help='write "linux/arm64"') from None


def add_platform(session: Session, platform: str, targets: Sequence[str], *, here: bool = False) -> None:
    """Build targets for one platform more: in the list they inherit, or with `here` in a list of their own."""

    def added(file: File, node: Expression, text: str) -> tuple[TextEdit, ...]:
        items = [item for one in written_lists(node) for item in one.items]
        if any(isinstance(item, nodes.String) and normalised(item.value) == normalised(text) for item in items):
            return ()
        return lists.added(file, _FIELD, node, values.string_value(text))

    check_platforms((platform,))
    for name in targets:
        target = session.snapshot.targets.get(name)
        present = target.get("platforms", ()) if target else ()
        if normalised(platform) in map(normalised, present):
            continue
        if not present:
            message = f'target "{name}" had no list of platforms: it is built for {platform} only now'
            session.notes.append(Diagnostic(Severity.INFO, "only-platform", message))
        if not present or here or not _at_source(session, name, platform, added):
            settings.add_items(session, Assignment(Key(session.blocks.label(name), _FIELD), (platform,)))


def remove_platform(session: Session, platform: str, targets: Sequence[str], *, here: bool = False) -> None:
    """Build targets for one platform less; raises EditRejected when it would be the last one."""

    def removed(file: File, node: Expression, text: str) -> tuple[TextEdit, ...]:
        for one in written_lists(node):
            for item in one.items:
                if isinstance(item, nodes.String) and normalised(item.value) == normalised(text):
                    return lists.removed(file, _FIELD, node, values.string_value(item.value))
        return ()

    check_platforms((platform,))
    for name in targets:
        target = session.snapshot.targets.get(name)
        present = target.get("platforms", ()) if target else ()
        left = [one for one in present if normalised(one) != normalised(platform)]
        if len(left) == len(present):
            continue
        setting = target.settings["platforms"] if target else None
        if not left:
            message = f'{platform} is the only platform of target "{name}"'
            help = f"bakectl unset {name}.platforms, to build it for the builder's own platform"
            raise refused("last-platform", message, setting.origin.span if setting else None, help=help)
        if here and setting is not None and setting.origin.target != name:
            settings.set_setting(session, Assignment(Key(session.blocks.label(name), _FIELD), tuple(left)))
        elif not _at_source(session, name, platform, removed):
            message = f'"platforms" of target "{name}" is put together by an expression'
            span = setting.origin.span if setting else None
            raise refused("not-literal", message, span, help="change the expression by hand, or add --here")


def _at_source(session: Session, name: str, platform: str, change: Change) -> bool:
    """Change the list that a target has or inherits, in a target or a variable; tell whether there was one."""
    origin = session.snapshot.targets[name].settings["platforms"].origin
    owners = {origin.target} | {one for one in session.project.targets if session.blocks.label(one) == origin.target}
    for at in session.blocks.all("target"):
        attribute = at.attribute("platforms")
        if attribute is None or origin.source is None or at.file.source.path != origin.source.path:
            continue
        if attribute.value.start != origin.start:
            continue
        made = frozenset(one for one in session.project.targets if session.blocks.label(one) == at.name)
        node = unwrapped(attribute.value)
        if isinstance(node, nodes.Variable):
            return _in_variable(session, node.name, platform, change)
        edits = change(session.editable(at.file), attribute.value, platform)
        session.apply(edits, Intent(made | owners, frozenset(("platforms",))))
        if edits and name not in made:
            others = ", ".join(other for other in _heirs(session, at.name) if other not in made)
            message = f'the list of "{at.name}" is changed, which {others} inherit; --here changes only "{name}"'
            session.notes.append(Diagnostic(Severity.INFO, "inherited-list", message, at.span(attribute.value)))
        return bool(edits)
    return False


def _heirs(session: Session, label: str) -> list[str]:
    return [
        name
        for name, target in session.snapshot.targets.items()
        if "platforms" in target.settings and target.settings["platforms"].origin.target == label
    ]


def _in_variable(session: Session, name: str, platform: str, change: Change) -> bool:
    """Change the list that is the default of a variable."""
    found = session.blocks.named("variable", name)
    variable = session.project.variables.get(name)
    default = found[-1].attribute("default") if found else None
    if default is None or variable is None or variable.origin.kind == "environment":
        return False
    if not tuple(written_lists(default.value)):
        return False
    edits = change(session.editable(found[-1].file), default.value, platform)
    session.apply(edits, Intent(is_open=True))
    return bool(edits)
