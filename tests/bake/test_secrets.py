"""What is masked, and what is not."""

from __future__ import annotations

import pytest

from bakectl.bake.secrets import mask_override, mask_text, mask_variable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a.args.NPM_TOKEN=hush", "a.args.NPM_TOKEN=***"),
        ("a.args.npm-token+=hush", "a.args.npm-token+=***"),
        ("a.args.MYSQL_PASSWORD=hush", "a.args.MYSQL_PASSWORD=***"),
        ("a.args.AWS_SECRET_ACCESS_KEY=hush", "a.args.AWS_SECRET_ACCESS_KEY=***"),
        ("a.args.TOKEN=", "a.args.TOKEN="),
        ("a.args.USE_TOKEN=true", "a.args.USE_TOKEN=true"),
        ("a.args.TOKENIZER=bpe", "a.args.TOKENIZER=bpe"),
        ("a.args.NPM_TOKEN", "a.args.NPM_TOKEN"),
        ("a.tags=x:token", "a.tags=x:token"),
        ("a.args.PROXY=http://me:hush@proxy:3128", "a.args.PROXY=http://me:***@proxy:3128"),
        ("a.cache-to=type=gha,token=hush,scope=x", "a.cache-to=type=gha,token=***,scope=x"),
        ('a.cache-to=type=s3,"secret_access_key=hu",name=x', 'a.cache-to=type=s3,"secret_access_key=***",name=x'),
        ("a.secrets=id=npm,env=NPM_TOKEN", "a.secrets=id=npm,env=NPM_TOKEN"),
    ],
)
def test_overrides(text: str, shown: str) -> None:
    assert mask_override(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://github.com/acme/shop.git", "https://github.com/acme/shop.git"),
        ("https://git@github.com/acme/shop.git", "https://git@github.com/acme/shop.git"),
        ("https://ghp_0123456789abcdef@github.com/a/b.git", "https://***@github.com/a/b.git"),
        ("https://x-access-token:hush@github.com/a/b.git", "https://x-access-token:***@github.com/a/b.git"),
    ],
)
def test_addresses(text: str, shown: str) -> None:
    assert mask_text(text) == shown


def test_variables() -> None:
    assert mask_variable("API_KEY", "hush") == "***"
    assert mask_variable("TAG", "1.2") == "1.2"
