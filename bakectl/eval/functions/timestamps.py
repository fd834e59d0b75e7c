"""Bodies of the functions on timestamps, by the rules of Go's `time`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, NoReturn

from bakectl.eval.functions import FunctionError
from bakectl.eval.functions.integers import to_int64
from bakectl.eval.number_text import quoted
from bakectl.eval.types import NUMBER, STRING
from bakectl.eval.values import Value, integer, object_of, string
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_DAY = 24 * 3600
_EPOCH: Final = date(1970, 1, 1).toordinal()
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
"""After so many years, which are so many days, the calendar repeats, weekdays included."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


class TimestampError(Exception):
    """The text is no timestamp or no duration; the message is that of cty or of Go."""


class Moment(Record):
    """A point in time, in seconds since 1970, as seen at an offset from UTC in seconds.

    It does not hold a datetime: that stops at the year 9999 and at an offset of 24 hours, and Go does not.
    """

    seconds: int
    nanoseconds: int = 0
    offset: int = 0

    @property
    def _date(self) -> tuple[int, date]:
        """The years of whole cycles, and the date in the first cycle."""
        days = (self.seconds + self.offset) // _DAY + _EPOCH - 1
        return days // _CYCLE_DAYS * _CYCLE_YEARS, date.fromordinal(days % _CYCLE_DAYS + 1)

    @property
    def year(self) -> int:
        years, day = self._date
        return years + day.year

    @property
    def month(self) -> int:
        return self._date[1].month

    @property
    def day(self) -> int:
        return self._date[1].day

    @property
    def year_day(self) -> int:
        return self._date[1].timetuple().tm_yday

    @property
    def weekday(self) -> int:
        """Days since Sunday."""
        return self._date[1].isoweekday() % 7

    @property
    def iso_week(self) -> tuple[int, int]:
        """The year and the week of ISO 8601."""
        years, day = self._date
        year, week, _ = day.isocalendar()
        return years + year, week

    @property
    def hour(self) -> int:
        return (self.seconds + self.offset) % _DAY // 3600

    @property
    def minute(self) -> int:
        return (self.seconds + self.offset) % 3600 // 60

    @property
    def second(self) -> int:
        return (self.seconds + self.offset) % 60

    def zone(self, colon: str) -> str:
        """The offset, such as +05:30."""
        minutes = abs(self.offset) // 60
        return f"{'-' if self.offset < 0 else '+'}{minutes // 60:02d}{colon}{minutes % 60:02d}"

    def rfc3339(self) -> str:
        year = f"{'-' if self.year < 0 else ''}{abs(self.year):04d}"
        clock = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}"
        return f"{year}-{self.month:02d}-{self.day:02d}T{clock}{self.zone(':') if self.offset else 'Z'}"

    def plus(self, nanoseconds: int) -> Moment:
        seconds, rest = divmod(self.nanoseconds + nanoseconds, 10**9)
        return Moment(self.seconds + seconds, rest, self.offset)


def timestamp(_: tuple[Value, ...]) -> Value:
    from time import time

    return string(Moment(int(time())).rfc3339())


def timeadd(args: tuple[Value, ...]) -> Value:
    try:
        return string(parse_timestamp(args[0].data).plus(parse_duration(args[1].data)).rfc3339())
    except TimestampError as error:
        raise FunctionError(str(error)) from None


def formatdate(args: tuple[Value, ...]) -> Value:
    moment = _moment(args[1])
    return string(_formatted(args[0].data, moment))


def formattimestamp(args: tuple[Value, ...]) -> Value:
    moment = _moment(args[1])
    return string(str(moment.seconds) if args[0].data == "X" else _formatted(args[0].data, moment))


def _moment(value: Value) -> Moment:
    if value.type is NUMBER:
        return Moment(to_int64(value, 1))
    if value.type is not STRING:
        raise FunctionError(f"a string or a number is required, but have {value.type.friendly}", 1)
    try:
        return parse_timestamp(value.data)
    except TimestampError as error:
        raise FunctionError(str(error), 1) from None


def unixtimestampparse(args: tuple[Value, ...]) -> Value:
    moment = Moment(to_int64(args[0], 0))
    iso_year, iso_week = moment.iso_week
    numbers = {
        "year": moment.year,
        "year_day": moment.year_day,
        "day": moment.day,
        "month": moment.month,
        "weekday": moment.weekday,
        "hour": moment.hour,
        "minute": moment.minute,
        "second": moment.second,
        "iso_year": iso_year,
        "iso_week": iso_week,
    }
    texts = {
        "month_name": _MONTHS[moment.month - 1],
        "weekday_name": _WEEKDAYS[moment.weekday],
        "rfc3339": moment.rfc3339(),
    }
    attributes = {name: integer(number) for name, number in numbers.items()}
    return object_of(attributes | {name: string(text) for name, text in texts.items()})


