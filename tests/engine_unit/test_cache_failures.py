"""Errors of cache steps as BuildKit writes them, and what is said of them."""

from __future__ import annotations

import base64
import json

import pytest

from bakectl.bake.gha import token_problem
from bakectl.engine.cache_failures import explain

IMPORT = "importing cache manifest from gha:1359821945431144541"
EXPORT = "exporting to GitHub Actions Cache"


@pytest.mark.parametrize(
    ("step", "error", "message"),
    [
        (EXPORT, "maximum timeout reached: resource_exhausted", 'the gha cache of "tool" was not written: the cache service throttles, and did not answer in time'),
        (EXPORT, "maximum timeout reached", 'the gha cache of "tool" was not written: the cache service throttles, and did not answer in time'),
        (IMPORT, "unauthenticated", 'the gha cache of "tool" was not read: the cache may not be used with these credentials'),
        (IMPORT, 'Post "http://127.0.0.1:9/twirp/x": dial tcp 127.0.0.1:9: connect: connection refused', 'the gha cache of "tool" was not read: the cache cannot be reached from the builder'),
        (EXPORT, "error writing layer blob: failed to reserve cache", 'the gha cache of "tool" was not written: another build writes the same cache at this moment'),
        ("exporting cache to registry", "unexpected status: 403 Forbidden", 'the cache of "tool" was not written: the cache may not be used with these credentials'),
        ("exporting cache to client directory", "no space left on device", 'the cache of "tool" was not written: no space left on device'),
        ("importing cache manifest from r.io/c", "r.io/c:latest: not found", None),
        ("RUN false", "exit code: 1", None),
        ("exporting to image", "denied: requested access to the resource is denied", None),
    ],
)  # fmt: skip
def test_explained(step: str, error: str, message: str | None) -> None:
    found = explain("tool", step, error)
    assert (found.message if found else None) == message


def token(claims: object) -> str:
    parts = ({"alg": "none"}, claims, {})
    return ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (token({"ac": "[]", "nbf": 1, "exp": 200}), None),
        (token({"ac": "[]", "nbf": 1, "exp": 50}), "it has expired: a token is good for the job that got it"),
        (token({"exp": 200}), "it does not say what it allows, and until when"),
        (token([]), "it does not say what it allows, and until when"),
        ("a.b.c", "it does not say what it allows, and until when"),
        ("ghp_0123", "it is not a token of GitHub Actions"),
    ],
)
def test_tokens(text: str, why: str | None) -> None:
    assert token_problem(text, 100) == why
