"""`tokenize`: text to tokens, for any input; one compiled expression does most of the work."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, TypeAlias

from bakectl.diagnostics import Note
from bakectl.source import BOM, Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.characters import FOREIGN_QUOTES, SPACES, name_end
from bakectl.syntax.tokens import Tokens

if TYPE_CHECKING:
    from bakectl.diagnostics import Problems
    from bakectl.source import Source

_NAME = r"[A-Za-z_][A-Za-z0-9_-]*+"
_TOKEN = re.compile(
    rf"""[ \t]*+(?:
      (\r?\n)
    | ({_NAME})(?![^\x00-\x7f])
    | ("[^"\\$%\r\n]*+")
    | (=>|==|!=|<=|>=|&&|\|\||\.\.\.|::|[=,\[\]().?:>+*%!-]|/(?![/*])|<(?!<))
    | ([{{}}])
    | ([0-9](?:(?:[0-9.]|[eE][+-]?[0-9])*(?:[0-9]|[eE][+-]?[0-9]))?)
    | ((?:\#|//)[^\n]*+\n?)
    | (/\*(?s:.*?)\*/)
    | (<<-?{_NAME}\r?\n)
    | (")
    )""",
    re.VERBOSE,
)
_NEWLINE, _ID, _STRING, _PUNCTUATION, _BRACE, _NUMBER, _LINE, _BLOCK, _HEREDOC, _QUOTE = range(1, 11)
_KINDS = {
    _NEWLINE: kind.NEWLINE,
    _ID: kind.NAME,
    _STRING: kind.STRING,
    _NUMBER: kind.NUMBER,
    _LINE: kind.LINE_COMMENT,
    _BLOCK: kind.BLOCK_COMMENT,
}
_DOLLARS = r"\$\$+\{?|\$(?!\{)|%%+\{?|%(?!\{)"
_REST = r"(?P<sequence>[$%]\{~?)|(?P<quote>\")|(?P<return>\r)(?!\n)"
_IN_QUOTES = re.compile(rf"""(?P<text>(?>(?:[^"\\$%\r\n]++|\\[^\r\n]|{_DOLLARS})+))|{_REST}""")
_LINE_TEXT = rf"(?:[^$%\r\n]++|{_DOLLARS})"
_IN_HEREDOC = re.compile(rf"(?P<text>(?>{_LINE_TEXT}*)\r?\n|(?>{_LINE_TEXT}+))|{_REST}")

_BYTES = re.compile("[\udc80-\udcff]+")
# Quotes of other languages count as one mistake with the text between them, and so do runs of one character.
_QUOTED = "|".join(f"{first}[^{last}\n]*{last}" for first, last in FOREIGN_QUOTES.items())
_JUNK = re.compile(rf"{_QUOTED}|[\udc80-\udcff]+|(.)\1*", re.DOTALL)
_STRAIGHT = ("curly quotes are not valid", 'replace them with straight quotes: "')
_ADVICE = {
    "'": ("single quotes are not valid", 'use double quotes (") to enclose strings'),
    "`": ("backticks are not valid", "to write a text of many lines, use a heredoc: <<EOT"),
    ";": ("a semicolon is not valid", "start a new line to begin another argument"),
    "&": ('the operator "&" does not exist', 'did you mean "&&"?'),
    "|": ('the operator "|" does not exist', 'did you mean "||"?'),
    "~": ('the operator "~" does not exist', 'did you mean "!"?'),
    "^": ('the operator "^" does not exist', None),
    "\r": ("a carriage return without a line feed is not valid", "end lines with LF or CRLF"),
    **dict.fromkeys("\u201c\u201d\u2018\u2019", _STRAIGHT),
}
_NOT_UTF_8 = ("this is not UTF-8", "save the file as UTF-8")
_REWINDS = 4
"""How many times its own length the lexer may go back over, so that many mistakes cannot make it slow."""

_Fault: TypeAlias = tuple[int, int, str, str | None, tuple[Note, ...]]


class _Template:
    """A template that is open: in quotes without a marker, in JSON with an empty one, else a heredoc.

    `braces` counts those open in the sequence that is being read, which began at `sequence`.
    """

    __slots__ = ("braces", "line_start", "marker", "sequence", "start")

    def __init__(self, marker: str | None, start: int) -> None:
        self.marker = marker
        self.start = start
        self.line_start = True
        self.braces = 0
        self.sequence = start


def tokenize(source: Source, problems: Problems) -> Tokens:
    """Split the whole text into tokens. Joined with the blanks between them they are the text, valid or not."""
    lexer = _Lexer(source)
    lexer.run(len(BOM) if source.text.startswith(BOM) else 0, len(source.text), [])
    lexer.look_for_bytes()
    return lexer.finish(problems)


def tokenize_part(source: Source, start: int, end: int, problems: Problems) -> Tokens:
    """Split a part of the text."""
    lexer = _Lexer(source)
    lexer.run(start, end, [])
    return lexer.finish(problems)


def tokenize_template(source: Source, start: int, end: int, problems: Problems) -> Tokens:
    """Split a part of the text that is a template without quotes and without escapes by backslash (a JSON string)."""
    lexer = _Lexer(source)
    lexer.run(start, end, [_Template("", start)])
    return lexer.finish(problems)


class _Lexer:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.cuts: list[tuple[int, int]] = []
        self.faults: list[_Fault] = []
        self.junk_faults: list[_Fault] = []
        self.budget = _REWINDS * len(source.text) + 1000

    def finish(self, problems: Problems) -> Tokens:
        tokens = Tokens(self.source, self.kinds, self.starts, self.ends, tuple(self.cuts))
        # On a line with a string that is not closed, texts look like code.
        junk = (fault for fault in self.junk_faults if not tokens.is_cut(fault[0]))
        for start, end, message, help, notes in (*self.faults, *junk):
            problems.error("syntax", message, Span(self.source, start, end), help=help, notes=notes)
        return tokens

    def add(self, token: str, start: int, end: int) -> None:
        self.kinds.append(token)
        self.starts.append(start)
        self.ends.append(end)

    def bad(self, start: int, end: int, message: str, help: str | None, notes: tuple[Note, ...] = ()) -> None:
        self.faults.append((start, end, message, help, notes))

    def run(self, position: int, end: int, stack: list[_Template]) -> None:
        bare = len(stack)
        while True:
            position = self.code(position, end, stack)
            if position < end:
                position = self.template(position, end, stack)
            elif len(stack) == bare and not (stack and stack[-1].braces):
                break
            else:
                position = self.cut(position, end, stack)
        self.add(kind.END, end, end)

    def code(self, position: int, end: int, stack: list[_Template]) -> int:
        """Read tokens outside of template text; return where template text goes on, or the end."""
        text = self.source.text
        match = _TOKEN.match
        kinds, starts, ends = self.kinds, self.starts, self.ends
        named = _KINDS
        if stack and stack[-1].braces == 0:
            return position
        while position < end:
            found = match(text, position, end)
            if found is None:
                position = self.odd(position, end, stack)
                if stack and stack[-1].braces == 0:
                    return position
                continue
            group = found.lastindex
            assert group is not None
            start, position = found.span(group)
            starts.append(start)
            ends.append(position)
            name = named.get(group)
            if name is not None:
                kinds.append(name)
            elif group == _PUNCTUATION:
                kinds.append(found[group])
            elif group == _BRACE:
                brace = found[group]
                if stack:
                    template = stack[-1]
                    template.braces += 1 if brace == "{" else -1
                    if template.braces == 0:
                        kinds.append(kind.SEQUENCE_END)
                        return position
                kinds.append(brace)
            else:
                if group == _QUOTE:
                    kinds.append(kind.OPEN_QUOTE)
                    template = _Template(None, start)
                else:
                    kinds.append(kind.OPEN_HEREDOC)
                    template = _Template(found[group].lstrip("<").removeprefix("-").rstrip("\r\n"), start)
                stack.append(template)
                return position
        return end

    def odd(self, position: int, end: int, stack: list[_Template]) -> int:
        """Read what the expression does not know: names beyond ASCII, `~}`, blanks at the end, bad characters."""
        text = self.source.text
        start = position
        while start < end and text[start] in " \t":
            start += 1
        if start == end:
            return end
        stop = name_end(text, start, end)
        if stop > start:
            self.add(kind.NAME, start, stop)
            return stop
        if stack and stack[-1].braces == 1 and text.startswith("~}", start, end):
            self.add(kind.SEQUENCE_END, start, start + 2)
            stack[-1].braces = 0
            return start + 2
        if text.startswith("/*", start, end):
            self.add(kind.BAD, start, end)
            self.bad(start, start + 2, "this comment is not closed", 'end it with "*/"')
            self.cuts.append((start, end))
            return end
        if text.startswith("<<", start, end):
            return self.wide_heredoc(start, end, stack)
        return self.junk(start, end)

    def wide_heredoc(self, start: int, end: int, stack: list[_Template]) -> int:
        """Read `<<` with a marker beyond ASCII, or else the sign `<`."""
        text = self.source.text
        begin = start + (3 if text.startswith("<<-", start, end) else 2)
        stop = name_end(text, begin, end)
        close = stop + (2 if text.startswith("\r\n", stop, end) else 1)
        if stop == begin or not text.startswith("\n", close - 1, end):
            self.add("<", start, start + 1)
            return start + 1
        self.add(kind.OPEN_HEREDOC, start, close)
        stack.append(_Template(text[begin:stop], start))
        return close

    def junk(self, start: int, end: int) -> int:
        text = self.source.text
        found = _JUNK.match(text, start, end)
        assert found is not None
        character = text[start]
        if character in _ADVICE:
            message, help = _ADVICE[character]
        elif "\udc80" <= character <= "\udcff":
            message, help = _NOT_UTF_8
        else:
            message = f"the character {_show(character)} is not used within the language"
            help = "replace it with a space" if character in SPACES or character == BOM else None
        self.add(kind.BAD, start, found.end())
        self.junk_faults.append((start, found.end(), message, help, ()))
        return found.end()

    def template(self, position: int, end: int, stack: list[_Template]) -> int:
        """Read template text up to a sequence or the end of the template; return where code goes on."""
        text = self.source.text
        template = stack[-1]
        pattern = _IN_QUOTES if template.marker is None else _IN_HEREDOC
        while position < end:
            found = pattern.match(text, position, end)
            if found is None:
                return self.cut(position, end, stack)
            start, position = found.span()
            group = found.lastgroup
            if group == "text":
                if template.marker and template.line_start and text[position - 1] == "\n":
                    line = text[start:position]
                    if line.strip(SPACES) == template.marker:
                        stop = position - (2 if line.endswith("\r\n") else 1)
                        self.add(kind.CLOSE_HEREDOC, start, stop)
                        self.add(kind.NEWLINE, stop, position)
                        stack.pop()
                        return position
                self.add(kind.TEXT, start, position)
                template.line_start = text[position - 1] == "\n"
            elif group == "sequence":
                self.add(kind.INTERPOLATION if text[start] == "$" else kind.DIRECTIVE, start, position)
                template.braces = 1
                template.sequence = start
                template.line_start = False
                return position
            elif group == "quote":
                self.add(kind.CLOSE_QUOTE, start, position)
                stack.pop()
                return position
            elif template.marker == "":
                # HCL reads on as plain text here, up to the end of a string of JSON.
                self.add(kind.TEXT, start, end)
                return end
            else:
                self.add(kind.BAD, start, position)
                self.bad(start, position, *_ADVICE["\r"])
                template.line_start = False
        return position

    def cut(self, position: int, end: int, stack: list[_Template]) -> int:
        """Give up what is never closed, and go on at the end of the line on which it began."""
        place = next((index for index, template in enumerate(stack) if template.marker is None), len(stack) - 1)
        template = stack[place]
        if template.marker and not template.braces and not self.swallows_marker(template, end):
            return self.cut_heredoc(end, stack)
        begin = template.start if template.marker is None else template.sequence
        line_end = self.line_end(begin, end)
        if template.marker is None:
            del stack[place:]
            if stack and self.line_end(stack[-1].sequence, end) == line_end:
                begin = stack[-1].sequence
                stack[-1].braces = 0
        stop = self.rewind(position, line_end)
        if template.braces:
            opening = self.source.text[template.sequence : template.sequence + 2]
            help = f'end it with "}}"; to include "{opening}" as it is, write "{opening[0]}{opening}"'
            self.bad(template.sequence, template.sequence + 2, f'this "{opening}" is never closed', help)
        else:
            help = "add the closing quote; for a text of many lines use \\n or a heredoc"
            self.bad(template.start, line_end, "this string is not closed on its line", help)
        template.braces = 0
        self.add(kind.CUT, stop, stop)
        self.cuts.append((begin, stop))
        return stop

    def swallows_marker(self, template: _Template, end: int) -> bool:
        """Whether a sequence of a heredoc goes beyond the line that closes it; if so, this sequence is open again."""
        assert template.marker
        pattern = re.compile(rf"\n[ \t]*{re.escape(template.marker)}[ \t]*\r?\n")
        found = pattern.search(self.source.text, template.start, end)
        if found is None or self.budget < 0:
            return False
        index = bisect_right(self.starts, found.start()) - 1
        while self.kinds[index] not in (kind.INTERPOLATION, kind.DIRECTIVE):
            if self.starts[index] <= template.start:
                return False
            index -= 1
        template.sequence, template.braces = self.starts[index], 1
        return True

    def cut_heredoc(self, end: int, stack: list[_Template]) -> int:
        begin, marker = stack[-1].start, stack[-1].marker or ""
        help = f"put {marker} on a line of its own, with a newline after it"
        message = f"the line that closes this heredoc is missing: {marker}"
        self.bad(begin, self.line_end(begin, end), message, help, self.near_marker(begin, end, marker))
        self.add(kind.CUT, end, end)
        self.cuts.append((begin, end))
        stack.clear()
        return end

    def near_marker(self, begin: int, end: int, marker: str) -> tuple[Note, ...]:
        """A line that may be meant to close a heredoc, and where the file ends."""
        pattern = re.compile(rf"\n[ \t]*({re.escape(marker)})(?![\w-])", re.IGNORECASE)
        found = pattern.search(self.source.text, self.line_end(begin, end), end)
        notes = (Note(Span(self.source, end, end), "the file ends here"),)
        if found is None:
            return notes
        return (Note(Span(self.source, *found.span(1)), f"this line is not {marker} alone"), *notes)

    def line_end(self, offset: int, end: int) -> int:
        """Where the line of an offset ends, before its newline."""
        text = self.source.text
        stop = text.find("\n", offset, end)
        if stop < 0:
            return end
        return stop - 1 if stop > offset and text[stop - 1] == "\r" else stop

    def rewind(self, position: int, line_end: int) -> int:
        """Take back the tokens after the end of the line; return where to go on."""
        if position <= line_end:
            if position < line_end:
                self.add(kind.TEXT, position, line_end)
            return line_end
        self.budget -= position - line_end
        if self.budget < 0:
            return position
        kinds, starts, ends = self.kinds, self.starts, self.ends
        while starts and starts[-1] >= line_end:
            self.forget_cut()
            kinds.pop()
            starts.pop()
            ends.pop()
        for faults in (self.faults, self.junk_faults):
            while faults and faults[-1][0] >= line_end:
                faults.pop()
        if ends and ends[-1] > line_end:
            if kinds[-1] == kind.BLOCK_COMMENT:
                return ends[-1]
            self.forget_cut()
            if kinds[-1] == kind.OPEN_HEREDOC:
                kinds[-1] = kind.BAD
            ends[-1] = line_end
        return line_end

    def forget_cut(self) -> None:
        """Take back the cut that goes with the last token, if it is a CUT or a comment without end."""
        if self.kinds[-1] == kind.CUT or (self.cuts and self.cuts[-1][0] == self.starts[-1]):
            self.cuts.pop()

    def look_for_bytes(self) -> None:
        """Report bytes that are not UTF-8 in strings; those in comments do no harm."""
        for found in _BYTES.finditer(self.source.text):
            index = bisect_right(self.starts, found.start()) - 1
            if index >= 0 and found.start() < self.ends[index] and self.kinds[index] in (kind.STRING, kind.TEXT):
                self.bad(found.start(), found.end(), *_NOT_UTF_8)


def _show(character: str) -> str:
    return f'"{character}"' if character.isprintable() else f"U+{ord(character):04X}"
