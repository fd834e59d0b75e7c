"""What the folder and CI say of where we are: the project's name and the branches, as parts of cache places."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from bakectl.bake.git import common_folder, git_folder, read_text
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BRANCH: Final = ("GITHUB_HEAD_REF", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_BRANCH", "GITHUB_REF_NAME")
_OTHER_BRANCHES: Final = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "CI_DEFAULT_BRANCH")
_QUEUE: Final = re.compile(r"gh-readonly-queue/(.+)/pr-\d+-[0-9a-f]{40,64}")
_SECTION: Final = re.compile(r"\s*\[\s*(?:remote\s+\"([^\"]*)\")?")
_MAX_CONFIG: Final = 1 << 18
_HEAD = "ref: refs/heads/"
_DEFAULT = "ref: refs/remotes/origin/"


class Checkout(Record):
    """Names fit for tags, scopes and folders; `branches` has the branch, then those that it came from."""

    project: str
    branches: tuple[str, ...] = ()


def find_checkout(folder: str, environment: Mapping[str, str]) -> Checkout:
    """Look at the folder's name, CI's variables and git's files, and run nothing; a bare commit has no branch."""
    project = slug(os.path.basename(os.path.realpath(folder)).lower()) or "project"  # noqa: PTH119
    git = git_folder(folder)
    current = _first(environment, _BRANCH) or _named(git, "HEAD", _HEAD)
    current = queued_for(current) or current
    if not current:
        return Checkout(project)
    others = [environment.get(name, "") for name in _OTHER_BRANCHES]
    default = default_branch(folder)
    names = (slug(name) for name in (current, *others, default))
    return Checkout(project, tuple(dict.fromkeys(name for name in names if name)))


def queued_for(branch: str) -> str:
    """The branch that a branch of GitHub's merge queue is to become; empty for any other branch.

    https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue
    """
    found = _QUEUE.fullmatch(branch)
    return found[1] if found else ""


def default_branch(folder: str) -> str:
    """The branch that the origin has for its default; empty where git has not noted it."""
    return _named(common_folder(git_folder(folder)), "refs/remotes/origin/HEAD", _DEFAULT)


def remote_url(folder: str) -> str:
    """The address that git fetches from: that of `origin`, else of the first remote; empty without one."""
    git = common_folder(git_folder(folder))
    config = read_text(os.path.join(git, "config"), _MAX_CONFIG) if git else ""  # noqa: PTH118
    found: dict[str, str] = {}
    remote = ""
    for line in config.splitlines():
        section = _SECTION.match(line)
        if section:
            remote = section[1] or ""
        name, sign, value = line.partition("=")
        if remote and sign and name.strip().lower() == "url":
            found.setdefault(remote, value.strip().strip('"'))
    return found.get("origin") or next(iter(found.values()), "")


def slug(text: str) -> str:
    """The text in the characters that a tag may have."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", text).strip("-.")


def _first(environment: Mapping[str, str], names: Iterable[str]) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")


def _named(git: str | None, name: str, start: str) -> str:
    text = read_text(os.path.join(git, name)) if git else ""  # noqa: PTH118
    return text.removeprefix(start) if text.startswith(start) else ""
