"""`bakectl diff`: what two resolved definitions differ in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from bakectl.cli import options, screen
from bakectl.cli.changes import change_lines, shown
from bakectl.cli.options import MANY, ONE, Option, WrongCommandLine
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bakectl.bake.files import Input
    from bakectl.bake.model import Group, Project, Target
    from bakectl.bake.snapshot import Change

_FORMATS: Final = ("text", "json", "markdown")
_DIFFERENT: Final = 1


class _Side(Record):
    title: str
    groups: Mapping[str, Group]
    targets: Mapping[str, Target]


class _Difference(Record):
    """Names that are on one side only, members of groups that differ, and settings."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    groups: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]
    changes: tuple[Change, ...]


def run(
    *,
    words: tuple[str, ...],
    file: tuple[str, ...],
    var: tuple[str, ...],
    set: tuple[str, ...],
    with_var: tuple[str, ...],
    with_set: tuple[str, ...],
    format: str | None,
    json: bool | None,
) -> int:
    """Resolve both sides and show what differs; exit with 1 if anything does."""
    old, new = _inputs(words, file, has_change=bool(with_var or with_set))
    before = _side(*old, var, set)
    after = _side(*new, (*var, *with_var), (*set, *with_set))
    found = _difference(before, after)
    kind = "json" if json else format or "text"
    render = {"text": _text, "json": _json, "markdown": _markdown}[kind]
    screen.write(render(found, before, after))
    return _DIFFERENT if found.added or found.removed or found.groups or found.changes else 0


def _inputs(
    words: Sequence[str], file: tuple[str, ...], *, has_change: bool
) -> tuple[tuple[str, tuple[Input, ...]], tuple[str, tuple[Input, ...]]]:
    """The two sides: files, revisions, a revision and the files here, or the same files twice."""
    if len(words) > 2:
        raise WrongCommandLine("two sides can be compared, and not more")
    if not words:
        if not has_change:
            raise WrongCommandLine("name two files, a revision or two, or what differs: --with-var, --with-set")
        here = _named("", file)
        return here, (f"{here[0]} with changes", here[1])
    if len(words) == 1:
        first, dots, second = words[0].partition("..")
        if dots:
            return _named(first or "HEAD", file), _named(second or "HEAD", file)
        return _named(words[0], file), _named("", file)
    return _named(words[0], file), _named(words[1], file)


def _named(word: str, file: tuple[str, ...]) -> tuple[str, tuple[Input, ...]]:
    """A side by its name: a file that is there, else a revision of git; "" stands for the files here."""
    from bakectl.bake.files import read_files

    if not word:
        return "working tree", read_files(file, os.environ)
    if os.path.exists(word):  # noqa: PTH110
        return word, read_files((word,), os.environ)
    return word, _revision(word, file)


def _revision(revision: str, file: tuple[str, ...]) -> tuple[Input, ...]:
    """The bake files as a revision has them; raises InvalidBakeFile."""
    from bakectl.bake import files
    from bakectl.engine.process import capture
    from bakectl.source import Source

    problems = Problems()
    found: list[Input] = []
    if revision.startswith("-"):
        raise WrongCommandLine(f'"{revision}" is neither a file nor a revision')
    known = capture(("git", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"), os.environ)
    if known.code:
        help = (
            "git is not there" if known.code == 127 else "name a file that is there, or a revision of this repository"
        )
        problems.error("unknown-revision", f'there is no file and no revision "{revision}"', None, help=help)
        raise InvalidBakeFile(problems)
    for name in file or files.DEFAULT_NAMES:
        done = capture(("git", "show", f"{revision}:./{name}"), os.environ)
        if done.code == 0:
            found.append(files.Input(Source(name, done.out), files.format_of(name, done.out)))
        elif file:
            problems.error("unreadable-file", f"{name} is not there in {revision}", None)
    if not found and not problems.has_errors:
        problems.error("no-bake-file", f"there is no bake file in {revision}", None, help="name one with -f")
    if problems.has_errors:
        raise InvalidBakeFile(problems)
    return tuple(found)


def _side(title: str, inputs: tuple[Input, ...], var: tuple[str, ...], set: tuple[str, ...]) -> _Side:
    from bakectl.bake.project import load_project
    from bakectl.bake.resolve import resolve
    from bakectl.cli.definition import read_overrides

    problems = Problems()
    overrides = read_overrides(set, problems)
    project: Project = load_project(inputs, os.environ, options.variables(var))
    if project.problems.has_errors or problems.has_errors:
        raise InvalidBakeFile((*problems, *project.problems))
    names = tuple(project.targets)
    targets = resolve(project, names, overrides).targets if names else {}
    return _Side(title, project.groups, {name: targets[name] for name in names})


def _difference(before: _Side, after: _Side) -> _Difference:
    from bakectl.bake.snapshot import changed_settings

    groups = {}
    for name in dict.fromkeys((*before.groups, *after.groups)):
        old, new = (side.groups[name].targets or () if name in side.groups else () for side in (before, after))
        if old != new:
            groups[name] = (tuple(old), tuple(new))
    return _Difference(
        tuple(name for name in after.targets if name not in before.targets),
        tuple(name for name in before.targets if name not in after.targets),
        groups,
        tuple(changed_settings(before.targets, after.targets)),
    )


def _lines(found: _Difference) -> Iterator[str]:
    yield from (f"+ target {name}" for name in found.added)
    yield from (f"- target {name}" for name in found.removed)
    for name, (old, new) in found.groups.items():
        parts = [
            *(f"- {member}" for member in old if member not in new),
            *(f"+ {member}" for member in new if member not in old),
        ]
        yield f"group {name}: {' '.join(parts) or 'in another order'}"
    yield from change_lines(found.changes)


def _text(found: _Difference, before: _Side, after: _Side) -> str:
    return "".join(f"{line}\n" for line in _lines(found))


def _markdown(found: _Difference, before: _Side, after: _Side) -> str:
    head = f"### Bake: `{before.title}` → `{after.title}`\n\n"
    body = [f"- `{line.replace('`', '')}`" for line in _lines(found)]
    return head + "".join(f"{line}\n" for line in (body or ["Nothing differs."]))


def _json(found: _Difference, before: _Side, after: _Side) -> str:
    from json import dumps

    facts: dict[str, Any] = {
        "before": before.title,
        "after": after.title,
        "added": list(found.added),
        "removed": list(found.removed),
        "groups": {name: {"before": list(old), "after": list(new)} for name, (old, new) in found.groups.items()},
        "changes": [
            {"target": one.target, "field": one.field, "before": shown(one.before), "after": shown(one.after)}
            for one in found.changes
        ],
    }
    return dumps(facts, indent=2, ensure_ascii=False) + "\n"


COMMAND = options.Command(
    name="diff",
    help="Show what two resolved definitions differ in: two files, two revisions of git (A..B), a revision and the "
    "files here, or the same files with other values. Exits with 1 when they differ.",
    run=run,
    argument=options.Argument("words", "[OLD] [NEW]"),
    options=(
        options.FILE,
        options.VAR,
        options.SET,
        Option(("--with-var",), MANY, "NAME=VALUE", "The value of a variable on the new side only; repeatable."),
        Option(("--with-set",), MANY, "TARGET.KEY=VALUE", "An override on the new side only; repeatable."),
        Option(("--format",), ONE, "FORMAT", "text, json or markdown.", _FORMATS),
        options.JSON,
    ),
    examples=("bakectl diff main..HEAD", "bakectl diff old.hcl new.hcl", "bakectl diff --with-var TAG=1.2"),
)
