"""The shipped images, built for real and held to their contract.

The Dockerfiles and the bake file are used as they are. Where Docker Hub is out of reach the base images are stand-ins made of
Debian packages (see `base_overrides`), so what is proved there is our stages, not the content of the real base images.
The ARM images run under QEMU; nothing is emulated while they are built.
"""

import contextlib
import json
import re
import shutil
import struct
import subprocess
import tarfile
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKSPACE = "examples/realtime-svg"
IMAGES = ("backend", "frontend")
# e_machine of the ELF header: EM_X86_64, EM_AARCH64, EM_ARM.
MACHINES = {"linux/amd64": 62, "linux/arm64": 183, "linux/arm/v7": 40}
COMMIT = "0123456789abcdef0123456789abcdef01234567"
CREATED = "2026-01-31T12:00:00Z"
TITLES = {
    "backend": "Draws the SVG of realtime-svg",
    "frontend": "Shows the SVG of realtime-svg as it changes",
}
# Not one of them is needed to run, each of them would be found by whoever breaks in.
FORBIDDEN_NAMES = {
    "cargo",
    "rustc",
    "rustup",
    "git",
    "gcc",
    "cc",
    "c++",
    "ld",
    "as",
    "make",
    "Cargo.toml",
    "Cargo.lock",
    "recipe.json",
}
FORBIDDEN_SUFFIXES = {".rs", ".c", ".h", ".rlib", ".git"}
LARGEST = 100 * 1000 * 1000

Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = [pytest.mark.engine, pytest.mark.slow]
each_image = pytest.mark.parametrize("image", IMAGES)
each_platform = pytest.mark.parametrize("platform", MACHINES)


class Contents(NamedTuple):
    """What an image is for one platform: its files, their size, the header of the binary, and the settings."""

    names: frozenset[str]
    size: int
    binary: bytes
    config: dict[str, Any]


Read = Callable[[str, str], Contents]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of what the images are built from, so that no test depends on a working tree that changes."""
    return _copy_project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def images(project: Path, bake: Run, engine: dict[str, str]) -> dict[str, str]:
    """Build and push all images for all platforms in one bake; return their references."""
    bake("all", "--push", cwd=project, GITHUB_SHA=COMMIT, CREATED=CREATED, TAG="contract")
    return {image: f"{engine['REGISTRY']}/{image}:contract" for image in IMAGES}


@pytest.fixture(scope="session")
def read(images: dict[str, str], run: Run, tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Return a function that reads an image for a platform; each is exported once."""
    known: dict[tuple[str, str], Contents] = {}

    def read_once(image: str, platform: str) -> Contents:
        if (image, platform) not in known:
            archive = tmp_path_factory.mktemp("root") / "root.tar"
            created = run("docker", "create", "--pull=always", "--quiet", f"--platform={platform}", images[image])
            container = created.stdout.strip()
            try:
                run("docker", "export", f"--output={archive}", container)
                config = json.loads(run("docker", "inspect", "--format={{json .Config}}", container).stdout)
            finally:
                run("docker", "rm", container)
            known[image, platform] = _read_archive(archive, f"usr/local/bin/{image}", config)
            archive.unlink()
        return known[image, platform]

    return read_once


@each_platform
@each_image
def test_binary_is_for_the_platform(read: Read, image: str, platform: str) -> None:
    binary = read(image, platform).binary
    assert (binary[:4], struct.unpack_from("<H", binary, 18)) == (b"\x7fELF", (MACHINES[platform],))


@each_platform
@each_image
def test_image_is_small(read: Read, image: str, platform: str) -> None:
    assert read(image, platform).size <= LARGEST


@each_platform
@each_image
def test_image_holds_no_tool_and_no_source(read: Read, image: str, platform: str) -> None:
    paths = map(Path, read(image, platform).names)
    assert [path for path in paths if path.name in FORBIDDEN_NAMES or path.suffix in FORBIDDEN_SUFFIXES] == []


