"""What set a build off, as CI says it: a push, a pull request, a tag, or somebody at a desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PUSH: Final = "push"
PULL_REQUEST: Final = "pull_request"
TAG: Final = "tag"
LOCAL: Final = "local"

_REQUESTS: Final = (
    "CI_MERGE_REQUEST_IID",
    "BITBUCKET_PR_ID",
    "CHANGE_ID",
    "CIRCLE_PULL_REQUEST",
    "SYSTEM_PULLREQUEST_PULLREQUESTID",
    "BUILDKITE_PULL_REQUEST",
    "TRAVIS_PULL_REQUEST",
    "DRONE_PULL_REQUEST",
    "CI_COMMIT_PULL_REQUEST",
)
"""Variables with the number of the request, of GitLab, Bitbucket, Jenkins, CircleCI, Azure and others."""
_TAGS: Final = ("CI_COMMIT_TAG", "BITBUCKET_TAG", "TAG_NAME", "CIRCLE_TAG", "BUILDKITE_TAG", "TRAVIS_TAG", "DRONE_TAG")
_PASSING: Final = ("pull_request", "merge_group")
"""Events of GitHub whose reference is gone when all is merged."""


def find_trigger(environment: Mapping[str, str]) -> str:
    """Look at the variables of CI; without CI, nobody asks for anything but a build."""
    if environment.get("GITHUB_ACTIONS"):
        if environment.get("GITHUB_EVENT_NAME", "").startswith(_PASSING):
            return PULL_REQUEST
        return TAG if environment.get("GITHUB_REF_TYPE") == "tag" else PUSH
    if any(environment.get(name) not in (None, "", "false") for name in _REQUESTS):
        return PULL_REQUEST
    if not (environment.get("CI") or environment.get("TF_BUILD") or environment.get("JENKINS_URL")):
        return LOCAL
    if environment.get("BUILD_SOURCEBRANCH", "").startswith("refs/tags/") or any(map(environment.get, _TAGS)):
        return TAG
    return PUSH
