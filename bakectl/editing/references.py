"""Where targets, groups and variables are referred to by name, so that a new name can follow everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.record import Record
from bakectl.source import Span, TextEdit
from bakectl.syntax import nodes
from bakectl.syntax.quote import quote_text
from bakectl.syntax.walk import references, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.bake.places import At, Blocks
    from bakectl.syntax.nodes import Attribute, File

_LINK = "target:"

# What kind of text a reference is.
QUOTED = "quoted"  # "NAME" in a list of names
LINK = "link"  # "target:NAME" in contexts
STEP = "step"  # .NAME or ["NAME"] behind target, group
NAME = "name"  # NAME of a variable


class Reference(Record):
    """A place that says a name; `owner` is the block it is in, and `attribute` what of it."""

    file: File
    node: nodes.Node
    kind: str
    owner: At | None
    attribute: Attribute

    @property
    def span(self) -> Span:
        return Span(self.file.source, self.node.start, self.node.end)

    def renamed(self, name: str) -> TextEdit:
        """The edit that makes the place say another name."""
        node, source = self.node, self.file.source
        if self.kind == QUOTED:
            return TextEdit(self.span, quote_text(name))
        if self.kind == LINK:
            return TextEdit(self.span, quote_text(_LINK + name))
        if isinstance(node, nodes.GetAttribute):
            is_name = name[:1].isalpha() or name[:1] == "_"
            return TextEdit(Span(source, node.dot, node.end), f".{name}" if is_name else f"[{quote_text(name)}]")
        if isinstance(node, nodes.Index):
            return TextEdit(Span(source, node.key.start, node.key.end), quote_text(name))
        return TextEdit(self.span, name)


def target_references(blocks: Blocks, name: str) -> Iterator[Reference]:
    """All places that refer to a target: in groups, `inherits`, contexts and expressions."""
    yield from _member_references(blocks, name)
    for at in blocks.all("target"):
        inherits, contexts = at.attribute("inherits"), at.attribute("contexts")
        if inherits is not None:
            yield from _strings(at, inherits, name, QUOTED)
        if contexts is not None:
            yield from _strings(at, contexts, _LINK + name, LINK)
    yield from _steps(blocks, "target", name)


def group_references(blocks: Blocks, name: str) -> Iterator[Reference]:
    """All places that refer to a group: in other groups and in expressions."""
    yield from _member_references(blocks, name)
    yield from _steps(blocks, "group", name)


def _member_references(blocks: Blocks, name: str) -> Iterator[Reference]:
    for at in blocks.all("group"):
        targets = at.attribute("targets")
        if targets is not None:
            yield from _strings(at, targets, name, QUOTED)


def _strings(at: At, attribute: Attribute, text: str, kind: str) -> Iterator[Reference]:
    for node in walk(attribute.value):
        if isinstance(node, nodes.String) and node.value == text:
            yield Reference(at.file, node, kind, at, attribute)


def _steps(blocks: Blocks, root: str, name: str) -> Iterator[Reference]:
    """`target.NAME` and `target["NAME"]`."""
    for at, attribute in _attributes(blocks):
        for node in walk(attribute.value):
            if not isinstance(node, nodes.GetAttribute | nodes.Index):
                continue
            target = node.target
            if not (isinstance(target, nodes.Variable) and target.name == root):
                continue
            said = node.name if isinstance(node, nodes.GetAttribute) else getattr(node.key, "value", None)
            if said == name:
                yield Reference(_file(at, blocks, attribute), node, STEP, at, attribute)


def variable_references(blocks: Blocks, name: str) -> Iterator[Reference]:
    """All mentions of a variable, but for those that a parameter or a matrix of the same name hides."""
    for at, attribute in _attributes(blocks):
        if at is not None and _hides(at, attribute, name):
            continue
        for node in references(attribute.value):
            if node.name == name:
                yield Reference(_file(at, blocks, attribute), node, NAME, at, attribute)


def _hides(at: At, attribute: Attribute, name: str) -> bool:
    block = at.block
    if block.type == "function":
        return attribute.name == "result" and name in _parameters(at)
    matrix = block.body.attributes.get("matrix")
    if block.type != "target" or matrix is None or attribute is matrix:
        return False
    keys = matrix.value.items if isinstance(matrix.value, nodes.Object) else ()
    return any(isinstance(item.key, nodes.Variable) and item.key.name == name for item in keys)


def _parameters(at: At) -> set[str]:
    """The parameters of a function; they are bare names or strings."""
    found: set[str] = set()
    for key in ("params", "variadic_params"):
        attribute = at.attribute(key)
        for node in walk(attribute.value) if attribute else ():
            if isinstance(node, nodes.Variable):
                found.add(node.name)
            elif isinstance(node, nodes.String):
                found.add(node.value)
    return found


def _attributes(blocks: Blocks) -> Iterator[tuple[At | None, Attribute]]:
    """Every attribute of every block, nested ones included, and those of the top level."""
    from bakectl.bake.places import At

    for file in blocks.files:
        for item in file.body.items:
            if isinstance(item, nodes.Attribute):
                yield None, item
                continue
            at = At(file, item)
            waiting = [item.body]
            while waiting:
                body = waiting.pop()
                for inner in body.items:
                    if isinstance(inner, nodes.Attribute):
                        if item.type != "function" or inner.name == "result":
                            yield at, inner
                    else:
                        waiting.append(inner.body)


def _file(at: At | None, blocks: Blocks, attribute: Attribute) -> File:
    if at is not None:
        return at.file
    return next(file for file in blocks.files if attribute in file.body.items)
