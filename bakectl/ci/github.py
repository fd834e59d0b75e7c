"""The workflow of GitHub Actions that builds, pushes and signs the images of a plan."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, Any, Final

from bakectl.ci import workflow
from bakectl.ci.actions import pinned
from bakectl.templating import BRACKETS, render

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.bake.model import Plan
    from bakectl.ci.settings import Settings

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
        "files": _shell(choices.file_words()),
        "flags": _shell(choices.flags()),
        "foreign": workflow.foreign(plan, settings),
        "needs_packages": _PACKAGES in hosts,
        "registries": [_login(host) for host in hosts],
        "runner": _yaml(settings.runner),
        "sign": choices.sign,
        "timeout": choices.timeout,
        "version": version,
        "words": _shell(choices.words()),
    }
    filters: dict[str, Callable[[Any], str]] = {"json": dumps, "pinned": pinned}
    text = render("bakectl.ci", f"{choices.strategy}.yml.j2", values, filters, BRACKETS)
    # Calls of macros leave empty lines, which only jobs and the keys at the top have between them.
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\n\n+(?= {4})", "\n", text)).rstrip() + "\n"


def _login(registry: str) -> dict[str, str]:
    if registry == _PACKAGES:
        return {"registry": registry, "username": "github.actor", "password": "secrets.GITHUB_TOKEN"}
    user, password = workflow.secret_names(registry)
    return {"registry": registry, "username": f"secrets.{user}", "password": f"secrets.{password}"}


def _shell(words: tuple[str, ...]) -> str:
    """Words for the end of a command."""
    from shlex import quote

    return "".join(f" {quote(word)}" for word in words)


def _yaml(value: str | tuple[str, ...]) -> str:
    """A label, or a list of labels, as YAML."""
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and value.lower() not in _WORDS else dumps(value)
    return dumps(value)
