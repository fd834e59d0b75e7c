"""`bakectl verify`: built images against their plan and their contract."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Final

from bakectl.cli import definition, options, screen
from bakectl.cli.options import MANY, ONE, SWITCH, Argument, Option

if TYPE_CHECKING:
    from bakectl.verification import Wanted
    from bakectl.verifying.run import Report

_FORMATS: Final = ("text", "json", "junit", "sarif")


class _Line:
    """The command line of one run."""

    def __init__(self, values: dict[str, object]) -> None:
        self.__dict__.update(values)

    words: tuple[str, ...]
    file: tuple[str, ...]
    var: tuple[str, ...]
    set: tuple[str, ...]
    platform: tuple[str, ...]
    format: str | None
    json: bool | None
    init: bool | None

    @property
    def origin(self) -> str | None:
        found: str | None = self.__dict__["from"]
        return found

    @property
    def platforms(self) -> tuple[str, ...]:
        return tuple(part for text in self.platform for part in text.split(",") if part)


def run(**values: object) -> int:
    """Verify what the command line names, show what was found, and fail if a promise is broken."""
    from bakectl.verification import run as verify
    from bakectl.verification import unreadable

    line = _Line(values)
    wanted = _wanted(line)
    if line.init:
        return _init(wanted)
    kind = "json" if line.json else line.format or "text"
    # Reading images makes garbage that refers to itself, and there is much of it.
    gc.enable()
    reports: list[Report] = []
    for report in verify(wanted, os.environ):
        reports.append(report)
        if kind == "text":
            _show(report)
    if kind != "text":
        screen.write(_rendered(reports, kind))
    failure = unreadable(reports)
    if failure is not None:
        screen.show(failure.diagnostics)
    if any(report.is_broken for report in reports):
        return 1
    return failure.exit_code if failure else 0


def _init(wanted: list[Wanted]) -> int:
    """Write a contract for each image, of what it keeps today."""
    from bakectl.verification import run as verify
    from bakectl.verification import unreadable, write_contracts

    gc.enable()
    reports = [*verify(wanted, os.environ)]
    failure = unreadable(reports)
    if failure is not None:
        raise failure
    missing = [report for report in reports if report.contract is None]
    for report in missing:
        _show(report)
    if missing:
        return 1
    path, headings = write_contracts(zip(wanted, reports, strict=True))
    for heading in headings:
        screen.write(f"wrote [{heading}] to {path}\n")
    return 0


def _show(report: Report) -> None:
    from bakectl.verifying.rendering import text

    screen.write(text(report, colour=screen.wants_colour(sys.stdout)))


def _rendered(reports: list[Report], kind: str) -> str:
    from bakectl import __version__
    from bakectl.verifying import rendering

    if kind == "sarif":
        return rendering.sarif(reports, __version__)
    return rendering.junit(reports) if kind == "junit" else rendering.as_json(reports)


def _wanted(line: _Line) -> list[Wanted]:
    """The images that the words mean: targets and groups of the bake file, else paths and references."""
    from bakectl.verification import check_platforms, wanted_image, wanted_targets

    check_platforms(line.platforms)
    targets, images = _divided(line)
    found: list[Wanted] = []
    if targets or not line.words:
        plan = definition.plan(targets, line.file, line.var, line.set, ())
        screen.show(plan.problems)
        found += wanted_targets(plan, line.origin, line.platforms)
    return found + [wanted_image(word, line.origin, line.platforms) for word in images]


def _divided(line: _Line) -> tuple[list[str], list[str]]:
    """Which words are targets and groups, and which are images; what looks like neither is taken for a target."""
    from bakectl.bake.files import DEFAULT_NAMES, named_files

    if not named_files(line.file, os.environ) and not any(map(os.path.exists, DEFAULT_NAMES)):
        return [], list(line.words)
    project = definition.load(line.file, line.var)
    targets: list[str] = []
    images: list[str] = []
    for word in line.words:
        is_known = word in project.targets or word in project.groups
        is_image = not is_known and (any(mark in word for mark in "/:@.") or os.path.exists(word))  # noqa: PTH110
        (images if is_image else targets).append(word)
    return targets, images


COMMAND = options.Command(
    name="verify",
    help="Look into built images, without running anything, and hold them against the plan: platforms, digests, and "
    "the machine of every program and library. IMAGE is a reference, an OCI layout or a tar; TARGET is looked for "
    "where its output went. Exits with 1 when a promise is broken.",
    run=run,
    argument=Argument("words", "[TARGET|IMAGE]..."),
    options=(
        Option(
            ("--from",),
            ONE,
            "PLACE",
            "Where the images are: registry, daemon, a folder with an OCI layout, or a tar.",
        ),
        Option(("--platform",), MANY, "PLATFORM", "Expect these platforms; repeatable, or with commas."),
        Option(("--init",), SWITCH, "", "Write a contract into the settings, of what the images keep today."),
        Option(("--format",), ONE, "FORMAT", "text, json, junit or sarif.", _FORMATS),
        options.JSON,
        options.FILE,
        options.VAR,
        options.SET,
    ),
    examples=(
        "bakectl verify all",
        "bakectl verify backend --from image.tar",
        "bakectl verify ghcr.io/acme/backend:1.2 --platform linux/amd64,linux/arm64",
        "bakectl verify all --from registry --format junit",
        "bakectl verify backend --init",
    ),
)
