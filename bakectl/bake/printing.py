"""The definition as `docker buildx bake --print` writes it: JSON of two spaces, escaped as Go does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.bake.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan, Setting

_ALWAYS = frozenset(("context", "dockerfile"))
_EVEN_EMPTY = frozenset(("target", "network", "shm-size", "call", "dockerfile-inline", "pull", "no-cache"))
_UNSORTED = frozenset(("secret", "ssh", "policy", "resources"))


def definition(plan: Plan) -> dict[str, Any]:
    """Groups and targets as plain data, in the order in which buildx prints them."""
    groups: dict[str, Any] = {}
    for name in sorted(plan.groups, key=str.encode):
        group = plan.groups[name]
        described = {"description": group.description} if group.description else {}
        groups[name] = {**described, "targets": None if group.targets is None else list(group.targets)}
    targets = {
        name: {
            field: _escaped(value) if FIELDS[field].escaped else value
            for field, value in shown_fields(plan.targets[name].settings).items()
        }
        for name in sorted(plan.targets, key=str.encode)
    }
    return {**({"group": groups} if groups else {}), "target": targets}


def shown_fields(settings: Mapping[str, Setting]) -> dict[str, Any]:
    """The fields of a target that buildx prints, as plain data in its order, nothing escaped."""
    shown: dict[str, Any] = {}
    for name in FIELDS:
        setting = settings.get(name)
        if setting is None or name == "inherits":
            continue
        value = setting.value
        if not value and name not in _EVEN_EMPTY and name not in _ALWAYS:
            continue
        if isinstance(value, dict):
            value = {key: value[key] for key in (value if name in _UNSORTED else sorted(value, key=str.encode))}
        elif isinstance(value, tuple) and isinstance(value[0], dict) and name not in _UNSORTED:
            value = [{key: entry[key] for key in sorted(entry, key=str.encode)} for entry in value]
        shown[name] = value
    return shown


def _escaped(value: Any) -> Any:
    """Put `$` and `%` twice where they would open a sequence, so that the JSON can be read as a bake file."""
    if isinstance(value, str):
        return value.replace("${", "$${").replace("%{", "%%{") if "{" in value else value
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_escaped(item) for item in value]
    return value


def definition_json(plan: Plan) -> str:
    """The text that `docker buildx bake --print` writes, with its final newline."""
    return to_json(definition(plan)) + "\n"


def to_json(value: Any) -> str:
    """JSON of two spaces with Go's escapes; the standard encoder is several times slower when it indents."""
    from json.encoder import encode_basestring

    pieces: list[str] = []
    _write(value, "\n", pieces, encode_basestring)
    text = "".join(pieces)
    for character in "<>&\u2028\u2029":
        if character in text:
            text = text.replace(character, f"\\u{ord(character):04x}")
    if not text.isascii():
        text = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return text


def _write(value: Any, newline: str, pieces: list[str], quote: Any) -> None:
    if isinstance(value, str):
        pieces.append(quote(value))
    elif value is None:
        pieces.append("null")
    elif value is True:
        pieces.append("true")
    elif value is False:
        pieces.append("false")
    elif isinstance(value, int):
        pieces.append(str(value))
    elif isinstance(value, dict):
        if not value:
            pieces.append("{}")
            return
        inner = newline + "  "
        separator = "{" + inner
        for key, item in value.items():
            pieces.append(f"{separator}{quote(key)}: ")
            separator = "," + inner
            _write(item, inner, pieces, quote)
        pieces.append(newline + "}")
    elif not value:
        pieces.append("[]")
    else:
        inner = newline + "  "
        separator = "[" + inner
        for item in value:
            pieces.append(separator)
            separator = "," + inner
            _write(item, inner, pieces, quote)
        pieces.append(newline + "]")
