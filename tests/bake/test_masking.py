"""Lines of files, as they are shown: secrets are stars, and nothing moves."""

from __future__ import annotations

import pytest

from bakectl.masking import mask_line


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('    API_TOKEN = "hunter2"', '    API_TOKEN = "*******"'),
        ('    "API_TOKEN": "hunter2",', '    "API_TOKEN": "*******",'),
        ('args = { NPM_TOKEN = "a", B = "b", DB_PASSWORD = "cc" }', 'args = { NPM_TOKEN = "*", B = "b", DB_PASSWORD = "**" }'),
        ('  cache-to = ["type=gha,token=abc,scope=x"]', '  cache-to = ["type=gha,token=***,scope=x"]'),
        ('  cache-to = [{ type = "s3", secret_access_key = "abc" }]', '  cache-to = [{ type = "s3", secret_access_key = "***" }]'),
        ('  context = "https://user:pw@git.test/a.git"', '  context = "https://user:**@git.test/a.git"'),
        ("      DB_PASSWORD: hunter2", "      DB_PASSWORD: *******"),
        ("      - DB_PASSWORD=hunter2", "      - DB_PASSWORD=*******"),
        ('variable "API_TOKEN" { default = "x" }', 'variable "API_TOKEN" { default = "*" }'),
        # Nothing secret.
        ('    API_TOKEN = "${API_TOKEN}"', '    API_TOKEN = "${API_TOKEN}"'),
        ("    API_TOKEN = API_TOKEN", "    API_TOKEN = API_TOKEN"),
        ('    USE_TOKEN = "true"', '    USE_TOKEN = "true"'),
        ('    A = "1"', '    A = "1"'),
        ('  tags = ["acme/token:1"]', '  tags = ["acme/token:1"]'),
        ("      context: .", "      context: ."),
        ('variable "TAG" { default = "x" }', 'variable "TAG" { default = "x" }'),
    ],
)  # fmt: skip
def test_line(line: str, shown: str) -> None:
    assert mask_line(line) == shown
    assert len(shown) == len(line)


@pytest.mark.parametrize("part", ["-", "a.", 'a = "', "token=", "://a:", 'variable "a" ', " ", "a "])
def test_long_lines_take_no_longer_than_they_are(part: str) -> None:
    """With a way that looks back, such a line would take hours."""
    line = part * (2_000_000 // len(part))
    assert len(mask_line(line)) == len(line)


def test_a_secret_in_a_long_line() -> None:
    line = "a " * 5000 + 'API_TOKEN = "hunter2"'
    assert mask_line(line).endswith('API_TOKEN = "*******"')
