"""Values of a command line as the text of HCL, checked against the field that they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bakectl.bake import fields, options
from bakectl.bake.options import OptionError
from bakectl.bake.platforms import PlatformError, parse_platform
from bakectl.editing.refusal import refused
from bakectl.record import Record
from bakectl.source import Source
from bakectl.syntax import nodes
from bakectl.syntax.parser import parse
from bakectl.syntax.quote import quote, quote_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bakectl.bake.fields import Field

LISTS: Final = frozenset(
    (fields.STRINGS, fields.OUTPUTS, fields.CACHES, fields.ATTESTS, fields.SECRETS, fields.SSHES, fields.POLICIES)
)
MAPS: Final = frozenset((fields.MAP, fields.RESOURCES))
_WIDTH = 100
"""Columns that a list on one line may take."""
_NUMBERS = ("cpu-shares", "cpu-period", "cpu-quota")


class Value(Record):
    """A value to be written: its text in HCL, and the string that it is if it is a plain one."""

    text: str
    plain: str | None = None

    def is_node(self, node: nodes.Expression, source: Source) -> bool:
        """Whether a node of a file says the same."""
        if isinstance(node, nodes.String) and self.plain is not None:
            return node.value == self.plain
        return source.text[node.start : node.end] == self.text


def expression(text: str) -> Value:
    """Read an HCL expression; raises EditRejected with its mistakes."""
    source = Source("--expr", text)
    file = parse(Source("--expr", f"x = {text}\n"))
    items = file.body.items
    if file.problems or len(items) != 1 or not isinstance(items[0], nodes.Attribute):
        reason = file.problems[0].message if file.problems else "it is more than one expression"
        help = file.problems[0].help if file.problems else None
        raise refused("bad-expression", f'"{text}" is not an HCL expression: {reason}', help=help)
    node = items[0].value
    return Value(source.text.strip(), node.value if isinstance(node, nodes.String) else None)


def string_value(text: str) -> Value:
    """A string as it is: nothing in it is a template."""
    try:
        return Value(quote_text(text), text)
    except ValueError:
        raise refused("bad-value", f"{text!r} is not text") from None


def scalar(field: Field, text: str) -> Value:
    """The value of a field that holds one string, or true or false."""
    if field.shape != fields.BOOL:
        return string_value(text)
    flag = options.parse_bool(text)
    if flag is None:
        raise refused("bad-value", f'"{field.name}" is true or false, and "{text}" is neither')
    return Value("true" if flag else "false")


def item(field: Field, text: str) -> Value:
    """An item of a list."""
    if field.name == "platforms":
        try:
            parse_platform(text)
        except PlatformError as error:
            raise refused("bad-value", str(error), help='write "linux/arm64"') from None
    entries(field, text)
    return string_value(text)


def entries(field: Field, text: str) -> tuple[options.Entry, ...]:
    """What an item of a list of caches, outputs, attestations, secrets or keys says; empty for other lists."""
    parser = options.PARSERS.get(field.shape)
    if parser is None:
        return ()
    try:
        return parser(text)
    except OptionError as error:
        raise refused("bad-value", f'"{field.name}" cannot hold this: {error}') from None


def map_value(field: Field, key: str, text: str) -> Value:
    """The value of a key of a map."""
    if field.shape == fields.RESOURCES and key in _NUMBERS:
        try:
            return Value(str(int(text)))
        except ValueError:
            raise refused("bad-value", f'"{key}" is a whole number, and "{text}" is none') from None
    return string_value(text)


def list_text(values: Sequence[Value]) -> str:
    """A list, on one line if that is not too long; lines after the first are indented by one level of two blanks."""
    texts = [value.text for value in values]
    line = f"[{', '.join(texts)}]"
    if len(line) <= _WIDTH or len(texts) == 1:
        return line
    return "[\n" + "".join(f"  {text},\n" for text in texts) + "]"


def map_text(entries: Mapping[str, str]) -> str:
    """An object of keys and texts of values, one entry a line."""
    from bakectl.syntax.quote import quote_key

    return "{\n" + "".join(f"  {quote_key(key)} = {text}\n" for key, text in entries.items()) + "}"


def object_text(entry: options.Entry) -> str:
    """An entry in object form, on one line."""
    return quote({key: list(value) if isinstance(value, tuple) else value for key, value in entry.items()})
