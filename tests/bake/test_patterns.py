"""Patterns match as Go's `path.Match` does."""

from __future__ import annotations

import pytest

from bakectl.bake.patterns import BadPattern, has_wildcard, matches


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("app", "app", True),
        ("app", "apps", False),
        ("*", "", True),
        ("*", "anything", True),
        ("*", "a/b", False),
        ("**", "anything", True),
        ("app-*", "app-1", True),
        ("app-*", "app", False),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("a?c", "a/c", False),
        ("[ab]x", "bx", True),
        ("[ab]x", "cx", False),
        ("[^ab]x", "cx", True),
        ("[^ab]x", "ax", False),
        ("[a-c]1", "b1", True),
        ("[a-c]1", "d1", False),
        ("[c-a]1", "b1", False),
        ("[\\-]", "-", True),
        ("[\\]a]", "]", True),
        ("\\*", "*", True),
        ("\\*", "x", False),
        ("a.c", "abc", False),
        ("(a|b)", "a", False),
    ],
)
def test_matches(pattern: str, name: str, fits: bool) -> None:
    assert matches(pattern, name) is fits


@pytest.mark.parametrize("pattern", ["[", "[a", "[]", "[-]", "[a-]", "a\\", "[^]", "[x-"])
def test_bad_patterns(pattern: str) -> None:
    with pytest.raises(BadPattern):
        matches(pattern, "a")


@pytest.mark.parametrize(("name", "wild"), [("app", False), ("a*", True), ("a?", True), ("[a", True), ("a]", True)])
def test_has_wildcard(name: str, wild: bool) -> None:
    assert has_wildcard(name) is wild
