"""Where a part of a resolved setting is written: the item of a list, the key of a map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.syntax import nodes
from bakectl.syntax.written import key_of, written_lists, written_maps

if TYPE_CHECKING:
    from bakectl.bake.model import Data, Origin, Setting
    from bakectl.bake.places import At, Blocks
    from bakectl.source import Span


class Written:
    """The values of all attributes of targets, by where they begin."""

    def __init__(self, blocks: Blocks) -> None:
        self._values = {
            (at.file.source.path, attribute.value.start): (at, attribute.value)
            for at in blocks.all("target")
            for attribute in at.block.body.attributes.values()
        }

    def key(self, setting: Setting, key: str) -> Span | None:
        """The key of an entry of a map that was given last, or the whole value where it is computed."""
        for data, origin in reversed(setting.given):
            if key in data:
                at, value = self._at(origin)
                for held in written_maps(value) if at and value else ():
                    for item in held.items:
                        if at and key_of(item) == key:
                            return at.span(item.key)
                return origin.span
        return setting.origin.span

    def item(self, setting: Setting, item: Data) -> Span | None:
        """The item of a list that was given last, or the whole value where that cannot be told."""
        for data, origin in reversed(setting.given):
            if item in data:
                at, value = self._at(origin)
                lists = list(written_lists(value)) if at and value else []
                written = [node for held in lists for node in held.items]
                for node in written:
                    if at and isinstance(node, nodes.String) and node.value == item:
                        return at.span(node)
                if at and len(lists) == 1 and lists[0] is value and len(written) == len(data):
                    return at.span(written[data.index(item)])
                return origin.span
        return setting.origin.span

    def _at(self, origin: Origin) -> tuple[At | None, nodes.Expression | None]:
        if origin.source is None:
            return None, None
        return self._values.get((origin.source.path, origin.start), (None, None))