@each_platform
@each_image
def test_image_holds_certificates(read: Read, image: str, platform: str) -> None:
    wanted = {"etc/ssl/certs/ca-certificates.crt", "usr/share/ca-certificates/mozilla/ISRG_Root_X1.crt", "usr/bin/tini"}
    assert wanted - read(image, platform).names == set()


@each_platform
@each_image
def test_libraries_are_present(run: Run, images: dict[str, str], image: str, platform: str) -> None:
    for program in (f"/usr/local/bin/{image}", "/usr/bin/tini"):
        # glibc's loader lists what a program needs, as ldd does, in place of starting it.
        options = ("--rm", f"--platform={platform}", "--env=LD_TRACE_LOADED_OBJECTS=1", f"--entrypoint={program}")
        libraries = run("docker", "run", *options, images[image]).stdout
        assert "libc.so.6 => /" in libraries
        assert "not found" not in libraries


@each_platform
@each_image
def test_config_keeps_the_contract(read: Read, image: str, platform: str) -> None:
    config = read(image, platform).config
    second = 1_000_000_000
    promised = {
        "User": "1000:1000",
        "ExposedPorts": {"8080/tcp": {}},
        "Entrypoint": ["/usr/bin/tini", "--"],
        "Cmd": [f"/usr/local/bin/{image}"],
        "StopSignal": "SIGTERM",
        "Healthcheck": {
            "Test": ["CMD", f"/usr/local/bin/{image}", "healthcheck"],
            "Interval": 30 * second,
            "Timeout": 10 * second,
            "StartPeriod": 5 * second,
            "Retries": 3,
        },
        "Labels": _facts_of(image),
    }
    assert {name: config.get(name) for name in promised} == promised


@each_image
def test_every_platform_is_there_and_annotated(run: Run, images: dict[str, str], image: str) -> None:
    inspect = ("docker", "buildx", "imagetools", "inspect", "--raw")
    index = json.loads(run(*inspect, images[image]).stdout)
    annotations = {}
    for manifest in index["manifests"]:
        platform = "/".join(manifest["platform"].get(name, "") for name in ("os", "architecture", "variant")).rstrip(
            "/"
        )
        digest = images[image].replace(":contract", f"@{manifest['digest']}")
        annotations[platform] = json.loads(run(*inspect, digest).stdout).get("annotations")
    # The attestations of each platform are there as well, for no platform.
    assert annotations == {**{platform: _facts_of(image) for platform in MACHINES}, "unknown/unknown": None}


@each_image
def test_commit_is_a_tag(run: Run, images: dict[str, str], image: str) -> None:
    by_commit = images[image].replace(":contract", f":sha-{COMMIT[:7]}")
    raw = ("docker", "buildx", "imagetools", "inspect", "--raw")
    assert run(*raw, by_commit).stdout == run(*raw, images[image]).stdout


@each_platform
@each_image
def test_service_runs_read_only_and_stops(
    run: Run, engine: dict[str, str], images: dict[str, str], image: str, platform: str
) -> None:
    with _running(engine, images[image], platform) as service:
        assert _get(service.port, "/health") == (200, "ok\n")
        # Neither Redis nor a backend is there.
        assert _get(service.port, "/ready") == (503, "not ready\n")
        run("docker", "exec", f"--env=PORT={service.port}", service.name, f"/usr/local/bin/{image}", "healthcheck")
        run("docker", "exec", "--env=PORT=1", service.name, f"/usr/local/bin/{image}", "healthcheck", code=1)
        assert run("docker", "exec", service.name, "cat", "/proc/1/comm").stdout == "tini\n"
        run("docker", "stop", "-t", "30", service.name)
        assert service.process.wait(timeout=60) == 0


def test_unsupported_platform_is_refused(bake: Run, project: Path) -> None:
    # The builder alone, because the bases have no such platform and would be missed first.
    words = ("backend", "--platform=linux/riscv64", "--any-platform", "--set=backend.target=builder")
    refused = bake(*words, cwd=project, code=5)
    message = "ERROR: Unsupported platform linux/riscv64 (supported: linux/amd64, linux/arm64, linux/arm/v7)"
    assert re.search(rf"^#\d+ \d+\.\d+ {re.escape(message)}$", refused.stderr, re.MULTILINE), refused.stderr


