"""What is being built, from CI's variables and git's files."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

import pytest

from bakectl.bake.event import Event, find_event
from bakectl.bake.git import read_tags

if TYPE_CHECKING:
    from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GITHUB = {"GITHUB_SHA": COMMIT, "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "acme/shop"}
SOURCE = "https://github.com/acme/shop"


def payload(folder: Path, facts: object) -> dict[str, str]:
    path = folder / "event.json"
    path.write_text(json.dumps(facts), "utf-8")
    return {"GITHUB_EVENT_PATH": str(path)}


def git(folder: Path, *words: str) -> str:
    settings = ("-c", "user.name=A", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main")
    variables = {"GIT_COMMITTER_DATE": "1700000000 +0100", "GIT_AUTHOR_DATE": "1600000000 +0100", "HOME": str(folder)}
    done = subprocess.run(
        ["git", *settings, *words],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", **variables},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def test_push_to_a_branch_of_github(tmp_path: Path) -> None:
    facts = {"repository": {"default_branch": "trunk"}, "head_commit": {"timestamp": "2026-01-02T03:04:05Z"}}
    found = find_event(str(tmp_path), {**GITHUB, **payload(tmp_path, facts), "GITHUB_REF": "refs/heads/feature/x"})
    assert found == Event(COMMIT, "feature/x", "", "", "trunk", SOURCE, "2026-01-02T03:04:05Z")


def test_tag_of_github(tmp_path: Path) -> None:
    found = find_event(str(tmp_path), {**GITHUB, "GITHUB_REF": "refs/tags/v1.2.3"})
    assert found == Event(COMMIT, "", "v1.2.3", "", "", SOURCE, "", ("v1.2.3",))


@pytest.mark.parametrize(
    ("name", "ref"),
    [("pull_request", "refs/pull/7/merge"), ("pull_request_target", "refs/heads/main")],
)
def test_pull_request_of_github(name: str, ref: str, tmp_path: Path) -> None:
    facts = payload(tmp_path, {"number": 7})
    found = find_event(str(tmp_path), {**GITHUB, **facts, "GITHUB_EVENT_NAME": name, "GITHUB_REF": ref})
    assert found == Event(COMMIT, "", "", "7", "", SOURCE)


def test_merge_queue_of_github_has_a_commit_only(tmp_path: Path) -> None:
    ref = f"refs/heads/gh-readonly-queue/main/pr-7-{COMMIT}"
    found = find_event(str(tmp_path), {**GITHUB, "GITHUB_EVENT_NAME": "merge_group", "GITHUB_REF": ref})
    assert found == Event(COMMIT, source=SOURCE)


def test_shallow_clone_may_lack_tags(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    folder.mkdir()
    git(folder, "init")
    git(folder, "commit", "--allow-empty", "-m", "1")
    git(folder, "commit", "--allow-empty", "-m", "2")
    git(tmp_path, "clone", "--depth", "1", f"file://{folder}", "clone")
    assert not find_event(str(folder), {}).is_shallow
    tagged = {**GITHUB, "GITHUB_REF": "refs/tags/v1.0.1"}
    assert find_event(str(tmp_path / "clone"), tagged).is_shallow
    git(tmp_path / "clone", "tag", "v1.0.1")
    assert find_event(str(tmp_path / "clone"), tagged).is_shallow
    git(tmp_path / "clone", "tag", "v2.0.0")
    assert not find_event(str(tmp_path / "clone"), tagged).is_shallow
    here = git(tmp_path / "clone", "rev-parse", "HEAD")
    assert find_event(str(tmp_path / "clone"), {**tagged, "GITHUB_SHA": here}).is_shallow


@pytest.mark.parametrize("text", ["", "[]", "{", '{"repository": 1, "head_commit": []}', "[" * 100_000])
def test_payload_that_says_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "event.json").write_text(text, "utf-8")
    variables = {"GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "GITHUB_REF": "refs/heads/main"}
    assert find_event(str(tmp_path), variables) == Event(branch="main")


@pytest.mark.parametrize(
    ("variables", "event"),
    [
        ({"CI_COMMIT_BRANCH": "main"}, Event(COMMIT, "main", "", "", "main")),
        ({"CI_COMMIT_TAG": "v1"}, Event(COMMIT, "", "v1", "", "main", tags=("v1",))),
        ({"CI_MERGE_REQUEST_IID": "12"}, Event(COMMIT, "", "", "12", "main")),
    ],
    ids=["branch", "tag", "merge request"],
)
def test_gitlab(variables: dict[str, str], event: Event, tmp_path: Path) -> None:
    found = find_event(str(tmp_path), {"CI_COMMIT_SHA": COMMIT, "CI_DEFAULT_BRANCH": "main", **variables})
    assert found == event


@pytest.mark.parametrize("packs", [False, True], ids=["loose", "packed"])
def test_checkout(packs: bool, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "a")
    git(tmp_path, "tag", "v1.0.0")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "b")
    git(tmp_path, "tag", "-a", "-m", "annotated", "v1.1.0")
    git(tmp_path, "remote", "add", "origin", "git@github.com:acme/shop.git")
    commit = git(tmp_path, "rev-parse", "HEAD")
    if packs:
        git(tmp_path, "pack-refs", "--all")
    assert read_tags(str(tmp_path)) == {"v1.0.0": git(tmp_path, "rev-parse", "HEAD~"), "v1.1.0": commit}
    on_branch = Event(commit, "main", "", "", "", SOURCE, "2023-11-14T22:13:20Z", ("v1.0.0", "v1.1.0"))
    assert find_event(str(tmp_path), {}) == on_branch
    git(tmp_path, "checkout", "-q", "--detach")
    detached = Event(commit, "", "v1.1.0", "", "", SOURCE, "2023-11-14T22:13:20Z", ("v1.0.0", "v1.1.0"))
    assert find_event(str(tmp_path), {}) == detached


def test_folder_without_git(tmp_path: Path) -> None:
    assert find_event(str(tmp_path), {}) == Event()


def test_time_of_the_source(tmp_path: Path) -> None:
    variables = {"SOURCE_DATE_EPOCH": "86400", "CI_COMMIT_SHA": COMMIT, "CI_COMMIT_TIMESTAMP": "2026-01-02T03:04:05Z"}
    assert find_event(str(tmp_path), variables).created == "1970-01-02T00:00:00Z"
