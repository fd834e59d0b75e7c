"""Adding variables, and giving them other defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.options import parse_bool
from bakectl.diagnostics import Diagnostic, Severity
from bakectl.editing import values
from bakectl.editing.names import check_new_name, named_blocks, write_block
from bakectl.editing.refusal import refused
from bakectl.editing.session import Intent
from bakectl.rewrite.body import add_attribute, replace_node
from bakectl.syntax import nodes
from bakectl.syntax.numbers import is_number
from bakectl.syntax.quote import quote_text

if TYPE_CHECKING:
    from bakectl.editing.session import Session
    from bakectl.editing.values import Value

_NUMBER, _BOOL = "number", "bool"


def add_variable(
    session: Session,
    name: str,
    text: str | None,
    *,
    is_expression: bool = False,
    kind: str = "",
    description: str = "",
) -> None:
    """Write a new variable; `text` of None gives it no default, `kind` is a type expression. Raises EditRejected."""
    check_new_name(session, "variable", name)
    lines: list[tuple[str, str]] = []
    if kind:
        lines.append(("type", values.expression(kind).text))
    if text is not None:
        lines.append(("default", _default(text, kind, is_expression=is_expression).text))
    if description:
        lines.append(("description", quote_text(description)))
    width = max((len(key) for key, _ in lines), default=0)
    body = "".join(f"\n  {key.ljust(width)} = {value}" for key, value in lines)
    end = "\n" if body else ""
    write_block(session, "variable", f'variable "{name}" {{{body}{end}}}', Intent(is_open=True))


def set_variable(session: Session, name: str, text: str, *, is_expression: bool = False) -> None:
    """Give a variable another default, of the type that it is declared with or has; raises EditRejected."""
    at = named_blocks(session, "variable", name)[-1]
    file = session.editable(at.file)
    declared, default = at.attribute("type"), at.attribute("default")
    kind = at.span(declared.value).text if declared else _kind_of(default.value) if default else ""
    value = _default(text, kind, is_expression=is_expression)
    if default is None:
        edits = add_attribute(file, at.block, "default", value.text, after=declared)
    elif value.is_node(default.value, file.source):
        edits = ()
    else:
        edits = replace_node(file, default.value, value.text)
    session.apply(edits, Intent(is_open=True))
    variable = session.project.variables.get(name)
    if variable is not None and variable.origin.kind == "environment":
        message = f'the default of "{name}" does not count here, where {variable.origin.text} is in the environment'
        session.notes.append(Diagnostic(Severity.INFO, "no-effect", message, at.span(at.block.labels[0])))


def _kind_of(default: nodes.Expression) -> str:
    """The type that a default without a declared one has, as far as it is a literal."""
    if isinstance(default, nodes.NumberLiteral):
        return _NUMBER
    return _BOOL if isinstance(default, nodes.Literal) and default.value is not None else ""


def _default(text: str, kind: str, *, is_expression: bool) -> Value:
    if is_expression:
        return values.expression(text)
    if kind == _BOOL:
        flag = parse_bool(text)
        if flag is None:
            raise refused("bad-value", f'the variable is true or false, and "{text}" is neither')
        return values.Value("true" if flag else "false")
    if kind == _NUMBER:
        if not is_number(text.removeprefix("-")):
            raise refused("bad-value", f'the variable is a number, and "{text}" is none')
        return values.Value(text)
    if kind and kind not in ("string", "any"):
        return values.expression(text)
    return values.string_value(text)
