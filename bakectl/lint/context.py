"""What a rule can look at: the files, the project, every target resolved, and the Dockerfiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.dockerfiles import dockerfile_path
from bakectl.bake.places import Blocks
from bakectl.bake.snapshot import take_snapshot
from bakectl.diagnostics import Diagnostic, Fix, Severity
from bakectl.record import Record
from bakectl.source import Span
from bakectl.syntax import nodes
from bakectl.syntax.written import written_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.model import Project, Target
    from bakectl.bake.places import At
    from bakectl.diagnostics import Note
    from bakectl.lint.dockerfile import Dockerfile
    from bakectl.syntax.nodes import Attribute, Expression

_MAX_FILE = 1 << 20


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
        self._targets: Mapping[str, Target] | None = None
        self._dockerfiles: dict[str, Dockerfile | None] = {}
        self._labels: dict[str, list[str]] | None = None

    @property
    def targets(self) -> Mapping[str, Target]:
        """Every target that can be resolved."""
        if self._targets is None:
            self._targets = take_snapshot(self.project).targets
        return self._targets

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
        """The Dockerfile of a target; None when it is remote, missing, or cannot be read."""
        from bakectl.lint.dockerfile import Dockerfile

        resolved = self.targets.get(target)
        if resolved is None:
            return None
        inline = resolved.get("dockerfile-inline")
        if inline:
            return Dockerfile.read("", inline)
        path = dockerfile_path(resolved)
        if path is None:
            return None
        if path not in self._dockerfiles:
            self._dockerfiles[path] = _read(path)
        return self._dockerfiles[path]


def _read(path: str) -> Dockerfile | None:
    from bakectl.lint.dockerfile import Dockerfile

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read(_MAX_FILE + 1)
    except OSError:
        return None
    return None if len(data) > _MAX_FILE else Dockerfile.read(path, data.decode("utf-8", "replace"))


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
