"""`TARGET.KEY[.SUB]=VALUE`, the words that say what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import fields
from bakectl.bake.fields import BY_SET_KEY, FIELDS, ONLY_IN_BLOCKS
from bakectl.editing.refusal import refused
from bakectl.editing.values import MAPS
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.bake.fields import Field

_WITH_OPTIONS = frozenset((fields.OUTPUTS, fields.CACHES, fields.ATTESTS, fields.SECRETS, fields.SSHES))


class Key(Record):
    """What is meant: a setting of the targets of a pattern, and with `sub` a part of it.

    `sub` is a key of a map, or an option of the entries of a list; `entry` is then the type of those entries.
    """

    pattern: str
    field: Field
    sub: str = ""
    entry: str = ""

    def __str__(self) -> str:
        parts = (self.pattern, self.field.name, self.entry, self.sub)
        return ".".join(part for part in parts if part)


class Assignment(Record):
    """A key and the values that were given for it, in order."""

    key: Key
    values: tuple[str, ...]


def parse_key(text: str) -> Key:
    """Read `TARGET.KEY[.SUB]`; KEY is the name of the attribute or the key of `--set`. Raises EditRejected."""
    pattern, dot, rest = text.partition(".")
    if not (pattern and dot and rest):
        help = "write TARGET.KEY, such as backend.tags or backend.args.VERSION"
        raise refused("bad-key", f'"{text}" names no setting of a target', help=help)
    name, _, sub = rest.partition(".")
    field = FIELDS.get(name) or BY_SET_KEY.get(name)
    if field is None:
        raise _unknown(name)
    if field.shape in MAPS:
        return Key(pattern, field, sub)
    if not sub:
        return Key(pattern, field)
    if field.shape in _WITH_OPTIONS:
        entry, dot, option = sub.rpartition(".")
        return Key(pattern, field, option, entry)
    help = f"write {pattern}.{field.name}=VALUE"
    raise refused("bad-key", f'"{field.name}" has no parts, and "{sub}" is one', help=help)


def _unknown(name: str) -> Exception:
    if name in ONLY_IN_BLOCKS:
        return refused("bad-key", f'"{name}" is not a setting of a target but makes targets', help="change it by hand")
    known = (*FIELDS, *BY_SET_KEY)
    help = did_you_mean(name, known) or f"there are {', '.join(FIELDS)}"
    return refused("unknown-attribute", f'a target has no "{name}"', help=help)


def parse_assignments(words: Iterable[str]) -> tuple[Assignment, ...]:
    """Read `KEY=VALUE` words; values of one key are gathered, as those of `--set` are. Raises EditRejected."""
    found: dict[Key, tuple[str, ...]] = {}
    for word in words:
        left, sign, value = word.partition("=")
        if not sign:
            raise refused("bad-key", f'"{word}" has no value', help=f"write {word}=VALUE")
        key = parse_key(left.removesuffix("+"))
        found[key] = (*found.get(key, ()), value)
    return tuple(Assignment(key, values) for key, values in found.items())
