"""`docker-bake.json` into the same nodes as native syntax, by HCL's JSON profile; spans are places in the JSON text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from bakectl.diagnostics import Note, Problems
from bakectl.record import Record
from bakectl.source import Source, Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.expressions import ExpressionParser
from bakectl.syntax.lexer import tokenize_template
from bakectl.syntax.nodes import (
    Attribute,
    Bad,
    Block,
    Body,
    Expression,
    File,
    Label,
    Literal,
    NumberLiteral,
    Object,
    ObjectItem,
    String,
    Tuple,
)
from bakectl.syntax.parser import parse_expression
from bakectl.syntax.reader import MAX_NESTING, SyntaxFault
from bakectl.syntax.templates import read_bare_template
from bakectl.syntax.tokens import Tokens
from bakectl.syntax.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_STRING = r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"'
_TOKEN = re.compile(
    rf"[ \t]*(?:(\r?\n|\r)|({_STRING})|(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![\w.])"
    r"|([\[\]{{}}:,])|(true|false|null)(?!\w))".replace("{{", "{").replace("}}", "}")
)
_KINDS = {1: kind.NEWLINE, 2: kind.STRING, 3: kind.NUMBER, 5: kind.NAME}
_LITERALS: Final = {"true": True, "false": False, "null": None}
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.|[^\\]", re.DOTALL
)
_SIMPLE = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


class BlockSchema(Record):
    """How many labels blocks of a type have, and which properties of their bodies are blocks again."""

    labels: int
    blocks: Mapping[str, BlockSchema]


class _Value(Record):
    """A JSON value: `data` is None for strings, the text of a number, a literal, a tuple, or pairs of an object."""

    start: int
    end: int
    kind: str
    data: object = None


_Members: TypeAlias = "tuple[tuple[_Value, int, _Value], ...]"


def parse_json(source: Source, schema: BlockSchema) -> File:
    """Parse a JSON file; `schema` tells which properties are blocks. Never raises: see `File.problems`."""
    problems = Problems()
    tokens = _tokenize(source, problems)
    reader = _Reader(tokens, problems)
    body = Body(0, 0, ())
    if not problems.has_errors:
        try:
            root = reader.root()
            builder = _Builder(source, problems)
            if root.kind == "object":
                body = builder.body(root, schema)
            else:
                builder.error("a bake file is a JSON object", root, 'write { "target": { … } }')
        except SyntaxFault:
            pass
    ordered = sorted(problems, key=lambda problem: problem.span.start if problem.span else 0)
    return File(source, tokens, body, tuple(ordered))


def parse_expression_text(source: Source, start: int, end: int, problems: Problems) -> Expression:
    """Parse a string's inside as an expression of native syntax: `type` and `params` of a JSON file are written so."""
    text = source.text[start:end]
    if "\\" not in text:
        return parse_expression(source, start, end, problems)
    decoded, places = _decode(text, start)
    inner = Problems()
    node = parse_expression(Source(source.path, decoded), 0, len(decoded), inner)
    _move(node, inner, source, places, problems)
    return node


def _tokenize(source: Source, problems: Problems) -> Tokens:
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    text, position = source.text, 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if found is None:
            start = position
            while start < len(text) and text[start] in " \t":
                start += 1
            if start < len(text):
                stop = _bad_token(source, start, problems)
                kinds.append(kind.BAD)
                starts.append(start)
                ends.append(stop)
                position = stop
                continue
            break
        group = found.lastindex or 0
        start, position = found.span(group)
        kinds.append(_KINDS.get(group) or found[group])
        starts.append(start)
        ends.append(position)
    kinds.append(kind.END)
    starts.append(len(text))
    ends.append(len(text))
    return Tokens(source, kinds, starts, ends)


def _bad_token(source: Source, start: int, problems: Problems) -> int:
    """Report what is no JSON, and return where it ends."""
    text = source.text
    end = start + 1
    if text[start] == '"':
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        message, help = "this string is not closed, or has an escape that JSON does not know", 'end it with a quote: "'
    elif text.startswith(("//", "/*", "#"), start):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        message, help = "JSON has no comments", 'write "//": "…" as a property, or use docker-bake.hcl'
    elif text[start] == "'":
        message, help = "single quotes are not valid", 'use double quotes (")'
    elif text[start] == "\ufeff":
        message, help = "a byte order mark is not allowed in JSON", "save the file without it"
    else:
        word = re.compile(r"[^\s,\[\]{}:\"]+").match(text, start)
        end = word.end() if word else end
        message, help = f"{text[start:end]!r} is not JSON", "strings need double quotes"
    problems.error("syntax", message, Span(source, start, end), help=help)
    return end


