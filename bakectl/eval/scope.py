"""Names and what they stand for: a chain of scopes that ends in one that finds names on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.eval.values import Value
    from bakectl.source import Source
    from bakectl.syntax.nodes import Expression


class VariableCycle(Exception):
    """A variable needs its own value; the text says through which others."""


class UserFunction(Record):
    """A `function` block: its result is evaluated with the parameters in a scope of their own."""

    name: str
    params: tuple[str, ...]
    variadic: str | None
    result: Expression
    source: Source


class Namespace(Protocol):
    """Names of the form `target.NAME.ATTRIBUTE`, which are not values by themselves."""

    def whole(self, name: str) -> Value | None:
        """All attributes of one block as an object; None when there is no such block."""

    def attribute(self, name: str, attribute: str) -> Value | None:
        """One attribute of a block, without evaluating the others; None when there is no such block or attribute."""

    def names(self) -> Iterable[str]:
        """All names, to suggest one."""


class Root(Protocol):
    """Where the chain of scopes ends."""

    def variable(self, name: str) -> Value | None:
        """The value of a global name, computed when first asked for; None when there is no such name.

        Raises VariableCycle when it is being computed already.
        """

    def function(self, name: str) -> UserFunction | None:
        """A function that the file defines."""

    def namespace(self, name: str) -> Namespace | None:
        """The namespace of this name, such as `target`."""

    def variable_names(self) -> Iterable[str]:
        """All global names, to suggest one."""

    def function_names(self) -> Iterable[str]:
        """All functions that the file defines, to suggest one."""


class EmptyRoot:
    """A root in which nothing is known."""

    def variable(self, name: str) -> Value | None:
        return None

    def function(self, name: str) -> UserFunction | None:
        return None

    def namespace(self, name: str) -> Namespace | None:
        return None

    def variable_names(self) -> Iterable[str]:
        return ()

    def function_names(self) -> Iterable[str]:
        return ()


class Scope:
    """Local names over outer ones. `source` is the file that the expressions evaluated in it were read from."""

    __slots__ = ("names", "parent", "root", "source")

    def __init__(self, root: Root, source: Source, names: Mapping[str, Value], parent: Scope | None = None) -> None:
        self.root: Final = root
        self.source: Final = source
        self.names: Final = names
        self.parent: Final = parent

    def child(self, names: Mapping[str, Value]) -> Scope:
        return Scope(self.root, self.source, names, self)

    def lookup(self, name: str) -> Value | None:
        """The value of a name, or None."""
        scope: Scope | None = self
        while scope is not None:
            value = scope.names.get(name)
            if value is not None:
                return value
            scope = scope.parent
        return self.root.variable(name)

    def known_names(self) -> set[str]:
        """All names that can be written here, to suggest one."""
        known = set(self.root.variable_names())
        scope: Scope | None = self
        while scope is not None:
            known.update(scope.names)
            scope = scope.parent
        return known
