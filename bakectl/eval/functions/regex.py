"""Bodies of the functions on regular expressions; RE2 matches, in linear time and with Go's syntax."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bakectl.eval.functions import FunctionError
from bakectl.eval.limits import LimitExceeded, check_items, check_text
from bakectl.eval.types import STRING, ObjectType, TupleType, Type
from bakectl.eval.values import Value, list_of, string

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Spans = list[tuple[int, int]]
    """Where a match and its groups are, in bytes; (-1, -1) for a group that took no part."""

_MAX_WORK = 1_000_000_000
_NO_PART = (-1, -1)
_REFERENCE = re.compile(r"\$(?:\$|\{(?P<braced>\w+)\}|(?P<bare>\w+))")
_PART = re.compile(
    r"""\\Q.*?(?:\\E|\Z) | \\. | \[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]
      | (?P<open>\()(?P<special>\?(?:P?<(?P<name>\w+)>)?)?""",
    re.VERBOSE | re.DOTALL,
)
_TOO_LARGE = "pattern too large - compile failed"
_ERRORS = {
    "invalid escape sequence": "invalid escape sequence",
    "invalid character class": "invalid character class",
    "invalid character class range": "invalid character class range",
    "missing ]": "missing closing ]",
    "missing )": "missing closing )",
    "unexpected )": "unexpected )",
    "trailing \\": "trailing backslash at end of expression",
    "no argument for repetition operator": "missing argument to repetition operator",
    "invalid repetition size": "invalid repeat count",
    "bad repetition operator": "invalid nested repetition operator",
    "invalid perl operator": "invalid or unsupported Perl syntax",
    "invalid UTF-8": "invalid UTF-8",
    "invalid named capture group": "invalid named capture",
    _TOO_LARGE: "expression too large",
}
"""What RE2 says to what Go says."""


class _Pattern:
    """A compiled pattern, and the names of its groups in order; "" for a group without one."""

    __slots__ = ("compiled", "names")

    def __init__(self, compiled: Any, names: tuple[str, ...]) -> None:
        self.compiled = compiled
        self.names = names


def regex(args: tuple[Value, ...]) -> Value:
    pattern, text = _compile(args[0].data, 0), _encode(args[1].data)
    _, build = _result(pattern.names)
    for spans in _matches(pattern, text):
        return build(text, spans)
    raise FunctionError("pattern did not match any part of the given string")


def regexall(args: tuple[Value, ...]) -> Value:
    pattern, text = _compile(args[0].data, 0), _encode(args[1].data)
    shape, build = _result(pattern.names)
    results: list[Value] = []
    for spans in _matches(pattern, text):
        check_items(len(results) + 1)
        results.append(build(text, spans))
    return list_of(shape, results)


def regex_replace(args: tuple[Value, ...]) -> Value:
    pattern, text = _compile(args[1].data, None), _encode(args[0].data)
    template = _template(args[2].data, pattern.names)
    pieces: list[bytes] = []
    size = end = 0
    for spans in _matches(pattern, text):
        pieces.append(text[end : spans[0][0]])
        pieces.append(b"".join(_filled(part, text, spans) for part in template))
        size += len(pieces[-1]) + len(pieces[-2])
        check_text(size)
        end = spans[0][1]
    pieces.append(text[end:])
    return string(_decode(b"".join(pieces)))


def _compile(pattern: str, argument: int | None) -> _Pattern:
    import re2

    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(_encode(pattern), options)
        return _Pattern(compiled, _group_names(pattern, compiled.groups))
    except re2.error as error:
        message, part = _go_error(pattern, _decode(error.args[0]))
    if argument is None:
        raise FunctionError(f"error parsing regexp: {message}: `{part}`")
    raise FunctionError(f"invalid regexp pattern: {message} in {part}", argument)


def _go_error(pattern: str, problem: str) -> tuple[str, str]:
    """What Go says to a pattern, and the part of it that it names."""
    message, _, part = problem.partition(": ")
    if part in ("(?<!", "(?<="):
        # Go takes what looks behind for the name of a group.
        rest = pattern[pattern.index(part) :]
        return "invalid named capture", rest[: rest.find(">") + 1] or rest
    if message == _TOO_LARGE:
        part = pattern
    return _ERRORS.get(message, message), part


def _group_names(pattern: str, count: int) -> tuple[str, ...]:
    """The names of the groups of a valid pattern; RE2 itself tells only one of several groups with one name."""
    if not count and "\\C" not in pattern:
        return ()
    names: list[str] = []
    for part in _PART.finditer(pattern):
        if part[0] == "\\C":
            raise FunctionError("invalid regexp pattern: invalid escape sequence in \\C", 0)
        if part["open"] and part["name"]:
            names.append(part["name"])
        elif part["open"] and not part["special"]:
            names.append("")
    return tuple(names)


def _matches(pattern: _Pattern, text: bytes) -> Iterator[Spans]:
    """All matches as Go finds them: an empty one right after another match is left out."""
    position, last_end, work = 0, -1, 0
    groups = range(len(pattern.names) + 1)
    search = pattern.compiled.search
    while position <= len(text):
        work += len(text)
        if work > _MAX_WORK:
            raise LimitExceeded("a regular expression matches too often in too long a text")
        match = search(text, position)
        if match is None:
            return
        start, end = match.span()
        if end > position or start != last_end:
            yield [match.span(group) for group in groups]
        last_end = end
        if end > position:
            position = end
        else:
            position += 1
            while position < len(text) and text[position] & 0xC0 == 0x80:
                position += 1


def _result(names: tuple[str, ...]) -> tuple[Type, Callable[[bytes, Spans], Value]]:
    """The type of what a match gives, and how to make that from a match."""
    if not names:
        return STRING, lambda text, spans: _part(text, spans[0])
    if not any(names):
        items = TupleType([STRING] * len(names))
        return items, lambda text, spans: Value(items, tuple(_part(text, span) for span in spans[1:]))
    if not all(names):
        raise FunctionError("invalid regexp pattern: cannot mix both named and unnamed capture groups", 0)
    groups = {name: group for group, name in enumerate(names, 1)}
    ordered = sorted(groups)
    shape = ObjectType(dict.fromkeys(ordered, STRING))
    return shape, lambda text, spans: Value(shape, {name: _part(text, spans[groups[name]]) for name in ordered})


def _part(text: bytes, span: tuple[int, int]) -> Value:
    return Value(STRING, None) if span == _NO_PART else string(_decode(text[span[0] : span[1]]))


def _template(template: str, names: tuple[str, ...]) -> list[bytes | tuple[int, ...]]:
    """Read a replacement: text, and for `$1` or `${name}` the groups of which the first that took part counts."""
    parts: list[bytes | tuple[int, ...]] = []
    end = 0
    for reference in _REFERENCE.finditer(template):
        name = reference["braced"] or reference["bare"]
        parts.append(_encode(template[end : reference.start()]))
        end = reference.end()
        if reference[0] == "$$":
            parts.append(b"$")
        elif name.isascii() and name.isdecimal() and (name == "0" or name[0] != "0"):
            number = int(name[:9])
            parts.append((number,) if number <= len(names) else ())
        else:
            parts.append(tuple(group for group, known in enumerate(names, 1) if known == name))
    parts.append(_encode(template[end:]))
    return parts


def _filled(part: bytes | tuple[int, ...], text: bytes, spans: Spans) -> bytes:
    if isinstance(part, bytes):
        return part
    for group in part:
        start, end = spans[group]
        if start >= 0:
            return text[start:end]
    return b""


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
