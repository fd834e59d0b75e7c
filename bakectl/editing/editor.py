"""The verbs that change bake files, one method each, on files that are written once at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from bakectl.editing import caches, names, platforms, settings, variables
from bakectl.editing.keys import parse_assignments, parse_key
from bakectl.editing.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from bakectl.bake.checkout import Checkout
    from bakectl.bake.files import Input
    from bakectl.bake.model import Project
    from bakectl.bake.snapshot import Change
    from bakectl.diagnostics import Diagnostic
    from bakectl.editing.session import Written


class Editor:
    """Bake files that are being changed.

    Each verb makes its change in memory and proves it, by parsing the files again and by comparing what they resolve to
    before and after; it raises EditRejected, and changes nothing, when something else would change too. As a context
    manager the files are written on a clean exit, and stay as they are after an exception.
    """

    def __init__(
        self, inputs: Sequence[Input], environment: Mapping[str, str], variables: Mapping[str, str] | None = None
    ) -> None:
        self._session = Session(inputs, environment, variables)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.write()

    @property
    def project(self) -> Project:
        """What the files mean with the changes made so far."""
        return self._session.project

    @property
    def changes(self) -> tuple[Change, ...]:
        """The settings of targets that are other than at the beginning."""
        return tuple(self._session.changes.values())

    @property
    def notes(self) -> tuple[Diagnostic, ...]:
        """What is to be said about the changes."""
        return tuple(self._session.notes)

    @property
    def written(self) -> tuple[Written, ...]:
        """The files that differ from what they were, with both texts."""
        return self._session.written

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that were read."""
        return tuple(given.source.path for given in self._session.inputs)

    def label(self, target: str) -> str:
        """The label of the block that makes a target: another name where it has a matrix."""
        return self._session.blocks.label(target)

    def text(self, path: str) -> str:
        """The text of a file with the changes made so far; raises KeyError for a file that was not read."""
        return {given.source.path: given.source.text for given in self._session.inputs}[path]

    def write(self) -> None:
        """Write the files that changed; raises EditRejected when one of them changed on disk in the meantime."""
        self._session.commit()

    def set(self, *assignments: str, is_expression: bool = False) -> None:
        """Make settings what is given: `backend.args.VERSION=1`, `backend.cache-to.scope=backend`."""
        for assignment in parse_assignments(assignments):
            settings.set_setting(self._session, assignment, is_expression=is_expression)

    def unset(self, *keys: str) -> None:
        """Remove attributes, entries of maps, or options of entries."""
        for key in keys:
            settings.unset(self._session, parse_key(key))

    def add(self, *assignments: str, is_expression: bool = False) -> None:
        """Add items to lists, or entries to maps."""
        for assignment in parse_assignments(assignments):
            settings.add_items(self._session, assignment, is_expression=is_expression)

    def remove(self, *assignments: str, is_expression: bool = False) -> None:
        """Remove items from lists."""
        for assignment in parse_assignments(assignments):
            settings.remove_items(self._session, assignment, is_expression=is_expression)

    def add_target(self, name: str, *settings: str, inherits: Sequence[str] = (), groups: Sequence[str] = ()) -> None:
        """Write a new target; settings are `KEY=VALUE`."""
        assignments = parse_assignments(f"{name}.{setting}" for setting in settings)
        names.add_target(self._session, name, assignments, inherits)
        for group in groups:
            names.add_to_group(self._session, group, (name,))

    def copy_target(self, old: str, new: str) -> None:
        """Write a second target like the first one."""
        names.copy_target(self._session, old, new)

    def rename_target(self, old: str, new: str) -> None:
        """Give a target another name, in its block and wherever it is referred to."""
        names.rename(self._session, "target", old, new)

    def remove_target(self, name: str, *, cascade: bool = False) -> None:
        """Remove a target; what refers to it is an error, or goes as well with `cascade`."""
        names.remove(self._session, "target", name, cascade=cascade)

    def add_group(self, name: str, *targets: str) -> None:
        """Add targets to a group, which is written if it is not there."""
        names.add_to_group(self._session, name, targets)

    def rename_group(self, old: str, new: str) -> None:
        """Give a group another name, in its block and wherever it is referred to."""
        names.rename(self._session, "group", old, new)

    def remove_group(self, name: str, *targets: str, cascade: bool = False) -> None:
        """Take targets out of a group, or remove the group when none is named."""
        if targets:
            names.remove_from_group(self._session, name, targets)
        else:
            names.remove(self._session, "group", name, cascade=cascade)

    def add_variable(
        self,
        name: str,
        default: str | None = None,
        *,
        kind: str = "",
        description: str = "",
        is_expression: bool = False,
    ) -> None:
        """Write a new variable; `kind` is a type expression."""
        variables.add_variable(
            self._session, name, default, kind=kind, description=description, is_expression=is_expression
        )

    def set_variable(self, name: str, default: str, *, is_expression: bool = False) -> None:
        """Give a variable another default."""
        variables.set_variable(self._session, name, default, is_expression=is_expression)

    def rename_variable(self, old: str, new: str) -> None:
        """Give a variable another name, in its block and wherever it is read."""
        names.rename(self._session, "variable", old, new)

    def remove_variable(self, name: str) -> None:
        """Remove a variable that nothing reads."""
        names.remove(self._session, "variable", name)

    def add_platform(self, platform: str, *targets: str, here: bool = False) -> None:
        """Build targets and groups, or all targets that have platforms, for one platform more."""
        platforms.add_platform(self._session, platform, self._targets(targets), here=here)

    def remove_platform(self, platform: str, *targets: str, here: bool = False) -> None:
        """Build targets and groups, or all targets that have platforms, for one platform less."""
        platforms.remove_platform(self._session, platform, self._targets(targets), here=here)

    def _targets(self, names: Sequence[str]) -> tuple[str, ...]:
        if names:
            return platforms.named_targets(self._session, names)
        return tuple(name for name, target in self._session.snapshot.targets.items() if target.get("platforms"))

    def set_cache(
        self, targets: str | Sequence[str], cache: str, *options: str, checkout: Checkout | None = None
    ) -> None:
        """Give targets and groups a cache: `gha`, `registry=REF`, `local=DIR`, …, with options as `KEY=VALUE`."""
        from bakectl.bake.checkout import find_checkout

        names = (targets,) if isinstance(targets, str) else targets
        preset = caches.parse_preset(cache, options)
        where = checkout or find_checkout(".", self._session.environment)
        caches.set_cache(self._session, preset, platforms.named_targets(self._session, names), where)

    def unset_cache(self, targets: str | Sequence[str], kind: str | None = None) -> None:
        """Take the caches of a kind, or all, from targets and groups."""
        names = (targets,) if isinstance(targets, str) else targets
        caches.unset_cache(self._session, kind, platforms.named_targets(self._session, names))
