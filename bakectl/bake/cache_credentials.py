"""Caches in buckets that nobody gives a key for here: the builder has to have one itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bakectl.bake.model import Plan

_GIVEN: Final = {"s3": "access_key_id", "azblob": "secret_access_key"}
"""The option that brings the key."""
_FOUND: Final = {
    # buildx sends what AWS's own tools find; of Azure it sends nothing.
    "s3": ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_SHARED_CREDENTIALS_FILE"),
    "azblob": (),
}


def without_key(plan: Plan, environment: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The kinds of caches whose key the builder must have itself, as far as variables tell, and who uses them."""
    for kind, option in _GIVEN.items():
        if any(environment.get(name) for name in _FOUND[kind]):
            continue
        users = (
            target.name
            for target in plan.targets.values()
            for field in ("cache-from", "cache-to")
            for entry in target.get(field, ())
            if entry["type"] == kind and not entry.get(option)
        )
        names = tuple(dict.fromkeys(users))
        if names:
            yield kind, names
