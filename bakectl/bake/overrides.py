"""`--set pattern.key[.sub][+]=value` and the flags that stand for it: read, matched with targets, applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bakectl.bake import fields, options
from bakectl.bake.fields import BY_SET_KEY, FIELDS, Field
from bakectl.bake.model import Origin, Override, Setting
from bakectl.bake.patterns import BadPattern, matches
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.eval.csv_fields import CsvError
from bakectl.eval.csv_fields import fields as fields_of
from bakectl.suggest import closest_name, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.bake.model import Settings

SET_KEYS = (*BY_SET_KEY, "push", "load", "secret")
_NEEDS_NAME = {
    "args": "args.NAME=VALUE",
    "contexts": "contexts.NAME=VALUE",
    "labels": "labels.NAME=VALUE",
    "extra-hosts": "extra-hosts.HOST=ADDRESS",
    "resources": "resources.NAME=VALUE",
}


class _Fault(ValueError):
    """An override cannot be applied; `help` says what to write."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.help = help


def parse_override(text: str, flag: str = "--set") -> Override:
    """Read an override; raises InvalidBakeFile."""
    left, sign, value = text.partition("=")
    append = left.endswith("+") and bool(sign)
    parts = left.removesuffix("+").split(".", 2) if append else left.split(".", 2)
    if len(parts) < 2:
        raise _invalid(f'"{text}" names no key', "write TARGET.KEY=VALUE, such as backend.platform=linux/arm64", flag)
    pattern, key, sub = parts[0], parts[1], parts[2] if len(parts) > 2 else ""
    if not sign and key != "args":
        raise _invalid(f'"{text}" has no value', f"write {text}=VALUE", flag)
    if key in _NEEDS_NAME and len(parts) < 3:
        raise _invalid(f'"{text}" does not say which of {key}', f"write {pattern}.{_NEEDS_NAME[key]}", flag)
    return Override(pattern, key, sub, append, value if sign else None, text, flag)


def _invalid(message: str, help: str | None, flag: str) -> InvalidBakeFile:
    problems = Problems()
    problems.error("bad-override", f"{flag} {_masked(message)}", None, help=help)
    return InvalidBakeFile(problems)


def _masked(text: str) -> str:
    """A text of the command line without its secrets."""
    from bakectl.bake.secrets import mask_text

    return mask_text(text)


def _shown(override: Override) -> str:
    """An override as it was typed, without its secrets."""
    from bakectl.bake.secrets import mask_override

    return f"{override.flag} {mask_override(override.text)}"


def flag_overrides(
    *,
    push: bool | None = None,
    load: bool | None = None,
    no_cache: bool | None = None,
    pull: bool | None = None,
    provenance: str | None = None,
    sbom: str | None = None,
    call: str | None = None,
) -> tuple[Override, ...]:
    """The overrides that flags stand for, in buildx's order; they come after those of the user. None is not given."""
    found: list[Override] = []

    def add(flag: str, key: str, value: str) -> None:
        found.append(Override("*", key, "", False, value, f"*.{key}={value}", flag))

    if push:
        add("--push", "push", "true")
    if load:
        add("--load", "load", "true")
    method = _call_method(call) if call else "build"
    if method != "build":
        add("--call", "call", method)
    if no_cache is not None:
        add("--no-cache", "no-cache", _bool_text(no_cache))
    if pull is not None:
        add("--pull", "pull", _bool_text(pull))
    if sbom:
        add("--sbom", "attest", _attest("sbom", sbom))
    if provenance:
        add("--provenance", "attest", _attest("provenance", provenance))
    return tuple(found)


def _call_method(value: str) -> str:
    """The method that `--call` names; options such as `format=json` are for whoever shows the result."""
    try:
        method, *others = fields_of(value)
    except CsvError as error:
        raise _invalid(f'"{value}" cannot be read: {error}', None, "--call") from None
    for option in others:
        key, sign, setting = option.partition("=")
        if not sign:
            raise _invalid(f'"{option}" must be a key=value pair', None, "--call")
        if key not in ("format", "ignorestatus") or (key == "ignorestatus" and options.parse_bool(setting) is None):
            raise _invalid(f'there is no option "{option}"', "the options are format and ignorestatus", "--call")
    return "lint" if method == "check" else method


def _bool_text(value: bool) -> str:
    return "true" if value else "false"


def _attest(kind: str, value: str) -> str:
    flag = options.parse_bool(value)
    if flag is None:
        return f"type={kind},{value}"
    return f"type={kind},disabled={_bool_text(not flag)}"


