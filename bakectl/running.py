"""A build that is watched: the processes that make it, what they tell, and what they came to."""

from __future__ import annotations

import os
import tempfile
import time
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.links import links_of
from bakectl.bake.references import repository_of
from bakectl.bake.secrets import MASK, looks_secret, mask_text
from bakectl.diagnostics import Problems
from bakectl.engine import process
from bakectl.engine.buildx import BuildResult, command, read_metadata
from bakectl.engine.buildx import environment as environment_of
from bakectl.engine.imagetools import ImageTools
from bakectl.engine.jobs import Job, JobFailed, Jobs, Ways
from bakectl.engine.outcome import make_run
from bakectl.engine.progress import Model, Nobody
from bakectl.errors import BuildFailed
from bakectl.record import Record, replace
from bakectl.runs import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from bakectl.bake.model import Override, Plan, Project
    from bakectl.engine.buildx import BuildRequest, Version
    from bakectl.engine.progress import Watcher

_MANY: Final = 8
"""Targets at once that may fail alone, where no number is given: each is a process."""
_SHORT: Final = 4
"""A secret of fewer characters is not looked for in logs: it would be found everywhere."""


class Outcome(Record):
    """What a build came to: the run for people, and buildx's metadata of the targets that were built."""

    run: records.Run
    metadata: Mapping[str, Mapping[str, Any]]
    code: int
    """Of the first process of buildx that failed."""

    def raise_failure(self) -> None:
        """Raise BuildFailed or KeyboardInterrupt, if the build failed or was interrupted."""
        if self.run.state == records.INTERRUPTED:
            raise KeyboardInterrupt
        if self.run.state == records.FAILED:
            raise BuildFailed(self.code, _failure(self.run, self.code))


class Watched(Record):
    """Who watches a build: `tick` is called several times a second, `resume` after we were stopped."""

    watcher: Callable[[Model], Watcher]
    tick: Callable[[], None] = lambda: None
    resume: Callable[[], None] = lambda: None


def masker(project: Project, plan: Plan) -> Callable[[str], str]:
    """A function that hides the secrets of a plan, and what looks like one, in what a build says."""
    named = [(name, variable.value.data) for name, variable in project.variables.items()]
    named += [pair for target in plan.targets.values() for pair in target.get("args", {}).items()]
    values = {str(value) for name, value in named if looks_secret(name) and isinstance(value, str)}
    passed = (entry for target in plan.targets.values() for entry in target.get("secret", ()))
    # A secret that names neither a file nor a variable is the variable of its own name.
    values |= {project.environment.get(entry.get("env") or entry.get("id", ""), "") for entry in passed}
    # A longer one first, because it may hold a shorter one.
    secrets = sorted((value for value in values if len(value) >= _SHORT), key=len, reverse=True)

    def mask(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, MASK)
        return mask_text(text) if "=" in text or "@" in text else text

    return mask


def make_jobs(request: BuildRequest, plan: Plan, version: Version | None, ways: Ways, folder: str) -> list[Job]:
    """The processes of a run: one, or one for each target asked for when they are counted or may fail alone."""
    words = replace(request, flags=(*request.flags, "--progress", "rawjson"))
    if ways.jobs == 0 and not ways.keep_going:
        path = request.metadata_file or os.path.join(folder, "metadata.json")  # noqa: PTH118
        arguments = command(replace(words, metadata_file=path), version)
        return [Job("bake", tuple(plan.requested), _platforms(plan, plan.targets), arguments, path)]
    return [_job(words, plan, version, name, place, folder) for place, name in enumerate(plan.requested)]


def _job(words: BuildRequest, plan: Plan, version: Version | None, name: str, place: int, folder: str) -> Job:
    path = os.path.join(folder, f"{place}.json")  # noqa: PTH118
    reached = _reached(plan, name)
    arguments = command(replace(words, targets=(name,), metadata_file=path), version)
    needs = tuple(other for other in plan.requested if other in reached and other != name)
    return Job(name, (name,), _platforms(plan, reached), arguments, path, needs)


