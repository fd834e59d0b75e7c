"""Trees as short texts, for tables of tests."""

from __future__ import annotations

import json

from bakectl.syntax import nodes


def sketch(node: nodes.Node) -> str:
    """A node as a text in the manner of Lisp."""
    match node:
        case nodes.Bad():
            return "BAD"
        case nodes.Literal(value=value):
            return json.dumps(value)
        case nodes.NumberLiteral(text=text):
            return text
        case nodes.String(value=value):
            return json.dumps(value, ensure_ascii=False)
        case nodes.Variable(name=name):
            return name
        case nodes.SplatItem():
            return "@"
        case nodes.Template(parts=parts):
            return _call("template", *parts)
        case nodes.Wrapped(inner=inner):
            return _call("wrap", inner)
        case nodes.TemplateIf(condition=condition, then=then, otherwise=otherwise):
            return f"(if {sketch(condition)} {_row(then)} {_row(otherwise)})"
        case nodes.TemplateFor(key_name=key, value_name=value, collection=collection, body=body):
            return f"(for {_names(key, value)} {sketch(collection)} {_row(body)})"
        case nodes.Parentheses(inner=inner):
            return _call("paren", inner)
        case nodes.GetAttribute(target=target, name=name):
            return f"(. {sketch(target)} {name})"
        case nodes.Index(target=target, key=key):
            return _call("at", target, key)
        case nodes.Splat(source=source, each=each):
            return _call("splat", source, each)
        case nodes.Unary(operator=operator, operand=operand):
            return _call(operator, operand)
        case nodes.Binary(operator=operator, left=left, right=right):
            return _call(operator, left, right)
        case nodes.Conditional(condition=condition, then=then, otherwise=otherwise):
            return _call("?", condition, then, otherwise)
        case nodes.Call(name=name, arguments=arguments, expands=expands):
            return _call("call " + name, *arguments)[:-1] + ("...)" if expands else ")")
        case nodes.Tuple(items=items):
            return _row(items)
        case nodes.ObjectItem(key=key, value=value):
            return f"{sketch(key)}={sketch(value)}"
        case nodes.Object(items=items):
            return "{" + " ".join(map(sketch, items)) + "}"
        case nodes.For():
            return _for(node)
        case nodes.Attribute(name=name, value=value):
            return f"{name} = {sketch(value)}"
        case nodes.Block(type=type, labels=labels, body=body):
            return " ".join([type, *(json.dumps(label.text) for label in labels), sketch(body)])
        case nodes.Body(items=items):
            return "{" + "; ".join(map(sketch, items)) + "}"
    raise AssertionError(type(node))


def _call(head: str, *parts: nodes.Node) -> str:
    return f"({' '.join([head, *map(sketch, parts)])})"


def _row(items: tuple[nodes.Node, ...]) -> str:
    return "[" + " ".join(map(sketch, items)) + "]"


def _names(key: str | None, value: str) -> str:
    return f"{key},{value}" if key else value


def _for(node: nodes.For) -> str:
    key = f"{sketch(node.key)} => " if node.key else ""
    groups = "..." if node.groups else ""
    condition = f" if {sketch(node.condition)}" if node.condition else ""
    head = f"(for {_names(node.key_name, node.value_name)} {sketch(node.collection)}"
    return f"{head} : {key}{sketch(node.value)}{groups}{condition})"
