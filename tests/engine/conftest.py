"""The Docker Engine of the tests that build: the one that `scripts/engine up` started, or one that answers already."""

import os
import shutil
import subprocess
import sys
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from buildkit_proxy import BuildKitProxy

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT / ".engine" / "env"
REGISTRY = "127.0.0.1:5000"
# What `scripts/engine bases` writes where Docker Hub is out of reach, and the name in the Dockerfiles that it stands for.
STAND_INS = {
    "BAKECTL_ENGINE_RUST_BASE": "lukemathwalker/cargo-chef:latest-rust-1.86-bookworm",
    "BAKECTL_ENGINE_DEBIAN_BASE": "debian:bookworm-slim",
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def engine_facts() -> dict[str, str]:
    """Return what `scripts/engine` wrote; empty where the engine is somebody else's."""
    if not FACTS.is_file():
        return {}
    lines = FACTS.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


@pytest.fixture(scope="session")
def engine(engine_facts: dict[str, str]) -> dict[str, str]:
    """Return the environment in which docker reaches the engine; without one, skip, or fail where it is obligatory."""
    environment = {**os.environ, **engine_facts}
    if "BAKECTL_ENGINE_BIN" in engine_facts:
        environment["PATH"] = os.pathsep.join((engine_facts["BAKECTL_ENGINE_BIN"], environment["PATH"]))
    # The tests build copies of the project, from where the package would not be found.
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (environment.get("PYTHONPATH"), str(ROOT))))
    # Settings of the bake file that a CI run may have set.
    for name in ("REGISTRY", "TAG", "RUST_VERSION", "DEBIAN_RELEASE", "GITHUB_SHA", "CREATED"):
        environment.pop(name, None)
    environment["REGISTRY"] = environment.get("BAKECTL_ENGINE_REGISTRY", REGISTRY) + "/bakectl-tests"
    if absence := _find_absence(environment):
        if os.environ.get("BAKECTL_REQUIRE_ENGINE") == "1":
            pytest.fail(f"BAKECTL_REQUIRE_ENGINE is 1, but {absence}")
        pytest.skip(f"{absence}: scripts/engine up")
    return environment


@pytest.fixture(scope="session")
def is_own_engine(engine_facts: dict[str, str]) -> bool:
    """Tell whether the engine is the repository's own, whose caches the tests may drop."""
    return str(FACTS.parent) in engine_facts.get("DOCKER_HOST", "")


@pytest.fixture(scope="session")
def run(engine: dict[str, str]) -> Run:
    """Return a function that runs a command beside the engine and fails the test when the command does."""

    def run_command(
        *command: str | Path, cwd: Path = ROOT, code: int = 0, **variables: str
    ) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [str(word) for word in command],
            check=False,
            cwd=cwd,
            env={**engine, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=1800,
        )
        if done.returncode != code:
            pytest.fail(f"{command} ended with {done.returncode}, expected {code}\n{done.stdout}{done.stderr}")
        return done

    return run_command


@pytest.fixture(scope="session")
def bake(run: Run, base_overrides: tuple[str, ...]) -> Run:
    """Return a function that runs `bakectl bake`, with stand-ins for the base images where they are needed."""

    def run_bake(*arguments: str | Path, **options: object) -> "subprocess.CompletedProcess[str]":
        return run(sys.executable, "-m", "bakectl", "bake", *arguments, "--progress=plain", *base_overrides, **options)

    return run_bake


@pytest.fixture(scope="session")
def base_overrides(engine_facts: dict[str, str]) -> tuple[str, ...]:
    """Return the overrides that put stand-ins in the place of the base images; the Dockerfiles stay as they are.

    A stand-in is made of Debian packages by `scripts/engine bases`: Debian's own Rust instead of 1.86, small programs in
    the place of rustup and cargo-chef, and a Debian that debootstrap made. Where Docker Hub answers there is none.
    """
    return tuple(
        f"--set=*.contexts.{image}=docker-image://{engine_facts[fact]}"
        for fact, image in STAND_INS.items()
        if fact in engine_facts
    )


def _find_absence(environment: dict[str, str]) -> str:
    """Say what of the engine is missing; empty when it is all there."""
    docker = shutil.which("docker", path=environment["PATH"])
    if docker is None:
        return "docker is not on PATH"
    for words in (("version",), ("buildx", "version")):
        asked = subprocess.run(
            [docker, *words], check=False, env=environment, capture_output=True, encoding="utf-8", timeout=60
        )
        if asked.returncode != 0:
            return f"`docker {' '.join(words)}` failed: {asked.stderr.strip()}"
    address = environment["REGISTRY"].split("/")[0]
    try:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        opener.open(f"http://{address}/v2/", timeout=10).close()
    except OSError as error:
        return f"no registry answers at {address}: {error}"
    return ""


@pytest.fixture(scope="session")
def remote_builder(engine: dict[str, str], run: Run) -> Iterator[str]:
    """Return a builder with the remote driver, which can push by digest as the docker driver cannot.

    Its only node is the BuildKit of the engine itself, so that it shares what has been built there.
    """
    host = engine.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    if not host.startswith("unix://"):
        pytest.skip("the engine does not listen on a socket here")
    name = f"bakectl-{uuid.uuid4().hex[:8]}"
    with BuildKitProxy(host.removeprefix("unix://")) as proxy:
        run("docker", "buildx", "create", "--name", name, "--driver", "remote", proxy.endpoint)
        try:
            yield name
        finally:
            run("docker", "buildx", "rm", name)
