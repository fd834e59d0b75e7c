"""A build in a view of our own: which view, what is shown at the end, and what is kept."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from bakectl.cli import actions, screen
from bakectl.cli.options import WrongCommandLine
from bakectl.cli.shell import pasteable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.model import Plan, Project
    from bakectl.cli.live import Live
    from bakectl.cli.views import Plain
    from bakectl.engine.buildx import BuildRequest, BuildResult, Version
    from bakectl.engine.jobs import Ways
    from bakectl.engine.progress import Model
    from bakectl.runs.records import Run

RAW_SINCE: Final = (0, 13)
"""The first buildx that writes its progress as JSON."""


def is_wanted(
    mode: str | None, plan: Plan, allowed: Sequence[str], version: Version | None, *, needed: str = ""
) -> bool:
    """Whether the build is shown in a view of ours; says why not where nobody asked for buildx's own.

    Raises WrongCommandLine where an option, `needed`, cannot do without.
    """
    from bakectl.engine.privileges import missing_grants

    given = mode or os.environ.get("BUILDKIT_PROGRESS") or "auto"
    is_build = all(target.get("call") in (None, "build") for target in plan.targets.values())
    if given != "auto" or not is_build or (version is not None and version < RAW_SINCE):
        if needed:
            advice = "leave out --progress" if given != "auto" else "it is for builds, and needs buildx 0.13"
            raise WrongCommandLine(f"{needed} needs bakectl's own view of the build: {advice}", "bakectl bake")
        return False
    missing = missing_grants(plan, allowed, os.environ)
    words = " ".join(f"--allow {grant}" for grant in missing)
    if missing and needed:
        raise WrongCommandLine(
            f"with {needed}, buildx cannot ask for privileges: grant them with {words}", "bakectl bake"
        )
    if missing:
        screen.say(f"buildx shows its own progress, because it may have to ask for privileges: grant them with {words}")
    return not missing


def build(
    request: BuildRequest,
    project: Project,
    plan: Plan,
    version: Version | None,
    stdin: bytes | None,
    ways: Ways,
    tags: Mapping[str, Sequence[str]],
) -> Mapping[str, Mapping[str, object]]:
    """Build, show it, keep the run, and return what buildx wrote of each target; raises what the end calls for.

    `tags` are given when all is done.
    """
    from bakectl import running
    from bakectl.engine.outcome import with_results, with_tags
    from bakectl.engine.results import read_results
    from bakectl.errors import BuildFailed
    from bakectl.record import replace
    from bakectl.runs import records

    watch = _Watch({name: tuple(plan[name].get("platforms", ())) for name in plan.targets})
    outcome = running.watch_build(
        request,
        project,
        plan,
        version,
        os.environ,
        running.Watched(watch.begin, watch.tick, watch.resume),
        ways=ways,
        shown=pasteable(replace(request, metadata_file=None)),
        stdin=stdin,
    )
    watch.close()
    run, failure = outcome.run, None
    if tags and run.state == records.DONE:
        try:
            running.give_tags(tags, outcome.metadata, request.builder, os.environ)
        except BuildFailed as error:
            run, failure = replace(run, state=records.FAILED), error
    if run.state != records.INTERRUPTED:
        run = with_results(run, read_results(plan, outcome.metadata, os.environ))
        run = with_tags(run, tags) if run.state == records.DONE else run
    _keep(run)
    _explain_caches(run)
    _show_end(run)
    if actions.is_github():
        actions.annotate(run, plan)
    actions.write_summary(run)
    if failure is not None:
        raise failure
    replace(outcome, run=run).raise_failure()
    return outcome.metadata


def _explain_caches(run: Run) -> None:
    """Say what the errors of caches mean; with ignore-error they stop nothing, and are easily missed."""
    from bakectl.engine.cache_failures import explain

    found = (explain(step.target, step.name, step.error) for step in run.steps if step.error)
    screen.show(dict.fromkeys(filter(None, found)))


class _Watch:
    """The view of one build, made when there is something to show."""

    def __init__(self, targets: Mapping[str, tuple[str, ...]]) -> None:
        self.targets = targets
        self.view: Live | Plain | None = None

    def begin(self, model: Model) -> Live | Plain:
        """Choose the view: a terminal is painted, GitHub's log has groups, all else gets lines."""
        from bakectl.cli.views import Grouped, Plain

        if screen.is_terminal(sys.stderr) and os.environ.get("TERM") != "dumb":
            from bakectl.cli.live import Live

            self.view = Live(model, self.targets)
        else:
            self.view = Grouped(screen.say) if actions.is_github() else Plain(screen.say)
        return self.view

    def tick(self) -> None:
        if self.view is not None:
            self.view.tick()

    def resume(self) -> None:
        if self.view is not None:
            self.view.resume()

    def close(self) -> None:
        if self.view is not None:
            self.view.close()


def _keep(run: Run) -> None:
    from bakectl.runs import store

    try:
        store.save(run, os.environ)
    except OSError as error:
        screen.say(f"the run is not kept for bakectl report: {error.strerror}: {store.folder(os.environ)}")


def _show_end(run: Run) -> None:
    from bakectl.cli.summary import summary
    from bakectl.cli.views import guarded

    text = "\n" + summary(run)
    # It has names of steps, which come from Dockerfiles.
    screen.say(guarded([text]) if actions.is_github() else text)


def show_results(plan: Plan, result: BuildResult, request: BuildRequest) -> None:
    """Show what was made, after a build in buildx's own view."""
    from bakectl.cli.summary import summary
    from bakectl.engine.outcome import with_results
    from bakectl.engine.results import read_results
    from bakectl.runs.records import DONE, Run, TargetRun

    is_build = all(target.get("call") in (None, "build") for target in plan.targets.values())
    # What reads the JSON lines of buildx wants nothing else there.
    if is_build and "rawjson" not in request.flags:
        built = read_results(plan, result.metadata, os.environ)
        targets = tuple(
            TargetRun(item.target, item.platforms, seconds=item.seconds, cached=item.cached or 0, total=item.steps or 0)
            for item in built
        )
        run = with_results(Run("", 0.0, result.seconds, DONE, targets), built)
        screen.say("\n" + summary(run))
