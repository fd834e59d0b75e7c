"""`--cache`: which cache each target reads and writes, as overrides of exactly that target."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.platforms import normalised
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan

KINDS: Final = ("gha", "registry", "local", "inline", "none")
PLACEHOLDERS: Final = ("project", "target", "platform", "branch")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NEEDS_PLACE = {"registry": "registry=ghcr.io/acme/cache/{target}", "local": "local=.cache/{target}"}


class CacheChoice(Record):
    """A value of `--cache`: the kind, and the reference or folder that it names."""

    kind: str
    place: str = ""


def parse_cache(text: str) -> CacheChoice:
    """Read `gha`, `registry=REF`, `local=DIR`, `inline` or `none`; raises InvalidBakeFile."""
    kind, sign, place = text.partition("=")
    if kind not in KINDS:
        raise _invalid(f'there is no cache "{kind}"', did_you_mean(kind, KINDS) or f"choose {', '.join(KINDS)}")
    if kind in _NEEDS_PLACE and not place:
        raise _invalid(f'the cache "{kind}" needs a place', f"write --cache {_NEEDS_PLACE[kind]}")
    if sign and kind not in _NEEDS_PLACE:
        raise _invalid(f'the cache "{kind}" takes no place', f"write --cache {kind}")
    for name in _PLACEHOLDER.findall(place):
        if name not in PLACEHOLDERS:
            known = ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)
            raise _invalid(f'there is no placeholder "{{{name}}}"', f"there are {known}")
    return CacheChoice(kind, place)


def _invalid(message: str, help: str | None) -> InvalidBakeFile:
    problems = Problems()
    problems.error("bad-cache", f"--cache: {message}", None, help=help)
    return InvalidBakeFile(problems)


def cache_overrides(
    choice: CacheChoice, plan: Plan, declared: Mapping[str, tuple[str, ...]], *, project: str, branch: str
) -> tuple[str, ...]:
    """The overrides that give every target of the plan its own cache; raises InvalidBakeFile.

    `declared` has the platforms of each target without the narrowing of this run: a target of which only some platforms
    are built gets a place of its own for them, and reads the wider one too. No place is written twice.
    """
    overrides: list[str] = []
    writers: dict[str, str] = {}
    for name, target in plan.targets.items():
        platforms = target.get("platforms", ())
        narrowed = bool(platforms) and {*map(normalised, platforms)} != {
            *map(normalised, declared.get(name, platforms))
        }
        slug = "-".join(normalised(platform).replace("/", "-") for platform in platforms) if narrowed else ""
        values = {"project": project, "target": name, "branch": branch}
        reads, writes = _entries(choice, values, slug, target.get("tags", ()))
        for entry in writes:
            if entry in writers and choice.kind != "inline":
                message = f'targets "{writers[entry]}" and "{name}" would write one cache: {choice.place}'
                raise _invalid(message, f"add {{target}}: --cache {choice.kind}={choice.place.rstrip('/')}/{{target}}")
            writers[entry] = name
        if choice.kind == "none":
            overrides += [f"{name}.cache-from=", f"{name}.cache-to="]
            continue
        overrides += [f"{name}.cache-from+={entry}" for entry in reads]
        overrides += [f"{name}.cache-to={entry}" for entry in writes]
    return tuple(overrides)


def _entries(
    choice: CacheChoice, values: Mapping[str, str], slug: str, tags: tuple[str, ...]
) -> tuple[list[str], list[str]]:
    """What one target reads and writes."""
    match choice.kind:
        case "gha":
            wide = f"{values['project']}-{values['target']}"
            own = f"{wide}-{slug}" if slug else wide
            reads = [f"type=gha,scope={scope}" for scope in dict.fromkeys((own, wide))]
            return reads, [f"type=gha,scope={own},mode=max,ignore-error=true"]
        case "registry":
            own, wide = _places(choice.place, values, slug, ":")
            reads = [f"type=registry,ref={place}" for place in dict.fromkeys((own, wide))]
            options = "mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"
            return reads, [f"type=registry,ref={own},{options}"]
        case "local":
            own, wide = _places(choice.place, values, slug, "/")
            reads = [_quoted("type=local", f"src={place}") for place in dict.fromkeys((own, wide))]
            return reads, [_quoted("type=local", f"dest={own}", "mode=max", "ignore-error=true")]
        case "inline":
            return [f"type=registry,ref={tag}" for tag in tags], ["type=inline"]
    return [], []


def _places(template: str, values: Mapping[str, str], slug: str, separator: str) -> tuple[str, str]:
    """The place for what is built now, and the one for the target as a whole."""
    if "{platform}" in template:
        own = _filled(template, {**values, "platform": slug or "all"})
        return own, _filled(template, {**values, "platform": "all"})
    wide = _filled(template, values)
    if not slug:
        return wide, wide
    if separator == ":" and ":" in wide.rpartition("/")[2]:
        return f"{wide}-{slug}", wide
    return f"{wide.rstrip('/')}{separator}{slug}", wide


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], template)


def _quoted(*fields: str) -> str:
    """Fields as CSV; one with a comma or a quote is put in quotes."""
    return ",".join('"' + field.replace('"', '""') + '"' if "," in field or '"' in field else field for field in fields)


def missing_gha(environment: Mapping[str, str]) -> list[str]:
    """The variables that the gha cache needs and that are not set; buildx drops the cache without a word then."""
    missing = [] if environment.get("ACTIONS_RUNTIME_TOKEN") else ["ACTIONS_RUNTIME_TOKEN"]
    if not (environment.get("ACTIONS_RESULTS_URL") or environment.get("ACTIONS_CACHE_URL")):
        missing.append("ACTIONS_RESULTS_URL")
    return missing