class _Reader:
    """Reads the values from the tokens."""

    def __init__(self, tokens: Tokens, problems: Problems) -> None:
        self.source = tokens.source
        self.problems = problems
        kept = [place for place, token in enumerate(tokens.kinds) if token != kind.NEWLINE]
        self.kinds = [tokens.kinds[place] for place in kept]
        self.starts = [tokens.starts[place] for place in kept]
        self.ends = [tokens.ends[place] for place in kept]
        self.index = 0
        self.depth = 0

    def fault(self, message: str, help: str | None = None) -> SyntaxFault:
        start, end = self.starts[self.index], self.ends[self.index]
        self.problems.error("syntax", message, Span(self.source, start, end), help=help)
        return SyntaxFault()

    def found(self) -> str:
        if self.kinds[self.index] == kind.END:
            return "the end of the file"
        return f'"{self.source.text[self.starts[self.index] : self.ends[self.index]]}"'

    def root(self) -> _Value:
        value = self.value()
        if self.kinds[self.index] != kind.END:
            raise self.fault("something is left over after the JSON value", "remove it")
        return value

    def value(self) -> _Value:
        index = self.index
        token, start, end = self.kinds[index], self.starts[index], self.ends[index]
        text = self.source.text[start:end]
        if token == "{":
            return self.members()
        if token == "[":
            return self.array()
        if token == kind.STRING:
            self.index += 1
            return _Value(start, end, "string")
        if token == kind.NUMBER:
            self.index += 1
            return _Value(start, end, "number", text)
        if token == kind.NAME:
            self.index += 1
            return _Value(start, end, "literal", _LITERALS[text])
        raise self.fault(f"a value is expected here, found {self.found()}")

    def deepen(self) -> None:
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise self.fault(f"this is nested more than {MAX_NESTING} levels deep")

    def array(self) -> _Value:
        self.deepen()
        start = self.starts[self.index]
        self.index += 1
        items: list[_Value] = []
        while self.kinds[self.index] != "]" or items:
            items.append(self.value())
            if self.kinds[self.index] != ",":
                break
            self.index += 1
            if self.kinds[self.index] == "]":
                raise self.fault("JSON allows no comma after the last item", "remove the comma")
        end = self.close("]", "item")
        return _Value(start, end, "array", tuple(items))

    def members(self) -> _Value:
        self.deepen()
        start = self.starts[self.index]
        self.index += 1
        members: list[tuple[_Value, int, _Value]] = []
        while self.kinds[self.index] != "}" or members:
            if self.kinds[self.index] != kind.STRING:
                help = "remove the comma" if members and self.kinds[self.index] == "}" else 'write "NAME": VALUE'
                raise self.fault(f"the name of a property is expected here, found {self.found()}", help)
            key = self.value()
            colon = self.starts[self.index]
            if self.kinds[self.index] != ":":
                raise self.fault(f"a colon must follow the name of a property, found {self.found()}", 'add ":"')
            self.index += 1
            members.append((key, colon, self.value()))
            if self.kinds[self.index] != ",":
                break
            self.index += 1
        end = self.close("}", "property")
        return _Value(start, end, "object", tuple(members))

    def close(self, bracket: str, what: str) -> int:
        if self.kinds[self.index] != bracket:
            raise self.fault(f"a comma must separate each {what} from the next, found {self.found()}", 'add ","')
        end = self.ends[self.index]
        self.index += 1
        self.depth -= 1
        return end


