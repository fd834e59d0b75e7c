"""The instructions of a Dockerfile, read line by line as BuildKit's parser does, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from bakectl.dockerfile.words import heredoc_of, split_quoted
from bakectl.record import Record
from bakectl.source import BOM, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.source import Source

_DIRECTIVE: Final = re.compile(r"#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*", re.ASCII)
_DIRECTIVES: Final = frozenset(("syntax", "escape", "check"))
_BLANKS: Final = " \t\v\f\r"
_WITH_HEREDOCS: Final = frozenset(("ADD", "COPY", "RUN"))
_CONTINUED: Final = {
    escape: re.compile(rf"(?:^|(?<=[^{re.escape(escape)}])){re.escape(escape)}[ \t]*$") for escape in "\\`"
}
_WORD: Final = re.compile(r"\s*([^ \t\v\f\r]+)[ \t\v\f\r]*")


class Heredoc(Record):
    """A text that an instruction holds within the file, by the word that ends it."""

    name: str
    text: str


class Flag(Record):
    """`--name=value` before the words of an instruction, without its quotes."""

    name: str
    value: str
    span: Span


class Instruction(Record):
    """One instruction: its word in capitals, its flags, and the rest with its lines joined."""

    word: str
    flags: tuple[Flag, ...]
    rest: str
    heredocs: tuple[Heredoc, ...]
    span: Span
    """The first line of the instruction to the last of what belongs to it."""
    pieces: tuple[tuple[int, int], ...]
    """Where parts of `rest` begin, there and in the file."""

    def place(self, start: int, end: int) -> Span:
        """The place in the file of a part of `rest`."""
        return Span(self.span.source, _offset(self.pieces, start), _offset(self.pieces, end - 1) + 1)


class Listing(Record):
    """What a Dockerfile holds from top to bottom; `fault` says why BuildKit cannot read all of it."""

    source: Source
    directives: Mapping[str, str]
    instructions: tuple[Instruction, ...]
    fault: str | None = None


def read_instructions(source: Source) -> Listing:
    """Read a Dockerfile; after a heredoc that never ends there is nothing more to be read."""
    lines = _Lines(source)
    directives, fault = _directives(source)
    escape = directives.get("escape", "\\")
    if escape not in _CONTINUED:
        return Listing(source, directives, (), f'"{escape}" cannot be the escape character')
    found: list[Instruction] = []
    for start, end in lines:
        if not source.text[start:end].strip() or _is_comment(source.text, start, end):
            continue
        joined, pieces = _join(lines, start, end, escape)
        if not joined.strip():
            continue
        instruction = _instruction(source, joined, pieces)
        heredocs, ends = _heredocs(lines, instruction, joined, escape)
        whole = Span(source, instruction.span.start, lines.last_end)
        found.append(
            Instruction(
                instruction.word, instruction.flags, instruction.rest, heredocs, whole, pieces=instruction.pieces
            )
        )
        if not ends:
            fault = "a heredoc has no end"
            break
    return Listing(source, directives, tuple(found), fault)


class _Lines:
    """The lines of a text, as starts and ends without the newline; who goes on reading does so for all."""

    def __init__(self, source: Source) -> None:
        self.text = source.text
        self.position = len(BOM) if source.text.startswith(BOM) else 0
        self.last_end = self.position

    def __iter__(self) -> Iterator[tuple[int, int]]:
        while (line := self.next()) is not None:
            yield line

    def next(self) -> tuple[int, int] | None:
        if self.position >= len(self.text):
            return None
        start = self.position
        end = self.text.find("\n", start)
        self.position = len(self.text) if end < 0 else end + 1
        end = len(self.text) if end < 0 else end
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        self.last_end = end
        return start, end


def _directives(source: Source) -> tuple[dict[str, str], str | None]:
    """The comments at the very top that BuildKit reads; the first line that is no known one ends them."""
    found: dict[str, str] = {}
    for start, end in _Lines(source):
        match = _DIRECTIVE.fullmatch(source.text[start:end].strip(_BLANKS))
        name = match[1].lower() if match else ""
        if match is None or name not in _DIRECTIVES:
            return found, None
        if name in found:
            return found, f'"# {name}=" is there twice'
        found[name] = match[2]
    return found, None


def _is_comment(text: str, start: int, end: int) -> bool:
    return text[start:end].lstrip(_BLANKS).startswith("#")


def _join(lines: _Lines, start: int, end: int, escape: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of an instruction with the lines that it goes on in, and where its parts come from."""
    text = lines.text
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    begin: int = start + len(text[start:end]) - len(text[start:end].lstrip(_BLANKS))
    while True:
        line = text[begin:end]
        mark = _CONTINUED[escape].search(line)
        kept = line[: mark.start()] if mark else line
        pieces.append((length, begin))
        parts.append(kept)
        length += len(kept)
        following = _following(lines) if mark else None
        if following is None:
            return "".join(parts), tuple(pieces)
        begin, end = following


