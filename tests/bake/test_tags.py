"""Tags and labels from what is being built."""

from __future__ import annotations

import pytest

import bakectl
from bakectl.bake.event import Event
from bakectl.bake.references import registry_of, repositories_of, repository_of
from bakectl.bake.tags import label_overrides, labels, notes, tag_names, tag_overrides
from bakectl.errors import InvalidBakeFile

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("event", "names"),
    [
        (Event(branch="feature/new look"), ("feature-new-look",)),
        (Event(branch="-x"), ("x",)),
        (Event(branch="b" * 200), ("b" * 128,)),
        (Event(commit=COMMIT, branch="dev", default_branch="main"), ("dev", "sha-0123456")),
        (Event(commit=COMMIT, branch="main", default_branch="main"), ("main", "latest", "sha-0123456")),
        (Event(branch="main", default_branch="main", tags=("v1.0.0",)), ("main",)),
        (Event(branch="main", default_branch="main", tags=("v1.0.0-rc.1", "old")), ("main", "latest")),
        (Event(commit=COMMIT, pull_request="7"), ("pr-7",)),
        (Event(commit=COMMIT), ("sha-0123456",)),
        (Event(), ()),
        (Event(tag="v1.2.3", tags=("v1.2.3",)), ("1.2.3", "1.2", "1", "latest")),
        (Event(tag="1.2.3", tags=("1.2.3", "v1.2.2")), ("1.2.3", "1.2", "1", "latest")),
        (Event(tag="v0.2.3", tags=("v0.2.3",)), ("0.2.3", "0.2", "latest")),
        (Event(tag="v1.2.3-rc.1", tags=("v1.2.3-rc.1",)), ("1.2.3-rc.1",)),
        (Event(tag="v1.2.3+build.5", tags=("v1.2.3+build.5",)), ("1.2.3-build.5", "1.2", "1", "latest")),
        (Event(tag="v1.2.4", tags=("v1.2.4", "v1.3.0", "v2.0.0")), ("1.2.4", "1.2")),
        (Event(tag="v1.4.0", tags=("v1.4.0", "v1.3.0", "v2.0.0")), ("1.4.0", "1.4", "1")),
        (Event(tag="v1.4.0", tags=("v1.4.0", "v2.0.0-rc.1")), ("1.4.0", "1.4", "1", "latest")),
        (Event(tag="v1.10.0", tags=("v1.10.0", "v1.9.0")), ("1.10.0", "1.10", "1", "latest")),
        (Event(tag="release/2026"), ("release-2026",)),
        (Event(tag="v1.2"), ("v1.2",)),
    ],
    ids=lambda value: f"{value.tag or value.branch or value.pull_request}"[:20] if isinstance(value, Event) else None,
)
def test_names(event: Event, names: tuple[str, ...]) -> None:
    assert tag_names(event) == names


@pytest.mark.parametrize(
    ("event", "doubted"),
    [
        (Event(tag="v1.0.1", tags=("v1.0.1",), is_shallow=True), "1.0, 1, latest"),
        (Event(branch="main", default_branch="main", is_shallow=True), "latest"),
        (Event(branch="main", default_branch="main"), ""),
        (Event(branch="dev", default_branch="main", is_shallow=True), ""),
        (Event(pull_request="7", is_shallow=True), ""),
        (Event(tag="nightly", is_shallow=True), ""),
    ],
)
def test_tags_that_a_shallow_clone_may_take_from_a_release(event: Event, doubted: str) -> None:
    said = f"this clone is shallow and has no other tags, so a higher release may lose: {doubted}"
    assert [note.message for note in notes(event)] == ([said] if doubted else [])


def test_labels() -> None:
    event = Event(COMMIT, "", "v1.2.3", source="https://github.com/acme/shop", created="2026-01-02T03:04:05Z")
    assert labels(event) == {
        "org.opencontainers.image.revision": COMMIT,
        "org.opencontainers.image.version": "1.2.3",
        "org.opencontainers.image.created": "2026-01-02T03:04:05Z",
        "org.opencontainers.image.source": "https://github.com/acme/shop",
        "org.opencontainers.image.ref.name": "v1.2.3",
    }


def overrides(text: str, event: Event, tmp_path) -> tuple[str, ...]:
    (tmp_path / "docker-bake.hcl").write_text(text, "utf-8")
    plan = bakectl.plan(bakectl.load(str(tmp_path / "docker-bake.hcl"), env={}))
    return (*tag_overrides(plan, event), *label_overrides(plan, event))


def test_all_repositories_of_each_target(tmp_path) -> None:
    text = """
    group "default" { targets = ["app", "bare"] }
    target "app" {
      tags     = ["ghcr.io/acme/app:1", "ghcr.io/acme/app:latest", "localhost:5000/app"]
      labels   = { "org.opencontainers.image.version" = "9" }
      contexts = { base = "target:base" }
    }
    target "bare" {}
    target "base" { tags = ["ghcr.io/acme/base"] }
    """
    assert overrides(text, Event(branch="main", commit=COMMIT), tmp_path) == (
        "app.tags=ghcr.io/acme/app:main",
        "app.tags=ghcr.io/acme/app:sha-0123456",
        "app.tags=localhost:5000/app:main",
        "app.tags=localhost:5000/app:sha-0123456",
        f"app.labels.org.opencontainers.image.revision={COMMIT}",
        "app.labels.org.opencontainers.image.ref.name=main",
        f"bare.labels.org.opencontainers.image.revision={COMMIT}",
        "bare.labels.org.opencontainers.image.version=main",
        "bare.labels.org.opencontainers.image.ref.name=main",
    )


def test_what_cannot_be_is_said_all_at_once(tmp_path) -> None:
    text = """
    group "default" { targets = ["slim", "full"] }
    target "slim" { tags = ["acme/app:slim"] }
    target "full" { tags = ["acme/app:full"] }
    """
    with pytest.raises(InvalidBakeFile) as found:
        overrides(text, Event(), tmp_path)
    assert [item.message for item in found.value.diagnostics] == [
        "--tags auto: neither git nor CI says which branch, tag or commit this is",
        '--tags auto: targets "slim" and "full" would have the same tags of acme/app',
    ]


@pytest.mark.parametrize(
    ("reference", "repository", "registry"),
    [
        ("app", "app", "docker.io"),
        ("acme/app:1", "acme/app", "docker.io"),
        ("localhost/app", "localhost/app", "localhost"),
        ("localhost:5000/app", "localhost:5000/app", "localhost:5000"),
        ("ghcr.io/acme/app:1@sha256:00", "ghcr.io/acme/app", "ghcr.io"),
    ],
)
def test_parts_of_references(reference: str, repository: str, registry: str) -> None:
    assert (repository_of(reference), registry_of(reference)) == (repository, registry)


def test_repositories_once() -> None:
    assert repositories_of(["a:1", "", "b", "a:2"]) == ("a", "b")
