"""The workflow of GitHub Actions that builds, pushes and signs the images of a plan."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, Any, Final

from bakectl.ci import workflow

if TYPE_CHECKING:
    from bakectl.bake.model import Plan
    from bakectl.ci.settings import Settings

USUAL: Final = workflow.Choices()
PATH: Final = ".github/workflows/images.yml"
_PACKAGES: Final = "ghcr.io"
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_WORDS: Final = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))


def body(plan: Plan, choices: workflow.Choices, settings: Settings, branch: str, version: str) -> str:
    """The workflow, with empty sections for what the user adds.

    `branch` is the one whose pushes are built, and `version` that of bakectl.
    """
    hosts = workflow.registries(plan)
    values: dict[str, Any] = {
        "branches": dumps([branch]),
        "cache": choices.cache,
        "emulated": workflow.emulated(plan),
        "files": workflow.shell_words(choices.file_words()),
        "flags": workflow.shell_words(choices.flags()),
        "foreign": workflow.foreign(plan, settings),
        "needs_packages": _PACKAGES in hosts,
        "registries": [_login(host) for host in hosts],
        "runner": _yaml(settings.runner),
        "sign": choices.sign,
        "tags": workflow.shell_words(choices.tag_words()),
        "timeout": choices.timeout,
        "version": version,
        "words": workflow.shell_words(choices.words()),
    }
    return workflow.filled(f"github-{choices.strategy}.yml.j2", values)


def _login(registry: str) -> dict[str, str]:
    if registry == _PACKAGES:
        return {"registry": registry, "username": "github.actor", "password": "secrets.GITHUB_TOKEN"}
    user, password = workflow.secret_names(registry)
    return {"registry": registry, "username": f"secrets.{user}", "password": f"secrets.{password}"}


def _yaml(value: str | tuple[str, ...]) -> str:
    """A label, or a list of labels, as YAML."""
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS else dumps(value)
    return dumps(value)