def test_dependencies_are_built_once_for_a_lock_file(bake: Run, tmp_path: Path) -> None:
    copy = _copy_project(tmp_path)
    _add_dependency(copy / WORKSPACE)
    steps = _steps(bake("backend", cwd=copy))
    assert _ran(steps, "cargo chef cook") == dict.fromkeys(MACHINES, True)

    source = copy / WORKSPACE / "backend/src/main.rs"
    _write(source, source.read_text(encoding="utf-8") + "// changed\n")
    steps = _steps(bake("backend", cwd=copy))
    assert _ran(steps, "cargo chef cook") == dict.fromkeys(MACHINES, False)
    assert _ran(steps, "cargo build") == dict.fromkeys(MACHINES, True)


def test_change_of_one_image_leaves_the_other(bake: Run, images: dict[str, str], tmp_path: Path) -> None:
    copy = _copy_project(tmp_path)
    dockerfile = copy / "Dockerfile.frontend"
    _write(dockerfile, dockerfile.read_text(encoding="utf-8").replace("CARGO_NET_RETRY=10", "CARGO_NET_RETRY=11"))
    steps = _steps(bake("backend", cwd=copy))
    assert _ran(steps, "cargo build") == dict.fromkeys(MACHINES, False)


def test_context_holds_only_what_is_built(run: Run, tmp_path: Path) -> None:
    copy = _copy_project(tmp_path)
    needed = {path for path in _files(copy) if path.is_relative_to(WORKSPACE)}
    needed -= {path for path in needed if "tests" in path.parts or path.name == ".gitignore"}
    for noise in (
        "target/debug/backend",
        ".git/HEAD",
        "README.md",
        "docs/a.txt",
        ".env.local",
        "compose.yaml",
        "backend/.idea/x",
    ):
        _write(copy / WORKSPACE / noise, "noise")
    for noise in ("bakectl/source.py", ".engine/env", "pyproject.toml", "target/debug/backend"):
        _write(copy / noise, "noise")
    _write(tmp_path / "Dockerfile", "FROM scratch\nCOPY . .\n")
    sent = tmp_path / "sent"
    words = (f"--file={tmp_path / 'Dockerfile'}", "--provenance=false", f"--output=type=local,dest={sent}")
    run("docker", "buildx", "build", *words, copy)
    assert _files(sent) == needed


def test_registry_cache_is_written_and_read(
    bake: Run, run: Run, engine: dict[str, str], is_own_engine: bool, tmp_path: Path
) -> None:
    copy = _copy_project(tmp_path)
    place = f"{engine['REGISTRY']}/{_add_dependency(copy / WORKSPACE)}"
    cache = f"--cache=registry={place}/{{target}}"
    bake("all", cache, cwd=copy)
    # One after the other: buildx loses hits when targets that share steps import together (docker/buildx#3878).
    for image in IMAGES:
        stored = run("docker", "buildx", "imagetools", "inspect", "--raw", f"{place}/{image}").stdout
        assert "application/vnd.buildkit.cacheconfig.v0" in stored
        if is_own_engine:
            # Anybody else's engine keeps its cache: it is asked to import, and has it all already.
            run("docker", "buildx", "prune", "--all", "--force")
        output = bake(image, cache, cwd=copy)
        assert f"importing cache manifest from {place}/{image}" in output.stderr
        steps = _steps(output)
        assert _ran(steps, "apt-get") == {"linux/amd64": False}
        for step in ("cargo chef cook", "cargo build"):
            assert _ran(steps, step) == dict.fromkeys(MACHINES, False)


