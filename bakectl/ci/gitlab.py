"""The pipeline of GitLab CI that builds and pushes the images of a plan."""

from __future__ import annotations

from json import dumps
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.platforms import platforms_of
from bakectl.ci import workflow
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan
    from bakectl.ci.settings import Runner, Settings

PATH: Final = ".gitlab-ci.yml"
USUAL: Final = workflow.Choices(cache="registry=$CI_REGISTRY_IMAGE/cache/{target}")
_OWN: Final = "registry.gitlab.com"


class _Job(Record):
    """The builds of one kind of runners, since a matrix of GitLab cannot choose among lists of tags."""

    name: str
    runner: str
    rows: tuple[Mapping[str, str], ...]


def body(plan: Plan, choices: workflow.Choices, settings: Settings, branch: str, version: str) -> str:
    """The pipeline, with empty sections for what the user adds; GitLab itself knows the default branch."""
    is_native = choices.strategy == "native-runners"
    cache = ' --cache "$CACHE"' if choices.cache != "none" else ""
    # The cache is a variable, so that it can name other variables.
    flags = workflow.shell_words(_without_cache(choices).flags())
    foreign = dict.fromkeys(platform.split("/")[1] for platform in workflow.foreign(plan, settings))
    values: dict[str, Any] = {
        "cache": choices.cache,
        "emulated": tuple(foreign) if is_native else workflow.emulated(plan),
        "files": workflow.shell_words(choices.file_words()),
        "flags": cache + flags,
        "jobs": _jobs(plan, settings),
        "registries": [_login(host) for host in workflow.registries(plan)],
        "runner": _tags(settings.runner),
        "tags": workflow.shell_words(choices.tag_words()),
        "timeout": choices.timeout,
        "version": version,
        "words": workflow.shell_words(choices.words()),
    }
    return workflow.filled(f"gitlab-{choices.strategy}.yml.j2", values)


def _without_cache(choices: workflow.Choices) -> workflow.Choices:
    from bakectl.record import replace

    return replace(choices, cache="none")


def _login(registry: str) -> dict[str, str]:
    if registry == _OWN:
        return {"registry": registry, "username": "CI_REGISTRY_USER", "password": "CI_REGISTRY_PASSWORD"}
    user, password = workflow.secret_names(registry)
    return {"registry": registry, "username": user, "password": password}


def _jobs(plan: Plan, settings: Settings) -> list[_Job]:
    """A job for each runner, with its targets and platforms."""
    found: dict[Runner, list[dict[str, str]]] = {}
    for name in plan.requested:
        for platform in platforms_of(plan[name]):
            found.setdefault(settings.runner_of(platform), []).append({"target": name, "platform": platform})
    return [_Job(dumps(f"build on {_label(runner)}"), _tags(runner), tuple(rows)) for runner, rows in found.items()]


def _label(runner: Runner) -> str:
    return runner if isinstance(runner, str) else " ".join(runner)


def _tags(runner: Runner) -> str:
    return dumps([runner] if isinstance(runner, str) else list(runner))
