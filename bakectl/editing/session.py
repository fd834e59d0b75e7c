"""Bake files that are being changed: every step is parsed, resolved and compared before the next, and written last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import files
from bakectl.bake.files import Input
from bakectl.bake.places import Blocks
from bakectl.bake.project import load_project
from bakectl.bake.resolve import resolve
from bakectl.bake.snapshot import Change, changed_settings, take_snapshot
from bakectl.editing.refusal import refused
from bakectl.errors import EditRejected, InvalidBakeFile
from bakectl.record import Record, replace
from bakectl.source import apply_edits
from bakectl.writing import write_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.bake.model import Project, Target
    from bakectl.bake.snapshot import Snapshot
    from bakectl.diagnostics import Diagnostic
    from bakectl.source import Source, TextEdit
    from bakectl.syntax.nodes import File


STDIN = "<stdin>"
"""The path of what was read from standard input, which is not written."""


class Intent(Record):
    """What a step is meant to change; `fields` of None stands for all."""

    targets: frozenset[str] = frozenset()
    fields: frozenset[str] | None = None
    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = {}
    is_open: bool = False
    """Whether any setting may change, as when a variable gets another value."""


class Written(Record):
    """A file before and after."""

    path: str
    before: str
    after: str


class Session:
    """The bake files of one command line, changed step by step in memory."""

    def __init__(
        self, inputs: Sequence[Input], environment: Mapping[str, str], variables: Mapping[str, str] | None = None
    ) -> None:
        self.environment = environment
        self.variables = variables
        self.original = {given.source.path: given.source for given in inputs}
        self.inputs = tuple(inputs)
        self.project = load_project(self.inputs, environment, variables)
        self.changes: dict[tuple[str, str], Change] = {}
        self.notes: list[Diagnostic] = []
        self._snapshot: Snapshot | None = None
        self._blocks: Blocks | None = None

    @property
    def blocks(self) -> Blocks:
        if self._blocks is None:
            self._blocks = Blocks(self.project)
        return self._blocks

    @property
    def snapshot(self) -> Snapshot:
        if self._snapshot is None:
            self._snapshot = take_snapshot(self.project)
        return self._snapshot

    def editable(self, file: File) -> File:
        """The file, if it is one whose text can be changed; raises EditRejected for JSON."""
        path = file.source.path
        if any(given.source.path == path and given.format != files.HCL for given in self.inputs):
            help = f"bakectl convert {path} -o docker-bake.hcl"
            raise refused("not-hcl", f"{path} is JSON, and bakectl changes only HCL files", help=help)
        broken = file.problems
        if broken:
            raise EditRejected(broken)
        return file

    def first_file(self) -> File:
        """The file that new blocks go to: the first HCL file, one that overrides others only if there is no other."""
        hcl = {given.source.path for given in self.inputs if given.format == files.HCL}
        found = [file for file in self.project.files if file.source.path in hcl]
        if not found:
            raise refused(
                "not-hcl", "there is no HCL file to write to", help="create docker-bake.hcl, or name it with -f"
            )
        plain = [file for file in found if not file.source.path.endswith(".override.hcl")]
        return self.editable((plain or found)[0])

    def rename_outside(self, old: str, new: str) -> bool:
        """Compare from now on with the values that the environment or --var has for a variable under another name."""
        pairs = {f"{old}{suffix}": f"{new}{suffix}" for suffix in ("", "_JSON")}
        given = [name for name in pairs if name in self.environment or name in (self.variables or {})]
        self.environment = {pairs.get(name, name): value for name, value in self.environment.items()}
        self.variables = {pairs.get(name, name): value for name, value in (self.variables or {}).items()}
        return bool(given)

    def apply(self, edits: Iterable[TextEdit], intent: Intent) -> None:
        """Make the edits, if the files mean afterwards what they should; raises EditRejected and changes nothing."""
        by_path: dict[str, list[TextEdit]] = {}
        for edit in edits:
            by_path.setdefault(edit.span.source.path, []).append(edit)
        if not by_path:
            return
        inputs = tuple(
            Input(apply_edits(given.source, by_path[given.source.path]), given.format)
            if given.source.path in by_path
            else given
            for given in self.inputs
        )
        before = self.snapshot
        project = load_project(inputs, self.environment, self.variables)
        self._refuse_new_errors(project)
        after = take_snapshot(project)
        self._compare(before, after, intent, project)
        self.inputs, self.project = inputs, project
        self._snapshot, self._blocks = after, None

    def _refuse_new_errors(self, project: Project) -> None:
        known = {problem.message for problem in self.project.problems.errors}
        found = [problem for problem in project.problems.errors if problem.message not in known]
        if found:
            reason = "the change is refused, for the bake file would not be valid after it"
            raise EditRejected((*refused("invalid-after-edit", reason).diagnostics, *found))

    def _compare(self, before: Snapshot, after: Snapshot, intent: Intent, project: Project) -> None:
        renamed = {intent.renamed.get(name, name): target for name, target in before.targets.items()}
        for name in renamed.keys() - after.targets.keys() - intent.removed:
            raise _unresolved(project, name) or _outside(f'target "{name}" would be gone')
        for name in after.targets.keys() - renamed.keys() - intent.added:
            if name not in self.project.targets:
                raise _outside(f'there would be a new target "{name}"')
        self._compare_groups(before, after, intent)
        for change in changed_settings(renamed, after.targets):
            if _is_renaming(change, intent.renamed):
                continue
            allowed = intent.is_open or (
                change.target in intent.targets and (intent.fields is None or change.field in intent.fields)
            )
            allowed = allowed or change.target in intent.removed
            if not allowed:
                cause = _cause(after.targets[change.target], renamed[change.target], change.field, intent)
                cause = cause or self._ancestor(change.target, intent)
                if cause is None:
                    raise _outside(f'"{change.field}" of target "{change.target}" would change')
                change = replace(change, cause=cause)
            self._remember(change)

    def _ancestor(self, name: str, intent: Intent) -> str | None:
        """The target of a step that another one inherits from, at any distance."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            declared = self.project.targets.get(waiting.pop())
            for layer in declared.layers if declared else ():
                for parent in layer["inherits"].value if "inherits" in layer else ():
                    if parent in intent.targets:
                        return str(parent)
                    if parent not in seen:
                        seen.add(parent)
                        waiting.append(parent)
        return None

    def _compare_groups(self, before: Snapshot, after: Snapshot, intent: Intent) -> None:
        def members(snapshot: Snapshot, names: Mapping[str, str]) -> dict[str, tuple[str, ...] | None]:
            return {
                names.get(name, name): None
                if group.targets is None
                else tuple(names.get(target, target) for target in group.targets)
                for name, group in snapshot.groups.items()
            }

        old, new = members(before, intent.renamed), members(after, {})
        for name in {**old, **new}:
            if old.get(name) == new.get(name) or name in intent.groups:
                continue
            if intent.renamed and name in self.project.groups:
                message = f'group "{name}" has its members from an expression, which a new name cannot follow'
                span = self.project.groups[name].declared_at
                raise refused("not-literal", message, span, help="change the expression by hand")
            raise _outside(f'group "{name}" would change')

    def _remember(self, change: Change) -> None:
        key = (change.target, change.field)
        earlier = self.changes.get(key)
        if earlier is not None:
            change = replace(change, before=earlier.before)
        self.changes[key] = change
        if change.before == change.after:
            del self.changes[key]

    @property
    def written(self) -> tuple[Written, ...]:
        """The files that are other than they were, in the order in which they count."""
        return tuple(
            Written(given.source.path, self.original[given.source.path].text, given.source.text)
            for given in self.inputs
            if given.source.text != self.original[given.source.path].text
        )

    def commit(self) -> None:
        """Write the changed files; what was written goes back when a later file cannot be written."""
        done: list[tuple[str, Source, Source]] = []
        try:
            for given in self.inputs:
                before = self.original[given.source.path]
                if given.source.text != before.text and given.source.path != STDIN:
                    write_file(given.source.path, before.encode(), given.source.encode())
                    done.append((given.source.path, before, given.source))
        except BaseException:
            for path, before, after in reversed(done):
                write_file(path, after.encode(), before.encode())
            raise


