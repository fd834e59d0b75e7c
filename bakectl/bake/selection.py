"""What a run narrows or redirects, as overrides of exactly the targets that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.patterns import BadPattern, matches
from bakectl.bake.platforms import PlatformError, normalised, parse_platform
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bakectl.bake.model import Override, Plan


def platform_overrides(plan: Plan, wanted: Sequence[str], *, any_platform: bool) -> tuple[str, ...]:
    """Overrides that build only these platforms; raises InvalidBakeFile for one that a target does not declare.

    A target that declares no platform takes any, and with `any_platform` every target does.
    """
    problems = Problems()
    names = [part.strip() for text in wanted for part in text.split(",") if part.strip()]
    for name in names:
        try:
            parse_platform(name)
        except PlatformError as error:
            problems.error("bad-platform", f"--platform: {error}", None, help="write one such as linux/arm64")
    found: list[str] = []
    for target in () if problems.has_errors else plan.requested:
        declared = plan[target].get("platforms", ())
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


def output_overrides(plan: Plan, outputs: Iterable[str]) -> tuple[str, ...]:
    """Overrides that send the results of the targets asked for to these outputs."""
    given = tuple(outputs)
    return tuple(f"{target}.output={output}" for target in plan.requested for output in given)


def without_overridden(ours: Iterable[str], users: Sequence[Override]) -> tuple[str, ...]:
    """Our overrides without those of a setting that the user overrides as well: the user's win.

    buildx adds up the overrides of a list, so that the later one would not win by itself.
    """
    return tuple(text for text in ours if not any(_hits(user, text) for user in users))


def _hits(user: Override, text: str) -> bool:
    target, _, rest = text.partition(".")
    key = rest.partition("=")[0].removesuffix("+")
    if user.key != key:
        return False
    try:
        return user.pattern == target or matches(user.pattern, target)
    except BadPattern:
        return False