class _Builder:
    """Makes nodes of values."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems

    def error(self, message: str, value: _Value, help: str | None = None) -> None:
        self.problems.error("syntax", message, Span(self.source, value.start, value.end), help=help)

    def name(self, key: _Value) -> str:
        return _decode(self.source.text[key.start + 1 : key.end - 1], key.start + 1)[0]

    def body(self, value: _Value, schema: BlockSchema) -> Body:
        """Make the body of a file or a block."""
        items: list[Attribute | Block] = []
        seen: dict[str, _Value] = {}
        for key, colon, item in self.properties(value):
            name = self.name(key)
            inner = schema.blocks.get(name)
            if name == "//":
                continue
            if inner is not None:
                items.extend(self.blocks(name, key, item, inner))
            elif name in seen:
                self.duplicate(name, seen[name], key)
            else:
                seen[name] = key
                expression = self.expression(item)
                items.append(Attribute(key.start, item.end, name, key.end, colon, expression))
        return Body(value.start, value.end, tuple(items))

    def duplicate(self, name: str, first: _Value, again: _Value) -> None:
        span = Span(self.source, again.start, again.end)
        note = Note(Span(self.source, first.start, first.end), f'"{name}" is first set here')
        message = f'the property "{name}" is already set in this object'
        self.problems.error("duplicate-attribute", message, span, help="remove one of the two", notes=(note,))

    def properties(self, value: _Value) -> Iterator[tuple[_Value, int, _Value]]:
        """The properties of an object, or of each object of an array."""
        if value.kind == "object":
            members: _Members = value.data  # type: ignore[assignment]
            yield from members
        elif value.kind == "array":
            for item in self.elements(value):
                yield from self.properties(item)
        else:
            self.error("an object is expected here", value, 'write { "NAME": VALUE }')

    def elements(self, value: _Value) -> tuple[_Value, ...]:
        elements: tuple[_Value, ...] = value.data  # type: ignore[assignment]
        return elements

    def blocks(self, type: str, key: _Value, value: _Value, schema: BlockSchema) -> Iterator[Block]:
        """Make the blocks of a property: below it are the labels, and below these the bodies."""
        if schema.labels == 0:
            yield from self.bodies(type, key, (), value, schema)
            return
        if value.kind == "literal" and value.data is None:
            self.error(f"a {type} needs a name", value, f'write "{type}": {{ "NAME": {{ … }} }}')
            return
        objects = self.elements(value) if value.kind == "array" else (value,)
        for item in objects:
            if item.kind != "object":
                self.error(f"an object is expected here, with a name for each {type}", item)
            elif not item.data:
                self.error(f"a {type} needs a name", item, f'write "{type}": {{ "NAME": {{ … }} }}')
            else:
                for label_key, _, inner in self.properties(item):
                    label = Label(label_key.start, label_key.end, self.name(label_key))
                    yield from self.bodies(type, key, (label,), inner, schema)

    def bodies(
        self, type: str, key: _Value, labels: tuple[Label, ...], value: _Value, schema: BlockSchema
    ) -> Iterator[Block]:
        if value.kind == "literal" and value.data is None:
            return
        for item in self.elements(value) if value.kind == "array" else (value,):
            if item.kind != "object":
                self.error(f"an object with the arguments of the {type} is expected here", item)
                continue
            body = self.body(item, BlockSchema(0, schema.blocks))
            braces = (item.start, item.end - 1)
            yield Block(key.start, item.end, type, key.end, labels, braces, body)

    def expression(self, value: _Value) -> Expression:
        """Make an expression: strings and the keys of objects are templates."""
        if value.kind == "string":
            return self.template(value)
        if value.kind == "number":
            return NumberLiteral(value.start, value.end, str(value.data))
        if value.kind == "literal":
            return Literal(value.start, value.end, value.data)  # type: ignore[arg-type]
        if value.kind == "array":
            return Tuple(value.start, value.end, tuple(self.expression(item) for item in self.elements(value)))
        items: list[ObjectItem] = []
        seen: dict[str, _Value] = {}
        for key, _, item in self.properties(value):
            name = self.name(key)
            if name in seen:
                self.duplicate(name, seen[name], key)
            seen[name] = key
            items.append(ObjectItem(key.start, item.end, self.template(key), self.expression(item)))
        return Object(value.start, value.end, tuple(items))

    def template(self, value: _Value) -> Expression:
        start, end = value.start + 1, value.end - 1
        text = self.source.text[start:end]
        if "\\" not in text:
            if "{" not in text:
                return String(value.start, value.end, text)
            node = _read_template(self.source, start, end, self.problems)
        else:
            decoded, places = _decode(text, start)
            if "{" not in decoded:
                return String(value.start, value.end, decoded)
            inner = Problems()
            node = _read_template(Source(self.source.path, decoded), 0, len(decoded), inner)
            _move(node, inner, self.source, places, self.problems)
        node.start, node.end = value.start, value.end
        return node


def _read_template(source: Source, start: int, end: int, problems: Problems) -> Expression:
    tokens = tokenize_template(source, start, end, problems)
    try:
        return read_bare_template(ExpressionParser(tokens, problems), start, end)
    except SyntaxFault:
        return Bad(start, end)


def _decode(text: str, start: int) -> tuple[str, list[int]]:
    """Resolve JSON's escapes; the second result tells for each character, and for the end, where it was written."""
    pieces: list[str] = []
    places: list[int] = []
    for found in _ESCAPE.finditer(text):
        piece = found[0]
        if piece[0] == "\\":
            if piece[1] != "u":
                piece = _SIMPLE[piece[1]]
            elif len(piece) > 6:
                high, low = int(piece[2:6], 16), int(piece[8:], 16)
                piece = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
            else:
                code = int(piece[2:], 16)
                piece = "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
        elif "\udc80" <= piece <= "\udcff":
            piece = "\ufffd"
        pieces.append(piece)
        places.append(start + found.start())
    places.append(start + len(text))
    return "".join(pieces), places


def _move(node: Expression, inner: Problems, source: Source, places: list[int], problems: Problems) -> None:
    """Give nodes and problems of a decoded text their places in the file."""
    for part in list(walk(node)):
        part.start, part.end = places[min(part.start, len(places) - 1)], places[min(part.end, len(places) - 1)]
    for problem in inner:
        span = problem.span
        if span is not None:
            moved = Span(source, places[min(span.start, len(places) - 1)], places[min(span.end, len(places) - 1)])
            problems.error(problem.rule, problem.message, moved, help=problem.help)
