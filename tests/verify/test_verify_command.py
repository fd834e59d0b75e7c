"""`bakectl verify` as it is typed: words, places, formats, exit codes, and `--init`."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from elves import elf
from samples import Store, tar

import bakectl
from bakectl.verifying.checks import CHECKS, WRONG_ARCHITECTURE
from bakectl.verifying.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Callable

    Bakectl = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).parents[2]
BAKE_FILE = """
group "all" {
  targets = ["app"]
}
target "app" {
  tags      = ["acme/app:1"]
  platforms = ["linux/amd64", "linux/arm64"]
  output    = ["type=oci,dest=app.tar"]
}
target "page" {
  tags = ["127.0.0.1:1/page:1"]
}
target "bare" {}
"""
RUN = {
    "User": "1000",
    "Env": ["PATH=/bin", "LOG_LEVEL=info"],
    "Cmd": ["app"],
    "ExposedPorts": {"8080/tcp": {}},
    "Labels": {"a.b": 'say "hi"'},
}


@pytest.fixture
def command(tmp_path: Path) -> Bakectl:
    """Run `bakectl verify` in the test's folder, where no daemon answers."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bakectl", "verify", *words],
            cwd=tmp_path,
            env={
                "PYTHONPATH": str(ROOT),
                "PATH": "/usr/bin:/bin",
                "DOCKER_HOST": "unix:///nonexistent",
                "HOME": "/nonexistent",
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture
def image(store: Store, tmp_path: Path) -> Path:
    """A folder with an image for two platforms, and `app.tar` beside it with the same."""
    manifests = [
        store.manifest(f"linux/{machine}", [tar(("bin/app", elf(machine)))], run=RUN) for machine in ("amd64", "arm64")
    ]
    folder = store.write(tmp_path / "image", store.index(*manifests))
    subprocess.run(["tar", "-C", folder, "-cf", tmp_path / "app.tar", "."], check=True)
    (tmp_path / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["image"], "image"),
        (["app.tar"], "app.tar"),
        (["./image", "--platform", "linux/amd64,linux/arm64/v8"], "./image"),
        (["app"], "app.tar"),
        (["all"], "app.tar"),
        (["app", "--from=image"], "image"),
        (["acme/other:1", "--from=app.tar"], "app.tar"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_where_images_are(words: list[str], name: str, image: Path, command: Bakectl) -> None:
    done = command(*words)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == f"{name} keeps its promises"
    assert [line.split()[0] for line in lines[1:]] == ["linux/amd64", "linux/arm64"]


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["page"], 4, "error: 127.0.0.1:1 cannot be reached: [Errno 111] Connection refused [unreadable-image]"),
        (["app", "--from=daemon"], 4, "error: docker has no image acme/app:1, or does not answer [unreadable-image]"),
        (["bare"], 3, 'error: target "bare" has no tags, so nobody knows where its image is [nothing-to-verify]'),
        (["appp"], 3, 'error: there is no target or group "appp" [unknown-target]'),
        (["A/b"], 3, 'error: "A/b" is neither a target, an OCI layout, a tar nor the reference of an image [nothing-to-verify]'),
        (["docker-bake.hcl"], 4, "error: docker-bake.hcl is not a tar archive: if it is packed, unpack it first [unreadable-image]"),
        (["image", "--from=gone.tar"], 4, "error: gone.tar cannot be read: No such file or directory [unreadable-image]"),
        (["image", "--platform=linux/none/of/these"], 3, 'error: "linux/none/of/these" is not a platform [bad-platform]'),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)  # fmt: skip
def test_what_cannot_be_verified(words: list[str], code: int, message: str, image: Path, command: Bakectl) -> None:
    done = command(*words)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (code, "", message)


def test_all_that_can_be_read_is(image: Path, command: Bakectl) -> None:
    done = command("page", "image", "--platform", "linux/amd64")
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == (
        "image linux/arm64: error: linux/arm64 is not in the plan: linux/amd64 [extra-platform]"
    )
    assert done.stderr == "error: 127.0.0.1:1 cannot be reached: [Errno 111] Connection refused [unreadable-image]\n"


@pytest.fixture
def wrong(store: Store, tmp_path: Path) -> str:
    """An image with the program of another machine, whose name would move the cursor of a terminal."""
    layers = [tar(("bin/\x1b[31mapp", elf("arm64")), ("var/lib/apt/lists/a", b"x"))]
    store.write(tmp_path / "wrong", store.manifest("linux/amd64", layers, run={"User": "1"}))
    return "wrong"


def test_text(wrong: str, command: Bakectl) -> None:
    done = command(wrong)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[:4] == [
        "wrong linux/amd64: error: /bin/\\x1b[31mapp is for arm64, not for linux/amd64 [wrong-architecture]",
        "wrong linux/amd64: error: /var/lib/apt/lists holds a cache of apt: 1 files, 0.0 MB [package-cache]",
        "help: remove it in the step that fills it, or mount it: RUN --mount=type=cache",
        "wrong is broken",
    ]