def _reached(plan: Plan, name: str) -> dict[str, None]:
    """A target and all that it is built on."""
    found, ahead = {name: None}, [name]
    while ahead:
        for other in links_of(plan, ahead.pop()):
            if other not in found:
                found[other] = None
                ahead.append(other)
    return found


def _platforms(plan: Plan, names: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(plan[name].get("platforms", ())) for name in names}


def watch_build(
    request: BuildRequest,
    project: Project,
    plan: Plan,
    version: Version | None,
    environment: Mapping[str, str],
    watched: Watched,
    *,
    ways: Ways,
    shown: str,
    stdin: bytes | None = None,
) -> Outcome:
    """Run the build, and tell who watches it what happens; never raises for a build that fails or is interrupted."""
    mask = masker(project, plan)
    model = Model(mask)
    model.watcher = watched.watcher(model)
    with tempfile.TemporaryDirectory(prefix="bakectl-") as folder:
        jobs = make_jobs(request, plan, version, ways, folder)
        variables = environment_of(request, environment, version)
        if request.metadata_file is None:
            # Nobody reads the provenance in a file of ours, and to resolve it takes time and lines.
            variables.setdefault("BUILDX_METADATA_PROVENANCE", "disabled")
        limit = replace(ways, jobs=ways.jobs or max(1, len(jobs) if len(jobs) == 1 else _MANY))
        work = Jobs(jobs, model, limit, variables, stdin=stdin, tick=watched.tick, resume=watched.resume)
        begun, clock = time.time(), time.monotonic()
        state = _run(work)
        run = records.Run(shown, begun, time.monotonic() - clock, state)
        # A job that failed has written nothing, and what is there is of another run.
        metadata = _metadata([job for job in jobs if work.codes.get(job.name) == 0])
    if request.metadata_file is not None and request.metadata_file not in [job.metadata_file for job in jobs]:
        _write_metadata(request.metadata_file, metadata)
    return Outcome(make_run(model, run, _targets(work, plan)), metadata, work.failed_code)


def _run(work: Jobs) -> str:
    try:
        process.run_all(work)
    except KeyboardInterrupt:
        return records.INTERRUPTED
    except JobFailed:
        return records.FAILED
    return records.FAILED if work.failed_code else records.DONE


def _targets(work: Jobs, plan: Plan) -> dict[str, records.TargetRun]:
    found = {}
    for name in dict.fromkeys((*plan.requested, *plan.targets)):
        state, error = work.states.get(name, (records.CANCELLED, ""))
        platforms = tuple(plan[name].get("platforms", ()))
        found[name] = records.TargetRun(name, platforms, name in plan.requested, state, error=error)
    return found


def _metadata(jobs: Iterable[Job]) -> dict[str, Mapping[str, Any]]:
    """What buildx wrote of each target: of one that a job only builds on, it knows neither image nor digest."""
    found: dict[str, Mapping[str, Any]] = {}
    for job in jobs:
        for name, facts in read_metadata(job.metadata_file).items():
            if name in job.requested or name not in found:
                found[name] = facts
    return found


def _write_metadata(path: str, metadata: Mapping[str, object]) -> None:
    import json

    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        json.dump(metadata, file, indent=2)


def _failure(run: records.Run, code: int) -> Problems:
    problems = Problems()
    asked = [target for target in run.targets if target.requested]
    failed = [target.name for target in asked if target.state in (records.FAILED, records.SKIPPED)]
    how = f"ended with code {code}" if code > 0 else f"was ended by signal {-code}"
    message = f"the build failed: docker buildx bake {how}"
    if len(asked) > 1 and failed:
        message = f"the build of {', '.join(failed)} failed: docker buildx bake {how}"
    problems.error("build-failed", message, None)
    return problems


