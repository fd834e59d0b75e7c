"""Variables, functions and global attributes: resolved on demand, each once, cycles found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.collect import BUILTIN_VARIABLES
from bakectl.bake.functions import load_function
from bakectl.bake.model import Function, Origin, Variable
from bakectl.bake.variables import OverrideFault, find_override, read_override
from bakectl.diagnostics import Note
from bakectl.eval.convert import ConversionError, convert
from bakectl.eval.evaluator import Budget, Evaluator
from bakectl.eval.limits import LimitExceeded
from bakectl.eval.scope import EmptyRoot, Scope, UserFunction, VariableCycle
from bakectl.eval.typeexpr import read_type
from bakectl.eval.types import BOOL, DYNAMIC, STRING, Type
from bakectl.eval.values import EMPTY_STRING, NULL, UNKNOWN, Value, string
from bakectl.source import Source, Span
from bakectl.syntax import nodes
from bakectl.syntax.walk import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bakectl.bake.collect import BlockAt, Declarations
    from bakectl.diagnostics import Problems
    from bakectl.eval.scope import Namespace

_NO_SOURCE: Final = Source("", "")
_LAZY = re.compile(r"\?|&&|\|\||%\{|\*|\b(?:for|try|can|convert)\b")
"""What can leave a part of an expression without being evaluated."""
_LITERALS = (nodes.String, nodes.NumberLiteral, nodes.Literal)


class Definitions:
    """The root of all scopes of a project."""

    def __init__(
        self,
        declared: Declarations,
        outside: Mapping[str, str],
        problems: Problems,
        json_sources: frozenset[Source] = frozenset(),
    ) -> None:
        self.declared = declared
        self.outside = outside
        self.problems = problems
        self.evaluator = Evaluator(problems, Budget())
        self.namespaces: dict[str, Namespace] = {}
        self.values: dict[str, Value] = {
            "BAKE_CMD_CONTEXT": string("cwd://"),
            "BAKE_LOCAL_PLATFORM": string(local_platform()),
        }
        self.variables: dict[str, Variable] = {}
        self.functions: dict[str, UserFunction | None] = {}
        self.exhausted = False
        self.json_sources = json_sources
        self._active: list[str] = []
        self._validating = False
        self._only_loaded = False
        self._all_loaded = False
        self._missing: set[tuple[int, str]] = set()

    # What scopes ask

    def variable(self, name: str) -> Value | None:
        value = self.values.get(name)
        if name in self.namespaces:
            return None
        if value is not None:
            return value
        if name not in self.declared.variables and name not in self.declared.attributes:
            return None
        if name in self._active:
            raise self._cycle(name)
        self._active.append(name)
        try:
            value = self._resolve(name)
        finally:
            self._active.pop()
        self.values[name] = value
        return value

    def function(self, name: str) -> UserFunction | None:
        if name in self.functions:
            return self.functions[name]
        block = self.declared.functions.get(name)
        if block is None or self._validating or self._only_loaded:
            # buildx runs the validations before it loads the functions that no variable has needed.
            return None
        self.functions[name] = None
        function = load_function(block, self)
        self.functions[name] = function
        return function

    def namespace(self, name: str) -> Namespace | None:
        return self.namespaces.get(name)

    def variable_names(self) -> Iterable[str]:
        return (*BUILTIN_VARIABLES, *self.declared.variables, *self.declared.attributes)

    def function_names(self) -> Iterable[str]:
        return self.declared.functions

    # Evaluating

    def scope(self, source: Source, names: Mapping[str, Value] | None = None) -> Scope:
        return Scope(self, source, names or {})

    def evaluate(self, node: nodes.Expression, scope: Scope) -> Value:
        """Evaluate an expression of the file; going over a limit is reported once, and all is unknown after it."""
        if self.exhausted:
            return UNKNOWN
        outer = self._only_loaded
        # buildx does not see the functions that an expression in JSON needs, and so does not load them for a variable.
        self._only_loaded = not self._all_loaded and scope.source in self.json_sources
        try:
            return self.evaluator.evaluate(node, scope)
        except LimitExceeded as error:
            message = f"evaluation stops here: {error}"
        except RecursionError:
            message = "evaluation stops here: values need one another too deeply"
        finally:
            self._only_loaded = outer
        self.exhausted = True
        self.problems.error("limit-exceeded", message, Span(scope.source, node.start, node.end))
        return UNKNOWN

    def check_mentions(self, node: nodes.Expression, scope: Scope) -> bool:
        """Whether no undefined name is mentioned for a second time in the scope.

        buildx remembers an undefined name, and takes its next mention for a cycle, even where it is not evaluated.
        Where everything that is mentioned is evaluated too, the evaluator finds the first mention already.
        """
        if _LAZY.search(scope.source.text, node.start, node.end) is None:
            return True
        for mention in references(node):
            name = mention.name
            if name in self.values or name in self.namespaces:
                continue
            if name in scope.names or name in self.declared.variables or name in self.declared.attributes:
                continue
            key = (id(scope.names) if scope.names else 0, name)
            if key in self._missing:
                self.problems.error(
                    "unknown-variable",
                    f'there is no variable named "{name}", and buildx takes its second mention for a cycle',
                    Span(scope.source, mention.start, mention.end),
                    help="declare it, or mention it once only",
                )
                return False
            self._missing.add(key)
        return True

    def resolve_all(self) -> None:
        """Resolve every variable and load every function, used or not, and run the validations."""
        for name in self.declared.variables:
            self.variable(name)
        self._validating = True
        for name, variable in self.variables.items():
            self._validate(self.declared.variables[name], variable)
        self._validating = False
        for name in self.declared.functions:
            self.function(name)
        self._all_loaded = True

    def resolve_attributes(self) -> None:
        """Evaluate the global attributes that nothing has asked for."""
        for name in self.declared.attributes:
            self.variable(name)

    def loaded_functions(self) -> dict[str, Function]:
        found = {}
        for name, function in self.functions.items():
            if function is not None:
                place = self.declared.functions[name].label_span
                found[name] = Function(name, function.params, function.variadic, place)
        return found

    def _cycle(self, name: str) -> VariableCycle:
        path = [*self._active[self._active.index(name) :], name]
        what = "itself" if len(path) == 2 else "itself through " + ", ".join(f'"{step}"' for step in path[1:-1])
        return VariableCycle(f'"{name}" needs the value of {what}')

    # Variables

    def _resolve(self, name: str) -> Value:
        block = self.declared.variables.get(name)
        attribute = self.declared.attributes.get(name)
        if block is None:
            assert attribute is not None
            node = attribute.attribute.value
            scope = self.scope(attribute.source)
            return self.evaluate(node, scope) if self.check_mentions(node, scope) else UNKNOWN
        kind, type_known = self._declared_type(block)
        default: nodes.Expression | None
        if attribute is not None:
            default, source = attribute.attribute.value, attribute.source
        else:
            given = block.block.body.attributes.get("default")
            default, source = (given.value if given else None), block.source
        value = self._default(name, default, kind, source)
        origin = Origin("default", "", source, default.start, default.end) if default else Origin("default", "")
        description = self._description(block)
        if type_known:
            value, origin = self._overridden(block, kind, value, origin)
        self.variables[name] = Variable(name, value, kind, description, block.label_span, origin)
        return value

    def _declared_type(self, block: BlockAt) -> tuple[Type | None, bool]:
        """The declared type, and whether it could be read."""
        attribute = block.block.body.attributes.get("type")
        if attribute is None:
            return None, True
        node = self.native(attribute.value, block.source)
        within = Span(block.source, node.start, node.end)
        if isinstance(node, nodes.Literal) and node.value is None:
            return None, True
        kind = read_type(node, within, self.problems)
        return kind, kind is not None

    def native(self, node: nodes.Expression, source: Source) -> nodes.Expression:
        """In a JSON file, the expression of native syntax that a string stands for."""
        if not isinstance(node, nodes.String) or source not in self.json_sources:
            return node
        from bakectl.syntax.json_body import parse_expression_text

        return parse_expression_text(source, node.start + 1, node.end - 1, self.problems)

    def _default(self, name: str, node: nodes.Expression | None, kind: Type | None, source: Source) -> Value:
        if node is None:
            return EMPTY_STRING if kind is None else Value(STRING if kind is DYNAMIC else kind, None)
        scope = self.scope(source)
        if not isinstance(node, _LITERALS) and not self.check_mentions(node, scope):
            return UNKNOWN
        value = self.evaluate(node, scope)
        if kind is None or value is UNKNOWN:
            return value
        try:
            return convert(value, kind)
        except ConversionError as error:
            message = f'the default of variable "{name}" is no {kind.friendly}: {error}'
            self.problems.error("bad-default", message, Span(source, node.start, node.end))
            return UNKNOWN

    def _description(self, block: BlockAt) -> str:
        attribute = block.block.body.attributes.get("description")
        if attribute is None:
            return ""
        node = attribute.value
        if isinstance(node, nodes.String):
            return node.value
        value = self.evaluate(node, Scope(EmptyRoot(), block.source, {}))
        if value is UNKNOWN:
            return ""
        try:
            text = None if value.data is None else convert(value, STRING).data
        except ConversionError:
            text = None
        if text is None:
            span = Span(block.source, node.start, node.end)
            self.problems.error("bad-description", "a description is a string", span)
        return text or ""

    def _overridden(self, block: BlockAt, kind: Type | None, value: Value, origin: Origin) -> tuple[Value, Origin]:
        declared = {*self.declared.variables, *BUILTIN_VARIABLES}
        found = find_override(block.name, kind, self.outside, declared)
        if found is None:
            return value, origin
        source_name, text, json = found
        try:
            given = read_override(block.name, text, kind, NULL if value is UNKNOWN else value, json=json)
        except OverrideFault as error:
            help = f"look at {source_name} in the environment"
            self.problems.error("bad-override", str(error), block.label_span, help=help)
            return UNKNOWN, origin
        return (UNKNOWN if value is UNKNOWN else given), Origin("environment", "", text=source_name)

    def _validate(self, block: BlockAt, variable: Variable) -> None:
        for inner in block.block.body.blocks:
            if inner.type == "validation" and variable.value is not UNKNOWN:
                self._validation(inner, block, variable)

    def _validation(self, inner: nodes.Block, block: BlockAt, variable: Variable) -> None:
        condition = inner.body.attributes.get("condition")
        scope = self.scope(block.source)
        value = NULL if condition is None else self.evaluate(condition.value, scope)
        if value is UNKNOWN:
            return
        place = condition.value if condition else inner
        span = Span(block.source, place.start, place.end)
        if value.data is None:
            message = f'the condition for variable "{variable.name}" must be true or false, and it is null'
            self.problems.error("bad-validation", message, span)
            return
        try:
            holds = convert(value, BOOL).data
        except ConversionError:
            message = f'the condition for variable "{variable.name}" must be true or false, and it is a '
            self.problems.error("bad-validation", message + value.type.friendly, span)
            return
        if holds:
            return
        text = self._validation_message(inner, scope)
        shown = _shown(variable.value)
        message = f'variable "{variable.name}"{shown} is not valid: {text or "its condition does not hold"}'
        note = Note(span, "this condition does not hold")
        self.problems.error("failed-validation", message, block.label_span, notes=(note,))

    def _validation_message(self, inner: nodes.Block, scope: Scope) -> str:
        attribute = inner.body.attributes.get("error_message")
        if attribute is None:
            return ""
        value = self.evaluate(attribute.value, scope)
        if value is UNKNOWN or value.data is None or value.type is not STRING:
            return ""
        text: str = value.data
        return text.strip().rstrip(".")


def _shown(value: Value) -> str:
    return f' ("{value.data}")' if value.type is STRING and value.data else ""


def local_platform() -> str:
    """The platform of this machine as containerd writes it, for BAKE_LOCAL_PLATFORM."""
    import os
    import sys

    machine = os.uname().machine.lower() if hasattr(os, "uname") else "amd64"
    system = {"win32": "windows", "cygwin": "windows"}.get(sys.platform, sys.platform)
    architecture = {
        "x86_64": "amd64",
        "aarch64": "arm64",
        "arm64": "arm64",
        "armv7l": "arm/v7",
        "armv6l": "arm/v6",
        "i386": "386",
        "i686": "386",
    }.get(machine, machine)
    return f"{system}/{architecture}"