def test_many_findings(store: Store, tmp_path: Path, command: Bakectl) -> None:
    layer = tar(*((f"srv/{number:03}", elf("arm64")) for number in range(150)), ("app", elf("s390x")))
    store.write(tmp_path / "many", store.manifest("linux/amd64", [layer], run={"User": ""}))
    lines = command("many").stdout.splitlines()
    assert lines[9:14] == [
        "many linux/amd64: error: /srv/009 is for arm64, not for linux/amd64 [wrong-architecture]",
        "many linux/amd64: 141 more [wrong-architecture]",
        "many linux/amd64: error: the image runs as root, for it names no user [root-user]",
        'help: write USER 1000:1000, or allow it: user = "root" or "" in [verify]',
        "many is broken",
    ]
    (report,) = json.loads(command("many", "--json").stdout)
    assert len(report["findings"]) == 152


def test_more_findings_than_anybody_reads() -> None:
    findings = Findings("image")
    for number in range(1003):
        findings.add(WRONG_ARCHITECTURE, f"file {number}", platform="linux/arm64", file=f"/{number}", help="help")
    found = findings.all()
    assert [(item.message, item.file) for item in (found[999], found[1000])] == [
        ("file 999", "/999"),
        ("3 more findings of this kind are not listed", ""),
    ]
    assert len(found) == 1001


def test_json(wrong: str, command: Bakectl) -> None:
    done = command(wrong, "--json")
    (report,) = json.loads(done.stdout)
    assert (done.returncode, report["image"], report["ok"], list(report["platforms"])) == (
        1,
        wrong,
        False,
        ["linux/amd64"],
    )
    assert report["findings"][0] == {
        "check": "wrong-architecture",
        "severity": "error",
        "message": "/bin/\x1b[31mapp is for arm64, not for linux/amd64",
        "platform": "linux/amd64",
        "file": "/bin/\x1b[31mapp",
        "help": None,
    }


def test_junit(wrong: str, command: Bakectl) -> None:
    done = command(wrong, "--format=junit")
    (suite,) = ET.fromstring(done.stdout)
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == (wrong, str(len(CHECKS)), "2")
    assert [case.get("name") for case in suite] == [check.name for check in CHECKS]
    failed = {case.get("name"): case.findtext("failure") for case in suite if case.find("failure") is not None}
    assert failed["wrong-architecture"] == "linux/amd64: /bin/\\x1b[31mapp is for arm64, not for linux/amd64"


def test_sarif(wrong: str, command: Bakectl) -> None:
    (run,) = json.loads(command(wrong, "--format=sarif").stdout)["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["package-cache", "wrong-architecture"]
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("wrong-architecture", 1, "error")
    assert first["locations"] == [
        {
            "logicalLocations": [{"fullyQualifiedName": "wrong/linux/amd64", "kind": "module"}],
            "physicalLocation": {"artifactLocation": {"uri": "bin/%1B%5B31mapp"}},
        }
    ]


def test_a_contract_of_what_is_there(image: Path, command: Bakectl, tmp_path: Path) -> None:
    (tmp_path / "bakectl.toml").write_text('[check]\nignore = ["names"]', "utf-8")
    assert command("app", "--init").stdout == "wrote [verify.targets.app] to bakectl.toml\n"
    settings = tomllib.loads((tmp_path / "bakectl.toml").read_text("utf-8"))
    assert settings == {
        "check": {"ignore": ["names"]},
        "verify": {
            "targets": {
                "app": {
                    "size": "1kB",
                    "compressed-size": "1kB",
                    "user": "1000",
                    "labels": {"a.b": "*"},
                    "environment": {"LOG_LEVEL": "*"},
                    "ports": ["8080/tcp"],
                    "entrypoint": [],
                    "command": ["app"],
                    "pid-1": "/bin/app",
                    "files": ["/bin/app"],
                    "setuid": [],
                }
            }
        },
    }
    assert command("app").returncode == 0
    again = command("app", "--init")
    assert (again.returncode, again.stderr.splitlines()[0]) == (
        3,
        "error: bakectl.toml has [verify.targets.app] already [contract-there]",
    )
    assert command("image", "--init").stdout == "wrote [verify] to bakectl.toml\n"


def test_a_contract_in_a_project(image: Path, command: Bakectl, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.bakectl]\n", "utf-8")
    assert command("app", "--init").stdout == "wrote [tool.bakectl.verify.targets.app] to pyproject.toml\n"
    assert command("app").returncode == 0


def test_the_library(image: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    plan = bakectl.plan(bakectl.load(env={}), "app")
    assert bakectl.verify(plan=plan) == []
    (found,) = bakectl.verify("image", platforms=["linux/arm64"])
    assert (found.rule, found.image, found.platform, found.file) == ("extra-platform", "image", "linux/amd64", "")
    assert bakectl.render([found]) == "error: linux/amd64 is not in the plan: linux/arm64 [extra-platform]\n"
    with pytest.raises(bakectl.EngineUnavailable, match=r"gone\.tar cannot be read"):
        bakectl.verify("image", origin="gone.tar")
