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

    def body(self, header: int | None, read: Iterable[_Item] = ()) -> Body:
        """Read the items of the block whose header begins at token `header`, and its brace; without one, of the file.

        `read` are its items that have been read.
        """
        items = list(read)
        seen: dict[str, Attribute] = {}
        kinds = self.kinds
        start = items[0].start if items else self.starts[self.index]
        mistakes = len(self.problems)
        while (token := kinds[self.index]) != kind.END:
            if token == kind.NEWLINE:
                self.index += 1
            elif token == "}":
                if header is not None and not self.is_stray(header, mistakes):
                    break
                self.stray_brace(header)
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
        finish = self.starts[self.index]
        if token == "}":
            self.index += 1
            self.recovering = False
        return Body(start, finish, tuple(items))

    def is_stray(self, header: int, mistakes: int) -> bool:
        """Whether a closing brace closes nothing: it stands deeper than its block, after a mistake."""
        index = self.index
        return len(self.problems) > mistakes and self.begins_line(index) and self.column(index) > self.margin(header)

    def stray_brace(self, header: int | None) -> None:
        index = self.index
        if header is None and not self.recovering:
            message = "there is no block for this brace to close"
            self.error(message, self.starts[index], self.ends[index], help="remove it")
        self.next_line(index + 1)

    def item(self) -> _Item:
        """Read an attribute or a block, with the newline after it."""
        index = self.index
        if self.kinds[index] != kind.NAME:
            raise self.not_an_item()
        if self.kinds[index + 1] == "=":
            attribute = self.attribute()
            self.line_end(index, "argument")
            return attribute
        if self.begins_block(index):
            block = self.block()
            self.line_end(index, "block")
            return block
        raise self.not_an_item()

    def not_an_item(self) -> SyntaxFault:
        index = self.index
        token = self.kinds[index]
        start, end = self.starts[index], self.ends[index]
        if token in (kind.STRING, kind.OPEN_QUOTE):
            return self.fault("an argument's name must not be quoted", start, end, help="leave out the quotes")
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

    def line_end(self, begun: int, what: str) -> None:
        """Read the newline that must follow the item that began at token `begun`."""
        token = self.kinds[self.index]
        if token == kind.NEWLINE:
            self.index += 1
        elif token != kind.END and not self.recovering:
            self.no_line_end(begun, what)

    def no_line_end(self, begun: int, what: str) -> None:
        index = self.index
        token = self.kinds[index]
        place = (self.starts[index], self.ends[index])
        if not self.is_number_with_letters() and not self.is_reported():
            if token == "," and what == "argument":
                self.error("unexpected comma after an argument", *place, help="arguments are separated by newlines")
            else:
                self.error(f"a newline must follow the {what}", *place, help="start a new line here")
        if token == "}":
            # It closes the block, unless the next line is as deep as this one.
            following = self.after_newlines(index + 1)
            if following > index + 1 and self.margin(following) >= self.margin(begun) > 0:
                self.next_line(index + 1)
        elif not self.begins_item(index):
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
        while True:
            index = self.index
            token = self.kinds[index]
            start, end = self.starts[index], self.ends[index]
            if token == "{":
                return tuple(labels)
            if token in (kind.STRING, kind.BAD):
                self.index += 1
                labels.append(Label(start, end, self.source.text[start + 1 : end - 1]))
            elif token == kind.NAME:
                self.index += 1
                labels.append(Label(start, end, self.text(index)))
            elif token == kind.OPEN_QUOTE:
                labels.append(self.quoted_label())
            elif token == "=" and self.kinds[index + 1] == "{":
                self.index += 1
                message = 'the sign "=" defines an argument; a block has none'
                self.error(message, start, end, help='remove the "="')
            elif token in (kind.NEWLINE, kind.CUT, kind.END):
                if self.no_brace(header):
                    return tuple(labels)
            elif token == "=":
                raise self.fault("an argument has one name only, without quotes", start, end)
            else:
                raise self.fault('a label in quotes or the opening brace "{" is expected here', start, end)

    def quoted_label(self) -> Label:
        opening = self.index
        start = self.starts[opening]
        try:
            template = read_template(self)
        except SyntaxFault:
            closing = self.partners.get(opening)
            self.index = opening + 1 if closing is None else closing + 1
            while self.kinds[self.index] in (kind.TEXT, kind.BAD):
                self.index += 1
            return Label(start, self.ends[self.index - 1], "")
        if isinstance(template, String):
            return Label(start, template.end, template.value)
        help = 'to include "${" as it is, write "$${"'
        self.error("a label must be a plain string", start, template.end, help=help)
        return Label(start, template.end, self.source.text[start + 1 : template.end - 1])

    def no_brace(self, header: int) -> bool:
        """Report that the line of a header ends without its brace; tell whether the body follows nevertheless."""
        index = self.index
        following = self.after_newlines(index)
        has_brace = self.kinds[following] == "{"
        is_body = self.begins_item(following) and self.margin(following) > self.margin(header)
        place = (self.starts[header], self.ends[index - 1])
        if has_brace or is_body:
            help = 'move the "{" up to this line' if has_brace else 'add "{" at the end of this line'
            self.fault('a block needs its "{" on the line of its header', *place, help=help)
        elif index == header + 2 and self.kinds[index - 1] == kind.NAME:
            name, value = self.text(header), self.text(header + 1)
            message = f'"=" is expected after "{name}", found "{value}"'
            raise self.fault(message, *place, help=f'to set an argument, write "{name} = {value}"')
        else:
            raise self.fault('a block needs its "{" on the line of its header', *place, help='add "{", items and "}"')
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
        cut = self.cuts[-1] if self.cuts else None
        if not cut or cut[1] < len(self.source.text) or "\n" not in self.source.text[slice(*cut)]:
            notes: tuple[Note, ...] = ()
            if self.orphans:
                first = self.orphans[0]
                span = Span(
                    self.source, first.start, first.name_end if isinstance(first, Attribute) else first.type_end
                )
                notes = (Note(span, 'the "}" seems to be missing before this'),)
            what, begin = self.unclosed(opened)
            span = Span(self.source, begin, min(begin + 1, len(self.source.text)))
            self.problems.error("syntax", f"this {what} is never closed", span, help='add the missing "}"', notes=notes)
        if not self.orphans:
            return body
        kept = items[:place]
        return Body(body.start, kept[-1].end if kept else body.start, kept)

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
        resume = fault.resume
        if resume is not None and (self.kinds[resume] == "}" or self.begins_item(resume)):
            self.index = resume
            return
        found = self.find_after(begun, (kind.NEWLINE, "}"))
        if found is not None:
            self.index = found
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
        """Go on at the end of the line of a token, or at a brace that closes the block."""
        self.recovering = True
        while self.kinds[index] not in (kind.NEWLINE, kind.END, "}"):
            index = self.partners.get(index, index) + 1
        self.index = index
