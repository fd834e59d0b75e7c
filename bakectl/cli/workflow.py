"""`bakectl ci github` and `bakectl ci gitlab`: the files that CI reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bakectl.cli import definition, options, screen
from bakectl.cli.options import ONE, SWITCH, Option
from bakectl.diagnostics import Problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bakectl.bake.model import Plan
    from bakectl.ci.settings import Runner, Settings
    from bakectl.ci.workflow import Choices

_USUAL_BRANCHES = ("main", "master", "trunk")
_TAGS = ("auto", "file")
_STRATEGIES = ("one-runner", "native-runners")


class _Kind(Protocol):
    """A kind of CI whose file we write."""

    @property
    def PATH(self) -> str: ...  # noqa: N802

    @property
    def USUAL(self) -> Choices: ...  # noqa: N802

    def body(self, plan: Plan, choices: Choices, settings: Settings, branch: str, version: str) -> str: ...


def run_github(**line: Any) -> int:
    """Write the workflow of GitHub Actions."""
    from bakectl.ci import github
    from bakectl.ci.settings import GITHUB_RUNNERS

    return _write_workflow("ci github", github, GITHUB_RUNNERS, **line)


def run_gitlab(**line: Any) -> int:
    """Write the pipeline of GitLab CI."""
    from bakectl.ci import gitlab
    from bakectl.ci.settings import GITLAB_RUNNERS

    return _write_workflow("ci gitlab", gitlab, GITLAB_RUNNERS, sign=None, **line)


def _write_workflow(
    command: str,
    kind: _Kind,
    runners: Mapping[str, Runner],
    *,
    output: str | None,
    force: bool | None,
    check: bool | None,
    dry_run: bool | None,
    **line: Any,
) -> int:
    """Write the file anew with what is the user's in the old one, or only say what would be."""
    from bakectl import __version__, api
    from bakectl.ci import sections, workflow
    from bakectl.ci.settings import read_settings
    from bakectl.settings import find_settings
    from bakectl.writing import make_folder, write_file

    path = output or kind.PATH
    settings = read_settings(find_settings("."), runners)
    old = _read(path)
    before = "" if old is None else old.decode("utf-8", "replace")
    choices = _choices(settings, sections.choices_of(before), kind.USUAL, **line)
    definition.refuse_remote(choices.targets, command)
    plan = api.plan(definition.load(choices.files, line["var"]), *choices.targets)
    screen.show(plan.problems)
    workflow.check(plan, choices)
    body = kind.body(plan, choices, settings, _branch("."), __version__)
    after = sections.compose(command, choices.facts(kind.USUAL), body)
    if old is not None:
        after = sections.carry_over(path, before, after, force=bool(force))
    if dry_run:
        screen.write(after)
    elif after == before:
        screen.write(f"{path} is up to date\n")
    elif check:
        screen.write(f"{path} is not what bakectl {command} writes\n")
        return 1
    else:
        make_folder(path)
        write_file(path, old, after.encode())
        screen.write(f"wrote {path}\n")
    return 0


def _branch(folder: str) -> str:
    """The branch whose pushes are built: the default of the origin, else one that is checked out and looks like it."""
    from bakectl.bake.checkout import default_branch
    from bakectl.bake.git import read_head

    here = read_head(folder).branch
    return default_branch(folder) or (here if here in _USUAL_BRANCHES else _USUAL_BRANCHES[0])


def _read(path: str) -> bytes | None:
    from bakectl.errors import EditRejected

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        problems = Problems()
        problems.error("unreadable-file", f"{path} cannot be read: {error.strerror}", None)
        raise EditRejected(problems) from None


def _choices(
    settings: Settings,
    earlier: Mapping[str, str],
    usual: Choices,
    *,
    targets: tuple[str, ...],
    file: tuple[str, ...],
    strategy: str | None,
    tags: str | None,
    cache: str | None,
    sbom: bool | None,
    provenance: str | None,
    sign: bool | None,
    **_: Any,
) -> Choices:
    """What the command line says, else the settings, else what the file was written with."""
    from bakectl.bake.cache import parse_cache
    from bakectl.ci.workflow import choose

    choices = choose(
        {
            "strategy": strategy,
            "tags": tags,
            "targets": targets or None,
            "files": file or None,
            "cache": cache,
            "sbom": sbom,
            "provenance": provenance,
            "sign": sign,
        },
        settings,
        earlier,
        usual,
    )
    parse_cache(choices.cache)
    return choices


_SIGN = Option(("--sign",), SWITCH, "", "Sign the images with cosign, by the identity of the workflow.")
_WRITING = (
    Option(("--strategy",), ONE, "NAME", "one-runner (the default) or native-runners.", _STRATEGIES),
    Option(
        ("--tags",), ONE, "FROM", "auto (the default), from what is built, or file, as the bake file has them.", _TAGS
    ),
    Option(("--cache",), ONE, "CACHE", "The cache of all builds, as bake takes it."),
    Option(("--sbom",), SWITCH, "", "Make SBOM attestations."),
    Option(("--provenance",), ONE, "VALUE", "Provenance attestation: true, false or mode=max."),
    options.FILE,
    options.VAR,
    Option(("--output",), ONE, "FILE", "Write this file instead of the usual one."),
    Option(("--check",), SWITCH, "", "Write nothing, and exit with 1 if the file is not up to date."),
    Option(("--dry-run",), SWITCH, "", "Print the file, and write nothing."),
    Option(("--force",), SWITCH, "", "Overwrite what bakectl has not written."),
)

COMMANDS = {
    "ci github": options.Command(
        "ci github",
        "Write .github/workflows/images.yml, which builds the images on each push, tag and pull request. Written "
        "again, it keeps the sections marked as yours, and the choices that it was written with.",
        run_github,
        options.TARGETS,
        (_SIGN, *_WRITING),
        ("bakectl ci github", "bakectl ci github all --strategy native-runners --sbom --sign"),
    ),
    "ci gitlab": options.Command(
        "ci gitlab",
        "Write .gitlab-ci.yml, which builds the images on the default branch, on tags and in merge requests. Written "
        "again, it keeps the sections marked as yours, and the choices that it was written with.",
        run_gitlab,
        options.TARGETS,
        _WRITING,
        ("bakectl ci gitlab --strategy native-runners", "bakectl ci gitlab --output .gitlab/images.yml"),
    ),
}
