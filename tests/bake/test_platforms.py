"""Platforms: read, brought to one form, compared."""

from __future__ import annotations

import pytest

from bakectl.bake.platforms import Platform, PlatformError, normalised, parse_platform


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("linux/amd64", "linux/amd64"),
        ("linux/amd64/v1", "linux/amd64"),
        ("linux/amd64/v2", "linux/amd64/v2"),
        ("linux/x86_64", "linux/amd64"),
        ("linux/arm64", "linux/arm64"),
        ("linux/arm64/v8", "linux/arm64"),
        ("linux/aarch64", "linux/arm64"),
        ("linux/arm/v7", "linux/arm/v7"),
        ("linux/arm/7", "linux/arm/v7"),
        ("linux/arm", "linux/arm/v7"),
        ("linux/armhf", "linux/arm/v7"),
        ("linux/armel", "linux/arm/v6"),
        ("linux/i386", "linux/386"),
        ("LINUX/ARM64", "linux/arm64"),
        ("arm64", "linux/arm64"),
        ("arm", "linux/arm/v7"),
        ("riscv64", "linux/riscv64"),
        ("macos/arm64", "darwin/arm64"),
        ("windows(10.0.17763)/amd64", "windows/amd64"),
        ("not a platform", "not a platform"),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert normalised(text) == normal


def test_parts_and_slug() -> None:
    platform = parse_platform("linux/arm/v7")
    assert platform == Platform("linux", "arm", "v7")
    assert (str(platform), platform.slug) == ("linux/arm/v7", "linux-arm-v7")


@pytest.mark.parametrize("text", ["", "linux/", "linux/arm/v7/x", "lin ux/amd64", "foo"])
def test_no_platform(text: str) -> None:
    with pytest.raises(PlatformError):
        parse_platform(text)
