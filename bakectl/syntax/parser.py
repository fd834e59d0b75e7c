"""Bodies, blocks and attributes; after an error it goes on at the next line or brace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.diagnostics import Note, Problems
from bakectl.source import Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.expressions import ExpressionParser
from bakectl.syntax.lexer import tokenize, tokenize_part
from bakectl.syntax.nodes import Attribute, Bad, Block, Body, Expression, File, Label
from bakectl.syntax.reader import MAX_NESTING, SyntaxFault
from bakectl.syntax.templates import read_template

if TYPE_CHECKING:
    from bakectl.source import Source
    from bakectl.syntax.tokens import Tokens

_OPENERS = {
    "(": ")",
    "[": "]",
    "{": "}",
    kind.INTERPOLATION: kind.SEQUENCE_END,
    kind.DIRECTIVE: kind.SEQUENCE_END,
    kind.OPEN_QUOTE: kind.CLOSE_QUOTE,
    kind.OPEN_HEREDOC: kind.CLOSE_HEREDOC,
}
_CLOSERS = frozenset(_OPENERS.values())
_LINE_ENDS = (kind.NEWLINE, kind.CUT)


def parse(source: Source) -> File:
    """Parse HCL native syntax; never raises, whatever the text: see `File.problems`."""
    problems = Problems()
    tokens = tokenize(source, problems)
    parser = BodyParser(tokens, problems)
    body = parser.body(kind.END)
    return File(source, tokens, body, tuple(problems))


def parse_expression(source: Source, start: int, end: int, problems: Problems) -> Expression:
    """Parse a part of the text that must be one expression of the native syntax, in which newlines do not count."""
    reader = ExpressionParser(tokenize_part(source, start, end, problems), problems)
    reader.ignoring = True
    try:
        node = reader.expression()
        if reader.peek() != kind.END:
            raise reader.fault_here("something is left over after the expression", help="remove it")
    except SyntaxFault:
        return Bad(start, end)
    return node


class BodyParser(ExpressionParser):
    """Reads the structure of a file, and its expressions as `ExpressionParser` does."""

    def __init__(self, tokens: Tokens, problems: Problems) -> None:
        super().__init__(tokens, problems)
        self.blocks = 0

    def body(self, end: str) -> Body:
        """Read items up to and including the token `end`."""
        items: list[Attribute | Block] = []
        seen: dict[str, Attribute] = {}
        kinds = self.kinds
        start = self.starts[self.index]
        while True:
            token = kinds[self.index]
            if token in _LINE_ENDS:
                self.index += 1
            elif token == end:
                finish = self.starts[self.index]
                if end != kind.END:
                    self.index += 1
                return Body(start, finish, tuple(items))
            elif token == kind.END:
                return Body(start, self.starts[self.index], tuple(items))
            else:
                begun = self.index
                try:
                    item = self.item()
                except SyntaxFault as fault:
                    self.recover(begun, fault)
                    continue
                if type(item) is Attribute:
                    first = seen.setdefault(item.name, item)
                    if first is not item:
                        self.redefined(first, item)
                items.append(item)

    def item(self) -> Attribute | Block:
        """Read an attribute or a block, with the newline after it."""
        index = self.index
        token = self.kinds[index]
        if token != kind.NAME:
            self.not_an_item(token)
        following = self.kinds[index + 1]
        if following == "=":
            attribute = self.attribute()
            if attribute.value.__class__ is not Bad:
                self.line_end("argument")
            return attribute
        if following in (kind.NAME, kind.STRING, kind.OPEN_QUOTE, "{"):
            return self.block()
        self.index += 1
        raise self.fault(
            "an argument or a block is expected here",
            self.starts[index],
            self.ends[index],
            help=f'to set an argument, write "{self.text(index)} = …"',
        )

    def not_an_item(self, token: str) -> None:
        index = self.index
        start, end = self.starts[index], self.ends[index]
        if token in (kind.STRING, kind.OPEN_QUOTE):
            raise self.fault("an argument's name must not be quoted", start, end, help="leave out the quotes")
        if token == "}":
            self.index += 1
            self.error("there is no block for this brace to close", start, end, help="remove it")
            raise SyntaxFault
        raise self.fault("an argument or a block is expected here", start, end)

    def attribute(self) -> Attribute:
        """Read `name = value`; a value that cannot be read is a `Bad` node."""
        index = self.index
        start, name_end = self.starts[index], self.ends[index]
        equals = self.starts[index + 1]
        self.index = index + 2
        try:
            value = self.expression()
        except SyntaxFault as fault:
            value = Bad(self.ends[index + 1], self.ends[index + 1])
            self.recover(index + 2, fault)
        return Attribute(start, value.end, self.text(index), name_end, equals, value)

    def line_end(self, what: str) -> None:
        """Read the newline that must follow an item."""
        index = self.index
        token = self.kinds[index]
        if token in _LINE_ENDS:
            self.index += 1
        elif token != kind.END:
            start, end = self.starts[index], self.ends[index]
            if token == "," and what == "argument":
                self.error("unexpected comma after an argument", start, end, help="arguments are separated by newlines")
            else:
                self.error(f"a newline must follow the {what}", start, end, help="start a new line here")
            self.recover(index)

    def block(self) -> Block:
        """Read a block with its labels and its body."""
        index = self.index
        start = self.starts[index]
        labels: list[Label] = []
        self.index += 1
        while True:
            here = self.index
            token = self.kinds[here]
            if token == "{":
                break
            if token == kind.STRING:
                self.index += 1
                text = self.source.text[self.starts[here] + 1 : self.ends[here] - 1]
                labels.append(Label(self.starts[here], self.ends[here], text))
            elif token == kind.NAME:
                self.index += 1
                labels.append(Label(self.starts[here], self.ends[here], self.text(here)))
            elif token == kind.OPEN_QUOTE:
                labels.append(self.quoted_label())
            else:
                raise self.bad_header(token)
        opened = self.starts[here]
        self.index = here + 1
        following = self.kinds[self.index]
        if self.blocks == MAX_NESTING:
            raise self.fault(f"blocks are nested more than {MAX_NESTING} levels deep", opened, opened + 1)
        if following in (kind.NEWLINE, kind.END, "}"):
            self.blocks += 1
            try:
                body = self.body("}")
            finally:
                self.blocks -= 1
            if self.kinds[self.index - 1] != "}" or self.starts[self.index - 1] != body.end:
                self.error(
                    "this block is never closed",
                    opened,
                    opened + 1,
                    help='add the missing "}", or look for a brace too many in what follows',
                )
        else:
            body = self.one_line_body()
        close = self.starts[self.index - 1]
        block = Block(
            start, self.ends[self.index - 1], self.text(index), self.ends[index], tuple(labels), (opened, close), body
        )
        self.line_end("block")
        return block

    def quoted_label(self) -> Label:
        here = self.index
        template = read_template(self)
        value = getattr(template, "value", None)
        if not isinstance(value, str):
            raise self.fault(
                "a label must be a plain string",
                template.start,
                template.end,
                help='to include "${" as it is, write "$${"',
            )
        return Label(self.starts[here], template.end, value)

    def bad_header(self, token: str) -> SyntaxFault:
        here = self.index
        start, end = self.starts[here], self.ends[here]
        if token == "=":
            return self.fault('the sign "=" defines an argument; a block has none', start, end, help='remove the "="')
        if token == kind.NEWLINE:
            while self.kinds[self.index] == kind.NEWLINE:
                self.index += 1
            return self.fault(
                'a block needs its "{" on the line of its header', start, start, help='move the "{" up to this line'
            )
        return self.fault('a label in quotes or the opening brace "{" is expected here', start, end)

    def one_line_body(self) -> Body:
        """Read `attribute = value }`."""
        index = self.index
        start = self.starts[index]
        if self.kinds[index] != kind.NAME:
            raise self.fault("an argument is expected here", start, self.ends[index])
        if self.kinds[index + 1] != "=":
            if self.kinds[index + 1] in (kind.STRING, kind.NAME, "{", kind.OPEN_QUOTE):
                raise self.fault(
                    "a block on one line can hold only a single argument",
                    start,
                    self.ends[index],
                    help="put the nested block on a line of its own",
                )
            raise self.fault(
                "an argument is expected here",
                start,
                self.ends[index],
                help=f'to set an argument, write "{self.text(index)} = …"',
            )
        attribute = self.attribute()
        if attribute.value.__class__ is Bad:
            raise SyntaxFault
        here = self.index
        token = self.kinds[here]
        if token != "}":
            place = (self.starts[here], self.ends[here])
            if token == ",":
                raise self.fault(
                    "a block on one line can hold only one argument", *place, help="put each argument on a line"
                )
            if token == kind.NEWLINE:
                raise self.fault(
                    "a block that begins with an argument on its first line must be closed on that line",
                    *place,
                    help='put the argument on a line of its own, or the "}" on this one',
                )
            raise self.fault(
                "a block on one line must be closed after its argument", *place, help="put each argument on a line"
            )
        self.index += 1
        return Body(start, self.starts[here], (attribute,))

    def redefined(self, first: Attribute, again: Attribute) -> None:
        self.problems.error(
            "duplicate-attribute",
            f'the argument "{again.name}" is already set in this block',
            Span(self.source, again.start, again.name_end),
            help="remove one of the two",
            notes=(Note(Span(self.source, first.start, first.name_end), f'"{first.name}" is first set here'),),
        )

    def recover(self, start: int, reason: SyntaxFault | None = None) -> None:
        """Go on after the line on which the item that began at token `start` ends, nested lines left out.

        When brackets do not match, the end of the item is anyone's guess: go on at the next line.
        """
        self.depth = 0
        self.ignoring = False
        if reason is not None and reason.resume is not None and reason.resume > start:
            self.index = reason.resume
            return
        kinds = self.kinds
        fault = self.index
        expected: list[str] = []
        index = start
        while (token := kinds[index]) != kind.END:
            if token in _OPENERS:
                expected.append(_OPENERS[token])
            elif expected and token == expected[-1]:
                expected.pop()
            elif index >= fault and not expected and (token == "}" or token in _LINE_ENDS):
                self.index = index + (token in _LINE_ENDS)
                return
            elif token in _CLOSERS:
                break
            index += 1
        index = fault
        while kinds[index] not in _LINE_ENDS and kinds[index] != kind.END:
            index += 1
        self.index = index + (kinds[index] in _LINE_ENDS)
