"""What is being built: the branch, the tag or the pull request, and its commit, from CI's variables or git's files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.checkout import default_branch, queued_for, remote_url
from bakectl.bake.git import commit_time, is_shallow, read_head, read_tags
from bakectl.bake.repository import read_repository
from bakectl.record import Record, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_PAYLOAD: Final = 1 << 24
_PULL: Final = re.compile(r"refs/pull/(\d+)/")
_NUMBER: Final = re.compile(r"\d{1,18}")


class Event(Record):
    """What is being built; empty texts stand for what is not known."""

    commit: str = ""
    branch: str = ""
    tag: str = ""
    pull_request: str = ""
    """Its number."""
    default_branch: str = ""
    source: str = ""
    """The address of the repository for people."""
    created: str = ""
    """When the commit was made, as RFC 3339 has it."""
    tags: tuple[str, ...] = ()
    """All tags that are known here."""
    is_shallow: bool = False
    """Whether there may be tags that are not known here."""

    @property
    def ref(self) -> str:
        """The name of what is built, as people know it."""
        return self.tag or self.branch


def find_event(folder: str, environment: Mapping[str, str]) -> Event:
    """Ask GitHub's or GitLab's variables, else git's files, and run nothing."""
    tags = read_tags(folder)
    if environment.get("GITHUB_REF"):
        event = _github(environment)
    elif environment.get("CI_COMMIT_SHA"):
        event = _gitlab(environment)
    else:
        event = _local(folder, tags)
    epoch = environment.get("SOURCE_DATE_EPOCH")
    return replace(
        event,
        default_branch=event.default_branch or default_branch(folder),
        source=event.source or _address(remote_url(folder)),
        created=_time(epoch) or event.created or _time(commit_time(folder, event.commit)),
        tags=tuple(sorted({*tags, *filter(None, (event.tag,))})),
        # git fetches the tags of the commits that it fetches, so these say nothing of the others.
        is_shallow=is_shallow(folder)
        and all(name == event.tag or commit == event.commit for name, commit in tags.items()),
    )


def _github(environment: Mapping[str, str]) -> Event:
    payload = _payload(environment.get("GITHUB_EVENT_PATH", ""))
    ref, name = environment["GITHUB_REF"], environment.get("GITHUB_EVENT_NAME", "")
    pull = _PULL.match(ref)
    branch = ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""
    number = pull[1] if pull else _text(payload, "number") if name.startswith("pull_request") else ""
    server, repository = environment.get("GITHUB_SERVER_URL", ""), environment.get("GITHUB_REPOSITORY", "")
    return Event(
        environment.get("GITHUB_SHA", ""),
        # A branch of the merge queue is gone a moment later, and only the commit stays.
        "" if number or queued_for(branch) else branch,
        ref.removeprefix("refs/tags/") if ref.startswith("refs/tags/") else "",
        number if _NUMBER.fullmatch(number) else "",
        _text(payload, "repository", "default_branch"),
        f"{server}/{repository}" if server and repository else "",
        _text(payload, "head_commit", "timestamp"),
    )


def _gitlab(environment: Mapping[str, str]) -> Event:
    return Event(
        environment["CI_COMMIT_SHA"],
        environment.get("CI_COMMIT_BRANCH", ""),
        environment.get("CI_COMMIT_TAG", ""),
        environment.get("CI_MERGE_REQUEST_IID", ""),
        environment.get("CI_DEFAULT_BRANCH", ""),
        environment.get("CI_PROJECT_URL", ""),
        environment.get("CI_COMMIT_TIMESTAMP", ""),
    )


def _local(folder: str, tags: Mapping[str, str]) -> Event:
    """A branch that is checked out, else the tag of the commit that is; of several tags, the last by name."""
    head = read_head(folder)
    here = sorted(name for name, commit in tags.items() if commit == head.commit)
    return Event(head.commit, head.branch, here[-1] if here and not head.branch else "")


def _address(remote: str) -> str:
    found = read_repository(remote)
    return found.url if found else ""


def _payload(path: str) -> Any:
    """The event as GitHub tells it; None where it tells nothing that can be read."""
    import json

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return json.loads(file.read(_MAX_PAYLOAD))
    except (OSError, ValueError, RecursionError):
        return None


def _text(value: Any, *path: str) -> str:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _time(seconds: str | int | None) -> str:
    """Seconds since 1970 as RFC 3339 has them; empty for what is no number."""
    from datetime import UTC, datetime

    text = "" if seconds is None else str(seconds)
    if not re.fullmatch(r"\d{1,11}", text):
        return ""
    return datetime.fromtimestamp(int(text), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
