"""The model: what was written (`Project`), and what will be built (`Plan`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bakectl.record import Record
from bakectl.source import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.diagnostics import Problems
    from bakectl.eval.types import Type
    from bakectl.eval.values import Value
    from bakectl.source import Source
    from bakectl.syntax.nodes import File

Data: TypeAlias = Any
"""The value of a field in the shape that `fields.py` gives it."""


class Origin:
    """Where a value was given: `attribute` of a file, `override` or `flag` of the command line, `environment`,

    `compose` file, or a `default` of buildx. `target` is the one it was given for; `text` is what was written there.
    """

    __slots__ = ("end", "kind", "source", "start", "target", "text")

    def __init__(
        self, kind: str, target: str, source: Source | None = None, start: int = 0, end: int = 0, text: str = ""
    ) -> None:
        self.kind: Final = kind
        self.target: Final = target
        self.source: Final = source
        self.start: Final = start
        self.end: Final = end
        self.text: Final = text

    @property
    def span(self) -> Span | None:
        """The value's expression in its file, if it comes from a file."""
        return None if self.source is None else Span(self.source, self.start, self.end)

    def __repr__(self) -> str:
        place = f" at {self.span}" if self.source else ""
        return f"<{self.kind} for {self.target}{place}{' ' + self.text if self.text else ''}>"


class Setting:
    """The value of one field, with all that was given for it, oldest first."""

    __slots__ = ("given", "value")

    def __init__(self, value: Data, given: tuple[tuple[Data, Origin], ...]) -> None:
        self.value: Final = value
        self.given: Final = given

    @property
    def origin(self) -> Origin:
        """Where the last part of the value was given."""
        return self.given[-1][1]

    def __repr__(self) -> str:
        return f"Setting({self.value!r}, {[origin for _, origin in self.given]!r})"


Settings: TypeAlias = "dict[str, Setting]"


class Variable(Record):
    """A `variable` block and its value; `kind` is its declared type, None when it has none."""

    name: str
    value: Value
    kind: Type | None
    description: str
    declared_at: Span
    origin: Origin


class Function(Record):
    """A `function` block."""

    name: str
    params: tuple[str, ...]
    variadic: str | None
    declared_at: Span


class Group(Record):
    """A group as declared; `targets` is None when it was set to null."""

    name: str
    targets: tuple[str, ...] | None
    description: str
    declared_at: Span | None


class Declared(Record):
    """A target as declared: the settings of each of its blocks, in the order in which they merge."""

    name: str
    layers: tuple[Settings, ...]
    declared_at: Span | None


class Target(Record):
    """A resolved target."""

    name: str
    settings: Settings
    declared_at: Span | None

    def __getitem__(self, field: str) -> Setting:
        return self.settings[field]

    def get(self, field: str, default: Data = None) -> Data:
        """The value of a field, or the default when it is not set."""
        setting = self.settings.get(field)
        return default if setting is None else setting.value


class Project(Record):
    """All that the bake files hold; `problems` has what is wrong with it."""

    files: tuple[File, ...]
    variables: Mapping[str, Variable]
    functions: Mapping[str, Function]
    groups: Mapping[str, Group]
    targets: Mapping[str, Declared]
    problems: Problems
    environment: Mapping[str, str]
    incomplete: frozenset[str] = frozenset()
    """Labels of target blocks whose targets could not be found out, because of an error."""


class Override(Record):
    """One `--set`: `pattern.key[.sub][+]=value`; `value` is None when there was no `=`."""

    pattern: str
    key: str
    sub: str
    append: bool
    value: str | None
    text: str
    flag: str = "--set"


class Plan(Record):
    """What will be built: the targets asked for and those linked to them, and the groups that led to them."""

    targets: Mapping[str, Target]
    groups: Mapping[str, Group]
    requested: Sequence[str]
    """Names of the targets asked for, groups expanded, in order."""
    linked: Sequence[str]
    """Names of the targets that are there only because others use them as contexts."""
    overrides: Sequence[Override]
    problems: Problems

    def __getitem__(self, name: str) -> Target:
        return self.targets[name]
