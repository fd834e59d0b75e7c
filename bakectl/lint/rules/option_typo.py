"""A type, a key or a value in a cache, an output, an attestation, a secret or an ssh entry that does not exist.

Wrong:

    target "app" {
      cache-to = ["type=ghaa,scop=app,mode=maxx"]
    }

Right:

    target "app" {
      cache-to = ["type=gha,scope=app,mode=max"]
    }
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.bake.entries import split_string
from bakectl.diagnostics import Fix, Severity
from bakectl.lint.context import finding
from bakectl.lint.known import OPTIONS, VALUES
from bakectl.source import Span, TextEdit
from bakectl.suggest import closest_name
from bakectl.syntax import nodes
from bakectl.syntax.written import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bakectl.diagnostics import Diagnostic
    from bakectl.lint.context import Context, Item


def check(context: Context) -> Iterator[Diagnostic]:
    """Find unknown types, then keys and values that the type does not have."""
    for item in context.items(*OPTIONS):
        field = item.attribute.name
        parts = list(_parts(item))
        kinds = [value for key, _, value, _ in parts if key == "type"]
        types = OPTIONS[field]
        if len(kinds) == 1 and kinds[0] is not None and "${" not in kinds[0] and kinds[0] not in types:
            span = next(place for key, _, _, place in parts if key == "type")
            yield _typo(field, "type", kinds[0], tuple(types), span)
            continue
        kind = kinds[0] if kinds else ("registry" if field.startswith("cache") else "")
        known = types.get(kind or "")
        if known is None:
            continue
        for key, key_span, value, value_span in parts:
            if (
                key != "type"
                and key not in known
                and not key.startswith(("annotation", "attest", "manifest-descriptor"))
            ):
                yield _typo(field, f"option of type {kind}" if kind else "option", key, known, key_span)
            values = VALUES.get(key)
            if values and value is not None and "${" not in value and value not in values:
                yield _typo(field, key, value, values, value_span)


def _parts(item: Item) -> Iterator[tuple[str, Span, str | None, Span]]:
    """The options of an entry: key and value, each with its place; a value that is an expression is None."""
    node, source = item.node, item.at.file.source
    if isinstance(node, nodes.Object):
        for entry in node.items:
            key = key_of(entry)
            if key is not None:
                value = entry.value.value if isinstance(entry.value, nodes.String) else None
                spans = Span(source, entry.key.start, entry.key.end), Span(source, entry.value.start, entry.value.end)
                yield key, spans[0], value, spans[1]
        return
    if source.path.endswith(".json"):
        return
    for option in split_string(item.at.file, node) or ():
        if option.value is not None:
            key_span = Span(source, option.start, option.value - 1)
            yield option.key, key_span, source.text[option.value : option.end], Span(source, option.value, option.end)


def _typo(field: str, what: str, found: str, known: tuple[str, ...], span: Span) -> Diagnostic:
    meant = closest_name(found, known)
    message = f'"{field}" has no {what} "{found}"'
    if not meant:
        help = f"there are {', '.join(sorted(known)[:16])}"
        return finding(Severity.WARNING, "option-typo", message, span, help=help)
    is_quoted = span.text.startswith('"')
    fix = Fix(f'write "{meant}"', (TextEdit(span, f'"{meant}"' if is_quoted else meant),), safe=False)
    return finding(Severity.ERROR, "option-typo", message, span, help=f'did you mean "{meant}"?', fix=fix)
