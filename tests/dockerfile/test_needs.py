"""Whether a Dockerfile runs something on the platform that is built for."""

from __future__ import annotations

import pytest

from bakectl.dockerfile import needs
from bakectl.dockerfile.needs import values_of
from bakectl.dockerfile.stages import read_dockerfile
from bakectl.source import Source

CROSS = """\
# escape=\\
ARG BASE=debian
FROM --platform=$BUILDPLATFORM rust AS chef
RUN cargo install chef
FROM chef AS builder
ARG TARGETPLATFORM
RUN echo a \\
    # a comment
    && make
FROM ${BASE}
COPY --from=builder /app /app
"""


def runs_on_target(text: str, wanted: str = "", given: dict[str, str] | None = None, replaced: tuple[str, ...] = ()):
    file = read_dockerfile(Source("Dockerfile", text))
    return needs.runs_on_target(file, wanted, values_of(file, given or {}), replaced)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("FROM scratch\nCOPY a /a\n", False),
        ("FROM debian\nRUN true\n", True),
        ("from debian\nrun true\n", True),
        ("FROM --platform=$TARGETPLATFORM debian\nRUN true\n", True),
        ("FROM --platform=linux/amd64 debian\nRUN true\n", False),
        ("ARG P\nFROM --platform=$P debian\nRUN true\n", None),
        (CROSS, False),
        (CROSS + "RUN useradd app\n", True),
        ("FROM debian AS unused\nRUN true\nFROM scratch\nCOPY a /a\n", False),
        ("FROM debian AS a\nRUN true\nFROM scratch\nCOPY --from=a /x /x\n", True),
        ("FROM debian\nRUN true\nFROM scratch\nCOPY --from=0 /x /x\n", True),
        ("FROM debian AS a\nRUN true\nFROM scratch\nADD --link --from=A /x /x\n", True),
        (
            "FROM debian AS a\nRUN true\nFROM --platform=$BUILDPLATFORM b\nRUN --mount=type=bind,from=a,target=/a true\n",
            True,
        ),
        ("FROM --platform=$BUILDPLATFORM a AS a\nFROM --platform=$TARGETPLATFORM a AS b\nRUN true\n", False),
        ("FROM debian\nCOPY <<EOF /run.sh\nRUN true\nFROM x\nEOF\n", False),
        ("FROM debian\nCOPY a \\\n RUN\n", False),
        ("# escape=`\nFROM debian\nCOPY a `\n RUN true\n", False),
        ("FROM debian\n# RUN true\n\n  RUN true\n", True),
        ("", None),
    ],
)
def test_last_stage(text: str, runs: bool | None) -> None:
    assert runs_on_target(text) is runs


@pytest.mark.parametrize(("stage", "runs"), [("a", True), ("B", False), ("1", False), ("zz", None), ("7", None)])
def test_named_stage(stage: str, runs: bool | None) -> None:
    assert runs_on_target("FROM x AS a\nRUN true\nFROM scratch AS b\nFROM a AS c\n", stage) is runs