class _Rest:
    """What is left to read of a timestamp."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def number(self, pattern: str, what: str, highest: int) -> int:
        """Take a number; in a message about one that is too high cty shows what follows it, as Go does."""
        match = re.match(pattern, self.text, re.ASCII)
        if match is None:
            self.refuse(what)
        self.text = self.text[match.end() :]
        if int(match[0]) > highest:
            self.refuse(what)
        return int(match[0])

    def literal(self, wanted: str) -> None:
        if not self.text.startswith(wanted):
            if wanted == "T":
                raise TimestampError("not a valid RFC3339 timestamp: missing required time introducer 'T'")
            found = f"found {quoted(self.text)} where" if self.text else "end of string where"
            raise TimestampError(f"not a valid RFC3339 timestamp: {found} {quoted(wanted)} is expected")
        self.text = self.text[len(wanted) :]

    def refuse(self, what: str) -> NoReturn:
        found = f"cannot use {quoted(self.text)} as {what}" if self.text else f"end of string before {what}"
        raise TimestampError(f"not a valid RFC3339 timestamp: {found}")


def parse_timestamp(text: str) -> Moment:
    """Read RFC 3339 as Go does: an hour may have one digit, a comma may begin the fraction of a second."""
    rest = _Rest(text)
    year = rest.number(r"\d{4}", "year", 9999)
    rest.literal("-")
    month = rest.number(r"\d{2}", "month", 12)
    if month == 0:
        rest.refuse("month")
    rest.literal("-")
    day = rest.number(r"\d{2}", "day of month", 99)
    rest.literal("T")
    hour = rest.number(r"\d{1,2}", "hour", 23)
    rest.literal(":")
    minute = rest.number(r"\d{2}", "minute", 59)
    rest.literal(":")
    second = rest.number(r"\d{2}", "second", 59)
    nanoseconds = _fraction(rest)
    offset = _offset(rest)
    if rest.text:
        rest.refuse("timestamp segment")
    cycle, year_in_cycle = divmod(year - 1, _CYCLE_YEARS)
    try:
        ordinal = date(year_in_cycle + 1, month, day).toordinal() + cycle * _CYCLE_DAYS
    except ValueError:
        raise TimestampError("not a valid RFC3339 timestamp: day out of range") from None
    local = (ordinal - _EPOCH) * _DAY + hour * 3600 + minute * 60 + second
    return Moment(local - offset, nanoseconds, offset)


def _fraction(rest: _Rest) -> int:
    match = re.match(r"[.,](\d+)", rest.text, re.ASCII)
    if match is None:
        return 0
    rest.text = rest.text[match.end() :]
    return int(f"{match[1][:9]:0<9}")


def _offset(rest: _Rest) -> int:
    if rest.text.startswith("Z"):
        rest.text = rest.text[1:]
        return 0
    match = re.match(r"([+-])(\d\d):(\d\d)", rest.text, re.ASCII)
    if match is None:
        rest.refuse("UTC offset")
    rest.text = rest.text[match.end() :]
    hours, minutes = int(match[2]), int(match[3])
    # Both bounds are themselves allowed: "some people do write offsets of 24 hours or 60 minutes", says Go.
    if hours > 24 or minutes > 60:
        rest.refuse("UTC offset")
    return (hours * 3600 + minutes * 60) * (-1 if match[1] == "-" else 1)


_UNITS: Final = {
    "ns": 1,
    "us": 10**3,
    "\u00b5s": 10**3,
    "\u03bcs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}
_MAX_DURATION = (1 << 63) - 1
_AMOUNT = re.compile(r"([0-9]*)(?:\.([0-9]*))?([^0-9.]*)")


def parse_duration(text: str) -> int:
    """Read a duration such as `-1h30.5m` as nanoseconds."""
    negative = text.startswith("-")
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return 0
    total = 0
    while rest or not total:
        match = _AMOUNT.match(rest)
        whole, fraction, unit = match.groups("") if match else ("", "", "")
        if not whole and not fraction:
            raise TimestampError(f"time: invalid duration {_quoted_bytes(text)}")
        if not unit:
            raise TimestampError(f"time: missing unit in duration {_quoted_bytes(text)}")
        if unit not in _UNITS:
            raise TimestampError(f"time: unknown unit {_quoted_bytes(unit)} in duration {_quoted_bytes(text)}")
        total += _amount(whole, fraction, _UNITS[unit])
        if total > _MAX_DURATION + negative:
            raise TimestampError(f"time: invalid duration {_quoted_bytes(text)}")
        rest = rest[match.end() :] if match else ""
        if not rest:
            break
    return -total if negative else total


def _amount(whole: str, fraction: str, unit: int) -> int:
    """The nanoseconds of an amount. Of a fraction Go takes 18 or 19 digits, in floating point."""
    if len(whole.lstrip("0")) > 19:
        return _MAX_DURATION + 2
    digits = fraction[:19] if fraction[:19] <= "9223372036854775808" else fraction[:18]
    part = int(digits) * (unit / 10.0 ** len(digits)) if digits else 0.0
    return int(whole or "0") * unit + int(part)


def _quoted_bytes(text: str) -> str:
    """Text between double quotes as Go's `time` has it, which escapes all bytes beyond ASCII."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[^ -\x7f]", _hexadecimal, escaped) + '"'


