"""The project's name and the branches, from folders, git's files and CI's variables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bakectl.bake.checkout import Checkout, find_checkout, slug

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "My Shop"
    path.mkdir()
    return path


def write_head(git: Path, text: str) -> None:
    git.mkdir(parents=True)
    (git / "HEAD").write_text(f"{text}\n", "utf-8")


def test_folder_without_git(folder: Path) -> None:
    assert find_checkout(str(folder), {}) == Checkout("my-shop", ())


def test_branch_and_default_branch_of_git(folder: Path) -> None:
    write_head(folder / ".git", "ref: refs/heads/feature/new look")
    remote = folder / ".git/refs/remotes/origin"
    remote.mkdir(parents=True)
    (remote / "HEAD").write_text("ref: refs/remotes/origin/main\n", "utf-8")
    assert find_checkout(str(folder), {}) == Checkout("my-shop", ("feature-new-look", "main"))


def test_git_is_looked_for_upwards(folder: Path) -> None:
    write_head(folder / ".git", "ref: refs/heads/main")
    (folder / "service").mkdir()
    assert find_checkout(str(folder / "service"), {}) == Checkout("service", ("main",))


def test_worktree(folder: Path, tmp_path: Path) -> None:
    git = tmp_path / "main/.git"
    write_head(git / "worktrees/shop", "ref: refs/heads/fix")
    (git / "worktrees/shop/commondir").write_text("../..\n", "utf-8")
    remote = git / "refs/remotes/origin"
    remote.mkdir(parents=True)
    (remote / "HEAD").write_text("ref: refs/remotes/origin/main\n", "utf-8")
    (folder / ".git").write_text(f"gitdir: {git}/worktrees/shop\n", "utf-8")
    assert find_checkout(str(folder), {}).branches == ("fix", "main")


@pytest.mark.parametrize(
    ("environment", "branches"),
    [
        ({"GITHUB_HEAD_REF": "fix/1", "GITHUB_BASE_REF": "main", "GITHUB_REF_NAME": "7/merge"}, ("fix-1", "main")),
        ({"GITHUB_HEAD_REF": "", "GITHUB_BASE_REF": "", "GITHUB_REF_NAME": "v1.2"}, ("v1.2",)),
        ({"GITHUB_REF_NAME": f"gh-readonly-queue/release/2/pr-7-{40 * 'a'}"}, ("release-2",)),
        ({"CI_COMMIT_BRANCH": "fix", "CI_DEFAULT_BRANCH": "main"}, ("fix", "main")),
        ({}, ()),
    ],
)
def test_variables_of_ci_and_a_bare_commit(
    folder: Path, environment: Mapping[str, str], branches: tuple[str, ...]
) -> None:
    write_head(folder / ".git", "0123456789abcdef0123456789abcdef01234567")
    assert find_checkout(str(folder), environment).branches == branches


@pytest.mark.parametrize(
    ("text", "expected"), [("a/b c", "a-b-c"), ("-x.", "x"), ("dépôt", "d-p-t"), ("A_1.2-b", "A_1.2-b")]
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected
