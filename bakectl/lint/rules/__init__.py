"""The table of rules, by family; each is a module of its name, whose docstring is its page in the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "names": ("unknown-attribute", "misplaced-attribute", "unknown-block", "unknown-target"),
    "shape": (
        "duplicate-block",
        "duplicate-item",
        "inheritance-cycle",
        "self-inherit",
        "group-cycle",
        "context-cycle",
        "empty-list",
        "conflicting-dockerfile",
        "no-default-group",
    ),
    "values": (
        "platform-typo",
        "redundant-platform",
        "bad-tag",
        "untagged-push",
        "bad-label",
        "unknown-network",
        "unknown-entitlement",
        "unknown-call",
        "option-typo",
    ),
    "cache": (
        "cache-collision",
        "cache-unscoped",
        "cache-write-only",
        "cache-read-only",
        "cache-inline-max",
        "cache-wide-pull-request",
    ),
    "collisions": ("tag-collision", "output-collision", "load-multi-platform", "push-by-digest-with-tags"),
    "unused": ("unused-variable", "unused-function", "unreachable-target", "shadowed-variable"),
    "dockerfile": (
        "missing-context",
        "missing-dockerfile",
        "missing-stage",
        "undeclared-argument",
        "unused-context",
        "missing-secret",
        "missing-ssh",
        "emulated-run",
        "unpinned-base",
        "secret-in-argument",
    ),
    "version": ("needs-newer-buildx",),
    "style": ("unformatted", "deprecated-syntax"),
}
"""Families and their rules, in the order in which they run."""

RULES: Final = (*(rule for family in FAMILIES.values() for rule in family), "unused-ignore")
