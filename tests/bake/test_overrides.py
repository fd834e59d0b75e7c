"""Overrides that make no sense are refused without showing what is secret in them."""

from __future__ import annotations

import pytest

from bakectl.api import load, plan
from bakectl.bake.overrides import parse_override
from bakectl.errors import InvalidBakeFile


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("app", '--set "app" names no key'),
        ("app.tags", '--set "app.tags" has no value'),
        ("app.args=x", '--set "app.args=x" does not say which of args'),
    ],
)
def test_refused_when_read(text: str, message: str) -> None:
    with pytest.raises(InvalidBakeFile) as caught:
        parse_override(text)
    assert [problem.message for problem in caught.value.diagnostics] == [message]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("app.tagz=x", '--set app.tagz=x: there is no key "tagz"'),
        ("web.tags=x", '--set web.tags=x: there is no target "web"'),
        ("app.pull=maybe", '--set app.pull=maybe: "maybe" is neither true nor false'),
        (
            "app.cache-to=mode=max,secret_access_key=xyz",
            (
                '--set app.cache-to=mode=max,secret_access_key=***: the cache "mode=max,secret_access_key=***" has no type; '
                "add type=registry, type=gha or another"
            ),
        ),
        ("web.args.NPM_TOKEN=abc", '--set web.args.NPM_TOKEN=***: there is no target "web"'),
    ],
)
def test_refused_when_applied(text: str, message: str) -> None:
    project = load("-", env={}, stdin=b'target "app" {}\n')
    with pytest.raises(InvalidBakeFile) as caught:
        plan(project, "app", overrides=[parse_override(text)])
    assert [problem.message for problem in caught.value.diagnostics] == [message]
