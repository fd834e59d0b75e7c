"""The verbs of the library, each a few lines of wiring; what is heavy is imported inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import BinaryIO

    from bakectl.bake.model import Override, Plan, Project
    from bakectl.diagnostics import Diagnostic
    from bakectl.editing.editor import Editor
    from bakectl.verifying.findings import Finding


def load(
    *paths: str,
    env: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    stdin: BinaryIO | bytes | None = None,
) -> Project:
    """Read bake files, or those of the default names; `variables` win over `env`, which is the process's own.

    Never raises for bad content: look at `Project.problems`. Raises InvalidBakeFile when a file cannot be read.
    """
    import os

    from bakectl.bake.files import read_files
    from bakectl.bake.project import load_project

    environment = os.environ if env is None else env
    inputs = read_files(paths, environment, stdin)
    return load_project(inputs, environment, variables)


def plan(project: Project, *targets: str, overrides: Iterable[Override] = ()) -> Plan:
    """Resolve targets and groups, `default` when none is named; raises InvalidBakeFile with all problems."""
    from bakectl.bake.resolve import resolve

    return resolve(project, targets, overrides)


def check(
    project: Project, *, select: Iterable[str] = (), ignore: Iterable[str] = (), buildx: tuple[int, ...] | None = None
) -> list[Diagnostic]:
    """Find the mistakes that buildx swallows, and those that it reports, by rules, families, or patterns of names.

    `buildx` is the oldest version that the files are for.
    """
    from bakectl.lint.run import Choice
    from bakectl.lint.run import check as run_rules

    return run_rules(project, Choice(tuple(select), tuple(ignore)), buildx)


def edit(
    *paths: str,
    env: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
    stdin: BinaryIO | bytes | None = None,
) -> Editor:
    """Open bake files to change them; as a context manager, they are written once, on a clean exit.

    Raises InvalidBakeFile when a file cannot be read.
    """
    import os

    from bakectl.bake.files import read_files
    from bakectl.editing.editor import Editor

    environment = os.environ if env is None else env
    return Editor(read_files(paths, environment, stdin), environment, variables)


def format(text: str) -> str:
    """Bring the text of an HCL bake file into the canonical layout; raises InvalidBakeFile for mistakes of syntax."""
    from bakectl.errors import InvalidBakeFile
    from bakectl.rewrite.format import format_edits
    from bakectl.source import Source, apply_edits
    from bakectl.syntax.parser import parse

    file = parse(Source("docker-bake.hcl", text))
    if file.problems:
        raise InvalidBakeFile(file.problems)
    return apply_edits(file.source, format_edits(file.tokens)).text


def verify(
    *images: str, plan: Plan | None = None, platforms: Iterable[str] = (), origin: str | None = None
) -> list[Finding]:
    """Find broken promises in built images: those of a plan's targets, and those named by references or paths.

    `origin` is where all of them are: `registry`, `daemon`, a folder or a tar. Raises EngineUnavailable when a place
    cannot be read, and InvalidBakeFile for what is no image.
    """
    import os

    from bakectl import verification

    wanted = [] if plan is None else [*verification.wanted_targets(plan, origin, tuple(platforms))]
    wanted += [verification.wanted_image(image, origin, tuple(platforms)) for image in images]
    reports = [*verification.run(wanted, os.environ)]
    failure = verification.unreadable(reports)
    if failure is not None:
        raise failure
    return [finding for report in reports for finding in report.findings]
