"""Expressions and templates of the tree as native text on one line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bakectl.syntax import nodes
from bakectl.syntax.quote import quote_key, quote_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bakectl.syntax.nodes import Expression, Node, TemplatePart

_KEYWORDS: Final = {True: "true", False: "false", None: "null"}
_OPENS: Final = re.compile(r"([$%])(?=\{)")
_LAST_RUN: Final = {"$": re.compile(r"\$+\Z"), "%": re.compile(r"%+\Z")}
_NOTHING: Final = '${""}'
"""An interpolation that adds nothing; beside another one it makes a template of it, whose value is a string."""


def text_of(node: Node) -> str:
    """Write an expression; reading the text gives the same tree."""
    match node:
        case nodes.String(value=value):
            return quote_text(value)
        case nodes.Variable(name=name):
            return name
        case nodes.Wrapped(inner=inner):
            return f'"${{{text_of(inner)}}}"'
        case nodes.Template(parts=parts):
            return f'"{template_text(parts, quoted)}"'
        case nodes.Literal(value=value):
            return _KEYWORDS[value]
        case nodes.NumberLiteral(text=text):
            return text
        case nodes.Parentheses(inner=inner):
            return f"({text_of(inner)})"
        case nodes.Tuple(items=items):
            return f"[{', '.join(map(text_of, items))}]"
        case nodes.Object(items=items):
            return f"{{ {', '.join(map(text_of, items))} }}" if items else "{}"
        case nodes.ObjectItem(key=key, value=value):
            return f"{key_text(key)} = {text_of(value)}"
        case _:
            return _operation(node)


def _operation(node: Node) -> str:
    match node:
        case nodes.GetAttribute(target=target, name=name):
            return f"{_operand(target)}.{name}"
        case nodes.Index(target=target, key=key):
            return f"{_operand(target)}[{text_of(key)}]"
        case nodes.Splat(source=source, each=each):
            return f"{_operand(source)}[*]{text_of(each)}"
        case nodes.SplatItem():
            return ""
        case nodes.Unary(operator=operator, operand=operand):
            return operator + text_of(operand)
        case nodes.Binary():
            return _chain(node)
        case nodes.Conditional(condition=condition, then=then, otherwise=otherwise):
            return f"{text_of(condition)} ? {text_of(then)} : {text_of(otherwise)}"
        case nodes.Call(name=name, arguments=arguments, expands=expands):
            return f"{name}({', '.join(map(text_of, arguments))}{'...' if expands else ''})"
        case nodes.For():
            return _for(node)
        case _:
            raise TypeError(f"{type(node).__name__} is no expression")


def _chain(node: Expression) -> str:
    """Write operators one after the other, of which there may be more than functions within functions."""
    pieces: list[str] = []
    while isinstance(node, nodes.Binary):
        pieces.append(f" {node.operator} {text_of(node.right)}")
        node = node.left
    return text_of(node) + "".join(reversed(pieces))


def _operand(node: Expression) -> str:
    # What follows the older splat `a.*.b` is for its result, and behind `[*]` it would be for every element.
    return f"({text_of(node)})" if isinstance(node, nodes.Splat) else text_of(node)


def _for(node: nodes.For) -> str:
    head = f"for {_names(node.key_name, node.value_name)} in {text_of(node.collection)} : "
    tail = f" if {text_of(node.condition)}" if node.condition is not None else ""
    if node.key is None:
        return f"[{head}{text_of(node.value)}{tail}]"
    return f"{{{head}{text_of(node.key)} => {text_of(node.value)}{'...' if node.groups else ''}{tail}}}"


def _names(key: str | None, value: str) -> str:
    return value if key is None else f"{key}, {value}"


def key_text(key: Expression) -> str:
    """Write the key of an object, without quotes where none are needed."""
    return quote_key(key.value) if isinstance(key, nodes.String) else text_of(key)


def quoted(text: str) -> str:
    """The literal text of a template in quotes."""
    return quote_text(text)[1:-1]


def bare(text: str) -> str:
    """The literal text of a template without quotes, as in a heredoc or in JSON."""
    return _OPENS.sub(r"\1\1", text)


def template_text(parts: Sequence[TemplatePart], literal: Callable[[str], str]) -> str:
    """Write a template, its quotes left out; `literal` writes the text between the sequences."""
    known = _joined(parts)
    text = _parts(known, literal, "")
    is_wrapped = len(known) == 1 and not isinstance(known[0], nodes.TemplateIf | nodes.TemplateFor | str)
    return text + _NOTHING if is_wrapped else text


def _joined(parts: Iterable[TemplatePart]) -> list[TemplatePart | str]:
    """The parts with neighbouring texts made one, and those without any text left out."""
    found: list[TemplatePart | str] = []
    for part in parts:
        if not isinstance(part, nodes.String):
            found.append(part)
        elif found and isinstance(found[-1], str):
            found[-1] += part.value
        elif part.value:
            found.append(part.value)
    return found


def _parts(parts: Iterable[TemplatePart | str], literal: Callable[[str], str], follows: str) -> str:
    """Write the parts; `follows` is the character of the sequence behind the last one."""
    row = [*parts, follows]
    return "".join(_part(part, following, literal) for part, following in pairwise(row))


def _part(part: TemplatePart | str, following: TemplatePart | str, literal: Callable[[str], str]) -> str:
    match part:
        case str():
            return _text_before(part, _opening(following), literal)
        case nodes.TemplateIf(condition=condition, then=then, otherwise=otherwise):
            chosen = _parts(_joined(then), literal, "%")
            rest = f"%{{ else }}{_parts(_joined(otherwise), literal, '%')}" if otherwise else ""
            return f"%{{ if {text_of(condition)} }}{chosen}{rest}%{{ endif }}"
        case nodes.TemplateFor(key_name=key, value_name=value, collection=collection, body=body):
            head = f"%{{ for {_names(key, value)} in {text_of(collection)} }}"
            return f"{head}{_parts(_joined(body), literal, '%')}%{{ endfor }}"
        case _:
            return f"${{{text_of(part)}}}"


def _opening(following: TemplatePart | str) -> str:
    if isinstance(following, str):
        return following[:1]
    return "%" if isinstance(following, nodes.TemplateIf | nodes.TemplateFor) else "$"


def _text_before(text: str, opening: str, literal: Callable[[str], str]) -> str:
    """Write a text; signs at its end that would make an escape of the sequence behind it become one themselves."""
    run = _LAST_RUN[opening].search(text) if opening in _LAST_RUN else None
    if run is None:
        return literal(text)
    return f'{literal(text[: run.start()])}${{"{run[0]}"}}'