def _unresolved(project: Project, name: str) -> EditRejected | None:
    """Why a target cannot be resolved any more, None when it is not there at all."""
    if name not in project.targets:
        return None
    try:
        resolve(project, (name,))
    except InvalidBakeFile as error:
        reason = f'the change is refused, for target "{name}" would not be valid after it'
        return EditRejected((*refused("invalid-after-edit", reason).diagnostics, *error.diagnostics))
    return None


def _outside(what: str) -> EditRejected:
    message = f"the change is refused, for it would do more than it should: {what}"
    return refused("change-outside", message, help="this is a bug in bakectl; please report it with the bake file")


def _is_renaming(change: Change, renamed: Mapping[str, str]) -> bool:
    """Whether two maps of contexts differ only in the new name of a target."""
    if change.field != "contexts" or not renamed or not isinstance(change.before, dict):
        return False
    after: dict[str, str] = change.after or {}
    links = {f"target:{old}": f"target:{new}" for old, new in renamed.items()}
    return {key: links.get(value, value) for key, value in change.before.items()} == after


def _cause(after: Target, before: Target, field: str, intent: Intent) -> str | None:
    """The target that a change comes from, by inheritance or because an expression reads it; None for no such."""
    if intent.fields is not None and field not in intent.fields and not _reads(after, field, intent.targets):
        return None
    for target in (after, before):
        setting = target.settings.get(field)
        for _, origin in setting.given if setting else ():
            if origin.target in intent.targets:
                return origin.target
    return next(iter(sorted(intent.targets)), None) if _reads(after, field, intent.targets) else None


def _reads(target: Target, field: str, names: frozenset[str]) -> bool:
    """Whether the text of a setting mentions one of the targets."""
    setting = target.settings.get(field)
    texts = [origin.span.text for _, origin in setting.given if origin.span] if setting else []
    return any(f"target.{name}" in text or f'target["{name}"]' in text for name in names for text in texts)