def _copy_project(folder: Path) -> Path:
    copy = folder / "project"
    shutil.copytree(ROOT / WORKSPACE, copy / WORKSPACE, ignore=shutil.ignore_patterns("target"))
    for name in ("docker-bake.hcl", "Dockerfile", "Dockerfile.frontend", ".dockerignore"):
        shutil.copy(ROOT / name, copy)
    return copy


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _add_dependency(workspace: Path) -> str:
    """Add a crate that the backend needs and that no build has seen; return its name."""
    # It comes first in the sorted lists of the lock file.
    name = f"a{uuid.uuid4().hex}"
    manifest, lock = workspace / "backend/Cargo.toml", workspace / "Cargo.lock"
    _write(workspace / name / "Cargo.toml", f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2021"\n')
    _write(workspace / name / "src/lib.rs", "")
    _write(manifest, manifest.read_text(encoding="utf-8") + f'{name} = {{ path = "../{name}" }}\n')
    text = lock.read_text(encoding="utf-8").replace(' "shared",', f' "{name}",\n "shared",', 1)
    package = f'[[package]]\nname = "{name}"\nversion = "0.1.0"\n\n'
    _write(lock, text.replace("[[package]]\n", package + "[[package]]\n", 1))
    return name


def _read_archive(archive: Path, binary: str, config: dict[str, Any]) -> Contents:
    names, size = set(), 0
    with tarfile.open(archive) as members:
        for member in members:
            size += member.size
            if not member.isdir():
                names.add(member.name)
        header = members.extractfile(binary)
        assert header is not None
        return Contents(frozenset(names), size, header.read(64), config)


def _facts_of(image: str) -> dict[str, str]:
    facts = {
        "title": image,
        "description": TITLES[image],
        "version": "contract",
        "revision": COMMIT,
        "created": CREATED,
        "source": "https://github.com/bakectl/bakectl",
        "licenses": "Apache-2.0",
        "vendor": "bakectl",
    }
    return {f"org.opencontainers.image.{name}": value for name, value in facts.items()}


class Service(NamedTuple):
    """A container that serves."""

    name: str
    port: int
    process: "subprocess.Popen[str]"


@contextlib.contextmanager
def _running(engine: dict[str, str], reference: str, platform: str) -> Iterator[Service]:
    name = f"bakectl-tests-{uuid.uuid4()}"
    # The host's network and a free port, because an engine without iptables has no bridge.
    options = ("--rm", f"--name={name}", f"--platform={platform}", "--read-only", "--network=host", "--env=PORT=0")
    command = ("docker", "run", "--pull=always", "--quiet", *options, reference)
    process = subprocess.Popen(command, env=engine, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        listening = re.fullmatch(r"info listening on port (\d+)\n", line)
        assert listening, line + process.stderr.read()
        yield Service(name, int(listening[1]), process)
    finally:
        subprocess.run(("docker", "rm", "--force", name), check=False, env=engine, capture_output=True)
        process.communicate()


def _get(port: int, path: str) -> tuple[int, str]:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


class Step(NamedTuple):
    """A step of a build: where its result runs, what it does, and whether it did it."""

    platform: str
    command: str
    has_run: bool


def _steps(done: "subprocess.CompletedProcess[str]") -> list[Step]:
    """Read the steps from plain progress, such as `#9 [backend linux/amd64->arm64 builder 6/8] RUN cargo …`.

    A step that ran has written something, as in `#9 0.41 Compiling …`. "CACHED" is not written for each of the others: a
    step taken from an imported cache shows how its layers arrive instead.
    """
    pattern = re.compile(r"^#(\d+) \[(?:\S+ )?linux/amd64(?:->(\S+))? \S+ \d+/\d+\] (.*)$", re.MULTILINE)
    ran = set(re.findall(r"^#(\d+) \d+\.\d+ ", done.stderr, re.MULTILINE))
    steps = pattern.findall(done.stderr)
    return [Step(f"linux/{target or 'amd64'}", command, number in ran) for number, target, command in steps]


def _ran(steps: list[Step], command: str) -> dict[str, bool]:
    """Return for each platform whether a step with this command ran."""
    found = [step for step in steps if command in step.command]
    return {step.platform: any(each.has_run for each in found if each.platform == step.platform) for step in found}
