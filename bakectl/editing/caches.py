"""Presets for caches, written into the file: which place each target reads and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.cache_backends import BACKENDS, entry_to_read
from bakectl.bake.cache_places import collisions, entry_text, shown_place
from bakectl.bake.cache_policy import ALL, CacheChoice, checked, filled, parse_choice
from bakectl.bake.entries import known_options
from bakectl.bake.fields import FIELDS
from bakectl.bake.resolve import resolve
from bakectl.bake.together import built_together
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.editing import entries, settings, values
from bakectl.editing.keys import Assignment, Key
from bakectl.editing.refusal import refused
from bakectl.editing.session import Intent
from bakectl.errors import EditRejected, InvalidBakeFile
from bakectl.rewrite.body import remove_attribute
from bakectl.syntax import nodes
from bakectl.syntax.written import written_lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.checkout import Checkout
    from bakectl.bake.fields import Field
    from bakectl.editing.session import Session
    from bakectl.syntax.nodes import Expression, File

_FROM, _TO = FIELDS["cache-from"], FIELDS["cache-to"]


def parse_preset(text: str, options: Sequence[str] = ()) -> CacheChoice:
    """Read `KIND[=PLACE]` and `KEY=VALUE` options; raises EditRejected."""
    try:
        return parse_choice(text, options)
    except InvalidBakeFile as error:
        raise EditRejected(error.diagnostics) from None


def set_cache(session: Session, preset: CacheChoice, targets: Sequence[str], checkout: Checkout) -> None:
    """Give targets a cache of a kind; options of entries of this kind stay, unless a place or options say otherwise.

    Raises EditRejected, as when two targets would write one place.
    """
    earlier = _written_twice(session)
    done: set[str] = set()
    for name in targets:
        label = session.blocks.label(name)
        if label not in done:
            done.add(label)
            _set_one(session, preset, name, checkout)
    for place, names in _written_twice(session).items():
        if place not in earlier and {*names} & {*targets}:
            _report_collision(session, preset, place, names, targets)


def _report_collision(
    session: Session, preset: CacheChoice, place: tuple[str, ...], names: Sequence[str], targets: Sequence[str]
) -> None:
    """Refuse that targets of one build write one place; note it of others, which inherit the cache."""
    asked = [name for name in names if name in targets]
    pair = (asked[0], asked[1]) if len(asked) > 1 else built_together(session.project, names)
    if pair is None:
        others = [name for name in names if name not in targets]
        message = f"the cache of {asked[0]} is inherited, and written when these are built: {', '.join(others)}"
        help = f"to give them their own: bakectl cache set {preset.kind} {' '.join(others)}"
        session.notes.append(Diagnostic(Severity.INFO, "inherited-cache", message, None, (), help))
        return
    message = f"{pair[0]} and {pair[1]} would write one cache: {shown_place(place)}"
    if preset.kind == "gha" or "{target}" in preset.place:
        help = f"name them all: {' '.join(dict.fromkeys((*targets, *names)))}"
    else:
        help = f"give each its own: {preset.kind}={preset.place}-{{target}}"
    raise refused("cache-collision", message, help=help)


def _written_twice(session: Session) -> dict[tuple[str, ...], tuple[str, ...]]:
    try:
        return collisions(resolve(session.project, tuple(session.project.targets)))
    except InvalidBakeFile:
        return {}


def _set_one(session: Session, preset: CacheChoice, name: str, checkout: Checkout) -> None:
    label = session.blocks.label(name)
    back_end = BACKENDS[preset.kind]
    written = _find(session, label, _TO, preset.kind)
    if written is None and back_end.place in back_end.required and not preset.place:
        example = f"bakectl cache set {preset.kind}={back_end.example.replace(',', ' --option ')} {name}"
        raise refused("bad-cache", f'the cache "{preset.kind}" needs a place', help=f"write {example}")
    texts = _placeholders(session, name, checkout)
    known = {} if written is None else known_options(written[0], _TO, written[1])
    usual = {back_end.place: preset.place, back_end.named_by: preset.template if back_end.named_by else ""}
    usual = {**usual, **back_end.usual, **preset.options}
    keeps = known.keys() - preset.options.keys() - ({back_end.place} if preset.place else set())
    changes = {key: _filled_in(preset, key, text, texts) for key, text in usual.items() if key and key not in keeps}
    changes = {key: text for key, text in changes.items() if text or key in preset.options}
    if preset.kind == "inline":
        _read_image(session, label, name)
    else:
        _read(session, label, preset.kind, {**known, **changes}, known)
    if written is None:
        _add(session, label, _TO, {"type": preset.kind, **changes})
    else:
        _change(session, label, _TO, known, changes)


def _filled_in(preset: CacheChoice, key: str, text: str, texts: Mapping[str, str]) -> str:
    """An option with its placeholders filled in; a plain reference in the form that registries take."""
    found = filled(text, texts)
    if key != "ref" or "${" in found:
        return found
    try:
        return checked(preset.kind, found)
    except InvalidBakeFile as error:
        raise EditRejected(error.diagnostics) from None


def _placeholders(session: Session, name: str, checkout: Checkout) -> dict[str, str]:
    return {
        "project": checkout.project,
        "target": _name_text(session, name),
        "platform": ALL,
        "branch": checkout.branches[0] if checkout.branches else "main",
    }


def _name_text(session: Session, name: str) -> str:
    """The name of a target; for one of a matrix the template that makes it, without quotes. Raises EditRejected."""
    label = session.blocks.label(name)
    found = [(at, matrix) for at in session.blocks.named("target", label) if (matrix := at.attribute("matrix"))]
    if not found:
        return name
    at, matrix = found[-1]
    made = at.attribute("name")
    text = at.span(made.value).text if made else ""
    if not (text.startswith('"') and isinstance(made.value if made else None, nodes.Template | nodes.Wrapped)):
        message = f'the name of the targets that "{label}" makes is not a plain template'
        raise refused("matrix-target", message, at.span(matrix.value), help="write the cache by hand")
    return text[1:-1]


def _find(session: Session, label: str, field: Field, kind: str) -> tuple[File, Expression] | None:
    """The last entry of a kind that a target itself has."""
    found = [one for one in _entries(session, label, field) if _options(field, one).get("type", "registry") == kind]
    return found[-1] if found else None


def _quoted(text: str) -> values.Value:
    """A string; `${…}` in it is a template, as it is where it was taken from."""
    return values.Value(f'"{text}"') if "${" in text else values.string_value(text)


def _entry_text(entry: Mapping[str, str]) -> str:
    """An entry as a string; what is a template is quoted by nobody, for its commas and quotes are not of the value."""
    if any("${" in text for text in entry.values()):
        return ",".join(f"{key}={text}" for key, text in entry.items())
    return entry_text(entry)


def _add(session: Session, label: str, field: Field, entry: Mapping[str, str]) -> None:
    """Write a new entry, in the form that the file has; an inherited `cache-to` would be written twice, and goes."""
    entry = {key: text for key, text in entry.items() if text}
    if _likes_objects(session, label, field):
        value = values.Value(f"{{ {', '.join(f'{key} = {_quoted(text).text}' for key, text in entry.items())} }}")
    else:
        value = _quoted(_entry_text(entry))
    if field is _TO and not any(at.attribute(field.name) for at in session.blocks.named("target", label)):
        settings.set_setting(session, Assignment(Key(label, field), (f"[{value.text}]",)), is_expression=True)
    else:
        settings.add_items(session, Assignment(Key(label, field), (value.text,)), is_expression=True)


def _change(session: Session, label: str, field: Field, entry: Mapping[str, str], options: Mapping[str, str]) -> None:
    """Change options of an entry one by one; "" removes one."""
    known = dict(entry)
    for key, text in options.items():
        found = next((one for one in _entries(session, label, field) if _options(field, one) == known), None)
        if found is None:
            return
        file, node = found
        session.editable(file)
        if text:
            edits = entries.set_option(file, node, key, _quoted(text))
            known[key] = text
        else:
            edits = entries.remove_option(file, node, key)
            known.pop(key, None)
        session.apply(edits, Intent(frozenset((label,)), frozenset((field.name,))))


def _entries(session: Session, label: str, field: Field) -> list[tuple[File, Expression]]:
    """The entries that a target itself has, written out."""
    found: list[tuple[File, Expression]] = []
    for at in session.blocks.named("target", label):
        attribute = at.attribute(field.name)
        for one in written_lists(attribute.value) if attribute else ():
            found.extend((at.file, item) for item in one.items)
    return found


def _options(field: Field, entry: tuple[File, Expression]) -> dict[str, str]:
    return known_options(entry[0], field, entry[1])


def _likes_objects(session: Session, label: str, field: Field) -> bool:
    """Whether caches are written as objects: in this list, or else in the first one of the files."""
    near = _entries(session, label, field)[-1:]
    labels = dict.fromkeys(at.name for at in session.blocks.all("target"))
    others = (one for other in labels for each in (_TO, _FROM) for one in _entries(session, other, each))
    first = near[0] if near else next(others, None)
    return first is not None and isinstance(first[1], nodes.Object)


def _read_image(session: Session, label: str, name: str) -> None:
    """Let a target read the cache that is in its own image."""
    target = session.snapshot.targets.get(name)
    tags = target.get("tags", ()) if target else ()
    if not tags and session.project.problems.has_errors:
        raise EditRejected(session.project.problems.errors)
    if not tags:
        message = f'target "{name}" has no tags, and an inline cache is in the image'
        raise refused("bad-cache", message, help="give it a tag first, or choose another cache")
    if _find(session, label, _FROM, "registry") is None:
        _add(session, label, _FROM, {"type": "registry", "ref": _first_tag(session, label) or tags[0]})


def _first_tag(session: Session, label: str) -> str | None:
    """The first tag as it is written in the block of a target, if that is one string in quotes."""
    for at in session.blocks.named("target", label):
        attribute = at.attribute("tags")
        for one in written_lists(attribute.value) if attribute else ():
            text = at.span(one.items[0]).text if one.items else ""
            if isinstance(one.items[0] if one.items else None, nodes.Template) and text.startswith('"'):
                return text[1:-1]
    return None


def _read(session: Session, label: str, kind: str, known: Mapping[str, str], before: Mapping[str, str]) -> None:
    """Let a target read what it writes: `before` is the entry that wrote until now, which is read no more."""
    place = BACKENDS[kind].place
    wanted = entry_to_read({"type": kind, **known})
    del wanted["type"]
    key = "src" if kind == "local" else place
    found = [_options(_FROM, one) for one in _entries(session, label, _FROM)]
    same = [one for one in found if one.get("type", "registry") == kind]
    if any(one.get(key) == wanted.get(key) for one in same):
        return
    stale = [one for one in same if key not in one or one[key] == before.get(place)]
    if stale:
        _change(session, label, _FROM, stale[0], wanted)
    else:
        _add(session, label, _FROM, {"type": kind, **wanted})


def unset_cache(session: Session, kind: str | None, targets: Sequence[str]) -> None:
    """Take the caches of a kind, or all, from targets; raises EditRejected."""
    for name in targets:
        label = session.blocks.label(name)
        for field in (_FROM, _TO):
            if kind is not None:
                while _find(session, label, field, kind):
                    _drop(session, label, field, kind)
                continue
            for at in session.blocks.named("target", label):
                attribute = at.attribute(field.name)
                if attribute is not None:
                    edits = remove_attribute(session.editable(at.file), at.block, attribute)
                    session.apply(edits, Intent(frozenset((name,)), frozenset((field.name,))))
                    break


def _drop(session: Session, label: str, field: Field, kind: str) -> None:
    found = _find(session, label, field, kind)
    if found is not None:
        file, node = found
        text = file.source.text[node.start : node.end]
        settings.remove_items(session, Assignment(Key(label, field), (text,)), is_expression=True)
