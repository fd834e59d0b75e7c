"""Where the targets, groups and variables of a project are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.record import Record
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.model import Project
    from bakectl.syntax.nodes import Attribute, Block, File, Node


class At(Record):
    """A block and its file."""

    file: File
    block: Block

    @property
    def name(self) -> str:
        return self.block.labels[0].text

    def span(self, node: Node) -> Span:
        return Span(self.file.source, node.start, node.end)

    def attribute(self, name: str) -> Attribute | None:
        return self.block.body.attributes.get(name)


class Blocks:
    """The blocks of all bake files, by kind and label, in the order in which they count."""

    __slots__ = ("_labels", "files", "project")

    def __init__(self, project: Project) -> None:
        self.project = project
        self.files = project.files
        self._labels: dict[tuple[str, int], str] | None = None

    def all(self, kind: str) -> Iterator[At]:
        """The blocks of a kind that have one label."""
        for file in self.files:
            for block in file.body.blocks:
                if block.type == kind and len(block.labels) == 1:
                    yield At(file, block)

    def named(self, kind: str, name: str) -> tuple[At, ...]:
        """The blocks of a kind with a label."""
        return tuple(at for at in self.all(kind) if at.name == name)

    def label(self, target: str) -> str:
        """The label of the block that makes a target: another name where it has a matrix."""
        if self._labels is None:
            self._labels = {(at.file.source.path, at.block.labels[0].start): at.name for at in self.all("target")}
        place = self.project.targets[target].declared_at
        return target if place is None else self._labels.get((place.source.path, place.start), target)