def _following(lines: _Lines) -> tuple[int, int] | None:
    """The next line that goes on with an instruction: no comment and not empty."""
    while (line := lines.next()) is not None:
        if lines.text[line[0] : line[1]].strip() and not _is_comment(lines.text, *line):
            return line
    return None


def _instruction(source: Source, joined: str, pieces: tuple[tuple[int, int], ...]) -> Instruction:
    first = _WORD.match(joined)
    assert first is not None
    flags: list[Flag] = []
    position = first.end()
    for start, end, value in _flags(joined, position):
        name, _, text = value.removeprefix("--").partition("=")
        flags.append(Flag(name, text, Span(source, _offset(pieces, start), _offset(pieces, end - 1) + 1)))
        position = end
    while position < len(joined) and joined[position].isspace():
        position += 1
    if joined.startswith("-- ", position):
        position += 3
    rest = joined[position:].strip()
    shift = position + len(joined[position:]) - len(joined[position:].lstrip())
    moved = tuple((max(0, at - shift), place + max(0, shift - at)) for at, place in _from(pieces, shift))
    return Instruction(first[1].upper(), tuple(flags), rest, (), Span(source, pieces[0][1], 0), moved)


def _from(pieces: tuple[tuple[int, int], ...], position: int) -> tuple[tuple[int, int], ...]:
    """The pieces of a joined text from the one that a position is in."""
    return pieces[max(0, bisect_right(pieces, position, key=lambda piece: piece[0]) - 1) :]


def _offset(pieces: tuple[tuple[int, int], ...], position: int) -> int:
    at, place = _from(pieces, position)[0]
    return place + position - at


def _flags(joined: str, position: int) -> Iterator[tuple[int, int, str]]:
    """Words that begin with `--`: where they begin and end, and what they say without quotes and escapes."""
    length = len(joined)
    while True:
        while position < length and joined[position].isspace():
            position += 1
        if not joined.startswith("--", position):
            return
        start, quote, value = position, "", ""
        while position < length and (quote or not joined[position].isspace()):
            character = joined[position]
            if character == "\\" and position + 1 < length:
                position += 1
                value += joined[position]
            elif quote:
                value, quote = (value, "") if character == quote else (value + character, quote)
            elif character in "'\"":
                quote = character
            elif character != "\\":
                value += character
            position += 1
        if value == "--":
            return
        yield start, position, value


def _heredocs(lines: _Lines, instruction: Instruction, joined: str, escape: str) -> tuple[tuple[Heredoc, ...], bool]:
    """The heredocs of an instruction, whose texts follow it, and whether each has its end."""
    inner = _triggered(instruction)
    if "<<" not in joined or inner not in _WITH_HEREDOCS or _is_list(instruction.rest):
        return (), True
    found: list[Heredoc] = []
    for word in split_quoted(joined) or ():
        named = heredoc_of(word)
        if named is None:
            continue
        name, strips_tabs = named
        begin = lines.position
        ended = False
        for start, end in lines:
            line = lines.text[start:end]
            if (line.lstrip("\t") if strips_tabs else line) == name:
                found.append(Heredoc(name, lines.text[begin:start]))
                ended = True
                break
        if not ended:
            return tuple(found), False
    return tuple(found), True


def _triggered(instruction: Instruction) -> str:
    """The word of an instruction, or of the one that ONBUILD is followed by."""
    if instruction.word == "ONBUILD":
        return instruction.rest.partition(" ")[0].upper()
    return instruction.word


def _is_list(rest: str) -> bool:
    """Whether the words are a list in JSON, of strings only."""
    if not rest.startswith("["):
        return False
    import json

    try:
        found = json.loads(rest)
    except ValueError:
        return False
    return isinstance(found, list) and all(isinstance(item, str) for item in found)
