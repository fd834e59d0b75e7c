"""Bounds on evaluation: whatever a file holds, reading it ends soon and stays small."""

from __future__ import annotations

MAX_STEPS = 400_000
"""Nodes evaluated for one project."""
MAX_TEXT = 4 << 20
"""Characters in one string."""
MAX_ITEMS = 200_000
"""Items in one collection."""
MAX_PRODUCED = 16 << 20
"""Characters made by all functions and templates of one project together; an item counts as ITEM characters."""
ITEM = 16
MAX_DEPTH = 120
"""Nested user function calls, variables that need variables, and expressions within expressions."""


class LimitExceeded(Exception):
    """Evaluation went over one of the limits; the text names it."""


def check_text(length: int) -> None:
    """Raise LimitExceeded when a string would be longer than MAX_TEXT; call it before making the string."""
    if length > MAX_TEXT:
        raise LimitExceeded(f"the result would be a string of {length} characters; the limit is {MAX_TEXT}")


def check_items(count: int) -> None:
    """Raise LimitExceeded when a collection would have more than MAX_ITEMS; call it before making it."""
    if count > MAX_ITEMS:
        raise LimitExceeded(f"the result would have {count} items; the limit is {MAX_ITEMS}")
