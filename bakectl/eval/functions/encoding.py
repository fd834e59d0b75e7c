"""Bodies of the functions that encode and decode: base64, URLs, JSON, CSV."""

from __future__ import annotations

import re

from bakectl.eval.functions import FunctionError
from bakectl.eval.limits import check_items, check_text
from bakectl.eval.types import STRING, ObjectType
from bakectl.eval.values import Value, list_of, object_of, string

# More exact than the strict mode of `binascii`, which lets pass "=" after a full group of four.
_BASE64 = re.compile(r"(?>(?:[A-Za-z0-9+/]{4})*)(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")


def base64encode(args: tuple[Value, ...]) -> Value:
    from base64 import b64encode

    data = args[0].data.encode("utf-8", "surrogateescape")
    check_text(len(data) * 4 // 3)
    return Value(STRING, b64encode(data).decode("ascii"))


def base64decode(args: tuple[Value, ...]) -> Value:
    text: str = args[0].data
    data = decoded_base64(text)
    if data is None:
        raise FunctionError(f"failed to decode base64 data '{text}'")
    try:
        return string(data.decode())
    except UnicodeDecodeError:
        # The doubled "the" is in the reference.
        raise FunctionError("the result of decoding the the provided string is not valid UTF-8") from None


def decoded_base64(text: str) -> bytes | None:
    """Decode padded base64 as Go's `StdEncoding` does, which skips newlines; None when the text is no such thing."""
    from base64 import b64decode

    digits = text.translate({10: None, 13: None})
    return b64decode(digits) if _BASE64.fullmatch(digits) else None


def urlencode(args: tuple[Value, ...]) -> Value:
    from urllib.parse import quote_plus

    check_text(len(args[0].data))
    return Value(STRING, quote_plus(args[0].data, errors="surrogateescape"))


def jsonencode(args: tuple[Value, ...]) -> Value:
    from bakectl.eval.json_tokens import JsonError
    from bakectl.eval.json_values import encode

    try:
        return string(encode(args[0]))
    except JsonError as error:
        raise FunctionError(str(error)) from None


def jsondecode(args: tuple[Value, ...]) -> Value:
    from bakectl.eval.json_tokens import JsonError
    from bakectl.eval.json_values import decode

    try:
        return decode(args[0].data)
    except JsonError as error:
        raise FunctionError(str(error)) from None


def csvdecode(args: tuple[Value, ...]) -> Value:
    from bakectl.eval.csv_fields import CsvError, records

    try:
        lines = records(args[0].data)
        names = [string(name).data for name in next(lines, ())]
        if not names:
            raise FunctionError("missing header line")
        _check_unique(names)
        rows: list[Value] = []
        for record in lines:
            rows.append(object_of(dict(zip(names, map(string, record), strict=True))))
            check_items(len(rows) * len(names))
    except CsvError as error:
        raise FunctionError(f"CSV parse error on line {error.line}: {error.reason}") from None
    return list_of(ObjectType(dict.fromkeys(sorted(names), STRING)), rows)


def _check_unique(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            from bakectl.eval.number_text import quoted

            raise FunctionError(f"duplicate column name {quoted(name)}")
        seen.add(name)


def no_buffer(_: tuple[Value, ...]) -> Value:
    """Stand for the functions on buffers: no expression makes a buffer, so no call of them gets here."""
    raise FunctionError("bytes required", 0)