def give_tags(
    tags: Mapping[str, Sequence[str]],
    metadata: Mapping[str, Mapping[str, Any]],
    builder: str | None,
    environment: Mapping[str, str],
) -> None:
    """Give images pushed by digest their tags: first all are tried, then given; raises BuildFailed."""
    registry = ImageTools(builder, environment)
    for options in (("--dry-run",), ()):
        for name, names in tags.items():
            facts = metadata.get(name, {})
            repository = repository_of(str(facts.get("image.name", "")).partition(",")[0]) or repository_of(names[0])
            source = f"{repository}@{facts.get('containerimage.digest')}"
            # An image without an index stays as it is, and so does its digest.
            registry.create(names, (), (source,), "--prefer-index=false", *options)


def build(
    project: Project,
    *targets: str,
    overrides: Iterable[Override] = (),
    variables: Mapping[str, str] | None = None,
    push: bool | None = None,
    load: bool | None = None,
    no_cache: bool | None = None,
    allow: Sequence[str] = (),
    builder: str | None = None,
    jobs: int = 0,
    keep_going: bool = False,
    retries: int = 0,
) -> BuildResult:
    """Build targets and groups with docker buildx bake, `default` when none is named, and show nothing of it.

    `variables` are those that the project was loaded with; `jobs` is how many targets may be built at once, 0 for all
    in one buildx. Raises InvalidBakeFile, EngineUnavailable, and BuildFailed with what each failed target says.
    """
    from bakectl import api
    from bakectl.bake.overrides import flag_overrides
    from bakectl.engine.buildx import BuildRequest
    from bakectl.engine.preflight import check_build, check_client
    from bakectl.engine.privileges import missing_grants

    users = tuple(overrides)
    plan = api.plan(project, *targets, overrides=(*users, *flag_overrides(push=push, load=load, no_cache=no_cache)))
    given = {"--push": push, "--load": load, "--no-cache": no_cache}
    flags = [f"{name}={str(value).lower()}" for name, value in given.items() if value is not None]
    flags += [word for grant in allow for word in ("--allow", grant)]
    files = tuple(_NAMES.get(file.source.path, file.source.path) for file in project.files)
    texts = tuple(override.text for override in users)
    request = BuildRequest(files, targets, texts, tuple(flags), tuple((variables or {}).items()), builder)
    environment = _environment(project)
    version = check_client(environment)
    check_build(project, plan, request, version, environment)
    missing = missing_grants(plan, allow, environment)
    if missing:
        message = f"the build needs privileges: allow={missing!r} grants them"
        raise BuildFailed(1, _problem(message))
    stdin = next((file.source.text.encode() for file in project.files if file.source.path in _NAMES), None)
    watched = Watched(lambda _: Nobody())
    ways = Ways(jobs, keep_going, retries)
    outcome = watch_build(request, project, plan, version, environment, watched, ways=ways, shown="", stdin=stdin)
    if outcome.run.state == records.FAILED:
        raise BuildFailed(outcome.code, _errors(outcome.run) or _failure(outcome.run, outcome.code))
    outcome.raise_failure()
    return BuildResult(0, outcome.metadata, outcome.run.seconds)


_NAMES: Final = {"<stdin>": "-"}
"""What a definition is called that has no file, and what buildx calls it."""


def _environment(project: Project) -> dict[str, str]:
    """Our own environment, with the variables of the project as it was loaded with."""
    declared = {name for variable in project.variables for name in (variable, f"{variable}_JSON")}
    own = {name: value for name, value in os.environ.items() if name not in declared}
    return {**own, **{name: project.environment[name] for name in declared if name in project.environment}}


def _errors(run: records.Run) -> Problems:
    problems = Problems()
    for target in run.targets:
        if target.state in (records.FAILED, records.SKIPPED) and target.error:
            problems.error("build-failed", f'target "{target.name}": {target.error}', None)
    return problems


def _problem(message: str) -> Problems:
    problems = Problems()
    problems.error("build-failed", message, None)
    return problems