class Overrides:
    """All overrides of a run, by the target that each applies to."""

    def __init__(self, given: Iterable[Override], environment: Mapping[str, str]) -> None:
        self.given = tuple(given)
        self.environment = environment
        self.by_target: dict[str, list[Override]] = {}
        self._failed: set[str] = set()

    def match(self, targets: Sequence[str], problems: Problems) -> None:
        """Find the targets of each override, among all targets; report an override that fits none."""
        known = set(targets)
        for override in self.given:
            if override.pattern in known:
                hit = [override.pattern]
            else:
                try:
                    hit = [name for name in targets if matches(override.pattern, name)]
                except BadPattern:
                    problems.error(
                        "bad-override",
                        f'{_shown(override)}: "{override.pattern}" is no pattern',
                        None,
                    )
                    continue
            if not hit:
                message = f'{_shown(override)}: there is no target "{override.pattern}"'
                help = did_you_mean(override.pattern, targets) or "overrides name targets, not groups"
                problems.error("unknown-target", message, None, help=help)
            for name in hit:
                self.by_target.setdefault(name, []).append(override)

    def apply(self, name: str, settings: Settings, problems: Problems) -> Settings:
        """Apply all overrides of a target to its settings."""
        mine = self.by_target.get(name)
        if not mine:
            return settings
        changed = dict(settings)
        by_key: dict[str, list[Override]] = {}
        for override in mine:
            key = f"{override.key}.{override.sub}" if override.key in _NEEDS_NAME else override.key
            by_key.setdefault(key, []).append(override)
        for group in by_key.values():
            try:
                self._apply_key(name, changed, group)
            except _Fault as fault:
                self._report(group[-1], str(fault), fault.help, problems)
            except options.OptionError as error:
                self._report(group[-1], str(error), None, problems)
        return changed

    def _report(self, override: Override, message: str, help: str | None, problems: Problems) -> None:
        if override.text not in self._failed:
            self._failed.add(override.text)
            problems.error("bad-override", f"{_shown(override)}: {_masked(message)}", None, help=help)

    def _apply_key(self, name: str, settings: dict[str, Setting], group: list[Override]) -> None:
        last = group[-1]
        origin = Origin("override" if last.flag == "--set" else "flag", name, text=f"{last.flag} {last.text}")
        key = last.key
        if key in ("push", "load"):
            self._apply_export(settings, last, origin)
            return
        if key == "secret":
            self._apply_secret(settings, last, origin)
            return
        field = BY_SET_KEY.get(key)
        if field is None:
            close = closest_name(key, SET_KEYS)
            in_block = FIELDS.get(key)
            if in_block is not None and in_block.set_key is not None:
                close = in_block.set_key
            raise _Fault(f'there is no key "{key}"', f'did you mean "{close}"?' if close else None)
        match field.set_form:
            case fields.SCALAR:
                value: Any = last.value
                if field.shape == fields.BOOL:
                    value = options.parse_bool(last.value or "")
                    if value is None:
                        raise _Fault(f'"{last.value}" is neither true nor false')
                settings[field.name] = _replaced(settings, field, value, origin)
            case fields.BLANKED:
                settings[field.name] = _replaced(settings, field, "", origin)
            case fields.ERASED:
                settings.pop(field.name, None)
            case fields.KEYED:
                for override in group:
                    self._apply_keyed(settings, field, override, origin)
            case _:
                self._apply_list(settings, field, group, origin)

    def _apply_keyed(self, settings: dict[str, Setting], field: Field, override: Override, origin: Origin) -> None:
        value: Any = override.value
        if value is None:
            value = self.environment.get(override.sub)
            if value is None:
                return
        if field.shape == fields.RESOURCES:
            value = _resource(override)
        added = {override.sub: value}
        earlier = settings.get(field.name)
        before = earlier.value if earlier else {}
        given = (*(earlier.given if earlier else ()), (added, origin))
        settings[field.name] = Setting({**before, **added}, given)

    def _apply_list(self, settings: dict[str, Setting], field: Field, group: list[Override], origin: Origin) -> None:
        parser = options.PARSERS.get(field.shape)
        items: tuple[Any, ...] = ()
        for override in group:
            text = override.value or ""
            if parser is None:
                items += (text,)
            elif text:
                items += parser(text)
        if parser is None:
            items = tuple(item for item in items if item) if field.unique else items
        appends = group[-1].append or field.set_form == fields.ADDED
        earlier = settings.get(field.name)
        if appends and earlier is not None:
            settings[field.name] = Setting(earlier.value + items, (*earlier.given, (items, origin)))
        else:
            settings[field.name] = Setting(items, (*(earlier.given if earlier else ()), (items, origin)))

    def _apply_export(self, settings: dict[str, Setting], override: Override, origin: Origin) -> None:
        flag = options.parse_bool(override.value or "")
        if flag is None:
            raise _Fault(f'"{override.value}" is neither true nor false')
        earlier = settings.get("output")
        outputs = earlier.value if earlier else ()
        if override.key == "push":
            changed = options.push_outputs(outputs, flag)
        else:
            changed = options.load_outputs(outputs) if flag else outputs
        if changed != outputs or earlier is not None:
            settings["output"] = Setting(changed, (*(earlier.given if earlier else ()), (changed, origin)))

    def _apply_secret(self, settings: dict[str, Setting], override: Override, origin: Origin) -> None:
        """`secret.ID=…` of buildx 0.36 changes one secret that is declared."""
        if not override.sub:
            raise _Fault("it does not say which secret", "write TARGET.secret.ID=VALUE")
        if override.append:
            raise _Fault("a secret cannot be appended to")
        earlier = settings.get("secret")
        entries = options.secret_entries(override.value or "")
        declared = {entry.get("id") for entry in earlier.value} if earlier else set()
        if override.sub not in declared or earlier is None:
            raise _Fault(f'secret "{override.sub}" must be declared before it can be overridden')
        entry = entries[0]
        if entry.get("id", override.sub) != override.sub:
            raise _Fault(f'the value is for secret "{entry["id"]}", not "{override.sub}"')
        entry = {"id": override.sub, **{key: entry[key] for key in ("src", "env") if key in entry}}
        changed = tuple(entry if item.get("id") == override.sub else item for item in earlier.value)
        settings["secret"] = Setting(changed, (*earlier.given, ((entry,), origin)))


def _replaced(settings: Mapping[str, Setting], field: Field, value: Any, origin: Origin) -> Setting:
    earlier = settings.get(field.name)
    return Setting(value, (*(earlier.given if earlier else ()), (value, origin)))


def _resource(override: Override) -> str | int:
    text = override.value or ""
    if override.sub in ("memory", "memory-swap", "cpuset-cpus", "cpuset-mems"):
        return text
    if override.sub not in ("cpu-shares", "cpu-period", "cpu-quota"):
        raise _Fault(f'there is no resource "{override.sub}"')
    try:
        return int(text)
    except ValueError:
        raise _Fault(f'"{text}" is not a whole number') from None
