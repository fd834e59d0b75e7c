"""The function library as one table: name, parameters, one line of doc, and where the body is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.eval.types import BOOL, DYNAMIC, NUMBER, STRING, ListType, Primitive, SetType, Type
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bakectl.eval.values import Value

    Body = Callable[[tuple[Value, ...]], Value]


class FunctionError(Exception):
    """A call failed: `argument` is the index of the argument at fault, None for the call as a whole."""

    def __init__(self, message: str, argument: int | None = None) -> None:
        self.message = message
        self.argument = argument
        super().__init__(message)


class Param(Record):
    """A parameter: arguments are converted to its type before the body runs; null is refused unless allowed."""

    name: str
    type: Type = DYNAMIC
    allow_null: bool = False


class Function(Record):
    """A function of buildx's library.

    `body` is `module:function` below this package, loaded on the first call. It is None for functions that take their
    arguments unevaluated: the evaluator has those. `since` is the buildx release that brought the function, None for
    those that 0.29 had already.
    """

    name: str
    params: tuple[Param, ...]
    variadic: Param | None
    doc: str
    body: str | None
    since: str | None = None


_TYPES: Final[Mapping[str, Type]] = {
    "any": DYNAMIC,
    "string": STRING,
    "number": NUMBER,
    "bool": BOOL,
    "bytes": Primitive("bytes"),
    "list(string)": ListType(STRING),
    "list": ListType(DYNAMIC),
    "set": SetType(DYNAMIC),
}

# A parameter is its name and its type; "*" stands before the variadic one, "?" after a type that may be null.
# The names are buildx's, spelling mistakes included: they appear in messages.
_TABLE: Final[Mapping[str, tuple[str, str | None, str] | tuple[str, str | None, str, str]]] = {
    "absolute": ("num number", "number:absolute", "The number without its sign"),
    "add": ("a number, b number", "number:add", "The sum of two numbers"),
    "and": ("a bool, b bool", "logic:and_", "Whether both are true"),
    "base64decode": ("str string", "encoding:base64decode", "The text that a base64 string stands for"),
    "base64encode": ("str string", "encoding:base64encode", "The text in base64, padded"),
    "basename": ("path string", "path:basename", "The last element of a path"),
    "bcrypt": ("str string, *cost number", "crypto:bcrypt", "A salted Blowfish hash of the text; differs at each call"),
    "byteslen": ("buf bytes", "encoding:no_buffer", "The length of a buffer; no bake expression makes a buffer"),
    "bytesslice": (
        "buf bytes, offset number, length number",
        "encoding:no_buffer",
        "A part of a buffer; no bake expression makes a buffer",
    ),
    "can": ("expression any", None, "Whether the expression can be evaluated without an error"),
    "ceil": ("num number", "number:ceil", "The nearest whole number that is not less"),
    "chomp": ("str string", "text:chomp", "The text without newlines at its end"),
    "chunklist": ("list list, size number", "collection:chunklist", "The list cut into lists of at most that size"),
    "cidrhost": ("prefix string, hostnum number", "network:cidrhost", "The address of a host in a network; -1 is last"),
    "cidrnetmask": ("prefix string", "network:cidrnetmask", "The mask of a network prefix"),
    "cidrsubnet": (
        "prefix string, newbits number, netnum number",
        "network:cidrsubnet",
        "The subnet with that number, its prefix longer by `newbits`",
    ),
    "cidrsubnets": (
        "prefix string, *newbits number",
        "network:cidrsubnets",
        "Subnets one after the other, each with its prefix longer by that many bits",
    ),
    "coalesce": ("*vals any?", "collection:coalesce", "The first argument that is not null"),
    "coalescelist": ("*vals any?", "collection:coalescelist", "The first list that is not empty"),
    "compact": ("list list(string)", "collection:compact", "The list without null and empty strings"),
    "concat": ("*seqs any", "collection:concat", "The items of all lists, one list after the other"),
    "contains": ("list any, value any", "collection:contains", "Whether the value, of exactly this type, is an item"),
    "convert": ("value any, type any", None, "The value converted to a type such as list(string)"),
    "csvdecode": ("str string", "encoding:csvdecode", "A list of objects from CSV text with a header line"),
    "dirname": ("path string", "path:dirname", "The path without its last element"),
    "distinct": ("list list", "collection:distinct", "The list without repeated items"),
    "divide": ("a number, b number", "number:divide", "The quotient of two numbers"),
    "element": ("list any, index number", "collection:element", "The item at an index, which wraps around"),
    "equal": ("a any?, b any?", "logic:equal", "Whether two values are equal, without conversion"),
    "flatten": ("list any", "collection:flatten", "The items of the list and of all lists in it"),
    "floor": ("num number", "number:floor", "The nearest whole number that is not greater"),
    "format": ("format string, *args any?", "format:format_", "Text made from a format such as %s-%03d and values"),
    "formatdate": ("format string, time string", "timestamps:formatdate", "A timestamp in a format such as YYYY-MM-DD"),
    "formatlist": (
        "format string, *args any?",
        "format:formatlist",
        "A list of texts, one for each item of the list arguments",
    ),
    "formattimestamp": (
        "format string, time any",
        "timestamps:formattimestamp",
        "A timestamp or Unix seconds in a format such as YYYY-MM-DD; X gives Unix seconds",
        "0.33",
    ),
    "greaterthan": ("a number, b number", "number:greaterthan", "Whether a > b"),
    "greaterthanorequalto": ("a number, b number", "number:greaterthanorequalto", "Whether a >= b"),
    "hasindex": ("collection any, key any", "collection:hasindex", "Whether the collection has an item at the key"),
    "homedir": ("", "path:homedir", "The home directory of the user"),
    "indent": ("spaces number, str string", "text:indent", "The text with all lines but the first indented"),
    "index": ("collection any, key any", "collection:index", "The item at a key"),
    "indexof": ("list any, value any", "collection:indexof", "The index of the first item equal to the value"),
    "int": ("num number", "number:int_", "The whole part of a number"),
    "join": ("separator string, *lists list(string)", "text:join", "The items of all lists with separators between"),
    "jsondecode": ("str string", "encoding:jsondecode", "The value that JSON text stands for"),
    "jsonencode": ("val any?", "encoding:jsonencode", "The value as JSON text"),
    "keys": ("inputMap any", "collection:keys", "The keys of a map or object, sorted"),
    "length": ("collection any", "collection:length", "The number of items of a list, tuple, set or map"),
    "lessthan": ("a number, b number", "number:lessthan", "Whether a < b"),
    "lessthanorequalto": ("a number, b number", "number:lessthanorequalto", "Whether a <= b"),
    "log": ("num number, base number", "number:log", "The logarithm of a number to a base"),
    "lookup": (
        "inputMap any, key string, default any",
        "collection:lookup",
        "The value at a key of a map or object, or the default",
    ),
    "lower": ("str string", "text:lower", "The text in lower case"),
    "max": ("*numbers number", "number:max_", "The greatest of the numbers"),
    "md5": ("str string", "crypto:md5", "The MD5 hash of the text, in hexadecimal"),
    "merge": ("*maps any?", "collection:merge", "The entries of all maps; later ones win"),
    "min": ("*numbers number", "number:min_", "The smallest of the numbers"),
    "modulo": ("a number, b number", "number:modulo", "The remainder of a division, with the sign of a"),
    "multiply": ("a number, b number", "number:multiply", "The product of two numbers"),
    "negate": ("num number", "number:negate", "The number with the opposite sign"),
    "not": ("val bool", "logic:not_", "Whether the value is false"),
    "notequal": ("a any?, b any?", "logic:notequal", "Whether two values differ, without conversion"),
    "or": ("a bool, b bool", "logic:or_", "Whether at least one is true"),
    "parseint": ("number any, base number", "number:parseint", "The whole number that text stands for in a base"),
    "pow": ("num number, power number", "number:pow_", "The number raised to a power"),
    "range": ("*params number", "number:range_", "A list of numbers from a start to an end by a step"),
    "regex": ("pattern string, string string", "regex:regex", "The first match of a regular expression"),
    "regex_replace": (
        "str string, pattern string, replace string",
        "regex:regex_replace",
        "The text with matches of a regular expression replaced; $1 stands for a group",
    ),
    "regexall": ("pattern string, string string", "regex:regexall", "All matches of a regular expression"),
    "replace": ("str string, substr string, replace string", "text:replace", "The text with all occurrences replaced"),
    "reverse": ("str string", "text:reverse", "The characters in the opposite order"),
    "reverselist": ("list any", "collection:reverselist", "The items in the opposite order"),
    "rsadecrypt": ("ciphertext string, privatekey string", "crypto:rsadecrypt", "The text that RSA encrypted"),
    "sanitize": ("name string", "text:sanitize", "The text with _ for all that a target name cannot hold"),
    "semvercmp": (
        "version string, contraint string",
        "version:semvercmp",
        "Whether a version meets a constraint such as >= 1.2, < 2",
        "0.31",
    ),
    "sethaselement": ("set set, elem any", "sets:sethaselement", "Whether the value, of exactly this type, is in it"),
    "setintersection": ("first_set set, *other_sets set", "sets:setintersection", "The items that all sets have"),
    "setproduct": ("*sets any", "sets:setproduct", "All combinations of one item of each set"),
    "setsubtract": ("a set, b set", "sets:setsubtract", "The items of a that b does not have"),
    "setsymmetricdifference": (
        "first_set set, *other_sets set",
        "sets:setsymmetricdifference",
        "The items that only one of two sets has",
    ),
    "setunion": ("first_set set, *other_sets set", "sets:setunion", "The items of all sets"),
    "sha1": ("str string", "crypto:sha1", "The SHA-1 hash of the text, in hexadecimal"),
    "sha256": ("str string", "crypto:sha256", "The SHA-256 hash of the text, in hexadecimal"),
    "sha512": ("str string", "crypto:sha512", "The SHA-512 hash of the text, in hexadecimal"),
    "signum": ("num number", "number:signum", "-1, 0 or 1 by the sign of a number"),
    "slice": (
        "list any, start_index number, end_index number",
        "collection:slice_",
        "The items from the start index to before the end index",
    ),
    "sort": ("list list(string)", "collection:sort", "The strings in the order of their bytes"),
    "split": ("separator string, str string", "text:split", "The parts of the text between separators"),
    "strlen": ("str string", "text:strlen", "The number of characters"),
    "substr": ("str string, offset number, length number", "text:substr", "A part of the text"),
    "subtract": ("a number, b number", "number:subtract", "The difference of two numbers"),
    "timeadd": ("timestamp string, duration string", "timestamps:timeadd", "A timestamp plus a duration such as 1h30m"),
    "timestamp": ("", "timestamps:timestamp", "The time now, in UTC, as 2006-01-02T15:04:05Z"),
    "title": ("str string", "text:title", "The text with each word in title case"),
    "trim": ("str string, cutset string", "text:trim", "The text without certain characters at both ends"),
    "trimprefix": ("str string, prefix string", "text:trimprefix", "The text without a prefix"),
    "trimspace": ("str string", "text:trimspace", "The text without white space at both ends"),
    "trimsuffix": ("str string, suffix string", "text:trimsuffix", "The text without a suffix"),
    "try": ("*expressions any?", None, "The value of the first expression without an error"),
    "unixtimestampparse": (
        "unix_timestamp number",
        "timestamps:unixtimestampparse",
        "An object with year, month, day and so on of Unix seconds, in UTC",
        "0.33",
    ),
    "upper": ("str string", "text:upper", "The text in upper case"),
    "urlencode": ("str string", "encoding:urlencode", "The text escaped for the query part of a URL"),
    "uuidv4": ("", "crypto:uuidv4", "A random UUID; differs at each call"),
    "uuidv5": ("namespace string, name string", "crypto:uuidv5", "The UUID of a name in a namespace: dns, url, …"),
    "values": ("mapping any", "collection:values_", "The values of a map or object, in the order of the keys"),
    "zipmap": ("keys list(string), values any", "collection:zipmap", "A map from a list of keys and a list of values"),
}

NAMES: Final = tuple(_TABLE)
"""The names of all functions, sorted."""

_functions: dict[str, Function] = {}
_bodies: dict[str, Body] = {}


def lookup(name: str) -> Function | None:
    """Find a function by its name."""
    function = _functions.get(name)
    if function is None and name in _TABLE:
        signature, body, doc, *since = _TABLE[name]
        params = [_param(part) for part in signature.split(", ")] if signature else []
        variadic = params.pop() if "*" in signature else None
        function = Function(name, tuple(params), variadic, doc, body, since[0] if since else None)
        _functions[name] = function
    return function


def load(function: Function) -> Body:
    """Import the body of a function; it wants its arguments converted, checked for null and wholly known."""
    where = function.body
    if where is None:
        raise TypeError(f"the evaluator has the body of {function.name}")
    if where not in _bodies:
        from importlib import import_module

        module, name = where.split(":")
        _bodies[where] = getattr(import_module(f"{__name__}.{module}"), name)
    return _bodies[where]


def _param(text: str) -> Param:
    name, type_name = text.removeprefix("*").split(" ")
    return Param(name, _TYPES[type_name.removesuffix("?")], type_name.endswith("?"))
