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
        done = self.run(sys.executable, "-m", "bakectl", "verify", "--json", *(words or (self.reference,)), code=code)
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


def test_the_program_of_another_machine(workshop: Workshop) -> None:
    workshop.write("app-arm64", elf("amd64"))
    workshop.build(GOOD)
    (found,) = workshop.verify(code=1)
    assert (found["check"], found["platform"], found["file"]) == ("wrong-architecture", "linux/arm64", "/usr/bin/app")


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


def test_what_cannot_be_read(workshop: Workshop, run: Run) -> None:
    words = (sys.executable, "-m", "bakectl", "verify")
    done = run(*words, workshop.reference, code=1)
    assert done.stdout == f"{workshop.reference}: error: there is no image {workshop.reference} [missing-image]\n"
    done = run(*words, "127.0.0.1:1/acme/app:1", code=4)
    assert done.stderr.startswith("error: 127.0.0.1:1 cannot be reached: ")
