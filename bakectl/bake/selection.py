"""What a run narrows or redirects, as overrides of exactly the targets that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.cache_places import entry_text
from bakectl.bake.fields import BY_SET_KEY
from bakectl.bake.patterns import BadPattern, matches
from bakectl.bake.platforms import PlatformError, normalised, parse_platform
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.bake.model import Override, Plan

_OPTIONS: Final = {
    "platform": "--platform",
    "cache-from": "--cache",
    "cache-to": "--cache",
    "output": "--output",
    "tags": "--tags",
}
"""The keys that we override, and the option that makes us do so."""


def platform_overrides(plan: Plan, wanted: Sequence[str], *, any_platform: bool) -> tuple[str, ...]:
    """Overrides that build only these platforms; raises InvalidBakeFile for one that a target does not declare.

    A target that declares no platform takes any, and with `any_platform` every target does. Linked targets stay as they
    are: buildx builds of them what is needed, and `FROM --platform=$BUILDPLATFORM` may need another platform of them.
    """
    problems = Problems()
    names = [part.strip() for text in wanted for part in text.split(",") if part.strip()]
    for name in names:
        try:
            if name != "local":
                parse_platform(name)
        except PlatformError as error:
            problems.error("bad-platform", f"--platform: {error}", None, help="write one such as linux/arm64")
    found: list[str] = []
    for target in () if problems.has_errors else plan.requested:
        declared = _parts(plan[target].get("platforms", ()))
        known = {normalised(platform): platform for platform in declared}
        for name in names:
            if declared and not any_platform and normalised(name) not in known:
                message = f'target "{target}" is not built for {name}: it declares {", ".join(declared)}'
                help = did_you_mean(name, declared) or "choose one of these, or add --any-platform"
                problems.error("undeclared-platform", message, None, help=help)
        chosen = dict.fromkeys(known.get(normalised(name), name) for name in names)
        found += [f"{target}.platform={name}" for name in chosen]
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return tuple(found)


def _parts(platforms: Iterable[str]) -> tuple[str, ...]:
    """Platforms one by one; buildx takes several in one string."""
    return tuple(part.strip() for text in platforms for part in text.split(",") if part.strip())


def output_overrides(plan: Plan, outputs: Iterable[str]) -> tuple[str, ...]:
    """Overrides that send the results of the targets asked for to these outputs; `{target}` stands for its name."""
    given = tuple(outputs)
    return tuple(
        f"{target}.output={output.replace('{target}', target)}" for target in plan.requested for output in given
    )


def without_overridden(ours: Iterable[str], users: Sequence[Override]) -> tuple[str, ...]:
    """Our overrides without those of a setting that the user replaces: the user's win.

    buildx adds up the overrides of a list, and the last operator decides whether they replace what the file has. So a
    user who appends to a list that we replace would get the file's list as well: that raises InvalidBakeFile.
    """
    problems = Problems()
    found = []
    for text in ours:
        target, key, appends = _parsed(text)
        theirs = [user for user in users if user.key == key and _hits(user, target)]
        if not theirs or (appends and theirs[-1].append):
            found.append(text)
        elif theirs[-1].append:
            message = f"--set {theirs[-1].text} adds to what the file has, and {_OPTIONS[key]} replaces it"
            problems.error("bad-override", message, None, help="give the whole list with one of them")
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return tuple(found)


def restoring_overrides(plan: Plan, before: Plan, ours: Iterable[str], users: Sequence[Override]) -> tuple[str, ...]:
    """Overrides that give back what a target has of its own where it inherits from one that we override.

    buildx applies overrides while it resolves, so that a linked target which inherits from a target asked for would be
    narrowed with it, or write its cache.
    """
    meant = {(target, key) for target, key, _ in map(_parsed, ours)}
    found: list[str] = []
    for name, target in plan.targets.items():
        for key in _OPTIONS:
            field = BY_SET_KEY[key].name
            is_fixed = name in plan.linked and key == "output"
            earlier = before.targets[name].get(field, ()) if name in before.targets else ()
            is_users = any(user.key == key and _hits(user, name) for user in users)
            if (name, key) in meant or is_fixed or is_users or target.get(field, ()) == earlier:
                continue
            found += [f"{name}.{key}={_text(item)}" for item in earlier] or [f"{name}.{key}="]
    return tuple(found)


def spelled_out(ours: Iterable[str], plan: Plan) -> tuple[str, ...]:
    """Our overrides without `+=`, which buildx knows since 0.22: the whole list of the plan instead."""
    found: dict[str, None] = {}
    for text in ours:
        target, key, appends = _parsed(text)
        values = map(_text, plan[target].get(BY_SET_KEY[key].name, ())) if appends else (text.partition("=")[2],)
        found.update((f"{target}.{key}={value}", None) for value in values)
    return tuple(found)


def _text(item: str | Mapping[str, str]) -> str:
    return item if isinstance(item, str) else entry_text(item)


def _parsed(text: str) -> tuple[str, str, bool]:
    """Target, key and whether it appends, of an override of ours."""
    target, _, rest = text.partition(".")
    key = rest.partition("=")[0]
    return target, key.removesuffix("+"), key.endswith("+")


def _hits(user: Override, target: str) -> bool:
    try:
        return user.pattern == target or matches(user.pattern, target)
    except BadPattern:
        return False
