"""`bakectl verify` with a real engine: good images, and images made wrong on purpose, one for each check."""

from __future__ import annotations

import json
import shutil
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "verify"))

from elves import elf

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

PLATFORMS = "linux/amd64,linux/arm64,linux/arm/v7"

pytestmark = pytest.mark.engine


class Workshop:
    """Builds images from files, and verifies them."""

    def __init__(self, folder: Path, run: Run, registry: str) -> None:
        self.folder = folder
        self.run = run
        self.reference = f"{registry}/verify-{uuid.uuid4().hex}/app:1"

    def write(self, name: str, content: bytes, mode: int = 0o755) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)

    def build(self, dockerfile: str, *words: str, platforms: str = PLATFORMS) -> None:
        self.write("Dockerfile", dockerfile.encode())
        output = words or ("--push",)
        self.run(
            "docker",
            "buildx",
            "build",
            "--quiet",
            f"--platform={platforms}",
            f"--tag={self.reference}",
            *output,
            self.folder,
        )

    def verify(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        """The findings that `verify --json` prints for one image."""
        command = (sys.executable, "-m", "bakectl", "verify", "--json", *(words or (self.reference,)))
        # Elsewhere than in the repository, whose contract is for its own images.
        done = self.run(*command, cwd=self.folder, code=code)
        (report,) = json.loads(done.stdout)
        found: list[dict[str, Any]] = report["findings"]
        return found


@pytest.fixture
def workshop(tmp_path: Path, run: Run, engine: dict[str, str]) -> Workshop:
    shop = Workshop(tmp_path, run, engine["REGISTRY"].split("/")[0])
    for place, machine in (("amd64", "amd64"), ("arm64", "arm64"), ("arm", "arm")):
        shop.write(f"app-{place}", elf(machine))
    return shop


GOOD = """\
FROM scratch
ARG TARGETARCH
COPY app-$TARGETARCH /usr/bin/app
USER 1000
ENTRYPOINT ["/usr/bin/app"]
"""


def test_a_good_image_wherever_it_is(workshop: Workshop, tmp_path: Path) -> None:
    workshop.build(GOOD)
    assert workshop.verify() == []
    assert workshop.verify(workshop.reference, "--from=daemon") == []
    archive, layout = tmp_path / "app.tar", tmp_path / "layout"
    workshop.build(GOOD, f"--output=type=oci,dest={archive}")
    assert workshop.verify(str(archive), f"--platform={PLATFORMS}") == []
    shutil.unpack_archive(archive, layout)
    assert workshop.verify(str(layout)) == []
    assert workshop.verify(workshop.reference, f"--from={layout}") == []


@pytest.mark.parametrize("compression", ["gzip", "zstd", "uncompressed"])
def test_each_compression(compression: str, workshop: Workshop, tmp_path: Path) -> None:
    archive = tmp_path / "app.tar"
    how = f"--output=type=oci,dest={archive},compression={compression},force-compression=true"
    workshop.build(GOOD, how, platforms="linux/amd64")
    assert workshop.verify(str(archive)) == []


KEY = b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n"
GLIBC = "/lib/ld-linux-aarch64.so.1"
LOADER = {
    "loader": elf("arm64", name="ld-linux-aarch64.so.1"),
    "libc": elf("arm64", name="libc.so.6", versions=("V1",)),
}
COPY_LOADER = f"COPY loader {GLIBC}\nCOPY libc /lib/libc.so.6\n"


def program(**facts: Any) -> bytes:
    return elf("arm64", interpreter=GLIBC, **facts)


WRONG: dict[str, tuple[str, dict[str, bytes], str]] = {
    "wrong-architecture": ("", {"app-arm64": elf("amd64")}, "/usr/bin/app"),
    "missing-loader": ("COPY tool /usr/bin/tool\n", {"tool": program()}, "/usr/bin/tool"),
    "missing-library": (
        f"{COPY_LOADER}COPY tool /usr/bin/tool\n",
        {**LOADER, "tool": program(needed=("libc.so.6", "libssl.so.3"))},
        "/usr/bin/tool",
    ),
    "missing-symbol-version": (
        f"{COPY_LOADER}COPY tool /usr/bin/tool\n",
        {**LOADER, "tool": program(needed=("libc.so.6",), versions_needed={"libc.so.6": ("V2",)})},
        "/usr/bin/tool",
    ),
    "missing-interpreter": ("COPY script /usr/bin/script\n", {"script": b"#!/usr/bin/python3\n"}, "/usr/bin/script"),
    "missing-command": ('ENTRYPOINT ["/usr/bin/gone"]\n', {}, "/usr/bin/gone"),
    "compiler": ("COPY script /usr/bin/gcc\n", {"script": b""}, "/usr/bin/gcc"),
    "package-cache": ("COPY list /var/lib/apt/lists/a\n", {"list": b"x"}, "/var/lib/apt/lists"),
    "repository": ("COPY HEAD /src/.git/HEAD\n", {"HEAD": b"ref: refs/heads/main\n"}, "/src/.git"),
    "secret": ("COPY key /srv/key\n", {"key": KEY}, "/srv/key"),
    "deleted-secret": ("COPY key /srv/key\nCOPY nothing /srv/key\n", {"key": KEY, "nothing": b"x"}, "/srv/key"),
    "secret-in-settings": ("ENV API_TOKEN=abcdef\n", {}, ""),
    "root-user": ("USER root\n", {}, ""),
}
"""What makes an image wrong for one check: lines of a Dockerfile, files, and the file that is named."""


@pytest.mark.parametrize("check", WRONG)
def test_an_image_made_wrong(check: str, workshop: Workshop) -> None:
    lines, files, named = WRONG[check]
    for name, content in files.items():
        workshop.write(name, content)
    workshop.build(GOOD + lines, platforms="linux/arm64")
    found = workshop.verify(code=1)
    assert [(item["check"], item["platform"], item["file"]) for item in found] == [
        (check, "linux/arm64", named or None)
    ]
    assert not named or named in found[0]["message"]


CONTRACT = """[verify]
size = "1kB"
compressed-size = "0.1kB"
user = "7"
labels = { vendor = "acme" }
ports = ["80"]
environment = { MODE = "fast" }
entrypoint = ["/bin/app"]
command = ["serve"]
pid-1 = "/sbin/init"
stop-signal = "SIGQUIT"
health-check = true
files = ["/etc/passwd"]
no-files = ["/usr/*"]
sbom = true
provenance = true
"""


def test_a_contract_that_is_broken(workshop: Workshop, tmp_path: Path) -> None:
    (tmp_path / "bakectl.toml").write_text(CONTRACT, "utf-8")
    workshop.build(GOOD, "--push", "--provenance=false", platforms="linux/arm64")
    assert sorted({item["check"] for item in workshop.verify(code=1)}) == [
        "forbidden-file",
        "missing-attestation",
        "missing-file",
        "too-large",
        "wrong-command",
        "wrong-entrypoint",
        "wrong-health-check",
        "wrong-label",
        "wrong-pid-1",
        "wrong-port",
        "wrong-stop-signal",
        "wrong-user",
        "wrong-variable",
    ]


def test_platforms_that_differ(workshop: Workshop) -> None:
    workshop.write("only-arm64", b"x")
    differing = GOOD + "ENV MACHINE=$TARGETARCH\nCOPY onl[y]-$TARGETARCH app-$TARGETARCH /srv/\n"
    workshop.build(differing, platforms="linux/amd64,linux/arm64")
    found = workshop.verify(code=1)
    assert [(item["check"], item["platform"], item["file"]) for item in found] == [
        ("platform-parity", "linux/arm64", None),
        ("platform-parity", "linux/amd64", "/srv/only-*"),
    ]


@pytest.fixture
def layout(workshop: Workshop, tmp_path: Path) -> Path:
    """An image that the engine wrote as a folder."""
    folder = tmp_path / "layout"
    workshop.build(GOOD, f"--output=type=oci,tar=false,dest={folder}", platforms="linux/arm64,linux/amd64")
    return folder


def _descriptors(layout: Path) -> dict[str, dict[str, Any]]:
    """The index, a manifest, its config and its layer."""

    def read(descriptor: dict[str, Any]) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(_blob(layout, descriptor).read_text("utf-8"))
        return document

    (index,) = json.loads((layout / "index.json").read_text("utf-8"))["manifests"]
    manifest = read(index)["manifests"][0]
    return {
        "index": index,
        "manifest": manifest,
        "config": read(manifest)["config"],
        "layer": read(manifest)["layers"][0],
    }


def _blob(layout: Path, descriptor: dict[str, Any]) -> Path:
    return layout / "blobs" / "sha256" / descriptor["digest"].removeprefix("sha256:")


@pytest.mark.parametrize("part", ["index", "manifest", "config", "layer"])
@pytest.mark.parametrize(
    ("check", "damage"),
    [
        ("missing-blob", None),
        ("truncated-blob", lambda content: content[:-5]),
        ("wrong-size", lambda content: content + b" "),
        ("wrong-digest", lambda content: content[:-1] + bytes((content[-1] ^ 1,))),
    ],
)
def test_a_damaged_blob(
    part: str, check: str, damage: Callable[[bytes], bytes] | None, layout: Path, workshop: Workshop
) -> None:
    descriptor = _descriptors(layout)[part]
    path = _blob(layout, descriptor)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage(path.read_bytes()))
    found = workshop.verify(str(layout), code=1)
    assert found[0]["check"] == check
    assert descriptor["digest"] in found[0]["message"]


