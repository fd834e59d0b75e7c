"""What the errors of cache imports and exports mean, and what to do about each."""

from __future__ import annotations

import re
from typing import Final

from bakectl.diagnostics import Diagnostic, Severity
from bakectl.record import Record

_STEP: Final = re.compile(r"(?P<what>importing cache manifest from|exporting (?:cache )?to) ?(?P<place>.*)")
_GHA: Final = re.compile(r"gha:|GitHub Actions Cache", re.IGNORECASE)
_MISSING: Final = re.compile(r"not found|does not exist|MANIFEST_UNKNOWN|NAME_UNKNOWN|no such file", re.IGNORECASE)
"""A cache that is not there yet, as before the first build."""


class _Cause(Record):
    """Texts of errors, what they mean for GitHub's cache and for others, and the remedies."""

    pattern: re.Pattern[str]
    message: str
    gha: str
    others: str


def _cause(pattern: str, message: str, gha: str, others: str) -> _Cause:
    return _Cause(re.compile(pattern, re.IGNORECASE), message, gha, others)


_CAUSES: Final = (
    _cause(
        r"resource_exhausted|too many requests|\b429\b|rate limit|maximum timeout reached",
        "the cache service throttles, and did not answer in time",
        "let BuildKit ask the API with a token: --cache gha,repository=OWNER/NAME,ghtoken=TOKEN\n"
        "or give it longer: --cache gha,timeout=20m",
        "build fewer targets at once, or later",
    ),
    _cause(
        r"unauthenticated|unauthorized|permission_denied|\b40[13]\b|forbidden|access denied|denied:",
        "the cache may not be used with these credentials",
        "ACTIONS_RUNTIME_TOKEN belongs to another job, or the reference may not write: export it in this job",
        "log in: docker login REGISTRY, with an account that may push there",
    ),
    _cause(
        r"connection refused|no such host|network is unreachable|connection reset|tls handshake|i/o timeout|dial tcp",
        "the cache cannot be reached from the builder",
        "ACTIONS_RESULTS_URL must be an address that the builder reaches, not only this machine",
        "the builder must reach the address of the cache: docker buildx inspect shows where it runs",
    ),
    _cause(
        r"failed to reserve cache|already.?exists",
        "another build writes the same cache at this moment",
        "let one build at a time write it: give the workflow a concurrency group",
        "let one build at a time write it",
    ),
    _cause(
        r"\b50[0-9]\b|unavailable|internal server error|bad gateway",
        "the cache service is out of order",
        "add nothing: the next build tries again",
        "look at the logs of the registry",
    ),
)


def explain(target: str, step: str, error: str) -> Diagnostic | None:
    """What an error of a step of a target means, by the names that BuildKit gives to steps; None for other steps.

    A cache that is not there yet is no error.
    """
    found = _STEP.match(step)
    if found is None or _MISSING.search(error):
        return None
    verb = "read" if found["what"].startswith("import") else "written"
    is_gha = _GHA.search(found["place"]) is not None
    if verb == "written" and not (is_gha or "cache" in step):
        return None
    of = f' of "{target}"' if target else ""
    kind = "gha cache" if is_gha else "cache"
    for cause in _CAUSES:
        if cause.pattern.search(error):
            message = f"the {kind}{of} was not {verb}: {cause.message}"
            return Diagnostic(
                Severity.WARNING, "cache-failure", message, None, (), cause.gha if is_gha else cause.others
            )
    return Diagnostic(Severity.WARNING, "cache-failure", f"the {kind}{of} was not {verb}: {error}", None)
