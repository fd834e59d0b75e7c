"""Presets for caches, written into the file: which place each target reads and writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.cache_places import collisions, entry_text, shown_place
from bakectl.bake.entries import known_options
from bakectl.bake.fields import FIELDS
from bakectl.bake.platforms import normalised
from bakectl.bake.resolve import resolve
from bakectl.bake.together import built_together
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.editing import entries, settings, values
from bakectl.editing.keys import Assignment, Key
from bakectl.editing.refusal import refused
from bakectl.editing.session import Intent
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.rewrite.body import remove_attribute
from bakectl.suggest import did_you_mean
from bakectl.syntax import nodes
from bakectl.syntax.written import written_lists

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.checkout import Checkout
    from bakectl.bake.fields import Field
    from bakectl.editing.session import Session
    from bakectl.syntax.nodes import Expression, File

KINDS: Final = ("gha", "registry", "local", "inline", "s3", "azblob")
PLACEHOLDERS: Final = ("project", "target", "platform", "branch")
_FROM, _TO = FIELDS["cache-from"], FIELDS["cache-to"]
_PLACEHOLDER = re.compile(r"(?<![$%])\{([^{}]*)\}")
_NAME = "{project}-{target}"
_EXAMPLES: Final = {
    "registry": "registry=ghcr.io/acme/cache/{target}",
    "local": "local=.cache/{target}",
    "s3": "s3=BUCKET --option region=REGION",
    "azblob": "azblob=ACCOUNT_URL",
}
_PLACES: Final = {"gha": "scope", "registry": "ref", "local": "dest", "s3": "bucket", "azblob": "account_url"}
"""The option that the place of a back end is."""
_ALWAYS: Final[Mapping[str, Mapping[str, str]]] = {
    "gha": {"mode": "max", "ignore-error": "true"},
    "registry": {"mode": "max", "image-manifest": "true", "oci-mediatypes": "true", "ignore-error": "true"},
    "local": {"mode": "max", "ignore-error": "true"},
    "inline": {},
    "s3": {"name": _NAME, "mode": "max", "ignore-error": "true"},
    "azblob": {"name": _NAME, "mode": "max", "ignore-error": "true"},
}
"""What an entry that writes gets besides its place, where it does not say so itself."""
_SHARED: Final = ("region", "endpoint_url", "use_path_style", "prefix", "name", "container", "account_url", "bucket")
"""Options that reading and writing have to agree on."""


class Preset(Record):
    """A cache to be written: the back end, the place or "" for the usual one, and options, "" to remove one."""

    kind: str
    place: str = ""
    options: Mapping[str, str] = {}


def parse_preset(text: str, options: Sequence[str] = ()) -> Preset:
    """Read `KIND[=PLACE]` and `KEY=VALUE` options; raises EditRejected."""
    kind, _, place = text.partition("=")
    if kind not in KINDS:
        help = did_you_mean(kind, KINDS) or f"choose {', '.join(KINDS)}"
        raise refused("bad-cache", f'there is no cache "{kind}"', help=help)
    if kind == "inline" and place:
        raise refused("bad-cache", 'the cache "inline" takes no place: it is in the image', help="write inline")
    found: dict[str, str] = {}
    for option in options:
        key, sign, value = option.partition("=")
        if not (key and sign):
            raise refused("bad-cache", f'"{option}" is not KEY=VALUE', help="write --option mode=min")
        found[key.lower()] = value
    preset = Preset(kind, place, found)
    for part in (place, *found.values()):
        for name in _PLACEHOLDER.findall(part):
            if name not in PLACEHOLDERS:
                known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
                raise refused("bad-cache", f'there is no placeholder "{{{name}}}"', help=f"there are {known}")
    return preset


def set_cache(session: Session, preset: Preset, targets: Sequence[str], checkout: Checkout) -> None:
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
    session: Session, preset: Preset, place: tuple[str, ...], names: Sequence[str], targets: Sequence[str]
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


def _set_one(session: Session, preset: Preset, name: str, checkout: Checkout) -> None:
    label = session.blocks.label(name)
    written = _find(session, label, _TO, preset.kind)
    if written is None and preset.kind in _EXAMPLES and not preset.place:
        example = f"bakectl cache set {_EXAMPLES[preset.kind]} {name}"
        raise refused("bad-cache", f'the cache "{preset.kind}" needs a place', help=f"write {example}")
    texts = _placeholders(session, name, checkout)
    place = _filled(preset.place or (_NAME if preset.kind == "gha" else ""), texts)
    wanted = {key: _filled(text, texts) for key, text in preset.options.items()}
    known = {} if written is None else known_options(written[0], _TO, written[1])
    key = _PLACES.get(preset.kind, "")
    options = {key: place} if place and (preset.place or key not in known) else {}
    usual = {option: _filled(text, texts) for option, text in _ALWAYS[preset.kind].items()}
    options.update((option, text) for option, text in usual.items() if option not in known)
    changes = {**options, **wanted}
    if preset.kind == "inline":
        _read_image(session, label, name)
    else:
        _read(session, label, preset.kind, {**known, **changes}, known)
    if written is None:
        _add(session, label, _TO, {"type": preset.kind, **changes})
    else:
        _change(session, label, _TO, known, changes)


def _placeholders(session: Session, name: str, checkout: Checkout) -> dict[str, str]:
    target = session.snapshot.targets.get(name)
    platforms = target.get("platforms", ()) if target else ()
    slugs = dict.fromkeys(normalised(platform).replace("/", "-") for platform in platforms)
    return {
        "project": checkout.project,
        "target": _name_text(session, name),
        "platform": "-".join(slugs) or "all",
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


def _filled(template: str, texts: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: texts[found[1]], template)


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
    place = _PLACES[kind]
    wanted = {key: known[key] for key in (place, *_SHARED) if known.get(key)}
    key = "src" if kind == "local" else place
    if kind == "local":
        wanted = {"src": wanted[place]}
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
