"""JSON text to tokens, with the leniency and the messages of Go's `json.Decoder`."""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final, NamedTuple

from bakectl.eval.limits import MAX_DEPTH, LimitExceeded

_BLANKS = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?>(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*)"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++|(?!\.))(?:[eE][+-]?[0-9]++|(?![eE]))")
_BAD_NUMBER = re.compile(r"-?(?:(?:0|[1-9][0-9]*)(?:\.(?![0-9])|(?:\.[0-9]+)?[eE][+-]?))?")
_BAD_STRING = re.compile(r'"(?>(?:[^"\\\x00-\x1f]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*)(\\(?:u[0-9a-fA-F]{0,3}+)?)?')
_ESCAPE = re.compile(r"\\u([dD][89abAB]..)\\u([dD][c-fC-F]..)|\\u(....)|\\(.)")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_LITERALS = {"t": "true", "f": "false", "n": "null"}
_NAMED = {"\a": r"\a", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\v": r"\v", "\\": r"\\"}


class JsonError(ValueError):
    """The text is not JSON, or not JSON of the wanted type; the message is that of Go and cty."""


class JsonKind(Enum):
    """What a token is."""

    DELIMITER = auto()
    STRING = auto()
    NUMBER = auto()
    BOOL = auto()
    NULL = auto()


class JsonToken(NamedTuple):
    """A token: the text is the value of a string, and as written for all others."""

    kind: JsonKind
    text: str


class _State(Enum):
    """What comes next."""

    TOP = auto()
    ARRAY_START = auto()
    ARRAY_VALUE = auto()
    ARRAY_COMMA = auto()
    OBJECT_START = auto()
    OBJECT_KEY = auto()
    OBJECT_COLON = auto()
    OBJECT_VALUE = auto()
    OBJECT_COMMA = auto()


_BEGINNING = " looking for beginning of value"
_KEY = " looking for beginning of object key string"
# How the message about a character that cannot come next ends. At the start of an object Go's reader of tokens has
# nothing to say, and its reader of whole values does.
_CONTEXTS: Final = {
    _State.TOP: _BEGINNING,
    _State.ARRAY_START: _BEGINNING,
    _State.ARRAY_VALUE: _BEGINNING,
    _State.ARRAY_COMMA: " after array element",
    _State.OBJECT_START: "",
    _State.OBJECT_KEY: _KEY,
    _State.OBJECT_COLON: " after object key",
    _State.OBJECT_VALUE: _BEGINNING,
    _State.OBJECT_COMMA: " after object key:value pair",
}
_BEFORE_VALUE: Final = (_State.TOP, _State.ARRAY_START, _State.ARRAY_VALUE, _State.OBJECT_VALUE)
_BEFORE_KEY: Final = (_State.OBJECT_START, _State.OBJECT_KEY)
_CLOSABLE: Final = {
    "]": (_State.ARRAY_START, _State.ARRAY_COMMA),
    "}": (_State.OBJECT_START, _State.OBJECT_COMMA),
}
_SEPARATORS: Final = {
    (_State.ARRAY_COMMA, ","): _State.ARRAY_VALUE,
    (_State.OBJECT_COMMA, ","): _State.OBJECT_KEY,
    (_State.OBJECT_COLON, ":"): _State.OBJECT_VALUE,
}


class JsonTokens:
    """A reader of tokens. Like Go's, it does not mind a closing bracket after the last value."""

    __slots__ = ("_position", "_stack", "_state", "_text")

    def __init__(self, text: str, start: int = 0) -> None:
        self._text = text
        self._position = start
        self._state = _State.TOP
        self._stack: list[_State] = []

    def read(self) -> JsonToken:
        """Take the next token; commas and colons are none."""
        character = self._peek()
        following = _SEPARATORS.get((self._state, character))
        if following is not None:
            self._position += 1
            self._state = following
            return self.read()
        if character in ("]", "}"):
            return self._close(character)
        if character == '"' and self._state in _BEFORE_KEY:
            token = self._string()
            self._state = _State.OBJECT_COLON
            return token
        if self._state not in _BEFORE_VALUE:
            raise _unexpected(character, _CONTEXTS[self._state])
        if character in ("[", "{"):
            return self._open(character)
        token = self._scalar(character)
        self._end_value()
        return token

    def read_raw(self) -> str:
        """Take the next value whole, as text."""
        if self._state is _State.ARRAY_COMMA:
            self._take_separator(",", "expected comma after array element")
        elif self._state is _State.OBJECT_COLON:
            self._take_separator(":", "expected colon after object key")
        self._peek()
        start = self._position
        value = JsonTokens(self._text, start)
        try:
            value.read()
            while value._stack:
                value.read()
        except EndOfJson:
            raise JsonError("unexpected EOF") from None
        self._position = value._position
        self._end_value()
        return self._text[start : self._position]

    def has_more(self) -> bool:
        """Whether anything but a closing bracket follows."""
        self._skip_blanks()
        return self._text[self._position : self._position + 1] not in ("", "]", "}")

    def _skip_blanks(self) -> None:
        blanks = _BLANKS.match(self._text, self._position)
        assert blanks is not None
        self._position = blanks.end()

    def _peek(self) -> str:
        self._skip_blanks()
        if self._position >= len(self._text):
            raise EndOfJson("EOF")
        return self._text[self._position]

    def _take_separator(self, separator: str, message: str) -> None:
        if self._peek() != separator:
            raise JsonError(message)
        self._position += 1
        self._state = _SEPARATORS[self._state, separator]

    def _open(self, bracket: str) -> JsonToken:
        if len(self._stack) >= MAX_DEPTH:
            raise LimitExceeded(f"the JSON text nests deeper than {MAX_DEPTH} levels")
        self._position += 1
        self._stack.append(self._state)
        self._state = _State.ARRAY_START if bracket == "[" else _State.OBJECT_START
        return JsonToken(JsonKind.DELIMITER, bracket)

    def _close(self, bracket: str) -> JsonToken:
        if self._state not in _CLOSABLE[bracket]:
            raise _unexpected(bracket, _CONTEXTS[self._state])
        self._position += 1
        self._state = self._stack.pop()
        self._end_value()
        return JsonToken(JsonKind.DELIMITER, bracket)

    def _end_value(self) -> None:
        if self._state in (_State.ARRAY_START, _State.ARRAY_VALUE):
            self._state = _State.ARRAY_COMMA
        elif self._state is _State.OBJECT_VALUE:
            self._state = _State.OBJECT_COMMA

    def _scalar(self, character: str) -> JsonToken:
        if character == '"':
            return self._string()
        if character in "-0123456789":
            number = _NUMBER.match(self._text, self._position)
            if number is None:
                raise self._bad_number()
            self._position = number.end()
            return JsonToken(JsonKind.NUMBER, number[0])
        literal = _LITERALS.get(character)
        if literal is None:
            raise _unexpected(character, _BEGINNING)
        for wanted in literal:
            if not self._text.startswith(wanted, self._position):
                raise self._unexpected_at(self._position, f" in literal {literal} (expecting '{wanted}')")
            self._position += 1
        return JsonToken(JsonKind.NULL if literal == "null" else JsonKind.BOOL, literal)

    def _string(self) -> JsonToken:
        match = _STRING.match(self._text, self._position)
        if match is None:
            raise self._bad_string()
        self._position = match.end()
        text = match[0][1:-1]
        return JsonToken(JsonKind.STRING, _ESCAPE.sub(_unescaped, text) if "\\" in text else text)

    def _bad_number(self) -> JsonError:
        match = _BAD_NUMBER.match(self._text, self._position)
        assert match is not None
        if match[0] == "-":
            context = " in numeric literal"
        elif match[0].endswith("."):
            context = " after decimal point in numeric literal"
        else:
            context = " in exponent of numeric literal"
        return self._unexpected_at(match.end(), context)

    def _bad_string(self) -> JsonError:
        match = _BAD_STRING.match(self._text, self._position)
        assert match is not None
        contexts = {None: " in string literal", "\\": " in string escape code"}
        return self._unexpected_at(match.end(), contexts.get(match[1], r" in \u hexadecimal character escape"))

    def _unexpected_at(self, position: int, context: str) -> JsonError:
        character = self._text[position : position + 1]
        return _unexpected(character, context) if character else JsonError("unexpected EOF")


class EndOfJson(JsonError):
    """The text ended where a token was wanted."""


def _unexpected(character: str, context: str) -> JsonError:
    # Go reads bytes: of a character beyond ASCII the message has the first byte only.
    shown = character if character.isascii() else chr(character.encode("utf-8", "surrogatepass")[0])
    if shown < " " or shown in "\\\x7f":
        shown = _NAMED.get(shown, f"\\x{ord(shown):02x}")
    elif shown == "'":
        shown = r"\'"
    return JsonError(f"invalid character '{shown}'{context}")


def _unescaped(match: re.Match[str]) -> str:
    high, low, code, simple = match.groups()
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    if code is not None:
        character = chr(int(code, 16))
        return "\ufffd" if "\ud800" <= character <= "\udfff" else character
    return _ESCAPES.get(simple, simple)
