"""Tokens of JSON; what is not JSON is reported, and made out as well as it can be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.source import BOM, Span
from bakectl.syntax import tokens as kind
from bakectl.syntax.tokens import Tokens

if TYPE_CHECKING:
    from bakectl.diagnostics import Problems
    from bakectl.source import Source

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:
      (?P<sign>[{}\[\],:])
    | (?P<string>"(?>(?:[^"\\\x00-\x1f]++|\\[^\x00-\x1f])*)")
    | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z.+_-]))
    | (?P<name>(?:true|false|null)(?![0-9A-Za-z_]))
    | (?P<wild_string>"(?>(?:[^"\\\r\n]++|\\[^\r\n])*)")
    | (?P<open_string>"[^\r\n]*)
    | (?P<wild_number>[+.0-9-][0-9A-Za-z.+_-]*)
    | (?P<wild_name>[A-Za-z_$][0-9A-Za-z_$.-]*)
    | (?P<line_comment>(?://|\#)[^\n]*)
    | (?P<block_comment>/\*(?s:.*?)(?:\*/|\Z))
    | (?P<single_quotes>'[^'\r\n]*')
    | (?P<junk>(.)\2*)
    )""",
    re.VERBOSE | re.DOTALL,
)
_KINDS = {
    "string": kind.STRING,
    "number": kind.NUMBER,
    "name": kind.NAME,
    "wild_string": kind.STRING,
    "line_comment": kind.LINE_COMMENT,
    "block_comment": kind.BLOCK_COMMENT,
}
_CONTROL = re.compile(r"[\x00-\x1f]")
_NO_COMMENTS = ("comments are not valid in JSON", 'add a property "//" to the object of a block')
_ADVICE = {
    "line_comment": _NO_COMMENTS,
    "block_comment": _NO_COMMENTS,
    "open_string": ("this string is not closed on its line", "add the closing quote; write \\n for a new line"),
    "single_quotes": ("single quotes are not valid", 'use double quotes (") to enclose strings'),
}
_LITERALS = ("true", "false", "null")


def tokenize_json(source: Source, problems: Problems) -> Tokens:
    """Split a text into tokens; joined with the blanks between them, newlines among them, they are the text."""
    text = source.text
    kinds: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    position = 0
    while found := _TOKEN.match(text, position):
        group = found.lastgroup
        assert group is not None
        start, position = found.span(group)
        starts.append(start)
        ends.append(position)
        if group == "sign":
            kinds.append(found[group])
            continue
        kinds.append(_KINDS.get(group, kind.BAD))
        if group not in ("string", "number", "name"):
            _report(source, group, start, position, problems)
    end = len(text)
    kinds.append(kind.END)
    starts.append(end)
    ends.append(end)
    return Tokens(source, kinds, starts, ends)


def _report(source: Source, group: str, start: int, end: int, problems: Problems) -> None:
    text = source.text[start:end]
    help: str | None = None
    if group in _ADVICE:
        message, help = _ADVICE[group]
    elif group == "wild_string":
        control = _CONTROL.search(text)
        assert control is not None
        start, end = start + control.start(), start + control.end()
        escape = {"\t": "\\t"}.get(control[0], f"\\u{ord(control[0]):04x}")
        message, help = "control characters must be escaped in strings", f'write "{escape}"'
    elif group == "wild_number":
        message, help = f'"{text}" is not a number in JSON', "put a text in quotes"
    elif group == "wild_name":
        message = f'"{text}" is not a value in JSON'
        help = f'did you mean "{text.lower()}"?' if text.lower() in _LITERALS else f'put texts in quotes: "{text}"'
    elif text.startswith("="):
        message, help = 'a ":" is expected here, found "="', 'write ":"'
    elif text.startswith(BOM):
        message, help = "a byte order mark is not valid in JSON", "save the file without it"
    elif "\udc80" <= text[0] <= "\udcff":
        message, help = "this is not UTF-8", "save the file as UTF-8"
    else:
        shown = f'"{text[0]}"' if text[0].isprintable() else f"U+{ord(text[0]):04X}"
        message = f"the character {shown} is not used within JSON"
    problems.error("syntax", message, Span(source, start, end), help=help)
