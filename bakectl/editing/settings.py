"""Setting, adding, removing and unsetting what targets are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import fields
from bakectl.bake.entries import known_options
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.editing import entries, lists, maps, values
from bakectl.editing.blocks import Chosen, choose_targets
from bakectl.editing.refusal import refused
from bakectl.editing.session import Intent
from bakectl.editing.values import Value
from bakectl.errors import EditRejected
from bakectl.rewrite.body import add_attribute, remove_attribute, replace_node
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes
from bakectl.syntax.written import key_of, unwrapped, written_lists

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.bake.fields import Field
    from bakectl.bake.model import Origin
    from bakectl.bake.places import At
    from bakectl.editing.keys import Assignment, Key
    from bakectl.editing.session import Session
    from bakectl.source import TextEdit
    from bakectl.syntax.nodes import Attribute, Expression

    Edits = tuple[TextEdit, ...]

_BESIDE = {"cache-to": "cache-from", "dockerfile": "context", "labels": "args"}
"""Attributes that are written behind another one, where that is there."""


def set_setting(session: Session, assignment: Assignment, *, is_expression: bool = False) -> None:
    """Make a setting what is given: several values for one key are the items of its list. Raises EditRejected."""
    key = assignment.key
    field = key.field
    if key.sub and field.shape not in values.MAPS:
        _on_targets(session, key, lambda at: _set_option(session, at, key, _option_value(assignment, is_expression)))
    elif field.shape in values.MAPS and (key.sub or not is_expression):
        _need_sub(key)
        text = assignment.values[-1]
        value = values.expression(text) if is_expression else values.map_value(field, key.sub, text)
        _on_targets(session, key, lambda at: _set_entry(session, at, key, value))
    elif field.shape in values.LISTS and not is_expression:
        items = [values.item(field, text) for text in assignment.values if text]
        _on_targets(session, key, lambda at: _set_list(session, at, field, items))
    else:
        text = assignment.values[-1]
        value = values.expression(text) if is_expression else values.scalar(field, text)
        _on_targets(session, key, lambda at: _set_value(session, at, field, value))
    _note_templates(session, assignment, is_expression)
    _check_effect(session, assignment, is_expression=is_expression)


def add_items(session: Session, assignment: Assignment, *, is_expression: bool = False) -> None:
    """Add items to a list, or entries to a map; what is there already stays as it is. Raises EditRejected."""
    key = assignment.key
    field = key.field
    if field.shape in values.MAPS:
        set_setting(session, assignment, is_expression=is_expression)
        return
    if field.shape not in values.LISTS or key.sub:
        help = f"bakectl set {key}={assignment.values[0]}"
        raise refused("bad-key", f'"{key}" holds one value, and nothing can be added to it', help=help)
    for text in assignment.values:
        value = values.expression(text) if is_expression else values.item(field, text)
        _on_targets(session, key, lambda at, value=value: _add_item(session, at, field, value))  # type: ignore[misc]
    _note_templates(session, assignment, is_expression)


def remove_items(session: Session, assignment: Assignment, *, is_expression: bool = False) -> None:
    """Remove items from a list; an entry of caches or outputs goes when it has all options that are given.

    An item that is not there is noted. Raises EditRejected.
    """
    key = assignment.key
    if key.field.shape not in values.LISTS or key.sub:
        raise refused("bad-key", f'"{key}" is no list', help=f"bakectl unset {key}")
    for text in assignment.values:
        value = values.expression(text) if is_expression else values.string_value(text)
        is_missing = value.plain is not None and key.field.shape == fields.STRINGS and not _is_held(session, key, text)
        if is_missing or not _remove_all(session, key, value):
            _note_missing(session, key, text)


def _is_held(session: Session, key: Key, text: str) -> bool:
    """Whether a target has an item, or cannot be resolved to see."""
    names = [name for chosen in choose_targets(session.blocks, key.pattern) for name in chosen.targets]
    found = [session.snapshot.targets.get(name) for name in names]
    return any(target is None or text in target.get(key.field.name, ()) for target in found)


def _remove_all(session: Session, key: Key, value: Value) -> bool:
    """Remove every item that says a value; tell whether there was one."""
    before = session.inputs
    while True:
        try:
            if not _on_targets(session, key, lambda at: _remove_item(session, at, key.field, value)):
                return session.inputs is not before
        except EditRejected:
            if session.inputs is before:
                raise
            return True


def unset(session: Session, key: Key) -> None:
    """Remove an attribute, an entry of a map, or an option of an entry; note what is not set. Raises EditRejected."""
    before = session.inputs
    while _on_targets(session, key, lambda at: _unset(session, at, key)):
        continue
    if session.inputs is before:
        _note_missing(session, key, "")


def _need_sub(key: Key) -> None:
    if not key.sub:
        help = f"write {key.pattern}.{key.field.name}.NAME=VALUE"
        raise refused("bad-key", f'"{key}" is a map, and this does not say which entry', help=help)


def _option_value(assignment: Assignment, is_expression: bool) -> Value:
    text = assignment.values[-1]
    return values.expression(text) if is_expression else values.string_value(text)


def _on_targets(session: Session, key: Key, edit: Callable[[tuple[At, ...]], Edits]) -> bool:
    """Make the edits of each label that the key's pattern names, all in one step; tell whether there were any."""
    chosen = choose_targets(session.blocks, key.pattern)
    edits: list[TextEdit] = []
    for one in chosen:
        edits.extend(edit(_blocks(session, one)))
    targets = frozenset(name for one in chosen for name in one.targets)
    session.apply(edits, Intent(targets, frozenset((key.field.name, *_implied(key.field)))))
    return bool(edits)


