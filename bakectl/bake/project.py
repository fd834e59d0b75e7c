"""Bake files to a `Project`: parsed, collected, evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake import files
from bakectl.bake.blocks import FAILED, BlockInstance, Blocks
from bakectl.bake.collect import collect, parse_file
from bakectl.bake.definitions import Definitions
from bakectl.bake.matrix import expand
from bakectl.bake.model import Declared, Group, Project
from bakectl.bake.options import parse_bool
from bakectl.diagnostics import Problems
from bakectl.eval.limits import LimitExceeded
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.collect import BlockAt
    from bakectl.bake.files import Input
    from bakectl.bake.model import Settings


_NO_LOOKUP = "BUILDX_BAKE_DISABLE_VARS_ENV_LOOKUP"


def load_project(
    inputs: Sequence[Input], environment: Mapping[str, str], variables: Mapping[str, str] | None = None
) -> Project:
    """Read what the files declare; what is wrong with them is in `Project.problems`.

    `variables` win over the environment, which is not asked at all where BUILDX_BAKE_DISABLE_VARS_ENV_LOOKUP is true.
    """
    problems = Problems()
    compose = [given for given in inputs if given.format == files.COMPOSE]
    parsed = [parse_file(given) for given in inputs if given.format != files.COMPOSE]
    for file in parsed:
        for problem in file.problems:
            problems.add(problem)
    declared = collect(parsed, problems)
    json_sources = frozenset(given.source for given in inputs if given.format == files.JSON)
    asked = {} if parse_bool(environment.get(_NO_LOOKUP, "")) else environment
    outside = {**asked, **(variables or {})}
    definitions = Definitions(declared, outside, problems, json_sources)
    reader = _Reader(definitions)
    if compose:
        from bakectl.bake.compose import read_compose

        base = read_compose(compose, environment, problems)
        reader.groups.update(base.groups)
        for target in base.targets.values():
            reader.layers[target.name] = list(target.layers)
    try:
        definitions.resolve_all()
        reader.expand(declared.targets, declared.groups)
        reader.evaluate()
        definitions.resolve_attributes()
    except RecursionError:
        problems.error("limit-exceeded", "variables or functions need one another too deeply", None)
    except LimitExceeded as error:
        problems.error("limit-exceeded", f"reading the file stops here: {error}", None)
    return Project(
        tuple(parsed),
        definitions.variables,
        definitions.loaded_functions(),
        reader.groups,
        reader.targets(),
        problems,
        environment,
        frozenset(reader.incomplete),
    )


class _Reader:
    """Gathers targets and groups from their blocks."""

    def __init__(self, definitions: Definitions) -> None:
        self.definitions = definitions
        self.groups: dict[str, Group] = {}
        self.layers: dict[str, list[Settings]] = {}
        self.places: dict[str, Span] = {}
        self.instances: dict[str, list[BlockInstance]] = {}
        self.group_blocks: dict[str, list[BlockInstance]] = {}
        self.by_label: dict[str, dict[str, None]] = {}
        self.incomplete: set[str] = set()

    def expand(self, targets: Sequence[BlockAt], groups: Sequence[BlockAt]) -> None:
        """Find all instances first, so that each can refer to any other."""
        definitions = self.definitions
        for at in targets:
            made = self.by_label.setdefault(at.name, {})
            instances = expand(at, definitions)
            if instances is None:
                self.incomplete.add(at.name)
            for instance in instances or ():
                made[instance.name] = None
                self.instances.setdefault(instance.name, []).append(instance)
        for at in groups:
            attributes = at.block.body.attributes
            for name in ("name", "matrix"):
                if name in attributes:
                    span = at.span(attributes[name].start, attributes[name].name_end)
                    definitions.problems.error("unknown-attribute", f'a group has no "{name}"', span)
            instance = BlockInstance(at.name, at, definitions.scope(at.source), definitions)
            self.group_blocks.setdefault(at.name, []).append(instance)
        definitions.namespaces["target"] = Blocks("target", self.instances)
        definitions.namespaces["group"] = Blocks("group", self.group_blocks)

    def evaluate(self) -> None:
        """Evaluate every attribute of every block, as buildx does, needed or not."""
        for name, instances in self.instances.items():
            layers = self.layers.setdefault(name, [])
            for instance in instances:
                layers.append(instance.settings())
                self.places.setdefault(name, instance.at.label_span)
        for name, instances in self.group_blocks.items():
            for instance in instances:
                self.groups[name] = self._group(name, instance)
        for label, made in self.by_label.items():
            if list(made) != [label] and made and label not in self.groups:
                place = next(iter(self.instances[next(iter(made))])).at.label_span
                self.groups[label] = Group(label, tuple(made), "", place)

    def _group(self, name: str, instance: BlockInstance) -> Group:
        at = instance.at
        if "targets" not in at.block.body.attributes:
            message = f'group "{name}" has no targets'
            self.definitions.problems.error("missing-targets", message, at.label_span, help="add targets = []")
        targets = instance.get("targets")
        description = instance.get("description")
        return Group(
            name,
            () if targets is FAILED else targets,
            description if isinstance(description, str) else "",
            at.label_span,
        )

    def targets(self) -> dict[str, Declared]:
        return {name: Declared(name, tuple(layers), self.places.get(name)) for name, layers in self.layers.items()}
