"""GitHub's cache service, played on loopback, with real builds: who reads and writes what."""

import sys
import uuid
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from github_cache import GitHubCache, token

pytestmark = pytest.mark.engine

BAKE_FILE = """\
group "all" {
  targets = ["app", "tool"]
}

target "app" {
  dockerfile-inline = "FROM base AS made\\nCOPY app /made\\nFROM scratch\\nCOPY --from=made /made /app\\n"
  contexts          = { base = "target:base" }
  platforms         = ["linux/amd64", "linux/arm64"]
}

target "tool" {
  dockerfile-inline = "FROM base\\nCOPY tool /tool\\n"
  contexts          = { base = "target:base" }
  platforms         = ["linux/amd64", "linux/arm64"]
}

target "base" {
  dockerfile-inline = "FROM scratch\\nARG TARGETARCH\\nCOPY base-$TARGETARCH /base\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
}
"""
MAIN = token("refs/heads/main")
REQUEST = token("refs/pull/7/merge", "refs/heads/main")

Bake = Callable[..., Any]


@pytest.fixture
def service() -> Iterator[GitHubCache]:
    with GitHubCache() as running:
        yield running


@pytest.fixture
def build(tmp_path: Path, run: Any, service: GitHubCache) -> Bake:
    """Build files that no build has seen, as GitHub would for a push to main."""
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "docker-bake.hcl").write_text(BAKE_FILE)
    for name in ("app", "tool", "base-amd64", "base-arm64"):
        (folder / name).write_text(f"{name} {uuid.uuid4().hex}")

    def bake(*words: str, by: str = MAIN, **variables: Any) -> Any:
        facts = {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_REF_TYPE": "branch"}
        command = (sys.executable, "-m", "bakectl", "bake", "--cache", "gha", *words)
        return run(*command, cwd=folder, **{**service.variables(by), **facts, **variables})

    return bake


def test_each_target_has_its_own_scope(build: Bake, service: GitHubCache) -> None:
    build("all")
    assert service.scopes("refs/heads/main") == {"shop-app", "shop-tool", "shop-base"}
    written = len(service.entries)
    build("all")
    # What is there is found, and no blob is written again.
    new = [key for _, key in list(service.entries)[written:]]
    assert [key for key in new if key.startswith("buildkit-blob")] == []


def test_each_platform_has_its_own_scope_and_reads_the_wider_one(build: Bake, service: GitHubCache) -> None:
    build("app")
    service.found.clear()
    build("app", "--platform", "linux/arm64")
    assert service.scopes("refs/heads/main") == {
        "shop-app",
        "shop-base",
        "shop-app-linux-arm64",
        "shop-base-linux-arm64",
    }
    assert [key for key in service.found if key.startswith("index-shop-app-1-")] != []


def test_what_was_built_elsewhere_is_cached(build: Bake, service: GitHubCache, run: Any, is_own_engine: bool) -> None:
    if not is_own_engine:
        pytest.skip("the build cache of an engine that is somebody else's is not dropped")
    build("app")
    run("docker", "buildx", "prune", "--all", "--force")
    done = build("app", "--progress=plain")
    steps = [line.split(" ", 1)[0] for line in done.stderr.splitlines() if "COPY --from=made" in line]
    cached = [line.split(" ", 1)[0] for line in done.stderr.splitlines() if line.endswith(" CACHED")]
    assert steps
    assert set(steps) <= set(cached)


def test_a_pull_request_reads_and_writes_nothing(build: Bake, service: GitHubCache) -> None:
    build("app")
    before = dict(service.entries)
    service.found.clear()
    done = build("app", by=REQUEST, GITHUB_EVENT_NAME="pull_request")
    assert "the gha cache is only read" in done.stderr
    assert [key for key in service.found if key.startswith("index-shop-app")] != []
    assert service.entries == before
    assert "CreateCacheEntry" not in service.calls[-len(service.found) :]


def test_a_pull_request_that_is_told_to_write_has_its_own_entries(build: Bake, service: GitHubCache) -> None:
    build("app", "--cache-write", "always", by=REQUEST, GITHUB_EVENT_NAME="pull_request")
    assert service.scopes("refs/pull/7/merge") == {"shop-app", "shop-base"}
    assert service.scopes("refs/heads/main") == set()


def test_a_wrong_token_is_told_before_the_build(build: Bake, service: GitHubCache) -> None:
    done = build("app", by="ghp_wrong", code=4)
    assert "ACTIONS_RUNTIME_TOKEN cannot be used for the gha cache of app, base" in done.stderr
    assert service.calls == []


def test_without_a_token_the_build_says_what_has_no_effect(build: Bake, service: GitHubCache) -> None:
    done = build("app", by="")
    assert "the gha cache of app, base has no effect: ACTIONS_RUNTIME_TOKEN not set" in done.stderr
    assert service.calls == []


# These come last: BuildKit's client makes all that follow wait after it was throttled.
@pytest.mark.parametrize(
    ("status", "why"),
    [
        (HTTPStatus.TOO_MANY_REQUESTS, "the cache service throttles, and did not answer in time"),
        (HTTPStatus.UNAUTHORIZED, "the cache may not be used with these credentials"),
        (HTTPStatus.SERVICE_UNAVAILABLE, "the cache service is out of order"),
    ],
    ids=["throttled", "refused", "out of order"],
)
def test_a_service_that_refuses_stops_no_build(build: Bake, service: GitHubCache, status: HTTPStatus, why: str) -> None:
    service.refuses = status
    done = build("app", "--cache", "gha,timeout=1s")
    assert service.entries == {}
    assert f'warning: the gha cache of "app" was not read: {why} [cache-failure]' in done.stderr
    assert f'warning: the gha cache of "app" was not written: {why} [cache-failure]' in done.stderr