def test_the_repository_keeps_its_promises(run: Run, bake: Run, engine: dict[str, str], tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    shutil.copytree(root / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("target"))
    for name in ("docker-bake.hcl", "bakectl.toml", "Dockerfile", "Dockerfile.frontend", ".dockerignore"):
        shutil.copy(root / name, tmp_path)
    registry = f"{engine['REGISTRY'].split('/')[0]}/verify-own"
    bake("all", "--push", cwd=tmp_path, REGISTRY=registry)
    words = (sys.executable, "-m", "bakectl", "verify", "all", "--from=registry", "--json")
    done = run(*words, cwd=tmp_path, REGISTRY=registry)
    reports = json.loads(done.stdout)
    assert [(report["ok"], list(report["platforms"])) for report in reports] == [(True, PLATFORMS.split(","))] * 2
    kinds = {finding["severity"] for report in reports for finding in report["findings"]}
    assert kinds <= {"info"}


def test_a_target_of_the_bake_file(workshop: Workshop, tmp_path: Path, run: Run) -> None:
    workshop.build(GOOD, platforms="linux/amd64,linux/arm64")
    bake_file = (
        f'target "app" {{\n  tags = ["{workshop.reference}"]\n  platforms = ["linux/amd64", "linux/arm/v7"]\n}}\n'
    )
    (tmp_path / "docker-bake.hcl").write_text(bake_file, "utf-8")
    done = run(sys.executable, "-m", "bakectl", "verify", "app", "--from=registry", cwd=tmp_path, code=1)
    assert [line.rpartition("[")[2] for line in done.stdout.splitlines() if "error:" in line] == [
        "missing-platform]",
        "extra-platform]",
    ]


def test_a_tag_that_was_left_behind(workshop: Workshop, tmp_path: Path, run: Run) -> None:
    workshop.build(GOOD, platforms="linux/amd64")
    workshop.write("app-amd64", elf("amd64", needed=()) + b"newer")
    older = workshop.reference.replace(":1", ":old")
    run("docker", "buildx", "imagetools", "create", f"--tag={older}", workshop.reference)
    workshop.build(GOOD, platforms="linux/amd64")
    bake_file = f'target "app" {{\n  tags = ["{workshop.reference}", "{older}"]\n}}\n'
    (tmp_path / "docker-bake.hcl").write_text(bake_file, "utf-8")
    (found,) = workshop.verify("app", "--from=registry", code=1)
    assert (found["check"], found["message"].startswith(f"{older} names sha256:")) == ("stale-tag", True)


def test_what_cannot_be_read(workshop: Workshop, run: Run) -> None:
    words = (sys.executable, "-m", "bakectl", "verify")
    done = run(*words, workshop.reference, cwd=workshop.folder, code=1)
    assert done.stdout == f"{workshop.reference}: error: there is no image {workshop.reference} [missing-image]\n"
    done = run(*words, "127.0.0.1:1/acme/app:1", cwd=workshop.folder, code=4)
    assert done.stderr.startswith("error: 127.0.0.1:1 cannot be reached: ")
