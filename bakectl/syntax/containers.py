"""What holds expressions between brackets: lists, maps, `for`, and the arguments of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.syntax import tokens as kind
from bakectl.syntax.nodes import Bad, Call, Expression, For, Literal, Object, ObjectItem, Tuple, Variable
from bakectl.syntax.reader import ENDS, SyntaxFault
from bakectl.syntax.templates import read_names

if TYPE_CHECKING:
    from bakectl.syntax.reader import TokenReader

_SIMPLE = (kind.STRING, kind.NAME, kind.NUMBER)
_ENTRY_ENDS = (",", "}", kind.NEWLINE)
_TERMS = (*_SIMPLE, kind.OPEN_QUOTE, kind.OPEN_HEREDOC, "[", "{", "(", "-", "!")


def read_call(reader: TokenReader, start: int, name_end: int, name: str) -> Expression:
    """Read the arguments of a call; its name has been read."""
    opening = reader.index
    reader.index += 1
    outer, reader.ignoring = reader.ignoring, True
    arguments: list[Expression] = []
    expands = False
    while reader.peek() != ")":
        _item(reader, opening, ")", arguments)
        token = reader.peek()
        if token == "...":
            ellipsis = reader.index
            reader.index += 1
            expands = True
            if reader.peek() in ENDS and reader.peek() != ")":
                raise reader.not_closed(opening, ")")
            if reader.peek() != ")":
                message = 'only a closing parenthesis may follow "..."'
                place = (reader.starts[ellipsis], reader.ends[ellipsis])
                raise reader.fault(message, *place, help="expand the last argument")
        elif token == ",":
            reader.index += 1
        elif token != ")":
            _separator(reader, opening, ")")
    end = reader.ends[reader.index]
    reader.index += 1
    reader.ignoring = outer
    return Call(start, end, name, name_end, tuple(arguments), expands)


def read_tuple(reader: TokenReader) -> Expression:
    """Read `[ … ]`."""
    opening = reader.index
    reader.index += 1
    outer, reader.ignoring = reader.ignoring, True
    if reader.is_keyword("for"):
        node: Expression = _for(reader, opening, "]")
        reader.ignoring = outer
        return node
    items: list[Expression] = []
    while reader.peek() != "]":
        _item(reader, opening, "]", items)
        token = reader.peek()
        if token == ",":
            reader.index += 1
        elif token != "]":
            _separator(reader, opening, "]")
    end = reader.ends[reader.index]
    reader.index += 1
    reader.ignoring = outer
    return Tuple(reader.starts[opening], end, tuple(items))


def read_object(reader: TokenReader) -> Expression:
    """Read `{ … }`, where newlines count, except around `for`."""
    opening = reader.index
    reader.index += 1
    outer, reader.ignoring = reader.ignoring, True
    here = reader.index
    if reader.is_keyword("for"):
        node: Expression = _for(reader, opening, "}")
        reader.ignoring = outer
        return node
    reader.index = here
    reader.ignoring = False
    items: list[ObjectItem] = []
    kinds = reader.kinds
    while True:
        token = kinds[reader.index]
        if token == kind.NEWLINE:
            reader.index += 1
            continue
        if token == "}":
            break
        _entry(reader, opening, items)
        token = kinds[reader.index]
        if token in (",", kind.NEWLINE):
            reader.index += 1
        elif token != "}":
            _entry_separator(reader, opening)
    end = reader.ends[reader.index]
    reader.index += 1
    reader.ignoring = outer
    return Object(reader.starts[opening], end, tuple(items))


def _item(reader: TokenReader, opening: int, close: str, items: list[Expression]) -> None:
    """Read an item of a list or of a call; after a fault, go on at its end."""
    begun, depth = reader.index, reader.depth
    try:
        if reader.kinds[begun] in ENDS:
            raise reader.not_closed(opening, close)
        items.append(reader.expression())
    except SyntaxFault as fault:
        if fault.resume is not None and reader.kinds[fault.resume] == close:
            reader.index, reader.depth = fault.resume, depth
        elif fault.resume is not None or opening not in reader.partners or not reader.skip(begun, (",", close), depth):
            raise
        reader.ignoring = True
        start = reader.starts[begun]
        items.append(Bad(start, max(start, reader.ends[reader.index - 1])))


def _separator(reader: TokenReader, opening: int, close: str) -> None:
    """Report that a comma is missing after an item, or the end of it all."""
    index = reader.index
    token = reader.kinds[index]
    if opening not in reader.partners:
        if reader.begins_line(index - 1) and reader.begins_item(index - 1):
            reader.index -= 1
            raise reader.not_closed(opening, close)
        if token in ENDS or (reader.begins_line(index) and reader.begins_item(index)):
            raise reader.not_closed(opening, close)
    if token == kind.BAD:
        reader.index += 1
        return
    if reader.is_number_with_letters():
        reader.index += reader.peek() == ","
        return
    what = "argument" if close == ")" else "item"
    fault = reader.fault_here(f"a comma must separate each {what} from the next", help='add ","')
    if token in _TERMS and reader.begins_line(index):
        return
    ends_well = token in _SIMPLE and reader.kinds[index + 1] in (",", close, kind.NEWLINE)
    if not ends_well and not reader.skip(index, (",", close), reader.depth):
        raise fault


def _entry(reader: TokenReader, opening: int, items: list[ObjectItem]) -> None:
    """Read `key = value`; after a fault, go on at its end."""
    begun, depth = reader.index, reader.depth
    try:
        if reader.kinds[begun] in ENDS or (reader.begins_block(begun) and opening not in reader.partners):
            raise reader.not_closed(opening, "}")
        key = reader.expression()
        if key.__class__ is Literal:
            key = Variable(key.start, key.end, reader.text(begun))
        if reader.kinds[reader.index] not in ("=", ":"):
            raise _no_value(reader)
        reader.index += 1
        value = reader.expression()
        items.append(ObjectItem(key.start, value.end, key, value))
    except SyntaxFault as fault:
        resume = fault.resume
        if resume is not None and (reader.kinds[resume] == "}" or reader.kinds[resume + 1] in ("=", ":")):
            reader.index, reader.depth = resume, depth
        elif resume is not None or opening not in reader.partners or not reader.skip(begun, _ENTRY_ENDS, depth):
            raise
        reader.ignoring = False
        _skip_rest(reader)


def _skip_rest(reader: TokenReader) -> None:
    """After a fault, pass over lines on which no entry begins, such as a value on a line of its own."""
    while reader.kinds[reader.index] == kind.NEWLINE:
        following = reader.after_newlines(reader.index)
        is_value = reader.kinds[following] in _SIMPLE and reader.kinds[following + 1] not in ("=", ":")
        if not is_value and reader.kinds[following] != "=":
            return
        reader.index = following
        if not reader.skip(following, _ENTRY_ENDS, reader.depth):
            return


def _no_value(reader: TokenReader) -> SyntaxFault:
    return reader.fault_here(f'the sign "=" and a value must follow the key, {reader.found()}')


def _entry_separator(reader: TokenReader, opening: int) -> None:
    """Report that a newline or a comma is missing after an entry, or the end of the map."""
    index = reader.index
    token = reader.kinds[index]
    if token in ENDS and opening not in reader.partners:
        raise reader.not_closed(opening, "}")
    if token == kind.BAD:
        reader.index += 1
        return
    if reader.is_number_with_letters():
        reader.index += reader.kinds[reader.index] == ","
        return
    fault = reader.fault_here("a newline or a comma must separate each item from the next", help='add ","')
    is_key = token in _SIMPLE and reader.kinds[index + 1] in ("=", ":")
    if not is_key and not reader.skip(index, _ENTRY_ENDS, reader.depth):
        raise fault


def _for(reader: TokenReader, opening: int, close: str) -> Expression:
    reader.index += 1
    names = read_names(reader)
    collection = reader.expression()
    if reader.peek() != ":":
        raise reader.fault_here('a colon must follow the collection of a "for"', help='add ":"')
    reader.index += 1
    key: Expression | None = None
    value = reader.expression()
    if reader.peek() == "=>":
        key = value
        reader.index += 1
        value = reader.expression()
    ellipsis = reader.index if reader.peek() == "..." else None
    if ellipsis is not None:
        reader.index += 1
    condition: Expression | None = None
    if reader.is_keyword("if"):
        reader.index += 1
        condition = reader.expression()
    if reader.peek() != close:
        raise reader.fault_here(f'the "for" must end here with "{close}"', help="remove what is too much")
    start, end = reader.starts[opening], reader.ends[reader.index]
    reader.index += 1
    if close == "}" and key is None:
        reader.error('a "for" that makes a map needs a key', value.start, value.end, help='write "key => value"')
    if close == "]" and key is not None:
        reader.error('a "for" that makes a list has no key', key.start, key.end, help='use "{" and "}"')
    if close == "]" and ellipsis is not None:
        place = (reader.starts[ellipsis], reader.ends[ellipsis])
        reader.error('"..." groups by key, and a list has no keys', *place, help='remove the "..."')
    return For(start, end, names, collection, key, value, condition, ellipsis is not None)
