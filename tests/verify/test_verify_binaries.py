"""Programs and libraries, and what they need."""

from __future__ import annotations

import pytest
from elves import elf
from samples import Store, Verify, said, tar


@pytest.mark.parametrize(
    ("platform", "program", "what"),
    [
        ("linux/amd64", elf("amd64"), ""),
        ("linux/arm64", elf("arm64"), ""),
        ("linux/386", elf("386"), ""),
        ("linux/s390x", elf("s390x"), ""),
        ("linux/riscv64", elf("riscv64"), ""),
        ("linux/arm/v7", elf("arm", arm_version=10), ""),
        ("linux/arm/v6", elf("arm", arm_version=9), ""),
        ("linux/arm/v6", elf("arm", arm_version=10), "ARMv7"),
        ("linux/arm/v7", elf("arm", arm_version=14), "ARMv8"),
        ("linux/arm64", elf("amd64"), "amd64"),
        ("linux/amd64", elf("386"), "386"),
        ("linux/arm/v7", elf("arm64"), "arm64"),
        ("linux/arm64", elf("arm", arm_version=10), "arm"),
    ],
)
def test_the_machine(platform: str, program: bytes, what: str, store: Store, verified: Verify) -> None:
    report = verified(store.index(store.manifest(platform, [tar(("usr/bin/app", program))])))
    expected = [("wrong-architecture", platform, f"/usr/bin/app is for {what}, not for {platform}")] if what else []
    assert said(report) == expected
    assert [finding.file for finding in report.findings] == ["/usr/bin/app"] * len(expected)
