"""Programs, libraries and scripts, and what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from elves import elf
from samples import Store, Verify, said, tar

if TYPE_CHECKING:
    from bakectl.verifying.run import Report

GLIBC = "/lib64/ld-linux-x86-64.so.2"
LOADER = ("lib64/ld-linux-x86-64.so.2", elf(name="ld-linux-x86-64.so.2"))
LIBC = (
    "usr/lib/x86_64-linux-gnu/libc.so.6",
    elf(name="libc.so.6", versions=("libc.so.6", "GLIBC_2.2.5", "GLIBC_2.34")),
)


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
        ("linux/wasm", elf("amd64"), ""),
    ],
)
def test_the_machine(platform: str, program: bytes, what: str, store: Store, verified: Verify) -> None:
    report = verified(store.index(store.manifest(platform, [tar(("usr/bin/app", program))])))
    expected = [("wrong-architecture", platform, f"/usr/bin/app is for {what}, not for {platform}")] if what else []
    assert said(report) == expected
    assert [finding.file for finding in report.findings] == ["/usr/bin/app"] * len(expected)


def test_a_library_for_a_newer_arm_may_choose(store: Store, verified: Verify) -> None:
    layer = tar(("usr/lib/libgcrypt.so.20", elf("arm", name="libgcrypt.so.20", arm_version=14)))
    report = verified(store.manifest("linux/arm/v7", [layer]))
    assert [(item.rule, item.severity.value) for item in report.findings] == [("wrong-architecture", "info")]
    assert not report.is_broken


def amd64(store: Store, verified: Verify, *members: tuple[str, object], run: dict[str, object] | None = None) -> Report:
    """An image of one layer for amd64."""
    return verified(store.manifest("linux/amd64", [tar(*members)], run={"User": "1000", **(run or {})}))


def test_the_loader(store: Store, verified: Verify) -> None:
    report = amd64(store, verified, ("app", elf(interpreter=GLIBC)))
    message = f"/app is started by {GLIBC}, which is not there"
    assert said(report) == [("missing-loader", "linux/amd64", message)]


def test_libraries(store: Store, verified: Verify) -> None:
    report = amd64(
        store,
        verified,
        LOADER,
        LIBC,
        ("usr/bin/app", elf(interpreter=GLIBC, needed=("libc.so.6", "liba.so", "libgone.so"))),
        ("usr/lib/liba.so", elf(name="liba.so", needed=("libb.so", "libalien.so"))),
        ("usr/lib/libalien.so", elf("arm64", name="libalien.so")),
        ("opt/plugin.so", elf(name="plugin.so", needed=("libprivate.so", "libc.so.6", "liba.so"))),
    )
    assert [(item.rule, item.severity.value, item.message) for item in report.findings] == [
        ("wrong-architecture", "error", "/usr/lib/libalien.so is for arm64, not for linux/amd64"),
        ("missing-library", "error", "/usr/bin/app needs libgone.so, which is not there"),
        ("missing-library", "error", "/usr/lib/liba.so, which /usr/bin/app loads, needs libb.so, which is not there"),
        (
            "missing-library",
            "error",
            "/usr/lib/liba.so, which /usr/bin/app loads, needs libalien.so, which is not there",
        ),
        ("missing-library", "warning", "/opt/plugin.so needs libprivate.so, which is not there"),
        (
            "missing-library",
            "warning",
            "/usr/lib/liba.so, which /opt/plugin.so loads, needs libb.so, which is not there",
        ),
    ]


@pytest.mark.parametrize(
    ("members", "run"),
    [
        ([("opt/app/lib/liba.so", None)], {}),
        ([("usr/lib/liba.so", "-> ../../srv/liba.so.1"), ("srv/liba.so.1", None)], {}),
        ([("lib", "-> usr/lib"), ("usr/lib/liba.so", None)], {}),
        ([("srv/liba.so", None)], {"Env": ["LD_LIBRARY_PATH=/nowhere:/srv"]}),
        ([("etc/ld.so.conf", b"# all\ninclude /etc/ld.so.conf.d/*.conf\n"), ("etc/ld.so.conf.d/a.conf", b"/srv\n"), ("srv/liba.so", None)], {}),
        ([("usr/lib/libreal.so", None), ("usr/lib/liba.so", "=> usr/lib/libreal.so")], {}),
    ],
    ids=["RUNPATH", "link", "linked folder", "environment", "settings of the loader", "hard link"],
)  # fmt: skip
def test_where_libraries_are_found(members, run, store: Store, verified: Verify) -> None:
    program = elf(interpreter=GLIBC, needed=("liba.so",), runpath="$ORIGIN/../lib:/none")
    library = elf(name="liba.so")
    held = [(name, library if content is None else content) for name, content in members]
    assert said(amd64(store, verified, LOADER, ("opt/app/bin/app", program), *held, run=run)) == []


def test_a_library_that_the_program_loads_already_is_fine(store: Store, verified: Verify) -> None:
    report = amd64(
        store,
        verified,
        LOADER,
        ("opt/bin/app", elf(interpreter=GLIBC, needed=("liba.so", "libb.so"), runpath="$ORIGIN/../lib")),
        ("opt/lib/liba.so", elf(name="liba.so", needed=("libb.so",))),
        ("opt/lib/libb.so", elf(name="libb.so")),
    )
    assert [item for item in said(report) if "libb" in item[-1]] == []


def test_musl_is_its_own_library(store: Store, verified: Verify) -> None:
    loader = "/lib/ld-musl-x86_64.so.1"
    program = elf(interpreter=loader, needed=("libc.musl-x86_64.so.1", "libpthread.so", "libz.so.1"))
    members = (("lib/ld-musl-x86_64.so.1", elf(name="libc.so")), ("etc/ld-musl-x86_64.path", b"/srv:/lib\n"))
    report = amd64(store, verified, *members, ("app", program), ("srv/libz.so.1", elf(name="libz.so.1")))
    assert said(report) == []


def test_symbol_versions(store: Store, verified: Verify) -> None:
    wanted = {"libc.so.6": ("GLIBC_2.2.5", "GLIBC_2.38"), "libold.so": ("OLD_1",)}
    program = elf(interpreter=GLIBC, needed=("libc.so.6", "libold.so"), versions_needed=wanted)
    report = amd64(store, verified, LOADER, LIBC, ("usr/lib/libold.so", elf(name="libold.so")), ("app", program))
    message = "/app needs GLIBC_2.38 of libc.so.6, and /usr/lib/x86_64-linux-gnu/libc.so.6 does not have it"
    assert said(report) == [("missing-symbol-version", "linux/amd64", message)]


def test_scripts(store: Store, verified: Verify) -> None:
    report = amd64(
        store,
        verified,
        ("bin/sh", elf()),
        ("usr/bin/env", elf()),
        ("usr/bin/good", b"#!/bin/sh -e\n"),
        ("usr/bin/fine", b"#! /usr/bin/env -S LANG=C good --fast\n"),
        ("usr/bin/bad", b"#!/usr/bin/python3\n"),
        ("usr/bin/worse", b"#!/usr/bin/env ruby\n"),
        ("usr/share/doc/example", b"#!/usr/bin/perl\n"),
        ("usr/bin/text", b"no script\n"),
    )
    assert [(item.rule, item.severity.value, item.message) for item in report.findings] == [
        ("missing-interpreter", "error", "/usr/bin/bad is run by /usr/bin/python3, which is not there"),
        ("missing-interpreter", "error", "/usr/bin/worse is run by ruby, which is not there"),
        ("missing-interpreter", "warning", "/usr/share/doc/example is run by /usr/bin/perl, which is not there"),
    ]
    plain = verified(store.manifest("linux/amd64", [tar(("usr/bin/bad", b"#!/bin/none\n"), mode=0o644)]))
    assert said(plain) == []


@pytest.mark.parametrize(
    ("run", "message"),
    [
        ({"Entrypoint": ["/usr/bin/app"]}, ""),
        ({"Cmd": ["app"]}, ""),
        ({"Cmd": ["./app"], "WorkingDir": "/usr/bin"}, ""),
        ({"Entrypoint": ["/usr/bin/tini", "-g", "--"], "Cmd": ["app", "serve"]}, ""),
        ({"Entrypoint": ["/usr/bin/tini", "--"], "Cmd": ["gone"]}, "gone, which is not there"),
        ({"Entrypoint": ["/app"]}, "/app, which is not there"),
        ({"Cmd": ["app"], "Env": ["PATH=/bin"]}, "app, which is not there"),
        ({"Cmd": ["/bin/sh", "-c", "app"]}, "/bin/sh, which is not there"),
        ({"Cmd": ["/usr/share/data"]}, "/usr/share/data, which is not executable"),
    ],
)
def test_what_is_started(run: dict[str, object], message: str, store: Store, verified: Verify) -> None:
    layers = [
        tar(("usr/bin/app", elf()), ("usr/bin/tini", elf())),
        tar(("usr/share/data", b"text"), mode=0o644),
    ]
    report = verified(store.manifest("linux/amd64", layers, run={"User": "1", **run}))
    assert [item[-1] for item in said(report)] == ([f"the image starts {message}"] if message else [])


@pytest.mark.parametrize("length", [4, 10, 20, 60, 100, 300])
def test_a_broken_elf_file_is_no_crash(length: int, store: Store, verified: Verify) -> None:
    whole = elf(interpreter=GLIBC, needed=("libc.so.6",), versions_needed={"libc.so.6": ("GLIBC_2.38",)})
    report = amd64(store, verified, ("app", whole[:length]), LOADER)
    assert {item.rule for item in report.findings} <= {"bad-binary", "missing-library"}
    assert len(report.findings) == 1