def _implied(field: Field) -> tuple[str, ...]:
    """Settings that change with this one: what is inherited is anything."""
    if field.name == "inherits":
        return tuple(fields.FIELDS)
    return ("entitlements",) if field.name == "network" else ()


def _blocks(session: Session, chosen: Chosen) -> tuple[At, ...]:
    blocks = session.blocks.named("target", chosen.label)
    if not blocks:
        help = f"write a block for it: bakectl target add {chosen.label}"
        raise refused("not-hcl", f'target "{chosen.label}" is not written in a bake file', help=help)
    return blocks


def _owner(blocks: tuple[At, ...], name: str) -> tuple[At, Attribute] | None:
    """The last block that sets an attribute, which is the one that counts."""
    for at in reversed(blocks):
        attribute = at.attribute(name)
        if attribute is not None:
            return at, attribute
    return None


def _home(session: Session, blocks: tuple[At, ...]) -> At:
    """The block that gets a new attribute: the first that is written in HCL."""
    hcl = {file.source.path for file in session.project.files if not file.source.path.endswith(".json")}
    at = next((at for at in blocks if at.file.source.path in hcl), blocks[0])
    session.editable(at.file)
    return at


def _new(session: Session, blocks: tuple[At, ...], name: str, text: str) -> Edits:
    at = _home(session, blocks)
    beside = at.attribute(_BESIDE.get(name, ""))
    return add_attribute(at.file, at.block, name, text, after=beside)


def _set_value(session: Session, blocks: tuple[At, ...], field: Field, value: Value) -> Edits:
    owner = _owner(blocks, field.name)
    if owner is None:
        return _new(session, blocks, field.name, value.text)
    at, attribute = owner
    if value.is_node(attribute.value, at.file.source):
        return ()
    return replace_node(session.editable(at.file), attribute.value, value.text)


def _set_list(session: Session, blocks: tuple[At, ...], field: Field, items: list[Value]) -> Edits:
    owner = _owner(blocks, field.name)
    if owner is None:
        return _new(session, blocks, field.name, values.list_text(items))
    at, attribute = owner
    return lists.replaced(session.editable(at.file), field, attribute.value, items)


def _set_entry(session: Session, blocks: tuple[At, ...], key: Key, value: Value) -> Edits:
    name = key.field.name
    owners = [(at, attribute) for at in blocks if (attribute := at.attribute(name))]
    if not owners:
        return _new(session, blocks, name, values.map_text({key.sub: value.text}))
    with_key = [owner for owner in owners if maps.has_key(owner[1].value, key.sub)]
    at, attribute = (with_key or owners)[-1]
    return maps.with_entry(session.editable(at.file), attribute.value, key.sub, value)


