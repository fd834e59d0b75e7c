"""Completion: what is offered, and that real shells offer it."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bakectl.cli.completing import answer, words_of_line

Files = Callable[[Mapping[str, str]], Path]
ROOT = Path(__file__).parents[2]
SHELLS = ROOT / "bakectl" / "cli" / "shells"
BAKE_FILE = """
variable "TAG" {
  description = "The tag"
  default = "1"
}
group "all" {
  targets = ["backend", "frontend"]
}
target "_common" {
  platforms = ["linux/amd64", "linux/arm/v7"]
}
target "backend" {
  description = "Answers"
  inherits = ["_common"]
}
target "frontend" {
  inherits = ["_common"]
}
"""


def words(*typed: str, shell: str = "zsh") -> list[str]:
    return [line.partition("\t")[0] for line in answer(shell, typed).splitlines()]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (("ba",), ["bake"]),
        (("c",), ["check", "cache", "ci", "completion", "convert"]),
        (("--v",), ["--version"]),
        (("cache", ""), ["set", "unset", "show"]),
        (("cache", "s"), ["set", "show"]),
        (("nonsense", ""), []),
        (("bake", ""), ["all", "backend", "frontend"]),
        (("bake", "b"), ["backend"]),
        (("bake", "_"), ["_common"]),
        (("bake", "backend", "f"), ["frontend"]),
        (("bake", "--no"), ["--no-cache"]),
        (("bake", "--hel"), ["--help"]),
        (("bake", "--platform", ""), ["linux/amd64", "linux/arm/v7"]),
        (("bake", "--platform", "linux/amd64,"), ["linux/amd64,linux/amd64", "linux/amd64,linux/arm/v7"]),
        (("bake", "--platform=linux/ar"), ["--platform=linux/arm/v7"]),
        (("bake", "--progress", "p"), ["plain"]),
        (("bake", "--cache", "r"), ["registry="]),
        (("bake", "--cache", "gh"), ["gha"]),
        (("bake", "--var", ""), ["TAG="]),
        (("bake", "--set", "back"), ["backend."]),
        (("bake", "--set", "backend.pla"), ["backend.platform="]),
        (("bake", "--set", "backend.ar"), ["backend.args."]),
        (("bake", "--metadata-file", ""), [":files"]),
        (("bake", "--push", "back"), ["backend"]),
        (("bake", "--", "--he"), []),
        (("explain", "backend", "tag"), ["tags"]),
        (("set", "frontend.ta"), ["frontend.tags=", "frontend.target="]),
        (("unset", "frontend.ta"), ["frontend.tags", "frontend.target"]),
        (("variable", "remove", ""), ["TAG"]),
        (("variable", "rename", "TAG", ""), []),
        (("platform", "remove", "linux/arm"), ["linux/arm/v7"]),
        (("cache", "set", "gha", "ba"), ["backend"]),
        (("cache", "unset", "g"), ["gha"]),
        (("list", "v"), ["variables"]),
        (("check", "--select", "cache-un"), ["cache-unscoped"]),
        (("fmt", ""), [":files"]),
        (("verify", "b"), ["backend", ":files"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("bake", "--builder", ""), ["farm"]),
        (("bake", "-f", "other.hcl", ""), ["lone"]),
        (("bake", "--file=other.hcl", ""), ["lone"]),
        (("bake", "-f", "-", ""), []),
        (("bake", "-f", "broken.hcl", "b"), []),
        (("bake", "-f", "missing.hcl", ""), []),
    ],
    ids=" ".join,
)
def test_offered(project: Files, typed: tuple[str, ...], offered: list[str]) -> None:
    other = 'target "lone" {}'
    settings = '[builder]\nname = "farm"\n[[builder.nodes]]\n'
    project({"docker-bake.hcl": BAKE_FILE, "other.hcl": other, "broken.hcl": "target {", "bakectl.toml": settings})
    assert words(*typed) == offered


def test_usual_platforms_where_no_target_has_any(project: Files) -> None:
    project({"docker-bake.hcl": 'target "a" {}'})
    assert words("bake", "--platform", "") == ["linux/amd64", "linux/arm64", "linux/arm/v7"]


def test_lines_about_words(project: Files) -> None:
    project({"docker-bake.hcl": BAKE_FILE})
    assert answer("fish", ("bake", "")) == "all\tgroup\nbackend\tAnswers\nfrontend\ttarget\n"
    assert answer("bash", ("bake", "")) == "all\nbackend\nfrontend\n"


def test_bash_replaces_what_follows_a_break(project: Files) -> None:
    project({"docker-bake.hcl": BAKE_FILE})
    assert words("bake", "--platform=linux/ar", shell="bash") == ["linux/arm/v7"]


@pytest.mark.parametrize(
    ("line", "point", "expected"),
    [
        ("bakectl ba", 10, ["ba"]),
        ("bakectl bake ", 13, ["bake", ""]),
        ("bakectl bake back --push", 17, ["bake", "back"]),
        ('bakectl bake "back', 18, ["bake", "back"]),
        ("bakectl bake 'it", 16, ["bake", "it"]),
        ("bakectl ä b", 12, ["ä", "b"]),
    ],
)
def test_words_of_a_line(line: str, point: int, expected: list[str]) -> None:
    assert words_of_line(line, point) == expected


@pytest.fixture
def shell(project: Files, tmp_path: Path) -> dict[str, str]:
    """Return an environment in which bakectl is a command."""
    project({"docker-bake.hcl": BAKE_FILE})
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "bakectl").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bakectl "$@"\n')
    (programs / "bakectl").chmod(0o755)
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    return {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "TERM": "dumb"}


def needs(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"there is no {name}")
    return path


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script_is_printed_and_is_one(name: str, shell: dict[str, str]) -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "bakectl", "completion", name], env=shell, capture_output=True, text=True, check=True
    )
    assert printed.stdout == (SHELLS / f"bakectl.{name}").read_text()
    read = subprocess.run(
        [needs(name), "-n"], input=printed.stdout, env=shell, capture_output=True, text=True, check=False
    )
    assert (read.returncode, read.stderr) == (0, "")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("bakectl bake ba", ["backend "]),
        ("bakectl bake ", ["all ", "backend ", "frontend "]),
        ("bakectl set backend.ar", ["backend.args."]),
        ("bakectl bake --platform=linux/am", ["linux/amd64 "]),
        ("bakectl cache set reg", ["registry="]),
    ],
)
def test_bash(shell: dict[str, str], line: str, offered: list[str]) -> None:
    code = (
        f"source '{SHELLS}/bakectl.bash'; COMP_LINE='{line}' COMP_POINT={len(line)}; _bakectl; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run([needs("bash"), "-c", code], env=shell, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == offered


def test_fish(shell: dict[str, str]) -> None:
    code = f"source '{SHELLS}/bakectl.fish'; complete -C 'bakectl bake '; complete -C 'bakectl cache s'"
    done = subprocess.run(
        [needs("fish"), "--no-config", "-c", code], env=shell, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == [
        "all\tgroup",
        "backend\tAnswers",
        "frontend\ttarget",
        "set\tGive targets a cache that they write and read.",
        "show\tShow what targets read and write.",
    ]


def test_zsh(shell: dict[str, str], tmp_path: Path) -> None:
    """In a terminal, because zsh completes nowhere else: a Tab makes one word of what is typed."""
    zsh = needs("zsh")
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(tmp_path)
        os.execve(zsh, [zsh, "-f", "-i"], {**shell, "PS1": "> "})
    seen = b""

    def until(mark: bytes) -> None:
        nonlocal seen
        deadline = time.monotonic() + 30
        while mark not in seen and time.monotonic() < deadline:
            if select.select([terminal], [], [], 0.1)[0]:
                # Without the bell, which a terminal rings in between.
                seen += os.read(terminal, 4096).replace(b"\a", b"")
        assert mark in seen, seen.decode("utf-8", "replace")
        seen = b""

    try:
        os.write(
            terminal, f"autoload -Uz compinit; compinit -u; source '{SHELLS}/bakectl.zsh'; echo re''ady\n".encode()
        )
        until(b"ready")
        os.write(terminal, b"echo bakectl; bakectl bake backe\t")
        until(b"backend ")
    finally:
        os.kill(process, 9)
        os.waitpid(process, 0)
        os.close(terminal)
