"""What is checked before a build: each lack is one message that says what to do, and exit code 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDaemon, FakeDocker

CONTAINER = """\
Name:          big
Driver:        docker-container
Last Activity: 2026-11-21 02:03:34 +0000 UTC

Nodes:
Name:                  big0
Endpoint:              unix:///var/run/docker.sock
Status:                {status}
Platforms:             {platforms}
"""
CONTAINERD = (
    'turn on the containerd image store: {"features": {"containerd-snapshotter": true}} in /etc/docker/daemon.json\n'
)
OTHER = f"help: make a builder that can: docker buildx create --use\n      or {CONTAINERD}"
EMULATION = (
    "help: register QEMU, on Debian: apt-get install qemu-user-static\n"
    "      or with Docker: docker run --privileged --rm tonistiigi/binfmt --install all\n"
)


def builds(fake_docker: FakeDocker) -> bool:
    return any(call.arguments[:2] == ("buildx", "bake") for call in fake_docker.calls)


def test_without_docker(bakectl: Bakectl) -> None:
    done = bakectl("bake", "worker", PATH="/nonexistent")
    assert (done.code, done.out) == (4, "")
    assert done.err == (
        "error: there is no docker command on PATH [engine]\n"
        "help: install it: https://docs.docker.com/engine/install, on Debian: apt-get install docker.io docker-buildx\n"
        "      bakectl bake --dry-run shows the command without it\n"
    )


def test_dry_run_needs_no_docker(bakectl: Bakectl) -> None:
    done = bakectl("bake", "all", "--dry-run", PATH="/nonexistent")
    assert done == (0, "docker buildx bake all\n", "")


def test_without_buildx(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx version", code=1, err="docker: unknown command: docker buildx\n")
    done = bakectl("bake", "worker")
    assert (done.code, done.err) == (
        4,
        (
            "error: docker has no buildx: docker: unknown command: docker buildx [engine]\n"
            "help: install the buildx plugin, on Debian: apt-get install docker-buildx\n"
        ),
    )


@pytest.mark.parametrize(
    ("answer", "words", "error"),
    [
        (
            {"code": 1, "err": 'ERROR: no builder "bgi" found\n'},
            ("--builder", "bgi"),
            'error: there is no builder "bgi" [engine]\nhelp: docker buildx ls shows those that there are\n',
        ),
        (
            {"out": "Name: default\nDriver:\nError: Cannot connect to the Docker daemon at unix:///x.sock.\n"},
            (),
            (
                'error: builder "default" does not answer: Cannot connect to the Docker daemon at unix:///x.sock. [engine]\n'
                "help: start the Docker daemon, or point DOCKER_HOST or docker context at one that runs; "
                "docker info tells more\n"
            ),
        ),
        (
            {"out": "Name: default\nDriver:\nError: permission denied while trying to connect\n"},
            (),
            (
                "error: the Docker daemon does not let you in: permission denied while trying to connect [engine]\n"
                "help: add yourself to its group, and log in again: sudo usermod -aG docker $USER\n"
            ),
        ),
    ],
    ids=["no-such-builder", "no-daemon", "no-permission"],
)
def test_unusable_builder(
    bakectl: Bakectl, fake_docker: FakeDocker, answer: dict[str, object], words: tuple[str, ...], error: str
) -> None:
    fake_docker.answer("buildx inspect", **answer)
    done = bakectl("bake", "worker", *words)
    assert (done.code, done.err) == (4, error)
    assert not builds(fake_docker)


def test_sleeping_builder_is_started(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx inspect", out=CONTAINER.format(status="inactive", platforms="linux/s390x*"))
    running = CONTAINER.format(status="running", platforms="linux/amd64")
    fake_docker.answer("buildx inspect bootstrap", out=running, err="#1 [internal] booting buildkit\n")
    done = bakectl("bake", "worker", "--builder", "big")
    assert (done.code, done.err.splitlines()[0]) == (0, "#1 [internal] booting buildkit")
    asked = [call.arguments for call in fake_docker.calls]
    assert asked[2] == ("buildx", "inspect", "--bootstrap", "big")


def test_builder_that_does_not_start(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx inspect", out=CONTAINER.format(status="inactive", platforms=""))
    fake_docker.answer("buildx inspect bootstrap", code=1, err="ERROR: no such image\n")
    done = bakectl("bake", "worker")
    assert (done.code, done.err) == (
        4,
        (
            "ERROR: no such image\n"
            'error: builder "big" cannot be used: it does not start [engine]\n'
            "help: docker buildx inspect tells more\n"
        ),
    )
    assert not builds(fake_docker)


def test_old_buildx(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    (bakectl.folder / "docker-bake.hcl").write_text(
        'variable "N" {\n  type = number\n}\n'
        'target "a" {\n  matrix = { x = ["1"] }\n  name = "a${x}"\n  description = "harmless"\n'
        '  extra-hosts = { db = "10.0.0.1" }\n}\n',
        "utf-8",
    )
    fake_docker.answer("buildx version", out="github.com/docker/buildx v0.10.4 c513d34\n")
    done = bakectl("bake", "a", "--set", "a1.tags+=x", "--allow", "ssh")
    assert done.code == 4
    help = "help: update it: https://github.com/docker/buildx#installing"
    assert done.err == (
        "error: --allow needs buildx 0.17, and 0.10.4 is installed [old-buildx]\n"
        f"{help}\n"
        "error: --set a1.tags+= needs buildx 0.22, and 0.10.4 is installed [old-buildx]\n"
        f"{help}\n"
        "docker-bake.hcl:1:1: error: the type of a variable needs buildx 0.24, and 0.10.4 is installed [old-buildx]\n"
        '1 | variable "N" {\n'
        f"  | ^^^^^^^^ {help}\n"
        "docker-bake.hcl:4:1: error: a matrix needs buildx 0.11, and 0.10.4 is installed [old-buildx]\n"
        '4 | target "a" {\n'
        f"  | ^^^^^^ {help}\n"
        'docker-bake.hcl:8:17: error: "extra-hosts" of target "a1" needs buildx 0.25, and 0.10.4 is installed '
        "[old-buildx]\n"
        '8 |   extra-hosts = { db = "10.0.0.1" }\n'
        f"  |                 ^^^^^^^^^^^^^^^^^^^ {help}\n"
    )


def test_buildx_of_unknown_version_is_taken_for_new(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx version", out="github.com/docker/buildx (devel)\n")
    assert bakectl("bake", "worker", "--set", "worker.tags+=x").code == 0


class TestStore:
    """What a daemon can do that keeps images itself, and not in containerd."""

    def test_several_platforms_and_cache_export(
        self, bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon
    ) -> None:
        fake_daemon.keep_images_itself()
        done = bakectl("bake", "app", "--cache", "registry=registry.test/c:{target}")
        assert done.code == 4
        assert done.err == (
            'error: target "app" has 2 platforms, and builder "default" makes one at a time [multi-platform]\n'
            f"{OTHER}"
            'error: target "base" has 2 platforms, and builder "default" makes one at a time [multi-platform]\n'
            f"{OTHER}"
            'error: target "app" writes a cache (registry), and builder "default" cannot export one [cache-export]\n'
            f"{OTHER}"
            "      or write it into the image: --cache inline\n"
            'error: target "base" writes a cache (registry), and builder "default" cannot export one [cache-export]\n'
            f"{OTHER}"
            "      or write it into the image: --cache inline\n"
        )
        assert not builds(fake_docker)

    def test_load_of_several_platforms(
        self, bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon
    ) -> None:
        fake_docker.answer(
            "buildx inspect", out=CONTAINER.format(status="running", platforms="linux/amd64, linux/arm64")
        )
        fake_daemon.keep_images_itself()
        done = bakectl("bake", "app", "--load")
        assert (done.code, done.err) == (
            4,
            (
                'error: target "app" has 2 platforms, and the daemon takes only one with --load [multi-platform-load]\n'
                f"help: add --platform to load one of them\n      or {CONTAINERD}"
            ),
        )

    def test_one_platform(self, bakectl: Bakectl, fake_daemon: FakeDaemon) -> None:
        fake_daemon.keep_images_itself()
        assert bakectl("bake", "worker", "--cache", "inline", "--push").code == 0

    def test_containerd_does_all(self, bakectl: Bakectl, fake_daemon: FakeDaemon) -> None:
        assert bakectl("bake", "app", "--load", "--cache", "registry=registry.test/c:{target}").code == 0

    def test_daemon_that_does_not_tell_stops_nothing(self, bakectl: Bakectl) -> None:
        done = bakectl("bake", "app", "--load")
        assert done.code == 0
        assert done.err.startswith(
            'warning: target "app" has 2 platforms, and the daemon may not take more than one with --load '
            "[multi-platform-load]\n"
        )


class TestPlatforms:
    """Platforms on which the builder can run nothing."""

    @pytest.fixture(autouse=True)
    def builder(self, fake_docker: FakeDocker) -> None:
        fake_docker.answer(
            "buildx inspect", out=CONTAINER.format(status="running", platforms="linux/amd64 (+2), linux/386")
        )

    def test_run_on_the_platform_is_refused(self, bakectl: Bakectl, fake_docker: FakeDocker) -> None:
        (bakectl.folder / "Dockerfile").write_text("FROM debian\nRUN true\n", "utf-8")
        (bakectl.folder / "docker-bake.hcl").write_text('target "a" { platforms = ["linux/arm64"] }', "utf-8")
        done = bakectl("bake", "a")
        assert (done.code, done.err) == (
            4,
            (
                'error: builder "big" can run nothing for linux/arm64, and the Dockerfile of a has a RUN on that platform '
                f"[missing-platform]\n{EMULATION}"
            ),
        )
        assert not builds(fake_docker)

    def test_cross_compilation_needs_no_emulation(self, bakectl: Bakectl, fake_docker: FakeDocker) -> None:
        text = "FROM --platform=$BUILDPLATFORM rust AS build\nRUN make\nFROM debian\nCOPY --from=build /a /a\n"
        (bakectl.folder / "Dockerfile").write_text(text, "utf-8")
        (bakectl.folder / "docker-bake.hcl").write_text('target "a" { platforms = ["linux/arm64"] }', "utf-8")
        done = bakectl("bake", "a")
        assert done.code == 0
        assert "missing-platform" not in done.err

    def test_dockerfile_that_cannot_be_read_is_a_warning(self, bakectl: Bakectl) -> None:
        text = 'target "a" {\n  context = "https://github.com/a/b.git"\n  platforms = ["linux/arm64"]\n}\n'
        (bakectl.folder / "docker-bake.hcl").write_text(text, "utf-8")
        done = bakectl("bake", "a")
        assert done.code == 0
        assert done.err.startswith(
            'warning: builder "big" can run nothing for linux/arm64: if the Dockerfile of a has a RUN on that platform, '
            f"it will fail [missing-platform]\n{EMULATION}"
        )


def test_nodes_that_write_one_cache(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    second = "Name: arm\nEndpoint: ssh://arm\nStatus: running\nPlatforms: linux/arm64\n"
    fake_docker.answer("buildx inspect", out=CONTAINER.format(status="running", platforms="linux/amd64") + second)
    help = (
        "help: the last one wins; build each platform with --platform, which gives each a cache of its own\n"
        "      or only read it: --cache-write never\n"
    )
    done = bakectl("bake", "app", "--cache", "registry=registry.test/c")
    assert (done.code, done.err) == (
        4,
        f'error: 2 nodes of builder "big" would all write the cache of "app" [shared-cache]\n{help}',
    )
    assert not builds(fake_docker)
    for words in (("--cache-write", "never"), ("--platform", "linux/arm64")):
        assert bakectl("bake", "app", "--cache", "registry=registry.test/c", *words).code == 0
    (bakectl.folder / "docker-bake.hcl").write_text(
        'target "a" {\n  platforms = ["linux/amd64", "linux/arm64"]\n  cache-to = ["type=gha,token=t,url=u"]\n}\n'
    )
    done = bakectl("bake", "a")
    assert done.code == 0
    assert f'warning: 2 nodes of builder "big" would all write the cache of "a" [shared-cache]\n{help}' in done.err


def test_a_node_that_has_all_platforms_writes_alone(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    second = "Name: spare\nEndpoint: ssh://spare\nStatus: running\nPlatforms: linux/arm64\n"
    platforms = "linux/amd64, linux/arm64"
    fake_docker.answer("buildx inspect", out=CONTAINER.format(status="running", platforms=platforms) + second)
    assert bakectl("bake", "app", "--cache", "registry=registry.test/c").code == 0


def test_an_option_that_an_old_buildkit_does_not_know(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    text = CONTAINER.format(status="running", platforms="linux/amd64") + "BuildKit version:      v0.11.6\n"
    fake_docker.answer("buildx inspect", out=text)
    done = bakectl("bake", "worker", "--cache", "registry=r.io/c/{target}")
    assert done.code == 0
    warnings = [line for line in done.err.splitlines() if line.startswith("warning")]
    assert warnings == [
        'warning: "image-manifest" of registry caches needs BuildKit 0.12, and builder "big" has 0.11.6 [old-buildkit]',
        'warning: "ignore-error" of registry caches needs BuildKit 0.12, and builder "big" has 0.11.6 [old-buildkit]',
    ]


def test_a_token_that_buildkit_would_refuse(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    done = bakectl("bake", "worker", "--cache", "gha", ACTIONS_RUNTIME_TOKEN="t", ACTIONS_RESULTS_URL="https://r.test/")
    assert done.code == 4
    assert done.err.startswith(
        "error: ACTIONS_RUNTIME_TOKEN cannot be used for the gha cache of worker: "
        "it is not a token of GitHub Actions [gha-token]\n"
    )
    assert not builds(fake_docker)
