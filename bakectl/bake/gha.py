"""The cache of GitHub Actions: what it needs around it, and when it may be written."""

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


def is_pull_request(environment: Mapping[str, str]) -> bool:
    """Whether a pull request is built, whose entries nobody else could read."""
    return environment.get("GITHUB_EVENT_NAME", "").startswith("pull_request")


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
