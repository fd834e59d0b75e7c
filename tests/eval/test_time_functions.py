"""Functions on timestamps; expectations are what buildx 0.29.1 printed, except where said."""

from __future__ import annotations

import re
from typing import Any

import pytest
from function_calls import call, result

ALL = "YY YYYY M MM MMM MMMM D DD EEE EEEE h hh H HH AA aa m mm s ss Z ZZZ ZZZZ ZZZZZ"
MONDAY = "2018-11-12T00:02:05-08:00"
NOT_VALID = "not a valid RFC3339 timestamp"

CASES: dict[str, tuple[tuple[Any, ...], str]] = {
    "add": (("timeadd", "2020-01-01T00:00:00Z", "-1h30m"), '"2019-12-31T22:30:00Z"'),
    "add-offset-kept": (("timeadd", "2020-01-01T00:00:00+05:30", "1.5h"), '"2020-01-01T01:30:00+05:30"'),
    "add-offset-zero": (("timeadd", "2020-01-01T05:00:00-00:00", "1s"), '"2020-01-01T05:00:01Z"'),
    "add-offset-of-a-day": (("timeadd", "2020-01-01T05:00:00+24:00", "1h"), '"2020-01-01T06:00:00+24:00"'),
    "add-fractions": (("timeadd", "2020-01-01T00:00:00.999Z", "1ms"), '"2020-01-01T00:00:01Z"'),
    "add-comma": (("timeadd", "2020-01-01T05:00:00,5Z", "500ms"), '"2020-01-01T05:00:01Z"'),
    "add-short-hour": (("timeadd", "2020-01-01T5:00:00Z", "0"), '"2020-01-01T05:00:00Z"'),
    "add-micro-sign": (("timeadd", "2020-01-01T00:00:00Z", "1000000µs"), '"2020-01-01T00:00:01Z"'),
    "add-longest": (
        ("timeadd", "2020-01-01T00:00:00Z", "2562047h47m16.854775807s"),
        '"2312-04-11T23:47:16Z"',
    ),
    "add-shortest": (
        ("timeadd", "2020-01-01T00:00:00Z", "-2562047h47m16.854775808s"),
        '"1727-09-22T00:12:43Z"',
    ),
    "add-before-year-0": (("timeadd", "0000-01-01T05:00:00Z", "-10h"), '"-0001-12-31T19:00:00Z"'),
    "add-after-year-9999": (("timeadd", "9999-12-31T23:00:00Z", "10h"), '"10000-01-01T09:00:00Z"'),
    "duration-too-long": (
        ("timeadd", "2020-01-01T00:00:00Z", "2562047h47m16.854775808s"),
        'error: time: invalid duration "2562047h47m16.854775808s"',
    ),
    "duration-empty": (("timeadd", "2020-01-01T00:00:00Z", ""), 'error: time: invalid duration ""'),
    "duration-sign": (("timeadd", "2020-01-01T00:00:00Z", "-"), 'error: time: invalid duration "-"'),
    "duration-point": (("timeadd", "2020-01-01T00:00:00Z", ".s"), 'error: time: invalid duration ".s"'),
    "duration-bytes": (("timeadd", "2020-01-01T00:00:00Z", "é"), r'error: time: invalid duration "\xc3\xa9"'),
    "duration-no-unit": (
        ("timeadd", "2020-01-01T00:00:00Z", "1h1"),
        'error: time: missing unit in duration "1h1"',
    ),
    "duration-day": (
        ("timeadd", "2020-01-01T00:00:00Z", "1d"),
        'error: time: unknown unit "d" in duration "1d"',
    ),
    "duration-quote": (
        ("timeadd", "2020-01-01T00:00:00Z", '1"s'),
        r'error: time: unknown unit "\"s" in duration "1\"s"',
    ),
    "year": (("timeadd", "x", "1h"), f'error: {NOT_VALID}: cannot use "x" as year'),
    "year-missing": (("timeadd", "", "1h"), f"error: {NOT_VALID}: end of string before year"),
    "month": (
        ("formatdate", "", "2020-1-01T05:00:00Z"),
        f'error in time: {NOT_VALID}: cannot use "1-01T05:00:00Z" as month',
    ),
    "month-13": (
        ("formatdate", "", "2020-13-01T00:00:00Z"),
        f'error in time: {NOT_VALID}: cannot use "-01T00:00:00Z" as month',
    ),
    "day-30": (("formatdate", "", "2020-02-30T00:00:00Z"), f"error in time: {NOT_VALID}: day out of range"),
    "day-0": (("formatdate", "", "2020-01-00T05:00:00Z"), f"error in time: {NOT_VALID}: day out of range"),
    "no-t": (
        ("formatdate", "", "2020-01-01 00:00:00Z"),
        f"error in time: {NOT_VALID}: missing required time introducer 'T'",
    ),
    "hour-24": (
        ("formatdate", "", "2020-01-01T24:00:00Z"),
        f'error in time: {NOT_VALID}: cannot use ":00:00Z" as hour',
    ),
    "second-60": (("formatdate", "", "2016-12-31T23:59:60Z"), f'error in time: {NOT_VALID}: cannot use "Z" as second'),
    "no-dash": (
        ("formatdate", "", "2020-01/01T05:00:00Z"),
        f'error in time: {NOT_VALID}: found "/01T05:00:00Z" where "-" is expected',
    ),
    "no-colon": (
        ("formatdate", "", "2020-01-01T05"),
        f'error in time: {NOT_VALID}: end of string where ":" is expected',
    ),
    "no-offset": (
        ("formatdate", "", "2020-01-01T05:00:00"),
        f"error in time: {NOT_VALID}: end of string before UTC offset",
    ),
    "offset-25": (
        ("formatdate", "", "2020-01-01T05:00:00+25:00"),
        f"error in time: {NOT_VALID}: end of string before UTC offset",
    ),
    "offset-without-colon": (
        ("formatdate", "", "2020-01-01T05:00:00+0500"),
        f'error in time: {NOT_VALID}: cannot use "+0500" as UTC offset',
    ),
    "text-behind": (
        ("formatdate", "", "2020-01-01T05:00:00Zx"),
        f'error in time: {NOT_VALID}: cannot use "x" as timestamp segment',
    ),
    "format-utc": (
        ("formatdate", ALL, "2018-01-02T23:12:01Z"),
        '"18 2018 1 01 Jan January 2 02 Tue Tuesday 23 23 11 11 PM pm 12 12 1 01 Z UTC +0000 +00:00"',
    ),
    "format-offset": (
        ("formatdate", ALL, MONDAY),
        '"18 2018 11 11 Nov November 12 12 Mon Monday 0 00 12 12 AM am 2 02 5 05 -08:00 -0800 -0800 -08:00"',
    ),
    "format-year-0": (("formatdate", "YY YYYY EEE", "0000-02-29T12:02:05Z"), '"00 0000 Tue"'),
    "format-60-minutes": (("formatdate", "Z", "2018-11-12T12:02:05+05:60"), '"+06:00"'),
    "format-literal": (("formatdate", "'at' hh 'o''clock' ''", MONDAY), """ "at 00 o'clock '" """.strip()),
    "format-other-characters": (("formatdate", "é-\n!", MONDAY), r'"é-\n!"'),
    "format-last-quote-doubled": (("formatdate", "'abc''", MONDAY), '''"abc'"'''),
    "format-open-literal": (("formatdate", "'abc", MONDAY), "error in format: unterminated literal '"),
    "format-lone-quote": (("formatdate", "'", MONDAY), "error in format: unterminated literal '"),
    "format-unknown": (("formatdate", "xx", MONDAY), 'error in format: invalid date format verb "xx"'),
    "format-year": (
        ("formatdate", "YYY", MONDAY),
        'error in format: invalid date format verb "YYY": year must either be "YY" or "YYYY"',
    ),
    "format-zone": (
        ("formatdate", "ZZ", MONDAY),
        'error in format: invalid date format verb "ZZ": timezone must be Z, ZZZZ, or ZZZZZ',
    ),
    "format-time-first": (("formatdate", "xx", "bad"), f'error in time: {NOT_VALID}: cannot use "bad" as year'),
    # The rest is newer than 0.29: these are the cases of buildx's own tests and documentation.
    "stamp-unix-of-text": (("formattimestamp", "X", "2015-10-21T00:00:00Z"), '"1445385600"'),
    "stamp-unix-of-number": (("formattimestamp", "X", 1445385600), '"1445385600"'),
    "stamp-of-text": (("formattimestamp", "YYYY-MM-DD", "2025-09-16T12:00:00Z"), '"2025-09-16"'),
    "stamp-of-number": (("formattimestamp", "YYYY-MM-DD'T'hh:mm:ssZ", 1690328596), '"2023-07-25T23:43:16Z"'),
    "stamp-before-1970": (("formattimestamp", "YYYY-MM-DD'T'hh:mm:ssZ", -1), '"1969-12-31T23:59:59Z"'),
    "stamp-fraction": (
        ("formattimestamp", "YYYY", 1.2),
        "error in time: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
    "stamp-bad-text": (("formattimestamp", "X", "0"), f'error in time: {NOT_VALID}: cannot use "0" as year'),
    "stamp-bool": (("formattimestamp", "X", True), "error in time: a string or a number is required, but have bool"),
    "parse": (
        ("unixtimestampparse", 1690328596),
        (
            '{"day":25,"hour":23,"iso_week":30,"iso_year":2023,"minute":43,"month":7,"month_name":"July",'
            '"rfc3339":"2023-07-25T23:43:16Z","second":16,"weekday":2,"weekday_name":"Tuesday","year":2023,"year_day":206}'
        ),
    ),
    "parse-before-1970": (
        ("unixtimestampparse", -1),
        (
            '{"day":31,"hour":23,"iso_week":1,"iso_year":1970,"minute":59,"month":12,"month_name":"December",'
            '"rfc3339":"1969-12-31T23:59:59Z","second":59,"weekday":3,"weekday_name":"Wednesday","year":1969,"year_day":365}'
        ),
    ),
    "parse-fraction": (
        ("unixtimestampparse", 1.2),
        "error in unix_timestamp: value must be a whole number, between -9223372036854775808 and 9223372036854775807",
    ),
}


@pytest.mark.parametrize(("arguments", "expected"), CASES.values(), ids=CASES)
def test_result(arguments: tuple[Any, ...], expected: str) -> None:
    assert result(*arguments) == expected


def test_timestamp() -> None:
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", call("timestamp").data)


@pytest.mark.parametrize("year", [1, 4, 100, 400, 401, 1900, 1999, 2000, 2024, 2100, 9999])
def test_days_agree_with_the_calendar(year: int) -> None:
    from datetime import UTC, datetime

    for month, day in [(1, 1), (2, 28), (3, 1), (12, 31)]:
        moment = datetime(year, month, day, 12, 30, 5, tzinfo=UTC)
        text = f"{year:04d}-{month:02d}-{day:02d}T12:30:05Z"
        assert call("formattimestamp", "X", text).data == str(int(moment.timestamp()))
        parsed = {name: item.data for name, item in call("unixtimestampparse", int(moment.timestamp())).data.items()}
        assert parsed["rfc3339"] == text
        assert (parsed["iso_year"].to_int(), parsed["iso_week"].to_int()) == moment.isocalendar()[:2]
        assert parsed["year_day"].to_int() == moment.timetuple().tm_yday
        assert parsed["weekday_name"] == moment.strftime("%A")