def _set_option(session: Session, blocks: tuple[At, ...], key: Key, value: Value) -> Edits:
    at, entry = _entry(session, blocks, key)
    return entries.set_option(session.editable(at.file), entry, key.sub, value)


def _entry(session: Session, blocks: tuple[At, ...], key: Key) -> tuple[At, Expression]:
    """The one entry whose option is meant; raises EditRejected when there is none, or more than one."""
    name = key.field.name
    label = blocks[0].name
    owner = _owner(blocks, name)
    if owner is None:
        message = f'target "{label}" does not set "{name}", so there is no entry to change'
        raise refused(
            "not-set", message, blocks[0].span(blocks[0].block.labels[0]), help=_elsewhere(session, label, name)
        )
    at, attribute = owner
    found = [item for one in written_lists(attribute.value) for item in one.items]
    kinds = [known_options(at.file, key.field, item).get("type", "registry") for item in found]
    chosen = [item for item, kind in zip(found, kinds, strict=True) if key.entry in ("", kind)]
    if len(chosen) == 1:
        return at, chosen[0]
    span = at.span(attribute.value)
    if not chosen:
        help = f"there are {', '.join(dict.fromkeys(kinds))}" if kinds else "add an entry first"
        what = f' of type "{key.entry}"' if key.entry else ""
        raise refused("not-set", f'"{name}" of target "{label}" has no entry{what} written out', span, help=help)
    message = f'"{name}" of target "{label}" has {len(chosen)} entries, and this does not say which'
    help = f"write {label}.{name}.{kinds[0]}.{key.sub}=VALUE" if len(set(kinds)) == len(kinds) else "change it by hand"
    raise refused("ambiguous-entry", message, span, help=help)


def _add_item(session: Session, blocks: tuple[At, ...], field: Field, value: Value) -> Edits:
    owner = _owner(blocks, field.name)
    if owner is not None:
        at, attribute = owner
        return lists.added(session.editable(at.file), field, attribute.value, value)
    return _new(session, blocks, field.name, values.list_text([*_inherited(session, blocks[0].name, field), value]))


def _inherited(session: Session, label: str, field: Field) -> list[Value]:
    """The items that a target inherits and would lose by a list of its own, copied as they are written."""
    target = session.snapshot.targets.get(label)
    setting = target.settings.get(field.name) if target else None
    if setting is None or field.merge != fields.REPLACE or not setting.value or setting.origin.target == label:
        return []
    origin = setting.origin
    node = _node_at(session, origin)
    items = unwrapped(node) if node else None
    if not isinstance(items, nodes.Tuple) or origin.source is None:
        message = (
            f'"{field.name}" of target "{label}" is inherited from "{origin.target}", where an expression makes it'
        )
        help = f"add to {origin.target}.{field.name}, or set {label}.{field.name} to the whole list"
        raise refused("not-literal", message, origin.span, help=help)
    message = f'"{label}" has a list of its own now; its other items were copied from "{origin.target}"'
    session.notes.append(Diagnostic(Severity.INFO, "copied-down", message, origin.span))
    return [
        Value(origin.source.text[item.start : item.end], item.value if isinstance(item, nodes.String) else None)
        for item in items.items
    ]


def _node_at(session: Session, origin: Origin) -> Expression | None:
    """The expression that a setting was given by."""
    for at in session.blocks.all("target"):
        if origin.source is not None and at.file.source.path == origin.source.path:
            for attribute in at.block.body.attributes.values():
                if attribute.value.start == origin.start:
                    return attribute.value
    return None


def _remove_item(session: Session, blocks: tuple[At, ...], field: Field, value: Value) -> Edits:
    for at in reversed(blocks):
        attribute = at.attribute(field.name)
        if attribute is None:
            continue
        file = session.editable(at.file)
        if lists.is_only_item(attribute.value, value, file, field) and not _is_inheriting(session, at, field):
            return remove_attribute(file, at.block, attribute)
        edits = lists.removed(file, field, attribute.value, value)
        if edits:
            return edits
    return ()


