"""How much a value holds: one list may be an item of many lists, and so stand for far more than was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.eval.limits import check_items

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.eval.values import Value


def check_nested(values: Iterable[Value]) -> None:
    """Raise LimitExceeded when there is too much in the values to compare, hash or write them; call it before."""
    waiting = list(values)
    count = len(waiting)
    while waiting:
        data = waiting.pop().data
        inner = data if isinstance(data, tuple) else data.values() if isinstance(data, dict) else ()
        count += len(inner)
        check_items(count)
        waiting.extend(inner)
