"""YAML text to nodes: anchors, merge keys and tags resolved by the rules of go-yaml and of Compose.

PyYAML's parser gives events with places; what they mean is decided here, because PyYAML follows YAML 1.1
where go-yaml does not. `yaml` is imported when a Compose file is there, and only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.compose import scalars
from bakectl.bake.compose.nodes import List, Map, Node, Path, Plain, Scalar
from bakectl.bake.compose.reading import MAX_DEPTH, Reading
from bakectl.diagnostics import Note
from bakectl.eval import limits
from bakectl.record import Record
from bakectl.source import BOM, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_YAML_TAG: Final = "tag:yaml.org,2002:"
_MERGE: Final = "<<"
_VERSION: Final = (1, 1)


class Document(Record):
    """One document; `resets` are paths that `!reset` or `!override` removes from earlier ones."""

    root: Node
    resets: tuple[Path, ...]
    size: int


class _Raw:
    """A node as written: `children` are the items, or keys and values in turn; an alias has its `target`."""

    __slots__ = ("characters", "children", "end", "is_plain", "kind", "nodes", "start", "tag", "target", "value")

    def __init__(self, kind: str, start: int, end: int) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.tag: str | None = None
        self.value = ""
        self.is_plain = False
        self.children: list[_Raw] = []
        self.target: _Raw | None = None
        self.nodes = 1
        self.characters = 0


def read_documents(source: Source, reading: Reading) -> tuple[Document, ...]:
    """Read all documents of a file; refuses what is not YAML."""
    return tuple(_Expansion(source, reading).document(root) for root in _Parse(source, reading).roots())


class _Parse:
    """Events to raw nodes."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.reading = reading
        # libyaml does not count a byte order mark in its offsets.
        self.shift = 1 if source.text.startswith(BOM) else 0
        self.anchors: dict[str, _Raw] = {}
        self.stack: list[_Raw] = []

    def span(self, start: int, end: int) -> Span:
        return Span(self.source, start, end)

    def roots(self) -> list[_Raw]:
        import yaml

        roots: list[_Raw] = []
        self.check_text()
        try:
            for event in yaml.parse(self.source.text[self.shift :], Loader=getattr(yaml, "CLoader", yaml.Loader)):
                root = self.take(event)
                if root is not None:
                    roots.append(root)
        except yaml.MarkedYAMLError as error:
            self.refuse_syntax(error)
        except (yaml.YAMLError, ValueError) as error:
            self.reading.refuse("yaml-syntax", f"this is not YAML: {error}", None)
        return roots

    def check_text(self) -> None:
        """Refuse bytes that are not UTF-8; they were kept as lone surrogates."""
        for offset, character in enumerate(self.source.text) if not self.source.text.isascii() else ():
            if "\ud800" <= character <= "\udfff":
                span = self.span(offset, offset + 1)
                self.reading.refuse("yaml-syntax", "this byte is not UTF-8", span, help="save the file as UTF-8")

    def refuse_syntax(self, error: Any) -> None:
        mark = error.problem_mark or error.context_mark
        start = min(mark.index + self.shift, len(self.source.text)) if mark else 0
        text = self.source.text[start : start + 1]
        help = "indent with spaces" if text == "\t" else None
        if text in ("@", "`", "%"):
            help = f"put a string that begins with {text} in quotes"
        context = f" {error.context}" if error.context else ""
        message = f"this is not YAML: {error.problem}{context}"
        self.reading.refuse("yaml-syntax", message, self.span(start, start + len(text)), help=help)

    def take(self, event: Any) -> _Raw | None:
        """Handle one event; returns the root when it is complete."""
        kind = type(event).__name__
        start, end = event.start_mark.index + self.shift, event.end_mark.index + self.shift
        if kind == "DocumentStartEvent":
            self.anchors.clear()
            if event.version not in (None, _VERSION):
                message = "buildx reads YAML 1.1 only, and this document says that it is another version"
                self.reading.refuse("yaml-syntax", message, self.span(start, end), help="remove the %YAML line")
        elif kind == "ScalarEvent":
            raw = _Raw("scalar", start, end)
            raw.value, raw.is_plain = event.value, not event.style
            raw.tag = None if event.tag == "!" else event.tag
            raw.characters = len(event.value)
            raw.end = start + len(self.source.text[start:end].rstrip()) if event.style in ("|", ">") else end
            self.remember(event.anchor, raw)
            return self.finish(raw)
        elif kind == "AliasEvent":
            return self.finish(self.alias(event.anchor, start, end))
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            raw = _Raw("map" if kind == "MappingStartEvent" else "list", start, end)
            raw.tag, raw.is_plain = event.tag, not event.flow_style
            self.remember(event.anchor, raw)
            self.stack.append(raw)
            if len(self.stack) > MAX_DEPTH:
                message = f"lists and maps are nested more than {MAX_DEPTH} deep"
                self.reading.refuse("limit-exceeded", message, self.span(start, end))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            raw = self.stack.pop()
            raw.end = (raw.children[-1].end if raw.children else end) if raw.is_plain else end
            return self.finish(raw)
        return None

    def remember(self, anchor: str | None, raw: _Raw) -> None:
        if anchor is not None:
            self.anchors[anchor] = raw

    def alias(self, name: str, start: int, end: int) -> _Raw:
        raw = _Raw("alias", start, end)
        target = self.anchors.get(name)
        if target is None:
            message = f'there is no anchor "{name}" above this alias'
            self.reading.refuse("yaml-syntax", message, self.span(start, end), help=f"write &{name} at the value")
        if target in self.stack:
            message = f'the alias "{name}" stands inside of the value that it repeats'
            self.reading.refuse("yaml-syntax", message, self.span(start, end))
        raw.target, raw.value = target, name
        raw.nodes, raw.characters = target.nodes, target.characters
        return raw

    def finish(self, raw: _Raw) -> _Raw | None:
        """Count a complete node, with all that aliases repeat, and put it in its place."""
        if raw.nodes > limits.MAX_ITEMS or raw.characters > limits.MAX_PRODUCED:
            message = f"there are more than {limits.MAX_ITEMS} values here, counting those that aliases repeat"
            self.reading.refuse("limit-exceeded", message, self.span(raw.start, min(raw.end, raw.start + 40)))
        if not self.stack:
            return raw
        parent = self.stack[-1]
        parent.children.append(raw)
        parent.nodes += raw.nodes
        parent.characters += raw.characters
        return None


