"""`function` blocks: parameters, result, and what the result needs, checked when the function is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.collect import BlockAt
from bakectl.eval import functions as library
from bakectl.eval.scope import UserFunction, VariableCycle
from bakectl.source import Span
from bakectl.syntax import nodes
from bakectl.syntax.walk import calls, references

if TYPE_CHECKING:
    from bakectl.bake.definitions import Definitions

_KEYWORDS = {True: "true", False: "false", None: "null"}
_TYPES = ("string", "number", "bool", "any")


def load_function(block: BlockAt, definitions: Definitions) -> UserFunction | None:
    """Read a function; None, with a problem reported, when it cannot be used."""
    attributes = block.block.body.attributes
    params = _params(block, definitions)
    result = attributes.get("result")
    if result is None:
        message = f'function "{block.name}" has no result'
        definitions.problems.error("bad-function", message, block.label_span, help="add result = …")
    if params is None or result is None:
        return None
    variadic = attributes.get("variadic_params")
    rest = None if variadic is None else _identifier(variadic.value, block, definitions)
    if variadic is not None and rest is None:
        return None
    known = {*params, rest}
    sound = _check_variables(block, result.value, known, definitions)
    if not (_check_calls(block, result.value, definitions) and sound):
        return None
    return UserFunction(block.name, params, rest, result.value, block.source)


def _params(block: BlockAt, definitions: Definitions) -> tuple[str, ...] | None:
    attribute = block.block.body.attributes.get("params")
    if attribute is None:
        message = f'function "{block.name}" has no parameters'
        definitions.problems.error("bad-function", message, block.label_span, help="add params = []")
        return None
    node = attribute.value
    if not isinstance(node, nodes.Tuple):
        span = Span(block.source, node.start, node.end)
        definitions.problems.error("bad-function", "the parameters are a list of names", span, help="write [a, b]")
        return None
    names = [_identifier(item, block, definitions) for item in node.items]
    return tuple(name for name in names if name is not None) if None not in names else None


def _identifier(node: nodes.Expression, block: BlockAt, definitions: Definitions) -> str | None:
    node = definitions.native(node, block.source)
    if isinstance(node, nodes.Variable):
        return node.name
    if isinstance(node, nodes.Literal):
        return _KEYWORDS[node.value]
    if not isinstance(node, nodes.Bad):
        span = Span(block.source, node.start, node.end)
        definitions.problems.error("bad-function", "a parameter is a bare name", span, help="leave out the quotes")
    return None


def _check_variables(
    block: BlockAt, result: nodes.Expression, known: set[str | None], definitions: Definitions
) -> bool:
    """Report names that the body needs and nobody defines: buildx looks for all of them, used or not."""
    sound = True
    for mention in references(result):
        span = Span(block.source, mention.start, mention.end)
        try:
            if mention.name in known or definitions.variable(mention.name) is not None:
                continue
        except VariableCycle as cycle:
            definitions.problems.error("variable-cycle", str(cycle), span)
            sound = False
            continue
        message = f'function "{block.name}" needs "{mention.name}", and there is no such variable'
        help = "buildx takes the type of convert() for a variable inside a function" if mention.name in _TYPES else None
        definitions.problems.error("unknown-variable", message, span, help=help)
        sound = False
    return sound


def _check_calls(block: BlockAt, result: nodes.Expression, definitions: Definitions) -> bool:
    """Report calls of the body that no function answers, and recursion."""
    sound = True
    for made in calls(result):
        name = made.name
        if library.lookup(name) is not None:
            continue
        span = Span(block.source, made.start, made.name_end)
        if definitions.functions.get(name, block) is None:
            through = f' through "{block.name}"' if name != block.name else ""
            message = f'function "{name}" calls itself{through}'
            definitions.problems.error("function-cycle", message, span, help="bake has no recursion")
            sound = False
        elif definitions.function(name) is None:
            definitions.problems.error("unknown-function", f'there is no function named "{name}"', span)
            sound = False
    return sound