def _hexadecimal(match: re.Match[str]) -> str:
    return "".join(f"\\x{byte:02x}" for byte in match[0].encode("utf-8", "surrogateescape"))


_PIECES = re.compile(r"''|'(?>(?:[^']++|'')*)'?|([A-Za-z])(?>\1*)|[^'A-Za-z]+")
_FORMATS: Final[Mapping[str, Callable[[Moment], str]]] = {
    "YY": lambda moment: f"{moment.year % 100:02d}",
    "YYYY": lambda moment: f"{moment.year:04d}",
    "M": lambda moment: f"{moment.month}",
    "MM": lambda moment: f"{moment.month:02d}",
    "MMM": lambda moment: _MONTHS[moment.month - 1][:3],
    "MMMM": lambda moment: _MONTHS[moment.month - 1],
    "D": lambda moment: f"{moment.day}",
    "DD": lambda moment: f"{moment.day:02d}",
    "EEE": lambda moment: _WEEKDAYS[moment.weekday][:3],
    "EEEE": lambda moment: _WEEKDAYS[moment.weekday],
    "h": lambda moment: f"{moment.hour}",
    "hh": lambda moment: f"{moment.hour:02d}",
    "H": lambda moment: f"{moment.hour % 12 or 12}",
    "HH": lambda moment: f"{moment.hour % 12 or 12:02d}",
    "AA": lambda moment: "AM" if moment.hour < 12 else "PM",
    "aa": lambda moment: "am" if moment.hour < 12 else "pm",
    "m": lambda moment: f"{moment.minute}",
    "mm": lambda moment: f"{moment.minute:02d}",
    "s": lambda moment: f"{moment.second}",
    "ss": lambda moment: f"{moment.second:02d}",
    "Z": lambda moment: moment.zone(":") if moment.offset else "Z",
    "ZZZ": lambda moment: moment.zone("") if moment.offset else "UTC",
    "ZZZZ": lambda moment: moment.zone(""),
    "ZZZZZ": lambda moment: moment.zone(":"),
}
_LETTERS: Final = {
    "Y": 'year must either be "YY" or "YYYY"',
    "M": 'month must be "M", "MM", "MMM", or "MMMM"',
    "D": 'day of month must either be "D" or "DD"',
    "E": 'day of week must either be "EEE" or "EEEE"',
    "h": '24-hour must either be "h" or "hh"',
    "H": '12-hour must either be "H" or "HH"',
    "A": 'must be "AA"',
    "a": 'must be "aa"',
    "m": 'minute must either be "m" or "mm"',
    "s": 'second must either be "s" or "ss"',
    "Z": "timezone must be Z, ZZZZ, or ZZZZZ",
}


def _formatted(format: str, moment: Moment) -> str:
    return "".join(_formatted_piece(match, moment) for match in _PIECES.finditer(format))


def _formatted_piece(match: re.Match[str], moment: Moment) -> str:
    piece = match[0]
    if piece == "''":
        return "'"
    if piece.startswith("'"):
        if piece == "'" or not piece.endswith("'"):
            raise FunctionError("unterminated literal '", 0)
        return piece[1:-1].replace("''", "'")
    if match[1] is None:
        return piece
    if piece in _FORMATS:
        return _FORMATS[piece](moment)
    reason = f": {_LETTERS[match[1]]}" if match[1] in _LETTERS else ""
    raise FunctionError(f"invalid date format verb {quoted(piece)}{reason}", 0)
