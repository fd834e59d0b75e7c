"""Compose files as the tree of a bake file: services that are built as targets, and their variables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.compose import read_compose
from bakectl.bake.compose.nodes import Map
from bakectl.bake.compose.reading import Reading, RefusedError
from bakectl.bake.compose.targets import target_name
from bakectl.bake.compose.yaml_nodes import read_documents
from bakectl.bake.secrets import looks_secret
from bakectl.convert.notes import note
from bakectl.convert.plain import attribute, block, body, expression, group_block, ordered
from bakectl.convert.symbols import RAW, Table
from bakectl.convert.variables import Variables
from bakectl.diagnostics import Problems
from bakectl.record import Record
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bakectl.bake.compose import ComposeBase
    from bakectl.bake.files import Input
    from bakectl.bake.model import Settings
    from bakectl.source import Source
    from bakectl.syntax.nodes import Attribute, Body, Expression

NAMES: Final = "names"
"""Variables are kept, and with them what an empty one means, unless it has a default."""
TESTS: Final = "tests"
"""Variables are kept, with a test wherever an empty one means something else."""
VALUES: Final = "values"
"""Variables are not kept."""

_MAX_READINGS: Final = 10
"""Readings until it is known which variables must be values; each finds those that the last one made so."""
_UNSET_IF_EMPTY: Final = ("target", "network", "dockerfile-inline")
"""Fields that Compose does not set to an empty text."""
_BUILD: Final = frozenset(
    "context dockerfile dockerfile_inline target network args labels tags cache_from cache_to additional_contexts "
    "platforms no_cache pull shm_size ulimits extra_hosts ssh secrets sbom provenance x-bake".split()
)
_EXTENSION: Final = frozenset(
    "tags cache-from cache-to secret ssh platforms output pull no-cache no-cache-filter contexts".split()
)


class FromCompose(Record):
    """The body that Compose files give."""

    body: Body
    never_empty: tuple[str, ...]
    """Variables that mean something else when they are set to nothing."""
    from_dot_env: Mapping[str, str]
    """Variables whose values are in `.env`, which HCL files do not see."""


def compose_body(inputs: Sequence[Input], environment: Mapping[str, str], notes: Problems, kept: str) -> FromCompose:
    """Make the body, and say what has no equal in it; `kept` is what stays of the variables."""
    table, base = _read(inputs, environment, None if kept == VALUES else frozenset(), notes)
    _note_inserted(table, notes)
    for given in inputs:
        _note_ignored(given.source, base, notes)
    layers = [(name, layer) for name, target in base.targets.items() for layer in target.layers]
    used = table.used([setting.value for _, layer in layers for setting in layer.values()])
    variables = Variables(used, table.values, tests_empty=kept == TESTS)
    writer = _Writer(table, variables)
    groups = [group_block(group) for group in base.groups.values()]
    targets = [block("target", name, writer.fields(layer)) for name, layer in layers]
    unseen = {
        name: table.outside[name] for name in variables.mentions if name not in environment and name in table.outside
    }
    _note_variables(variables, unseen, notes)
    return FromCompose(body([*variables.blocks(), *groups, *targets]), variables.never_empty(), unseen)


def _read(
    inputs: Sequence[Input], environment: Mapping[str, str], lost: frozenset[str] | None, notes: Problems
) -> tuple[Table, ComposeBase]:
    """Read the files; what has to be a value at one place is one everywhere."""
    for _ in range(_MAX_READINGS):
        table, problems = Table(environment, lost), Problems()
        base = read_compose(inputs, environment, problems, table)
        if lost is None or (not problems.has_errors and table.inserted.keys() <= lost):
            return table, base
        for reason in problems.errors:
            note(notes, "lost-variable", f"variables are written as values: {reason.message}", reason.span)
        lost = None if problems.has_errors else lost | table.inserted.keys()
    return _read(inputs, environment, None, notes)


class _Writer:
    """Settings with marks as attributes with variables."""

    def __init__(self, table: Table, variables: Variables) -> None:
        self.table = table
        self.variables = variables

    def fields(self, settings: Settings) -> list[Attribute]:
        return [attribute(field, self.value(field, settings[field].value)) for field in ordered(settings)]

    def value(self, field: str, value: Any) -> Expression:
        if isinstance(value, tuple):
            return nodes.Tuple(0, 0, tuple(self.item(item) for item in value))
        made = expression(value, self.text)
        if field in _UNSET_IF_EMPTY and isinstance(made, nodes.Variable) and self.variables.is_empty(made.name):
            test = nodes.Binary(0, 0, "!=", made, nodes.String(0, 0, ""))
            return nodes.Conditional(0, 0, test, made, nodes.Literal(0, 0, None))
        return made

    def item(self, item: Any) -> Expression:
        return expression(item[RAW] if isinstance(item, dict) and RAW in item else item, self.text)

    def text(self, text: str) -> Expression:
        return self.variables.expression(self.table.split(text))


def _note_inserted(table: Table, notes: Problems) -> None:
    """Say which variables are values from now on; refuse to write one that looks like a secret."""
    for name, value in table.inserted.items():
        if value and looks_secret(name):
            message = f'the value of "{name}" would be written into the file, and it looks like a secret'
            help = "give it as a secret of the build, or as a build argument without a value"
            notes.error("not-convertible", message, None, help=help)
    if table.inserted:
        message = f"written with the values that they have now: {', '.join(table.inserted)}"
        note(notes, "lost-variable", message, None)


def _note_variables(variables: Variables, unseen: Mapping[str, str], notes: Problems) -> None:
    names = variables.with_default()
    if names:
        message = f"an empty value stays empty in HCL, where Compose takes the default: {', '.join(names)}"
        note(notes, "empty-variable", message, None)
    if unseen:
        message = f".env sets {', '.join(unseen)}, and buildx does not read .env for HCL files"
        notes.warning("dot-env", message, None, help="export them, or give them with --var")


def _note_ignored(source: Source, base: ComposeBase, notes: Problems) -> None:
    """Say what buildx does not make a target of."""
    skipped: list[str] = []
    for name, service in _services(source):
        if target_name(name) not in base.targets:
            skipped.append(name)
        build = service.get("build")
        if isinstance(build, Map):
            _note_keys(name, build, _BUILD, notes)
            extension = build.get("x-bake")
            if isinstance(extension, Map):
                _note_keys(name, extension, _EXTENSION, notes)
    if skipped:
        note(notes, "not-built", f"there is no target for what is not built: {', '.join(skipped)}", None)


def _note_keys(service: str, node: Map, known: frozenset[str], notes: Problems) -> None:
    for key, span in node.keys.items():
        if key not in known:
            note(notes, "not-converted", f'buildx ignores "{key}" of service "{service}", so it is left out', span)


def _services(source: Source) -> Iterator[tuple[str, Map]]:
    """The services as they are written."""
    try:
        documents = read_documents(source, Reading({}, Problems()))
    except RefusedError:
        return
    for document in documents:
        services = document.root.get("services") if isinstance(document.root, Map) else None
        for name, service in services.entries.items() if isinstance(services, Map) else ():
            if isinstance(service, Map):
                yield name, service
