"""The image of bakectl itself is built, and its commands run in it."""

from __future__ import annotations

import shutil
import sys
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator

    Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parents[2]
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# Debian's own Python in the place of that of Docker Hub, with this machine's certificates, by which it reaches PyPI.
PYTHON = """\
ARG BASE
FROM ${BASE}
RUN chmod 1777 /tmp \\
    && apt-get -o Acquire::Retries=5 update \\
    && apt-get -o Acquire::Retries=5 install -y --no-install-recommends python3 python3-pip python3-venv ca-certificates \\
    && rm -rf /var/lib/apt/lists/* /usr/lib/python3*/EXTERNALLY-MANAGED
COPY ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt
"""
DOCKER = """\
FROM scratch
COPY docker /usr/local/bin/docker
COPY docker-buildx /usr/local/libexec/docker/cli-plugins/docker-buildx
"""

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def contexts(run: Run, engine_facts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Overrides for the base images where Docker Hub is out of reach."""
    base = engine_facts.get("BAKECTL_ENGINE_DEBIAN_BASE")
    if base is None:
        return ()
    folder = tmp_path_factory.mktemp("bases")
    (folder / "python").write_text(PYTHON, "utf-8")
    (folder / "docker.Dockerfile").write_text(DOCKER, "utf-8")
    shutil.copy(CERTIFICATES, folder)
    shutil.copy(engine_facts["BAKECTL_ENGINE_DOCKER"], folder / "docker")
    shutil.copy(engine_facts["BAKECTL_ENGINE_BUILDX"], folder / "docker-buildx")
    address = engine_facts["BAKECTL_ENGINE_REGISTRY"]
    names = {
        "python:3.13-slim-bookworm": (f"{address}/stand-in/python:3", "python"),
        "docker:28-cli": (f"{address}/stand-in/docker:cli", "docker.Dockerfile"),
    }
    for name, file in names.values():
        words = ("--quiet", "--push", f"--build-arg=BASE={base}", f"--file={folder / file}", f"--tag={name}", folder)
        run("docker", "buildx", "build", *words)
    return tuple(f"--set=bakectl.contexts.{image}=docker-image://{name}" for image, (name, _) in names.items())


@pytest.fixture(scope="module")
def image(run: Run, contexts: tuple[str, ...], engine: dict[str, str]) -> Iterator[str]:
    registry = f"{engine['REGISTRY']}/own-{uuid.uuid4().hex[:8]}"
    words = ("-f", "image/docker-bake.hcl", "--platform", "linux/amd64", "--load", "--progress=plain", *contexts)
    run(sys.executable, "-m", "bakectl", "bake", *words, REGISTRY=registry)
    yield f"{registry}/bakectl:latest"
    run("docker", "image", "rm", "--force", f"{registry}/bakectl:latest")


def test_commands_run_in_the_image(image: str, run: Run, tmp_path: Path) -> None:
    for name in ("docker-bake.hcl", "Dockerfile", "Dockerfile.frontend", "bakectl.toml", ".dockerignore"):
        shutil.copy(ROOT / name, tmp_path)
    tmp_path.chmod(0o755)
    here = ("docker", "run", "--rm", "--volume", f"{tmp_path}:/work:ro", "--network", "none", image)
    assert run(*here, "--version").stdout.startswith("bakectl ")
    assert "ghcr.io/bakectl/backend:latest" in run(*here, "print", "backend").stdout
    assert run(*here, "bake", "backend", "--platform", "linux/arm/v7", "--dry-run").stdout == (
        "docker buildx bake --set backend.platform=linux/arm/v7 backend\n"
    )
    assert "Usage: bakectl" in run(*here).stdout


def test_image_is_small_of_rights(image: str, run: Run) -> None:
    look = ("docker", "image", "inspect", "--format", "{{.Config.User}} {{.Config.WorkingDir}}", image)
    assert run(*look).stdout == "1000:1000 /work\n"
    docker = ("docker", "run", "--rm", "--network", "none", "--entrypoint", "docker", image)
    assert "buildx" in run(*docker, "buildx", "version").stdout
