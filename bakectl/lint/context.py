"""What a rule can look at: the files, the project, every target resolved, and the Dockerfiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.dockerfiles import dockerfile_path, dockerfile_text
from bakectl.bake.places import Blocks
from bakectl.diagnostics import Diagnostic, Fix, Severity
from bakectl.lint.resolved import Resolved, resolve_all
from bakectl.lint.written import Written
from bakectl.record import Record
from bakectl.source import Span
from bakectl.syntax import nodes
from bakectl.syntax.written import written_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.model import Project, Target
    from bakectl.bake.places import At
    from bakectl.diagnostics import Note
    from bakectl.dockerfile.needs import Needs
    from bakectl.dockerfile.stages import Dockerfile
    from bakectl.syntax.nodes import Attribute, Expression

_LINK = "target:"


class Item(Record):
    """An item of a list of a target that is written out."""

    at: At
    attribute: Attribute
    collection: nodes.Tuple
    place: int

    @property
    def node(self) -> Expression:
        return self.collection.items[self.place]

    @property
    def span(self) -> Span:
        return self.at.span(self.node)


class Context:
    """One run of the rules over one project; `buildx` is the version that the files have to do with, if it is known."""

    def __init__(self, project: Project, buildx: tuple[int, ...] | None = None) -> None:
        self.project = project
        self.buildx = buildx
        self.blocks = Blocks(project)
        self._resolved: Resolved | None = None
        self._built: Mapping[str, Target] | None = None
        self._dockerfiles: dict[str, Dockerfile | None] = {}
        self._labels: dict[str, list[str]] | None = None
        self._written: Written | None = None

    @property
    def written(self) -> Written:
        """Where parts of settings are written."""
        if self._written is None:
            self._written = Written(self.blocks)
        return self._written

    @property
    def resolved(self) -> Resolved:
        """What the targets resolve to, and what is wrong with that."""
        if self._resolved is None:
            self._resolved = resolve_all(self.project, self.blocks)
        return self._resolved

    @property
    def targets(self) -> Mapping[str, Target]:
        """Every target that can be resolved."""
        return self.resolved.targets

    @property
    def built(self) -> Mapping[str, Target]:
        """The targets that are built: not those that are there to be inherited from, or to be filled by CI."""
        if self._built is None:
            reached = self._reached()
            parents = {
                parent
                for declared in self.project.targets.values()
                for layer in declared.layers
                if "inherits" in layer
                for parent in layer["inherits"].value
            }
            self._built = {
                name: target
                for name, target in self.targets.items()
                if name in reached or not (name in parents or name.startswith("_"))
            }
        return self._built

    def _reached(self) -> set[str]:
        """The target `default`, those of groups, and those that others use as contexts."""
        found: set[str] = {"default"}
        waiting = [at.name for at in self.blocks.all("group")]
        while waiting:
            name = waiting.pop()
            group = self.project.groups.get(name)
            for member in (group.targets if group else None) or ():
                if member not in found:
                    found.add(member)
                    waiting.append(member)
        for target in self.targets.values():
            contexts = target.get("contexts", {})
            found.update(value.removeprefix(_LINK) for value in contexts.values() if value.startswith(_LINK))
        return found

    def made_by(self, label: str) -> list[str]:
        """The targets that the blocks of a label make: several where there is a matrix."""
        if self._labels is None:
            self._labels = {}
            for name in self.project.targets:
                self._labels.setdefault(self.blocks.label(name), []).append(name)
        return self._labels.get(label, [])

    def label_span(self, target: str) -> Span | None:
        """Where the block of a target says its name."""
        return self.project.targets[target].declared_at

    def items(self, *fields: str) -> Iterator[Item]:
        """The items of these lists of all target blocks, as far as they are written out."""
        for at in self.blocks.all("target"):
            for field in fields:
                attribute = at.attribute(field)
                for collection in written_lists(attribute.value) if attribute else ():
                    for place in range(len(collection.items)):
                        yield Item(at, attribute, collection, place)  # type: ignore[arg-type]

    def dockerfile(self, target: str) -> Dockerfile | None:
        """The Dockerfile of a target; None when it is remote, missing, or something else than BuildKit reads it."""
        from bakectl.dockerfile.stages import read_dockerfile

        resolved = self.targets.get(target)
        if resolved is None or "BUILDKIT_SYNTAX" in resolved.get("args", ()):
            return None
        key = dockerfile_path(resolved) or resolved.get("dockerfile-inline") or ""
        if key not in self._dockerfiles:
            text = dockerfile_text(resolved)
            file = read_dockerfile(text) if text else None
            self._dockerfiles[key] = file if file and file.is_plain else None
        return self._dockerfiles[key]

    def needs(self, target: str) -> Needs | None:
        """What the build of a target takes from its Dockerfile, and from elsewhere."""
        from bakectl.dockerfile.needs import needs, values_of

        file, resolved = self.dockerfile(target), self.targets.get(target)
        if file is None or resolved is None:
            return None
        values = values_of(file, resolved.get("args", {}))
        return needs(file, resolved.get("target") or "", values, resolved.get("contexts", ()))


def finding(
    severity: Severity,
    rule: str,
    message: str,
    span: Span | None,
    *,
    help: str | None = None,
    notes: tuple[Note, ...] = (),
    fix: Fix | None = None,
) -> Diagnostic:
    """A finding of a rule."""
    return Diagnostic(severity, rule, message, span, notes, help, fix)
