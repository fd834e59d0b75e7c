"""Comma-separated values as Go reads them, with its messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_BARE_QUOTE = 'bare " in non-quoted-field'
_BAD_QUOTE = 'extraneous or missing " in quoted-field'


class CsvError(ValueError):
    """The text is not CSV; `reason` alone says what is wrong on the `line`, the whole message says where too."""

    def __init__(self, message: str, reason: str, line: int = 1) -> None:
        self.reason = reason
        self.line = line
        super().__init__(message)


class _BadQuote(Exception):
    def __init__(self, reason: str, offset: int) -> None:
        self.reason = reason
        self.offset = offset
        super().__init__(reason)


def fields(text: str, separator: str = ",") -> list[str]:
    """Split a single record, as buildx does with `type=local,dest=out`: newlines in it are characters like others."""
    if text.endswith("\n"):
        text = text[:-1].removesuffix("\r")
    if not text:
        raise CsvError("EOF", "EOF")
    try:
        record, _ = _record(text, 0, separator, None)
    except _BadQuote as error:
        column = len(text[: error.offset].encode("utf-8", "surrogateescape")) + 1
        raise CsvError(f"parse error on line 1, column {column}: {error.reason}", error.reason) from None
    return record


def records(text: str) -> Iterator[list[str]]:
    """Read all records; empty lines are none, and each must have as many fields as the first."""
    text = text.replace("\r\n", "\n").removesuffix("\r")
    position, size = 0, 0
    while position < len(text):
        if text[position] == "\n":
            position += 1
            continue
        start = position
        try:
            record, position = _record(text, position, ",", "\n")
        except _BadQuote as error:
            line = _line(text, error.offset)
            raise CsvError(f"parse error on line {line}: {error.reason}", error.reason, line) from None
        size = size or len(record)
        if len(record) != size:
            line = _line(text, start)
            reason = "wrong number of fields"
            raise CsvError(f"record on line {line}: {reason}", reason, line)
        yield record


def _line(text: str, offset: int) -> int:
    # Where a quoted field is never closed Go names the last line that has any text.
    return 1 + text.count("\n", 0, min(offset, len(text) - 1))


def _record(text: str, position: int, separator: str, newline: str | None) -> tuple[list[str], int]:
    """The fields of the record at the position, and where its newline or the end of the text is."""
    stops = (separator, newline) if newline else (separator,)
    record: list[str] = []
    while True:
        if text.startswith('"', position):
            field, position = _quoted_field(text, position + 1, stops)
        else:
            field, position = _plain_field(text, position, separator, newline)
        record.append(field)
        if not text.startswith(separator, position):
            return record, position
        position += len(separator)


def _plain_field(text: str, start: int, separator: str, newline: str | None) -> tuple[str, int]:
    end = text.find(newline, start) if newline else -1
    end = end if end >= 0 else len(text)
    stop = text.find(separator, start, end)
    end = stop if stop >= 0 else end
    quote = text.find('"', start, end)
    if quote >= 0:
        raise _BadQuote(_BARE_QUOTE, quote)
    return text[start:end], end


def _quoted_field(text: str, position: int, stops: tuple[str, ...]) -> tuple[str, int]:
    """Read on from behind the opening quote."""
    pieces: list[str] = []
    while True:
        quote = text.find('"', position)
        if quote < 0:
            raise _BadQuote(_BAD_QUOTE, len(text) if len(stops) > 1 else position)
        pieces.append(text[position:quote])
        position = quote + 1
        if position == len(text) or text.startswith(stops, position):
            return "".join(pieces), position
        if text[position] != '"':
            raise _BadQuote(_BAD_QUOTE, quote)
        pieces.append('"')
        position += 1