def _is_inheriting(session: Session, at: At, field: Field) -> bool:
    """Whether a target without a list of its own would get that of another."""
    target = session.snapshot.targets.get(at.name)
    setting = target.settings.get(field.name) if target else None
    given = setting.given if setting and field.merge == fields.REPLACE else ()
    return any(origin.target != at.name for _, origin in given)


def _unset(session: Session, blocks: tuple[At, ...], key: Key) -> Edits:
    name = key.field.name
    if key.sub and key.field.shape not in values.MAPS:
        at, entry = _entry(session, blocks, key)
        return entries.remove_option(session.editable(at.file), entry, key.sub)
    for at in reversed(blocks):
        attribute = at.attribute(name)
        if attribute is None:
            continue
        file = session.editable(at.file)
        if not key.sub:
            return remove_attribute(file, at.block, attribute)
        node = unwrapped(attribute.value)
        if isinstance(node, nodes.Object) and [key_of(item) for item in node.items] == [key.sub]:
            return remove_attribute(file, at.block, attribute)
        edits = maps.without_entry(file, key.field, attribute.value, key.sub)
        if edits:
            return edits
    return ()


def _elsewhere(session: Session, label: str, name: str) -> str | None:
    """Where a setting that a target does not make itself comes from, as a help line."""
    target = session.snapshot.targets.get(label)
    setting = target.settings.get(name) if target else None
    if setting is None or setting.origin.target == label:
        return None
    return f'it is inherited from "{setting.origin.target}": change {setting.origin.target}.{name}'


def _note_missing(session: Session, key: Key, text: str) -> None:
    """Say that there was nothing to remove, and what was maybe meant, or where it comes from."""
    names = [name for chosen in choose_targets(session.blocks, key.pattern) for name in chosen.targets]
    held: list[str] = []
    owner: str | None = None
    for name in names:
        target = session.snapshot.targets.get(name)
        value = target.get(key.field.name) if target else None
        held += [part for part in value if isinstance(part, str)] if isinstance(value, (dict, tuple)) else []
        if value is not None:
            owner = owner or _elsewhere(session, name, key.field.name)
    wanted = text or key.sub
    message = (
        f'"{text}" is not in {key}, and nothing is removed' if text else f"{key} is not set, and nothing is removed"
    )
    help = owner if not wanted or wanted in held else did_you_mean(wanted, held)
    session.notes.append(Diagnostic(Severity.INFO, "not-set", message, None, (), help))


def _note_templates(session: Session, assignment: Assignment, is_expression: bool) -> None:
    """Say that `${` in a value is written as it is, for people may mean a template."""
    found = [] if is_expression else [text for text in assignment.values if "${" in text or "%{" in text]
    if found:
        message = f'"{found[0]}" is written as plain text, not as a template'
        help = f"for a template write an expression: --expr '{assignment.key}=\"{found[0]}\"'"
        session.notes.append(Diagnostic(Severity.INFO, "plain-text", message, None, (), help))


def _check_effect(session: Session, assignment: Assignment, *, is_expression: bool) -> None:
    """Refuse a change of a plain value that a later block or file takes back."""
    key = assignment.key
    if is_expression or key.field.shape not in (fields.STRING, fields.STRINGS, fields.MAP):
        return
    wanted = tuple(text for text in assignment.values if text)
    for chosen in choose_targets(session.blocks, key.pattern):
        for name in chosen.targets:
            target = session.snapshot.targets.get(name)
            setting = target.settings.get(key.field.name) if target else None
            if setting is None or key.field.name in ("context", "dockerfile", "description"):
                continue
            if key.field.shape == fields.MAP:
                is_there = setting.value.get(key.sub) == assignment.values[-1]
            elif key.field.shape == fields.STRING:
                is_there = setting.value == assignment.values[-1]
            else:
                is_there = set(wanted) <= set(setting.value)
            if not is_there:
                message = f"{key} would have no effect: it is set again here"
                raise refused("no-effect", message, setting.origin.span, help="change it there")
