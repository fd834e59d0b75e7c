"""The cache of GitHub Actions: what it needs around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan

_EXPORT_STEP: Final = (
    "a plain run step does not get them; export them in a step before it:\n"
    "- uses: actions/github-script@v7\n"
    "  with:\n"
    "    script: |\n"
    '      for (const name of ["ACTIONS_RUNTIME_TOKEN", "ACTIONS_RESULTS_URL", "ACTIONS_CACHE_SERVICE_V2"])\n'
    '        core.exportVariable(name, process.env[name] || "")'
)


def missing_variables(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The variables that are not set, without which buildx drops the cache without a word."""
    missing = [] if environment.get("ACTIONS_RUNTIME_TOKEN") else ["ACTIONS_RUNTIME_TOKEN"]
    if not (environment.get("ACTIONS_RESULTS_URL") or environment.get("ACTIONS_CACHE_URL")):
        missing.append("ACTIONS_RESULTS_URL")
    return tuple(missing)


def advice(environment: Mapping[str, str]) -> str:
    """What to do about missing variables: export them in GitHub Actions, use another cache elsewhere."""
    if environment.get("GITHUB_ACTIONS"):
        return _EXPORT_STEP
    return "this cache is there in GitHub Actions only; elsewhere choose another, such as --cache registry=REF"


def users_without_token(plan: Plan) -> tuple[str, ...]:
    """Targets with a gha cache that does not bring its own token."""
    return tuple(
        target.name
        for target in plan.targets.values()
        if any(
            entry["type"] == "gha" and not entry.get("token")
            for field in ("cache-from", "cache-to")
            for entry in target.get(field, ())
        )
    )


def token_problem(token: str, now: float) -> str | None:
    """Why BuildKit would refuse a token of the cache service, at a time in seconds; None when it would not.

    Its client wants a JSON Web Token whose claims hold `ac`, `nbf` and `exp`, and fails the build otherwise.
    """
    import base64
    import json

    parts = token.split(".")
    if len(parts) != 3:
        return "it is not a token of GitHub Actions"
    try:
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        until, access = float(claims["exp"]), claims["ac"]
    except (ValueError, KeyError, TypeError):
        return "it does not say what it allows, and until when"
    if not isinstance(access, str):
        return "it does not say what it allows, and until when"
    return "it has expired: a token is good for the job that got it" if until < now else None