class _Expansion:
    """Raw nodes to nodes, with aliases and merge keys replaced by what they stand for."""

    def __init__(self, source: Source, reading: Reading) -> None:
        self.source = source
        self.reading = reading
        self.resets: list[Path] = []
        self.visited: dict[int, list[str]] = {}

    def document(self, root: _Raw) -> Document:
        self.resets, self.visited = [], {}
        self.reading.spend(root.nodes, root.characters)
        node = self.node(root, (), self.span(root), recorded=True)
        if node is None:
            self.reading.refuse("bad-value", "the whole document is reset", self.span(root))
        return Document(node, tuple(self.resets), root.nodes)

    def span(self, raw: _Raw) -> Span:
        return Span(self.source, raw.start, raw.end)

    def node(self, raw: _Raw, path: Path, within: Span, *, recorded: bool, merged: bool = False) -> Node | None:
        """Expand one node; None when it is to be removed. Below `!override`, Compose does not look for tags.

        `merged` is the value of a merge key; go-yaml makes strings of its keys.
        """
        if _MERGE in path[1:]:
            cut = path.index(_MERGE, 1)
            path = (*path[:cut], *path[cut + 1 :])
        if raw.target is not None:
            if recorded:
                self.check_alias(raw, path)
            return self.node(raw.target, path, within, recorded=recorded, merged=merged)
        if recorded and raw.tag in ("!reset", "!override"):
            self.resets.append(path)
            if raw.tag == "!reset":
                return None
            recorded = False
        if raw.kind == "scalar":
            return Scalar(self.value(raw), self.span(raw), within)
        span = self.span(raw)
        if raw.kind == "list":
            places = ((str(index), item) for index, item in enumerate(raw.children))
            items = (self.node(item, (*path, index), span, recorded=recorded) for index, item in places)
            return List(tuple(item for item in items if item is not None), span, within)
        entries, keys = self.entries(raw, path, recorded=recorded, merged=merged)
        return Map(entries, keys, span, within)

    def check_alias(self, raw: _Raw, path: Path) -> None:
        """Refuse what Compose takes for a cycle: one anchor used at a place and again somewhere below that place."""
        seen = self.visited.setdefault(id(raw.target), [])
        place = ".".join(path)
        for other in seen:
            if _MERGE in place or _MERGE in other or place == other:
                continue
            nested = place.startswith(f"{other}.") or other.startswith(f"{place}.")
            if nested and not _in_different_services(place.split("."), other.split(".")):
                message = f'buildx takes the alias "{raw.value}" for a cycle, because it is used again further inside'
                self.reading.refuse("yaml-syntax", message, self.span(raw), help="write the inner value out")
        seen.append(place)

    def entries(
        self, raw: _Raw, path: Path, *, recorded: bool, merged: bool
    ) -> tuple[dict[str, Node], dict[str, Span]]:
        entries: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        merges: list[_Raw] = []
        for key, child in self.pairs(raw, merged=merged):
            name = key.value if key.target is None else key.target.value
            if _is_merge(key):
                merges.append(child)
                continue
            value = self.node(child, (*path, name), self.span(raw), recorded=recorded)
            if value is not None:
                entries[name] = value
                keys[name] = self.span(key)
        for child in merges:
            self.merge(child, (*path, _MERGE), entries, keys, recorded=recorded)
        return entries, keys

    def pairs(self, raw: _Raw, *, merged: bool) -> Iterator[tuple[_Raw, _Raw]]:
        """Keys and values, once the keys are known to be strings and each to be there once."""
        first: dict[str, _Raw] = {}
        for key, value in zip(raw.children[::2], raw.children[1::2], strict=True):
            written = key if key.target is None else key.target
            if written.kind != "scalar":
                message = "a key is a string, and this is a list or a map"
                self.reading.refuse("yaml-syntax", message, self.span(key))
            earlier = first.setdefault(written.value, key)
            if earlier is not key:
                note = Note(self.span(earlier), "it is here first")
                message = f'the key "{written.value}" is here twice'
                self.reading.error("duplicate-key", message, self.span(key), notes=(note,))
                continue
            if not merged and not _is_merge(key) and not isinstance(self.value(written), str):
                message = f'a key is a string, and YAML does not read "{written.value}" as one'
                help = f'write "{written.value}" with the quotes'
                self.reading.error("bad-value", message, self.span(key), help=help)
            yield key, value

    def merge(self, raw: _Raw, path: Path, entries: dict[str, Node], keys: dict[str, Span], *, recorded: bool) -> None:
        """Add what a merge key names, where it is not there yet."""
        target = raw if raw.target is None else raw.target
        parts = target.children if target.kind == "list" else [raw]
        for place, part in enumerate(parts):
            inner = (*path, str(place)) if target.kind == "list" else path
            node = self.node(part, inner, self.span(target), recorded=recorded, merged=True)
            if not isinstance(node, Map):
                if node is not None:
                    message = "a merge key takes a map, an alias of one, or a list of those"
                    self.reading.error("yaml-syntax", message, self.span(part))
                continue
            for name, value in node.entries.items():
                if name not in entries:
                    entries[name], keys[name] = value, node.keys[name]

    def value(self, raw: _Raw) -> Plain:
        if raw.tag is None:
            return scalars.plain_value(raw.value) if raw.is_plain else raw.value
        name = raw.tag.removeprefix(_YAML_TAG)
        if name in ("str", raw.tag):
            return raw.value
        if name == "binary":
            return self.binary(raw)
        value = scalars.timestamp(raw.value) if name == "timestamp" else scalars.plain_value(raw.value)
        if name == "float" and isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        if type(value) is not scalars.TYPE_TAGS.get(name):
            self.reading.error("bad-value", f'"{raw.value}" cannot be read as !!{name}', self.span(raw))
        return value

    def binary(self, raw: _Raw) -> str:
        import base64
        import binascii

        try:
            return base64.b64decode(raw.value, validate=False).decode("utf-8", "replace")
        except binascii.Error:
            self.reading.error("bad-value", "!!binary takes base64", self.span(raw))
            return ""


def _is_merge(key: _Raw) -> bool:
    return (
        key.value == _MERGE
        and key.kind == "scalar"
        and (key.tag == _YAML_TAG + "merge" or (key.tag is None and key.is_plain))
    )


def _in_different_services(path: list[str], other: list[str]) -> bool:
    """Whether the first place at which both have `services` is followed by different names."""
    for index, (left, right) in enumerate(zip(path[:-1], other[:-1], strict=False)):
        if left == right == "services":
            return path[index + 1] != other[index + 1]
    return False
