"""What `${NAME:-default}` and its kin are in HCL: a variable with a default, and an expression for each mention.

Compose takes a default after `:-` for an empty value too. HCL does so only where the expression tests it, which is
harder to read, so that a variable with one default is tested only if that is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake.collect import BUILTIN_VARIABLES
from bakectl.bake.compose.template import Reference
from bakectl.convert.plain import attribute, block, text
from bakectl.convert.symbols import ARGUMENT
from bakectl.record import Record
from bakectl.syntax import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.syntax.nodes import Attribute, Block, Expression

_TAKEN: Final = frozenset((*BUILTIN_VARIABLES, *"target group true false null for if in else endif endfor".split()))
"""Names that mean something else in an expression."""
_PROJECT: Final = "COMPOSE_PROJECT_NAME"
_NULL: Final = nodes.Literal(0, 0, None)


class _Form(Record):
    """How a variable is declared, and what its value can be because of that."""

    default: Expression | None
    """None for that of its first mention."""
    required: Reference | None = None
    is_simple: bool = False
    """Whether all mentions stand for the value as it is."""
    may_be_null: bool = False
    may_be_empty: bool = True


class Variables:
    """The variables of a file, made of all that mentions them."""

    def __init__(
        self, references: Iterable[Reference], values: Mapping[Reference, str | None], *, tests_empty: bool
    ) -> None:
        self.values = values
        self.tests_empty = tests_empty
        self.mentions: dict[str, list[Reference]] = {}
        for reference in references:
            if reference.name not in _TAKEN and reference not in self.mentions.setdefault(reference.name, []):
                self.mentions[reference.name].append(reference)
        self.forms = {name: self._form(mentions) for name, mentions in self.mentions.items()}

    def blocks(self) -> list[Block]:
        """A block for each, in the order in which they are first mentioned."""
        return [block("variable", name, self._declaration(name)) for name in self.mentions]

    def with_default(self) -> list[str]:
        """Those whose default Compose takes for an empty value too, and HCL does not."""
        return [
            name
            for name, mentions in self.mentions.items()
            if self.forms[name].is_simple and any(_plain(mention).operator == ":-" for mention in mentions)
        ]

    def never_empty(self) -> tuple[str, ...]:
        """Those that are something else in Compose when they are set to nothing."""
        return (*self.with_default(), _PROJECT)

    def is_empty(self, name: str) -> bool:
        """Whether a variable is an empty text where nobody sets it."""
        default = self.forms[name].default
        return isinstance(default, nodes.String) and not default.value

    def expression(self, parts: Iterable[str | Reference]) -> Expression:
        """A string in which variables stand."""
        found = [text(part) if isinstance(part, str) else self.mention(part) for part in parts if part]
        if not found:
            return text("")
        return found[0] if len(found) == 1 else nodes.Template(0, 0, tuple(found))

    def mention(self, reference: Reference) -> Expression:
        """One variable in a string."""
        if reference.name in _TAKEN:
            return text(self.values.get(reference) or "")
        form = self.forms[reference.name]
        reference = _plain(reference)
        name = nodes.Variable(0, 0, reference.name)
        if form.is_simple or reference.operator in (":?", "?", ARGUMENT):
            return name
        is_set = self._is_set(form, name, reference.operator)
        if reference.operator.endswith("+"):
            return _choice(is_set, self.expression(reference.operand), text(""))
        return _choice(is_set, name, self.expression(reference.operand))

    def _is_set(self, form: _Form, name: Expression, operator: str) -> Expression | None:
        """The test that an operator makes; None where it holds anyway."""
        tests: list[Expression] = [nodes.Binary(0, 0, "!=", name, _NULL)] if form.may_be_null else []
        if operator.startswith(":") and form.may_be_empty:
            tests.append(nodes.Binary(0, 0, "!=", name, text("")))
        if len(tests) == 2:
            return nodes.Binary(0, 0, "&&", tests[0], tests[1])
        return tests[0] if tests else None

    def _form(self, mentions: Sequence[Reference]) -> _Form:
        operators = {_plain(mention).operator for mention in mentions}
        for required in (":?", "?"):
            if required in operators:
                first = next(mention for mention in mentions if mention.operator == required)
                is_filled = required == ":?"
                return _Form(text("") if is_filled else _NULL, first, may_be_empty=not is_filled)
        if mentions[0].name == _PROJECT:
            # Compose sets it where nothing else does.
            return _Form(text(self.values.get(Reference(_PROJECT)) or ""), is_simple=operators == {""})
        if operators == {""}:
            return _Form(text(""), is_simple=True)
        if operators == {ARGUMENT}:
            return _Form(_NULL, is_simple=True)
        has_one = operators <= {":-", "-"} and len({mention.operand for mention in mentions}) == 1
        if has_one and not (self.tests_empty and ":-" in operators):
            return _Form(None, is_simple=True)
        if operators <= {"", ":-", ":+"}:
            return _Form(text(""))
        return _Form(_NULL, may_be_null=True)

    def _declaration(self, name: str) -> list[Attribute | Block]:
        form = self.forms[name]
        default = self.expression(self.mentions[name][0].operand) if form.default is None else form.default
        items: list[Attribute | Block] = [attribute("default", default)]
        if form.required is not None:
            missing = form.default if isinstance(form.default, nodes.Literal) else text("")
            condition = nodes.Binary(0, 0, "!=", nodes.Variable(0, 0, name), missing)
            message = self.expression(form.required.operand or (f"{name} is required",))
            items.append(
                block("validation", "", [attribute("condition", condition), attribute("error_message", message)])
            )
        return items


def _plain(reference: Reference) -> Reference:
    """The same without a default that is empty, because that is what a variable has anyway."""
    if reference.operator in (":-", "-") and not reference.operand:
        return Reference(reference.name)
    return reference


def _choice(test: Expression | None, then: Expression, otherwise: Expression) -> Expression:
    return then if test is None else nodes.Conditional(0, 0, test, then, otherwise)
