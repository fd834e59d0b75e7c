"""What the stages of a Dockerfile start from, declare, copy and mount; and what the build of one needs."""

from __future__ import annotations

import pytest

from bakectl.dockerfile.needs import needs, values_of
from bakectl.dockerfile.stages import Dockerfile, read_dockerfile
from bakectl.dockerfile.variables import expand
from bakectl.source import Source


def read(text: str) -> Dockerfile:
    return read_dockerfile(Source("Dockerfile", text))


TEXT = """\
# syntax=docker/dockerfile:1
ARG BASE=debian VERSION="12"
FROM --platform=$BUILDPLATFORM ${BASE}:$VERSION AS Build
ARG TARGETARCH MODE=release
RUN --mount=type=secret,id=token,required=true --mount=from=tools,target=/t make
FROM scratch
COPY --from=build /a /a
RUN --mount=type=ssh --mount=type=secret,target=/run/secrets/other <<EOF
COPY --from=nothing
EOF
"""


def test_stages() -> None:
    file = read(TEXT)
    assert file.is_plain
    assert [(argument.name, argument.default) for argument in file.arguments] == [
        ("BASE", "debian"),
        ("VERSION", '"12"'),
    ]
    build, last = file.stages
    assert (build.name, build.base.name, build.platform) == ("Build", "${BASE}:$VERSION", "$BUILDPLATFORM")
    assert [argument.name for argument in build.arguments] == ["TARGETARCH", "MODE"]
    assert [(mount.kind, mount.id, mount.is_required) for mount in build.mounts] == [("secret", "token", True)]
    assert [source.name for source in build.sources] == ["tools"]
    assert [source.name for source in last.sources] == ["build"]
    assert [(mount.kind, mount.id, mount.is_required) for mount in last.mounts] == [
        ("ssh", "default", False),
        ("secret", "other", False),
    ]
    assert build.base.span.text == "${BASE}:$VERSION"
    assert file.arguments[1].span.text == "VERSION"
    assert file.declared == {"BASE", "VERSION", "TARGETARCH", "MODE"}


@pytest.mark.parametrize(
    ("name", "place"), [("build", 0), ("BUILD", 0), ("1", 1), ("2", None), ("x", None), ("", None)]
)
def test_find(name: str, place: int | None) -> None:
    found = read(TEXT).find(name)
    assert (found.place if found else None) == place


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("FROM a\n", True),
        ("# syntax=docker/dockerfile:1.7-labs\nFROM a\n", True),
        ("# syntax=registry.acme.com/mirror/docker/dockerfile-upstream@sha256:1\nFROM a\n", True),
        ("# syntax=acme/buildpacks\nFROM a\n", False),
        ("ARG A\n", False),
        ("FROM a\nRUN <<EOF\n", False),
    ],
)
def test_what_a_frontend_of_ones_own_reads_is_not_known(text: str, is_plain: bool) -> None:
    assert read(text).is_plain is is_plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a$A-${A}", "a1-1"),
        ("${A:-x}${B:-y}", "1y"),
        ("${C:-x}${C-x}", "x"),
        ("${A:+x}${B:+y}${C+z}", "xz"),
        ("'$A'", "1"),
        ("$U", None),
        ("a-${U:-x}", None),
        ("${A%.*}", None),
        ("\\$A", "$A"),
    ],
)
def test_variables(text: str, value: str | None) -> None:
    assert expand(text, {"A": "1", "C": "", "U": None}) == value


def test_needs() -> None:
    file = read(
        "ARG BASE=one\nFROM a AS one\nFROM b AS two\nFROM $BASE AS app\nCOPY --from=tools /x /x\nFROM c AS unused\n"
    )

    def needed(wanted: str, given: dict[str, str], *replaced: str) -> tuple[list[str], set[str], bool]:
        found = needs(file, wanted, values_of(file, given), replaced)
        return [stage.name for stage in found.stages], set(found.outside), found.is_sure

    assert needed("app", {}) == (["one", "app"], {"a", "tools"}, True)
    assert needed("app", {"BASE": "two"}) == (["two", "app"], {"b", "tools"}, True)
    assert needed("app", {}, "ONE") == (["app"], {"one", "tools"}, True)
    assert needed("", {}) == (["unused"], {"c"}, True)


def test_needs_of_a_stage_by_platform_are_not_sure() -> None:
    file = read("FROM a AS base-amd64\nFROM b AS base-arm64\nFROM base-$TARGETARCH\n")
    assert not needs(file, "", values_of(file, {})).is_sure


def test_a_name_means_the_stage_above() -> None:
    """`FROM debian AS debian` starts from the image."""
    found = needs(file := read("FROM debian AS debian\nRUN true\n"), "", values_of(file, {}))
    assert (len(found.stages), found.outside) == (1, {"debian"})
