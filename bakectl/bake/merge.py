"""Merging and normalising settings by the rules of the field table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import fields
from bakectl.bake.fields import FIELDS
from bakectl.bake.model import Origin, Setting
from bakectl.bake.options import keyed_unique, string_unique, swap_unique

if TYPE_CHECKING:
    from bakectl.bake.fields import Field
    from bakectl.bake.model import Data, Settings

_KEYED = {fields.ATTESTS: "type", fields.SECRETS: "id", fields.SSHES: "id"}

_UNSET_WHEN_EMPTY = frozenset((fields.OUTPUTS, fields.CACHES, fields.ATTESTS, fields.SECRETS, fields.SSHES))
"""An empty list of these clears what a target inherits, but not what those that inherit from it have."""


def merge(base: Settings, later: Settings) -> Settings:
    """Merge later settings into earlier ones (buildx's `Target.Merge`)."""
    if not base:
        return later
    if not later:
        return base
    merged = dict(base)
    for name, setting in later.items():
        earlier = merged.get(name)
        merged[name] = setting if earlier is None else _combined(FIELDS[name], earlier, setting)
    return merged


def _combined(field: Field, earlier: Setting, later: Setting) -> Setting:
    if field.merge == fields.REPLACE:
        if field.name == "description" and not later.value:
            return earlier
        value = later.value
    elif field.merge == fields.PER_KEY:
        value = {**earlier.value, **later.value}
    else:
        value = unique(field, earlier.value + later.value)
    return Setting(value, earlier.given + later.given)


def unique(field: Field, value: Data) -> Data:
    """Drop the doubles of a list as buildx does for this field."""
    if field.shape in (fields.OUTPUTS, fields.CACHES):
        return swap_unique(value)
    key = _KEYED.get(field.shape)
    if key is not None:
        return keyed_unique(value, key)
    return string_unique(value) if field.unique else value


def normalise(settings: Settings) -> Settings:
    """Bring settings into the form in which buildx keeps a target between two levels of inheritance."""
    changed: Settings = {}
    emptied: list[str] = []
    for name, setting in settings.items():
        value = setting.value
        field = FIELDS[name]
        if type(value) is tuple:
            if not value and field.shape in _UNSET_WHEN_EMPTY:
                emptied.append(name)
            elif len(value) > 1 or (field.unique and value):
                tidy = unique(field, value)
                if len(tidy) != len(value) or tidy != value:
                    changed[name] = Setting(tidy, setting.given)
        elif name == "contexts" and "" in value.values():
            kept = {key: text for key, text in value.items() if text}
            changed[name] = Setting(kept, setting.given)
    network = settings.get("network")
    if network is not None and network.value == "host":
        entitlements = settings.get("entitlements")
        present = () if entitlements is None else entitlements.value
        if "network.host" not in present:
            origin = network.origin
            implied = Origin("implied", origin.target, origin.source, origin.start, origin.end, 'network = "host"')
            given = (*(entitlements.given if entitlements else ()), (("network.host",), implied))
            changed["entitlements"] = Setting((*string_unique(present), "network.host"), given)
    if not changed and not emptied:
        return settings
    return {name: setting for name, setting in {**settings, **changed}.items() if name not in emptied}
