"""`bakectl bake` with a fake docker: what buildx is asked, and what is made of its answers."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDaemon, FakeDocker

PROGRESS = (
    '#0 building with "default" instance using docker driver\n#1 [internal] load local bake definitions\n#1 DONE 0.0s\n'
)


def test_builds_what_the_dry_run_shows(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    words = ("worker", "--platform", "linux/arm/v7", "--cache", "registry=registry.test/c:{target}", "--push")
    shown = bakectl("bake", *words, "--dry-run")
    assert (shown.code, fake_docker.calls) == (0, [])
    assert bakectl("bake", *words).code == 0
    built = fake_docker.bake.arguments
    place = built.index("--progress")
    assert built[place : place + 3] == ("--progress", "rawjson", "--metadata-file")
    assert ["docker", *built[:place], *built[place + 4 :]] == shlex.split(shown.out)


@pytest.mark.parametrize("mode", ["plain", "tty", "quiet"])
def test_progress_of_buildx_passes_untouched_and_a_summary_follows(
    bakectl: Bakectl, fake_docker: FakeDocker, mode: str
) -> None:
    done = bakectl("bake", "worker", "--progress", mode)
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith(PROGRESS)
    assert done.err.removeprefix(PROGRESS).startswith("\ndone in ")


def test_output_of_a_build_goes_to_stdout(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", out="a tar archive")
    assert bakectl("bake", "worker", "--output", "type=tar,dest=-").out == "a tar archive"


def test_summary_tells_where_how_large_and_how_long(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    metadata = {
        "app": {
            "buildx.build.ref": "default/default/one",
            "containerimage.digest": "sha256:aa",
            "image.name": "registry.test/acme/app:1",
        },
        "base": {"buildx.build.ref": "default/default/two"},
    }
    fake_docker.answer("buildx bake", metadata=metadata)
    row = {
        "ref": "default/default/one",
        "created_at": "2026-11-21T01:48:22.194753644Z",
        "completed_at": "2026-11-21T01:48:23.694753644Z",
        "cached_steps": 2,
        "completed_steps": 7,
    }
    fake_docker.answer("buildx history ls", out=json.dumps(row) + "\n")
    index = {
        "manifests": [
            {"digest": "sha256:a1", "platform": {"os": "linux", "architecture": "amd64"}},
            {"digest": "sha256:a2", "platform": {"os": "linux", "architecture": "arm", "variant": "v7"}},
            {"digest": "sha256:a3", "platform": {"os": "unknown", "architecture": "unknown"}},
        ]
    }
    small = {"config": {"size": 500}, "layers": [{"size": 300}, {"size": 400}]}
    large = {"config": {"size": 1000}, "layers": [{"size": 29_099_000}]}
    for reference, manifest in (("sha256:aa", index), ("sha256:a1", large), ("sha256:a2", small)):
        fake_docker.answer(f"manifest registry.test/acme/app@{reference}", out=json.dumps(manifest))
    done = bakectl("bake", "app", "--push", "--progress", "plain")
    assert done.code == 0
    lines = done.err.splitlines()
    assert lines[:-1] == [
        "",
        "TARGET  PLATFORM      RESULT  TIME   CACHED  COMPRESSED",
        "app                   done    1.5 s  2 of 7",
        "        linux/amd64                          29.1 MB",
        "        linux/arm/v7                         1.2 kB",
        "app  pushed, sha256:aa",
        "  registry.test/acme/app:1",
    ]
    assert fake_docker.bake.environment["BUILDX_METADATA_PROVENANCE"] == "disabled"


def test_summary_of_an_image_that_docker_keeps(
    bakectl: Bakectl, fake_docker: FakeDocker, fake_daemon: FakeDaemon
) -> None:
    metadata = {"worker": {"containerimage.digest": "sha256:aa", "image.name": "registry.test/acme/worker:1"}}
    fake_docker.answer("buildx bake", metadata=metadata)
    fake_daemon.answers["/images/registry.test/acme/worker:1/json"] = {
        "Size": 7_100_000,
        "Os": "linux",
        "Architecture": "arm64",
    }
    lines = bakectl("bake", "worker").err.removeprefix(PROGRESS).splitlines()
    assert lines[1:-1] == [
        "TARGET  PLATFORM     RESULT  TIME  CACHED  SIZE",
        "worker  linux/arm64  done                  7.1 MB",
        "worker  in docker's image store, sha256:aa",
        "  registry.test/acme/worker:1",
    ]


def test_own_metadata_file_is_written_and_left_alone(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", metadata={"worker": {"containerimage.digest": "sha256:aa"}})
    assert bakectl("bake", "worker", "--metadata-file", "facts.json").code == 0
    assert json.loads((bakectl.folder / "facts.json").read_text("utf-8"))["worker"]
    assert fake_docker.bake.environment == {}


@pytest.mark.parametrize("code", [1, 100, 102])
def test_failed_build_tells_the_code_of_buildx(bakectl: Bakectl, fake_docker: FakeDocker, code: int) -> None:
    fake_docker.answer("buildx bake", code=code, err="ERROR: failed to solve: no\n")
    done = bakectl("bake", "worker")
    message = f"error: the build failed: docker buildx bake ended with code {code} [build-failed]\n"
    ending = r"\nfailed after \d+\.\d s\n"
    assert (done.code, re.sub(ending, "", done.err)) == (5, f"ERROR: failed to solve: no\n{message}")


def test_build_that_was_cancelled_elsewhere_is_interrupted(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", code=130)
    assert bakectl("bake", "worker").code == 130


def test_original_files_are_passed_in_order(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    (bakectl.folder / "more.hcl").write_text('target "worker" { labels = { a = "b" } }', "utf-8")
    assert bakectl("bake", "-f", "docker-bake.hcl", "-f", "more.hcl", "worker").code == 0
    words = fake_docker.bake.arguments
    assert words[:6] == ("buildx", "bake", "--file", "docker-bake.hcl", "--file", "more.hcl")
    assert words[-1] == "worker"


@pytest.mark.parametrize("by_environment", [False, True])
def test_stdin_is_read_once_and_passed_on(bakectl: Bakectl, fake_docker: FakeDocker, by_environment: bool) -> None:
    text = 'target "only" { dockerfile-inline = "FROM scratch" }\n'
    words = () if by_environment else ("-f", "-")
    variables = {"BUILDX_BAKE_FILE": "-"} if by_environment else {}
    assert bakectl("bake", *words, "only", stdin=text, **variables).code == 0
    assert fake_docker.bake.stdin == text


@pytest.mark.parametrize(
    ("version", "arguments", "environment"),
    [
        ("v0.31.0", ("--var", "X_TAG=a b"), {}),
        ("v0.29.1", (), {"X_TAG": "a b"}),
        ("no number", (), {"X_TAG": "a b"}),
    ],
)
def test_variables_reach_every_buildx(
    bakectl: Bakectl, fake_docker: FakeDocker, version: str, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    (bakectl.folder / "docker-bake.hcl").write_text('variable "X_TAG" {}\ntarget "a" { args = { A = X_TAG } }', "utf-8")
    fake_docker.answer("buildx version", out=f"github.com/docker/buildx {version}\n")
    assert bakectl("bake", "a", "--var", "X_TAG=a b", "--metadata-file", "m", "--progress", "plain").code == 0
    call = fake_docker.bake
    assert tuple(call.arguments[2:4]) == (arguments or ("--progress", "plain"))
    assert call.environment == environment


def test_older_buildx_gets_lists_spelled_out(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    text = 'target "a" { cache-from = ["type=registry,ref=x/y", {type = "local", src = "a,b"}] }'
    (bakectl.folder / "docker-bake.hcl").write_text(text, "utf-8")
    fake_docker.answer("buildx version", out="github.com/docker/buildx v0.21.3 x\n")
    assert bakectl("bake", "a", "--cache", "local=.cache").code == 0
    assert fake_docker.overrides == [
        "a.cache-from=type=registry,ref=x/y",
        'a.cache-from=type=local,"src=a,b"',
        "a.cache-from=type=local,src=.cache",
        "a.cache-to=type=local,dest=.cache.new,mode=max,ignore-error=true",
    ]


def test_flags_are_passed_on(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    words = ("--push", "--no-cache", "--pull=false", "--provenance", "mode=max", "--sbom=true", "--progress", "plain")
    assert bakectl("bake", "worker", *words, "--allow", "ssh", "--allow=fs=*", "--builder", "big").code == 0
    asked = list(fake_docker.bake.arguments)
    del asked[asked.index("--metadata-file") : asked.index("--metadata-file") + 2]
    assert asked == [
        "buildx", "bake", "--builder", "big", "--push", "--no-cache", "--pull=false", "--provenance", "mode=max",
        "--sbom", "true", "--progress", "plain", "--allow", "ssh", "--allow", "fs=*", "worker",
    ]  # fmt: skip
    assert ("buildx", "inspect", "big") in [call.arguments for call in fake_docker.calls]


def test_all_errors_come_before_docker_is_asked(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    done = bakectl("bake", "app", "wroker", "--set", "app", "--set", "nobody.tags=x")
    rules = [line.rpartition("[")[2] for line in done.err.splitlines() if line.startswith("error")]
    assert (done.code, sorted(rules)) == (3, ["bad-override]", "unknown-target]", "unknown-target]"])
    assert fake_docker.calls == []


def test_errors_of_several_options_come_together(bakectl: Bakectl) -> None:
    done = bakectl("bake", "app", "--platform", "linux/s390x", "--cache", "gah")
    assert done.code == 3
    assert done.err == (
        'error: target "app" is not built for linux/s390x: it declares linux/amd64, linux/arm64 [undeclared-platform]\n'
        "help: choose one of these, or add --any-platform\n"
        'error: --cache: there is no cache "gah" [bad-cache]\n'
        'help: did you mean "gha"?\n'
    )


def test_remote_definition_goes_to_buildx_untouched(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    words = ("https://github.com/acme/shop.git#main", "cwd://x", "--set", "*.platform=linux/arm64", "--push")
    assert bakectl("bake", *words).code == 0
    asked = list(fake_docker.bake.arguments)
    del asked[asked.index("--metadata-file") : asked.index("--metadata-file") + 2]
    assert asked == ["buildx", "bake", "--push", "--set", "*.platform=linux/arm64", words[0], "cwd://x"]


def test_secrets_are_masked(bakectl: Bakectl) -> None:
    words = (
        "https://git:ghp_1234567890@github.com/acme/shop.git",
        *("--set", "app.args.NPM_TOKEN=hush"),
        *("--set", "app.cache-to=type=s3,bucket=b,access_key_id=hush,secret_access_key=hush"),
        *("--set", "app.contexts.src=https://me:hush@example.com/x.git"),
        *("--var", "DB_PASSWORD=hush"),
    )
    done = bakectl("bake", *words, "--dry-run")
    assert "hush" not in done.out + done.err
    assert "ghp_" not in done.out + done.err
    assert done.out == (
        "DB_PASSWORD='***' docker buildx bake --set 'app.args.NPM_TOKEN=***' "
        "--set 'app.cache-to=type=s3,bucket=b,access_key_id=***,secret_access_key=***' "
        "--set 'app.contexts.src=https://me:***@example.com/x.git' 'https://git:***@github.com/acme/shop.git'\n"
    )


def test_local_cache_is_renewed(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    old, new = bakectl.folder / ".cache/worker", bakectl.folder / ".cache/worker.new"
    for folder in (old, new):
        (folder / "blobs").mkdir(parents=True)
        (folder / "blobs/stale").write_text("x", "utf-8")
    fake_docker.answer("buildx bake", folders=[str(new)])
    assert bakectl("bake", "worker", "--cache", "local=.cache/{target}").code == 0
    assert [str(path.relative_to(bakectl.folder)) for path in sorted(Path(bakectl.folder / ".cache").rglob("*"))] == [
        ".cache/worker",
        ".cache/worker/index.json",
    ]


def test_local_cache_stays_when_the_build_fails(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    old = bakectl.folder / ".cache/worker"
    old.mkdir(parents=True)
    (old / "index.json").write_text("old", "utf-8")
    fake_docker.answer("buildx bake", code=1, folders=[f"{old}.new"])
    assert bakectl("bake", "worker", "--cache", "local=.cache/{target}").code == 5
    assert (old / "index.json").read_text("utf-8") == "old"


def test_folder_with_other_files_is_no_cache(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    (bakectl.folder / "main.c").write_text("", "utf-8")
    done = bakectl("bake", "worker", "--cache", "local=.")
    assert done.code == 3
    assert "error: --cache: . is no cache: it holds docker-bake.hcl [bad-cache]\n" in done.err
    assert not [call for call in fake_docker.calls if call.arguments[:2] == ("buildx", "bake")]


def test_secrets_are_masked_in_messages(bakectl: Bakectl) -> None:
    done = bakectl("bake", "app", "--set", "nobody.args.NPM_TOKEN=hush", "--dry-run")
    assert done.code == 3
    assert done.err.startswith('error: --set nobody.args.NPM_TOKEN=***: there is no target "nobody" [unknown-target]\n')


def test_json_progress_is_followed_by_nothing(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", err='{"vertexes":[]}\n')
    assert bakectl("bake", "worker", "--progress", "rawjson").err == '{"vertexes":[]}\n'


def test_other_calls_than_a_build_make_nothing(bakectl: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", out="Check complete, no warnings found.\n")
    assert bakectl("bake", "worker", "--check") == (0, "Check complete, no warnings found.\n", "")


@pytest.mark.parametrize("code", [0, 1])
def test_destinations_are_there_before_and_gone_when_empty(
    bakectl: Bakectl, fake_docker: FakeDocker, code: int
) -> None:
    fake_docker.answer("buildx bake", code=code)
    words = ("--output", "type=local,dest=../out/{target}", "--output", "type=oci,dest=../{target}.tar")
    assert bakectl("bake", "worker", *words).code == (5 if code else 0)
    assert not (bakectl.folder.parent / "worker.tar").exists()
    assert not (bakectl.folder.parent / "out/worker").exists()
