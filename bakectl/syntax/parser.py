"""Bodies, blocks and attributes; after a mistake it goes on with the next item."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, TypeAlias

from bakectl.diagnostics import Note, Problems
from bakectl.source import Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.expressions import ExpressionParser
from bakectl.syntax.lexer import tokenize, tokenize_part
from bakectl.syntax.nodes import Attribute, Bad, Block, Body, Expression, File, Label, String
from bakectl.syntax.reader import SyntaxFault
from bakectl.syntax.templates import read_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bakectl.source import Source
    from bakectl.syntax.tokens import Tokens

_Item: TypeAlias = Attribute | Block


def parse(source: Source) -> File:
    """Parse HCL native syntax; never raises, whatever the text: see `File.problems`."""
    problems = Problems()
    tokens = tokenize(source, problems)
    body = BodyParser(tokens, problems).body(None)
    ordered = sorted(problems, key=lambda problem: problem.span.start if problem.span else 0)
    return File(source, tokens, body, tuple(ordered))


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
    """Reads the structure of a file, and its expressions as `ExpressionParser` does.

    While `recovering` from a mistake, lines on which no item begins are passed over. `orphans` are items that
    stand in a block without end, but seem to belong after it.
    """

    def __init__(self, tokens: Tokens, problems: Problems) -> None:
        super().__init__(tokens, problems)
        self.recovering = False
        self.orphans: Sequence[_Item] = ()
        self.header: int | None = None
        self.mistakes = 0

    def body(self, header: int | None, read: Iterable[_Item] = ()) -> Body:
        """Read the items of the block whose header begins at token `header`, and its brace; without one, of the file.

        `read` are its items that have been read.
        """
        items = list(read)
        seen: dict[str, Attribute] = {}
        kinds = self.kinds
        start = items[0].start if items else self.starts[self.index]
        outer = (self.header, self.mistakes)
        self.header, self.mistakes = header, len(self.problems)
        while (token := kinds[self.index]) != kind.END:
            if token == kind.NEWLINE:
                self.index += 1
            elif token == "}":
                if self.closes_block(self.index):
                    break
                self.stray_brace()
            elif self.recovering and not self.begins_item(self.index):
                self.next_line(self.index)
            else:
                self.recovering = False
                begun, depth = self.index, self.depth
                try:
                    item = self.item()
                except SyntaxFault as fault:
                    self.recover(begun, depth, fault)
                else:
                    items.append(item)
                    if type(item) is Attribute and seen.setdefault(item.name, item) is not item:
                        self.redefined(seen[item.name], item)
                items.extend(self.orphans)
                self.orphans = ()
        self.header, self.mistakes = outer
        finish = self.starts[self.index]
        if token == "}":
            self.index += 1
            self.recovering = False
        return Body(start, finish, tuple(items))

    def closes_block(self, index: int) -> bool:
        """Whether a brace closes the block that is being read; after a mistake, indentation decides."""
        header = self.header
        if header is None:
            return False
        if self.line_start(self.starts[header]) == self.line_start(self.starts[index]):
            return True
        is_deeper = self.begins_line(index) and self.column(index) > self.margin(header)
        if len(self.problems) == self.mistakes:
            return not is_deeper or self.kinds[index + 1] in (kind.NEWLINE, kind.END, "}")
        if self.begins_line(index):
            return not is_deeper
        while self.kinds[index] not in (kind.NEWLINE, kind.END):
            index += 1
        following = self.after_newlines(index)
        return self.kinds[following] == kind.END or self.margin(following) <= self.margin(header)

    def stray_brace(self) -> None:
        index = self.index
        if not self.recovering and (self.header is None or len(self.problems) == self.mistakes):
            message = "there is no block for this brace to close"
            self.error(message, self.starts[index], self.ends[index], help="remove it")
        self.recovering = True
        self.index += 1

    def item(self) -> _Item:
        """Read an attribute or a block, with the newline after it."""
        index = self.index
        if self.kinds[index] != kind.NAME:
            raise self.not_an_item()
        if self.kinds[index + 1] == "=":
            attribute = self.attribute()
            self.line_end("argument")
            return attribute
        if self.begins_block(index):
            block = self.block()
            self.line_end("block")
            return block
        raise self.not_an_item()

    def not_an_item(self) -> SyntaxFault:
        index = self.index
        token = self.kinds[index]
        start, end = self.starts[index], self.ends[index]
        if token in (kind.STRING, kind.OPEN_QUOTE):
            return self.fault("an argument's name must not be quoted", start, end, help="leave out the quotes")
        if token == kind.NAME and self.kinds[index + 1] == kind.BAD:
            return SyntaxFault()
        help = f'to set an argument, write "{self.text(index)} = …"' if token == kind.NAME else None
        return self.fault("an argument or a block is expected here", start, end, help=help)

    def attribute(self) -> Attribute:
        """Read `name = value`; a value that cannot be read is a `Bad` node."""
        index, depth = self.index, self.depth
        start, name_end = self.starts[index], self.ends[index]
        equals = self.starts[index + 1]
        self.index = index + 2
        value: Expression
        try:
            value = self.expression()
        except SyntaxFault as fault:
            value = Bad(self.ends[index + 1], self.ends[index + 1])
            self.recover(index, depth, fault)
        return Attribute(start, value.end, self.text(index), name_end, equals, value)

    def line_end(self, what: str) -> None:
        """Read the newline that must follow an item."""
        token = self.kinds[self.index]
        if token == kind.NEWLINE:
            self.index += 1
        elif token != kind.END and not self.recovering:
            self.no_line_end(what)

    def no_line_end(self, what: str) -> None:
        index = self.index
        token = self.kinds[index]
        place = (self.starts[index], self.ends[index])
        if not self.is_number_with_letters() and not self.is_reported():
            if token == "," and what == "argument":
                self.error("unexpected comma after an argument", *place, help="arguments are separated by newlines")
            else:
                self.error(f"a newline must follow the {what}", *place, help="start a new line here")
        if self.kinds[index + 1 : index + 2] != ["="] and not (what == "block" and self.begins_block(index)):
            self.next_line(self.index)

    def block(self) -> Block:
        """Read a block with its labels and its body."""
        header = self.index
        self.index += 1
        labels = self.labels(header)
        self.deepen()
        opened, closed, body = self.block_body(header)
        self.depth -= 1
        return Block(
            self.starts[header],
            closed + 1 if closed < len(self.source.text) else body.end,
            self.text(header),
            self.ends[header],
            labels,
            (opened, closed),
            body,
        )

    def labels(self, header: int) -> tuple[Label, ...]:
        """Read the labels of a block, up to its brace."""
        labels: list[Label] = []
        templates: list[Label] = []
        while True:
            index = self.index
            token = self.kinds[index]
            start, end = self.starts[index], self.ends[index]
            if token == "{":
                for label in templates:
                    sign = "$" if "${" in label.text else "%"
                    help = f'to include "{sign}{{" as it is, write "{sign}{sign}{{"'
                    self.error("a label must be a plain string", label.start, label.end, help=help)
                return tuple(labels)
            if token in (kind.STRING, kind.BAD):
                self.index += 1
                labels.append(Label(start, end, self.source.text[start + 1 : end - 1]))
            elif token == kind.NAME:
                self.index += 1
                labels.append(Label(start, end, self.text(index)))
            elif token == kind.OPEN_QUOTE:
                label, is_plain = self.quoted_label()
                labels.append(label)
                if not is_plain:
                    templates.append(label)
            elif token == "=" and self.kinds[index + 1] == "{":
                self.index += 1
                message = 'the sign "=" defines an argument; a block has none'
                self.error(message, start, end, help='remove the "="')
            elif token in (kind.NEWLINE, kind.CUT, kind.END):
                if self.no_brace(header, labels):
                    return tuple(labels)
            elif token == "=":
                raise self.fault("an argument has one name only, without quotes", start, end)
            else:
                raise self.fault('a label in quotes or the opening brace "{" is expected here', start, end)

    def quoted_label(self) -> tuple[Label, bool]:
        """Read a label; the second result tells whether it holds no template."""
        opening = self.index
        start = self.starts[opening]
        try:
            template = read_template(self)
        except SyntaxFault:
            closing = self.partners.get(opening)
            self.index = opening + 1 if closing is None else closing + 1
            while self.kinds[self.index] in (kind.TEXT, kind.BAD):
                self.index += 1
            return Label(start, self.ends[self.index - 1], ""), True
        if isinstance(template, String):
            return Label(start, template.end, template.value), True
        return Label(start, template.end, self.source.text[start + 1 : template.end - 1]), False

    def no_brace(self, header: int, labels: list[Label]) -> bool:
        """Report that the line of a header ends without its brace; tell whether the body follows nevertheless."""
        index = self.index
        following = self.after_newlines(index)
        has_brace = self.kinds[following] == "{"
        is_body = self.begins_item(following) and self.margin(following) > self.margin(header)
        place = (self.starts[header], self.ends[index - 1])
        name = self.text(header)
        message = 'a block needs its "{" on the line of its header'
        if has_brace or is_body:
            help = 'move the "{" up to this line' if has_brace else 'add "{" at the end of this line'
            self.fault(message, *place, help=help)
        elif len(labels) == 1:
            raise self.fault(message, *place, help=f'add "{{" and "}}"; to set an argument, write "{name} = …"')
        else:
            raise self.fault(message, *place, help='add "{" and "}"')
        self.index = following
        return is_body

    def block_body(self, header: int) -> tuple[int, int, Body]:
        """Read the braces of a block and what is between; return the places of the braces and the body."""
        index = self.index
        if self.kinds[index] == "{":
            self.index += 1
        opened = self.starts[index]
        if self.index == index or self.kinds[self.index] in (kind.NEWLINE, kind.END, "}"):
            body = self.body(header)
        else:
            body = self.one_line_body(header)
        last = self.index - 1
        if self.kinds[last] == "}" and self.starts[last] == body.end:
            return opened, body.end, body
        body = self.never_closed(header, opened, body)
        return opened, len(self.source.text), body

    def one_line_body(self, header: int) -> Body:
        """Read `argument = value }`; what does not fit on one line is reported and read."""
        index = self.index
        place = (self.starts[index], self.ends[index])
        first: _Item
        if self.kinds[index] == kind.NAME and self.kinds[index + 1] == "=":
            first = self.attribute()
        elif self.begins_block(index):
            message = "a block on one line can hold only a single argument"
            self.error(message, *place, help="put the nested block on a line of its own")
            first = self.block()
        else:
            raise self.not_an_item()
        items = [first]
        token = self.kinds[self.index]
        if token in (kind.END, "}") or self.recovering:
            return self.body(header, items)
        if first.__class__ is Attribute:
            self.not_on_one_line(token)
        while token == "," or (token == kind.NAME and self.kinds[self.index + 1] == "="):
            if token == ",":
                self.index += 1
            else:
                items.append(self.attribute())
            token = self.kinds[self.index]
        return self.body(header, items)

    def not_on_one_line(self, token: str) -> None:
        if token == ",":
            message, help = "a block on one line can hold only one argument", "put each argument on a line"
        elif token == kind.NEWLINE:
            message = "a block that begins with an argument on its first line must be closed on that line"
            help = 'put the argument on a line of its own, or the "}" on this one'
        else:
            message, help = "a block on one line must be closed after its argument", "put each argument on a line"
        if not self.is_number_with_letters() and not self.is_reported():
            self.error(message, self.starts[self.index], self.ends[self.index], help=help)

    def never_closed(self, header: int, opened: int, body: Body) -> Body:
        """Report a block without end; items that are not deeper than its header are left to what is around it."""
        margin = self.margin(header)
        items = body.items
        place = next((place for place, item in enumerate(items) if self.is_outside(item, margin, items[0])), len(items))
        self.orphans = items[place:]
        cut = self.tokens.cuts[-1] if self.tokens.cuts else None
        if not cut or cut[1] < len(self.source.text) or "\n" not in self.source.text[slice(*cut)]:
            what, begin = self.unclosed(opened)
            stop = min(begin + 1, len(self.source.text))
            notes = (self.missing_before(self.orphans),)
            self.error(f"this {what} is never closed", begin, stop, help='add the missing "}"', notes=notes)
        if not self.orphans:
            return body
        kept = items[:place]
        return Body(body.start, kept[-1].end if kept else body.start, kept)

    def missing_before(self, items: Sequence[_Item]) -> Note:
        """Where the end of a block seems to be missing."""
        if not items:
            end = len(self.source.text)
            return Note(Span(self.source, end, end), "the file ends here")
        head = items[0]
        head_end = head.name_end if isinstance(head, Attribute) else head.type_end
        return Note(Span(self.source, head.start, head_end), 'the "}" seems to be missing before this')

    def unclosed(self, opened: int) -> tuple[str, int]:
        """The brace that seems to be without end: that of a block, or one in it."""
        for index in range(bisect_left(self.starts, opened), len(self.kinds)):
            if self.kinds[index] == "{" and index not in self.partners:
                return "block" if self.starts[index] == opened else "brace", self.starts[index]
        return "block", opened

    def is_outside(self, item: _Item, margin: int, first: _Item) -> bool:
        """Whether an item of a block without end stands outside, by its indentation."""
        column = item.start - self.line_start(item.start)
        is_indented = first.start - self.line_start(first.start) > margin
        return column <= margin and (is_indented or type(item) is Block)

    def redefined(self, first: Attribute, again: Attribute) -> None:
        self.problems.error(
            "duplicate-attribute",
            f'the argument "{again.name}" is already set in this block',
            Span(self.source, again.start, again.name_end),
            help="remove one of the two",
            notes=(Note(Span(self.source, first.start, first.name_end), f'"{first.name}" is first set here'),),
        )

    def recover(self, begun: int, depth: int, fault: SyntaxFault) -> None:
        """Go on after the item that began at token `begun`: where its brackets end, or else by indentation."""
        self.depth = depth
        self.ignoring = False
        self.recovering = True
        found = fault.resume
        if found is None or not (self.kinds[found] == "}" or self.begins_item(found)):
            found = self.find_after(begun, (kind.NEWLINE, "}"))
        if found is not None:
            self.next_line(found)
            return
        margin = self.margin(begun)
        index = max(self.index, begun + 1)
        while self.kinds[index] != kind.END and not self.is_next(index, margin):
            index += 1
        self.index = index

    def is_next(self, index: int, margin: int) -> bool:
        """Whether something new begins at a token, by its indentation: an item, or the end of the block."""
        if not self.begins_line(index):
            return False
        column = self.column(index)
        return (self.begins_item(index) and column <= margin) or (self.kinds[index] == "}" and column < margin)

    def next_line(self, index: int) -> None:
        """Go on at the end of the line of a token, or at a brace that closes the block, or at an item."""
        self.recovering = True
        while self.kinds[index] not in (kind.NEWLINE, kind.END) and not self.is_new(index):
            index = self.partners.get(index, index) + 1
        self.index = index

    def is_new(self, index: int) -> bool:
        if self.kinds[index] == "}":
            return self.closes_block(index)
        return self.begins_line(index) and self.begins_item(index)
