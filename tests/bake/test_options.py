"""Entries of lists are read, and their doubles dropped, as buildx does it."""

from __future__ import annotations

from typing import Any

import pytest

from bakectl.bake import options
from bakectl.bake.options import Entry, OptionError


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("type=docker", ({"type": "docker"},)),
        ("type=local,dest=out", ({"type": "local", "dest": "out"},)),
        ("out", ({"type": "local", "dest": "out"},)),
        ("dest=x", ({"type": "local", "dest": "dest=x"},)),
        ("-", ({"type": "tar", "dest": "-"},)),
        ("type=docker, Dest=x.tar", ({"type": "docker", "dest": "x.tar"},)),
        ('type=tar,"dest=a,b"', ({"type": "tar", "dest": "a,b"},)),
    ],
)
def test_outputs(text: str, entries: tuple[Entry, ...]) -> None:
    assert options.output_entries(text) == entries


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("acme/app", ({"type": "registry", "ref": "acme/app"},)),
        ("a,b", ({"type": "registry", "ref": "a"}, {"type": "registry", "ref": "b"})),
        ("type=gha,scope=x", ({"type": "gha", "scope": "x"},)),
        ("type=local, SRC=x", ({"type": "local", " src": "x"},)),
    ],
)
def test_caches(text: str, entries: tuple[Entry, ...]) -> None:
    assert options.cache_entries(text) == entries


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("id=a,src=f", {"id": "a", "src": "f"}),
        ("source=f,id=a", {"id": "a", "src": "f"}),
        ("type=env,id=a,src=B", {"id": "a", "env": "B"}),
        ("id=a,env=B", {"id": "a", "env": "B"}),
    ],
)
def test_secrets(text: str, entry: Entry) -> None:
    assert options.secret_entries(text) == (entry,)
    assert list(options.secret_entries(text)[0]) == [key for key in ("id", "src", "env") if key in entry]


@pytest.mark.parametrize(
    ("text", "entry"),
    [("default", {"id": "default"}), ("k=a,b", {"id": "k", "paths": ("a", "b")}), ("k=", {"id": "k", "paths": ("",)})],
)
def test_ssh(text: str, entry: Entry) -> None:
    assert options.ssh_entries(text) == (entry,)


@pytest.mark.parametrize(
    ("parse", "text", "message"),
    [
        (options.output_entries, "type=,dest=x", 'the output "type=,dest=x" has no type'),
        (options.output_entries, "type=local,dest", '"dest" must be a key=value pair'),
        (options.cache_entries, "ref=x", 'the cache "ref=x" has no type'),
        (options.attest_entries, "mode=max", 'the attestation "mode=max" has no type'),
        (options.attest_entries, "type=sbom,disabled=zz", "disabled=zz is neither true nor false"),
        (options.secret_entries, "id=a,foo=b", 'a secret has no key "foo"'),
        (options.secret_entries, "id=a,type=x", 'there is no secret type "x"'),
    ],
)
def test_faults(parse: Any, text: str, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        parse(text)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("given", "kept"), [("aabc", "acb"), ("abab", "ab"), ("aaaa", "a"), ("abc", "abc"), ("a", "a"), ("", "")]
)
def test_swap_unique(given: str, kept: str) -> None:
    entries = [{"type": "registry", "ref": letter} for letter in given]
    expected = [{"type": "registry", "ref": letter} for letter in kept]
    assert list(options.swap_unique(entries)) == expected


def test_keyed_unique_keeps_the_last_at_the_first_place() -> None:
    entries = [{"id": "a", "env": "A"}, {"id": "b"}, {"id": "a", "env": "C"}]
    assert options.keyed_unique(entries, "id") == ({"id": "a", "env": "C"}, {"id": "b"})


@pytest.mark.parametrize(
    ("outputs", "push", "expected"),
    [
        ((), True, ({"type": "image", "push": "true"},)),
        (({"type": "docker"},), True, ({"type": "docker"}, {"type": "image", "push": "true"})),
        (({"type": "image", "name": "x"},), True, ({"type": "image", "name": "x", "push": "true"},)),
        (({"type": "local", "dest": "o"},), True, ({"type": "local", "dest": "o"},)),
        (({"type": "registry"}, {"type": "tar"}), False, ({"type": "tar"},)),
    ],
)
def test_push(outputs: tuple[Entry, ...], push: bool, expected: tuple[Entry, ...]) -> None:
    assert options.push_outputs(outputs, push) == expected
