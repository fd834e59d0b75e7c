"""Adding, removing, renaming and copying targets, groups and variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.collect import BUILTIN_VARIABLES, VALID_NAME
from bakectl.diagnostics import Diagnostic, Note, Severity
from bakectl.editing import values
from bakectl.editing.references import (
    LINK,
    QUOTED,
    Reference,
    group_references,
    target_references,
    variable_references,
)
from bakectl.editing.refusal import refused
from bakectl.editing.session import Intent
from bakectl.rewrite.body import (
    add_attribute,
    add_block,
    add_block_after,
    add_block_before,
    remove_attribute,
    remove_block,
    rename_label,
    replace_node,
)
from bakectl.rewrite.collection import append_item, remove_item
from bakectl.source import Source, TextEdit, apply_edits
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes
from bakectl.syntax.parser import parse
from bakectl.syntax.quote import quote_text
from bakectl.syntax.written import written_lists, written_maps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bakectl.bake.places import At
    from bakectl.editing.keys import Assignment
    from bakectl.editing.session import Session

_REFERENCES = {"target": target_references, "group": group_references, "variable": variable_references}
_SHOWN = 10


def rename(session: Session, kind: str, old: str, new: str) -> None:
    """Give a target, a group or a variable another name, everywhere; raises EditRejected."""
    found = named_blocks(session, kind, old)
    if old == new:
        return
    check_new_name(session, kind, new)
    if kind != "variable" and session.blocks.named("group" if kind == "target" else "target", old):
        message = f'"{old}" is a target and a group, and what refers to it could mean either'
        raise refused("ambiguous-name", message, found[0].span(found[0].block.labels[0]), help="rename by hand")
    edits: list[TextEdit] = []
    for at in found:
        edits.extend(rename_label(session.editable(at.file), at.block, new))
    for reference in _REFERENCES[kind](session.blocks, old):
        session.editable(reference.file)
        edits.append(reference.renamed(new))
    if kind == "variable" and session.rename_outside(old, new):
        message = f'the environment gives "{old}" a value; give it to "{new}" from now on'
        session.notes.append(Diagnostic(Severity.INFO, "renamed-outside", message))
    session.apply(edits, Intent(renamed={} if kind == "variable" else {old: new}))


def named_blocks(session: Session, kind: str, name: str) -> tuple[At, ...]:
    """The blocks of a name, one at least; raises EditRejected."""
    found = session.blocks.named(kind, name)
    if not found:
        known = dict.fromkeys(at.name for at in session.blocks.all(kind))
        help = did_you_mean(name, known)
        label = session.blocks.label(name) if kind == "target" and name in session.project.targets else name
        if label != name:
            help = f'it is made by the matrix of "{label}"'
        elif help is None and known:
            names = sorted(known)
            help = f"there are {', '.join(names[:_SHOWN])}{' …' if len(names) > _SHOWN else ''}"
        raise refused(f"unknown-{kind}", f'there is no {kind} "{name}"', help=help)
    return found


def check_new_name(session: Session, kind: str, name: str) -> None:
    """Raise EditRejected when a name cannot be given, or is given already."""
    if kind == "variable":
        file = parse(Source("name", f"{name} = 1\n"))
        is_name = not file.problems and [*file.body.attributes] == [name]
        if not is_name or name in BUILTIN_VARIABLES:
            raise refused(
                "bad-name", f'"{name}" cannot be the name of a variable', help='write letters, digits and "_"'
            )
    elif not VALID_NAME.fullmatch(name):
        message = f'"{name}" cannot be the name of a {kind}'
        raise refused("bad-name", message, help='write letters of ASCII, digits, "_" and "-"')
    kinds = (kind,) if kind == "variable" else ("target", "group")
    for other in kinds:
        taken = session.blocks.named(other, name)
        if taken:
            span = taken[0].span(taken[0].block.labels[0])
            raise refused("name-taken", f'there is a {other} "{name}" already', span)


def remove(session: Session, kind: str, name: str, *, cascade: bool = False) -> None:
    """Remove the blocks of a name; raises EditRejected when something refers to it.

    With `cascade` the references go first: members of groups, parents, and contexts; those in expressions cannot.
    """
    blocks = named_blocks(session, kind, name)
    made = _made_by(session, name) if kind == "target" else frozenset()
    others = _references(session, kind, name)
    if others and not cascade:
        notes = tuple(Note(ref.span, f'"{name}" is used here') for ref in others[:_SHOWN])
        message = f'{kind} "{name}" is used in {len(others)} place{"s" if len(others) > 1 else ""}'
        help = "add --cascade to remove these too" if kind != "variable" else "replace these first"
        raise refused("still-used", message, blocks[0].span(blocks[0].block.labels[0]), help=help, notes=notes)
    while others:
        _drop(session, kind, name, others[0])
        others = _references(session, kind, name)
    while session.blocks.named(kind, name):
        at = session.blocks.named(kind, name)[0]
        edits = remove_block(session.editable(at.file), at.block)
        session.apply(edits, Intent(removed=made | {name}, groups=frozenset((name,))))


def _references(session: Session, kind: str, name: str) -> list[Reference]:
    """What refers to a name, or to a target that the matrix of that name makes, from outside its blocks."""
    names = {name}
    if kind == "target":
        names |= _made_by(session, name)
    own = {id(at.block) for at in session.blocks.named(kind, name)}
    found = (reference for one in sorted(names) for reference in _REFERENCES[kind](session.blocks, one))
    return [reference for reference in found if reference.owner is None or id(reference.owner.block) not in own]


def _drop(session: Session, kind: str, name: str, reference: Reference) -> None:
    """Remove one reference to a name; raises EditRejected when it is a part of an expression."""
    at, attribute = reference.owner, reference.attribute
    if at is None or reference.kind not in (QUOTED, LINK):
        message = f'an expression reads {kind} "{name}", and it cannot be taken out of it'
        raise refused("still-used", message, reference.span, help="change the expression by hand")
    session.editable(reference.file)
    edits = _without(at, attribute, reference)
    if edits is None:
        message = f'"{name}" is not written as an item of its own here'
        raise refused("not-literal", message, reference.span, help="change the expression by hand")
    targets = frozenset() if at.block.type == "group" else _made_by(session, at.name)
    session.apply(edits, Intent(targets, None, groups=frozenset((at.name,))))


def _made_by(session: Session, label: str) -> frozenset[str]:
    return frozenset(one for one in session.project.targets if session.blocks.label(one) == label)


def _without(at: At, attribute: nodes.Attribute, reference: Reference) -> tuple[TextEdit, ...] | None:
    """The attribute without the item or the entry that is the reference; None when it is a part of something else."""
    for one in written_lists(attribute.value):
        for place, item in enumerate(one.items):
            if item is reference.node:
                if len(one.items) == 1 and at.block.type == "target" and one is attribute.value:
                    return remove_attribute(at.file, at.block, attribute)
                return remove_item(at.file, one, place)
    for held in written_maps(attribute.value):
        for place, entry in enumerate(held.items):
            if entry.value is reference.node:
                if len(held.items) == 1 and held is attribute.value:
                    return remove_attribute(at.file, at.block, attribute)
                return remove_item(at.file, held, place)
    return None


def copy_target(session: Session, old: str, new: str) -> None:
    """Write a second target like the first one, behind it; raises EditRejected."""
    blocks = named_blocks(session, "target", old)
    check_new_name(session, "target", new)
    if any(at.attribute("matrix") for at in blocks):
        label = blocks[0].span(blocks[0].block.labels[0])
        message = f'"{old}" has a matrix, whose names a copy would make again'
        raise refused("matrix-target", message, label, help="copy it by hand, with another name")
    edits: list[TextEdit] = []
    for at in blocks:
        file = session.editable(at.file)
        source = Source(file.source.path, at.span(at.block).text)
        alone = parse(source)
        text = apply_edits(source, rename_label(alone, alone.body.blocks[0], new)).text
        edits.extend(add_block_after(file, at.block, text))
    session.apply(edits, Intent(added=frozenset((new,))))


def add_target(session: Session, name: str, assignments: Sequence[Assignment], inherits: Sequence[str]) -> None:
    """Write a new target behind the last one; raises EditRejected."""
    from bakectl.editing.settings import add_items, set_setting

    check_new_name(session, "target", name)
    known = session.project.targets
    for parent in inherits:
        if parent not in known:
            raise refused("unknown-target", f'there is no target "{parent}"', help=did_you_mean(parent, known))
    text = f"inherits = [{', '.join(quote_text(parent) for parent in inherits)}]"
    body = f"{{\n  {text}\n}}" if inherits else "{}"
    write_block(session, "target", f'target "{name}" {body}', Intent(added=frozenset((name,))))
    for assignment in assignments:
        if assignment.key.field.shape in values.LISTS and not assignment.key.sub:
            add_items(session, assignment)
        else:
            set_setting(session, assignment)


def write_block(session: Session, kind: str, text: str, intent: Intent) -> None:
    """Write a block behind the last of its kind, or else before the first block, a target behind all."""
    file = session.first_file()
    same = [block for block in file.body.blocks if block.type == kind]
    if same:
        session.apply(add_block_after(file, same[-1], text), intent)
    elif kind != "target" and file.body.blocks:
        first = file.body.blocks[0]
        session.apply(add_block_before(file, first, text), intent)
    else:
        session.apply(add_block(file, text), intent)


def add_to_group(session: Session, name: str, targets: Sequence[str]) -> None:
    """Add targets to a group, which is written if it is not there; raises EditRejected."""
    known = (*session.project.targets, *session.project.groups)
    for target in targets:
        if target not in known:
            raise refused("unknown-target", f'there is no target or group "{target}"', help=did_you_mean(target, known))
    found = session.blocks.named("group", name)
    intent = Intent(groups=frozenset((name,)))
    if not found:
        check_new_name(session, "group", name)
        names = values.list_text([values.string_value(target) for target in targets])
        body = names.replace("\n", "\n  ")
        write_block(session, "group", f'group "{name}" {{\n  targets = {body}\n}}', intent)
        return
    for target in targets:
        at = session.blocks.named("group", name)[-1]
        attribute = at.attribute("targets")
        file = session.editable(at.file)
        if attribute is None:
            session.apply(add_attribute(file, at.block, "targets", f"[{quote_text(target)}]"), intent)
            continue
        lists = tuple(written_lists(attribute.value))
        if any(isinstance(item, nodes.String) and item.value == target for one in lists for item in one.items):
            continue
        if lists:
            session.apply(append_item(file, lists[-1], quote_text(target)), intent)
        else:
            inner = at.span(attribute.value).text
            session.apply(replace_node(file, attribute.value, f"concat({inner}, [{quote_text(target)}])"), intent)


def remove_from_group(session: Session, name: str, targets: Sequence[str]) -> None:
    """Take targets out of a group; raises EditRejected when one is not in it."""
    for target in targets:
        at = named_blocks(session, "group", name)[-1]
        attribute = at.attribute("targets")
        members = session.project.groups[name].targets or () if name in session.project.groups else ()
        edits: tuple[TextEdit, ...] = ()
        for one in written_lists(attribute.value) if attribute else ():
            for place, item in enumerate(one.items):
                if isinstance(item, nodes.String) and item.value == target and not edits:
                    edits = remove_item(session.editable(at.file), one, place)
        if not edits:
            span = at.span(at.block.labels[0])
            if target in members:
                message = f'"{target}" is in group "{name}" by an expression'
                raise refused("not-literal", message, span, help="change the expression by hand")
            raise refused(
                "unknown-target", f'"{target}" is not in group "{name}"', span, help=did_you_mean(target, members)
            )
        session.apply(edits, Intent(groups=frozenset((name,))))
