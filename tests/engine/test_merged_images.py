"""Jobs that push one platform each by digest, and the merge that gives their images tags, with a real registry."""

import json
import sys
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PLATFORMS = ("linux/amd64", "linux/arm64")
BAKE_FILE = """\
variable "REPOSITORY" {}

group "all" {
  targets = ["app", "tool"]
}

target "app" {
  dockerfile-inline = "FROM base\\nARG TARGETARCH\\nCOPY app /app-$TARGETARCH\\n"
  contexts          = { base = "target:base" }
  platforms         = ["linux/amd64", "linux/arm64"]
  tags              = ["${REPOSITORY}/app:1", "${REPOSITORY}/mirror/app:1", "${REPOSITORY}/app:latest"]
  labels            = { "org.opencontainers.image.title" = "app" }
  annotations       = ["index,manifest:org.example.kind=test", "plain=1"]
  output            = ["type=image,compression=gzip"]
}

target "tool" {
  dockerfile-inline = "FROM scratch\\nCOPY tool /tool\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
  tags              = ["${REPOSITORY}/tool:1"]
}

target "base" {
  dockerfile-inline = "FROM scratch\\nARG TARGETARCH\\nCOPY base-$TARGETARCH /base\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
}
"""

Run = Callable[..., Any]

pytestmark = pytest.mark.engine


class Project:
    """Files that no build has seen, and a repository that nobody uses."""

    def __init__(self, folder: Path, run: Run, registry: str) -> None:
        self.folder = folder
        self.run = run
        self.repository = f"{registry}/ci-{uuid.uuid4().hex}"
        (folder / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
        for name in ("app", "tool", "base-amd64", "base-arm64"):
            (folder / name).write_text(f"{name} {uuid.uuid4()}\n", "utf-8")

    def bakectl(self, *words: str, **options: Any) -> Any:
        command = (sys.executable, "-m", "bakectl", *words)
        return self.run(*command, cwd=self.folder, REPOSITORY=self.repository, **options)

    def build(self, target: str, platform: str, *words: str, **options: Any) -> Any:
        """What a job of the matrix does."""
        job = ("bake", target, "--platform", platform, "--by-digest", "--digests", "digests")
        return self.bakectl(*job, "--progress=plain", *words, **options)

    def raw(self, reference: str) -> dict[str, Any]:
        done = self.run("docker", "buildx", "imagetools", "inspect", "--raw", f"{self.repository}/{reference}")
        manifest: dict[str, Any] = json.loads(done.stdout)
        return manifest

    def images(self, reference: str) -> dict[str, tuple[str, dict[str, str]]]:
        """The digest and the labels of each platform of an image."""
        found = {}
        for entry in self.raw(reference)["manifests"]:
            platform = f"{entry['platform']['os']}/{entry['platform']['architecture']}"
            if platform != "unknown/unknown":
                manifest = self.raw(f"{reference.partition(':')[0]}@{entry['digest']}")
                found[platform] = (entry["digest"], manifest.get("annotations", {}))
        return found

    def attested(self, reference: str) -> dict[str, list[str]]:
        """The kinds of attestations of each image of an index."""
        found = {}
        for entry in self.raw(reference)["manifests"]:
            of = entry.get("annotations", {}).get("vnd.docker.reference.digest")
            if of:
                layers = self.raw(f"{reference.partition(':')[0]}@{entry['digest']}")["layers"]
                found[of] = [layer["annotations"]["in-toto.io/predicate-type"] for layer in layers]
        return found

    def tags(self, name: str) -> list[str]:
        """The tags of a repository."""
        done = self.run(
            "curl", "-sS", "--noproxy", "*", f"http://{self.repository.replace('/', '/v2/', 1)}/{name}/tags/list"
        )
        return sorted(json.loads(done.stdout).get("tags") or [])


@pytest.fixture
def project(tmp_path: Path, run: Run, engine: dict[str, str]) -> Project:
    return Project(tmp_path, run, engine["REGISTRY"].split("/")[0])


@pytest.mark.parametrize("driver", ["remote", "docker"])
def test_merged_index_is_what_one_bake_makes(driver: str, project: Project, remote_builder: str) -> None:
    builder = ("--builder", remote_builder) if driver == "remote" else ()
    for target in ("app", "tool"):
        for platform in PLATFORMS:
            project.build(target, platform, *builder)
    assert project.tags("app") == ([] if driver == "remote" else ["bakectl-app-linux-amd64", "bakectl-app-linux-arm64"])
    done = project.bakectl("ci", "merge", "all", "--from", "digests", "--json")
    merged = json.loads(done.stdout)
    assert [(one["target"], one["platforms"]) for one in merged] == [("app", [*PLATFORMS]), ("tool", [*PLATFORMS])]
    assert merged[0]["references"] == [
        f"{project.repository}/{name}@{merged[0]['digest']}" for name in ("app", "mirror/app")
    ]
    assert project.raw("app:1") == project.raw("app:latest") == project.raw("mirror/app:1")

    project.bakectl("bake", "all", "--push", "--set=app.tags=" + project.repository + "/app:whole", "--progress=quiet")
    whole, joined = project.raw("app:whole"), project.raw("app:1")
    assert joined["annotations"] == whole["annotations"] == {"org.example.kind": "test"}
    assert joined["mediaType"] == whole["mediaType"]
    assert list(project.images("app:1")) == list(PLATFORMS)
    assert project.images("app:1") == project.images("app:whole")
    kinds = ["https://slsa.dev/provenance/v0.2"]
    assert project.attested("app:1") == {digest: kinds for digest, _ in project.images("app:whole").values()}
    assert project.attested("app:whole") == project.attested("app:1")


def test_no_tag_is_touched_before_all_is_there(project: Project, remote_builder: str) -> None:
    for target, platform in (("app", "linux/amd64"), ("tool", "linux/amd64"), ("tool", "linux/arm64")):
        project.build(target, platform, "--builder", remote_builder)
    done = project.bakectl("ci", "merge", "all", "--from", "digests", code=5)
    assert done.stderr == (
        'error: target "app" was not pushed for linux/arm64 [missing-platform]\n'
        "help: its job failed, or its file of --digests was not brought here\n"
    )
    assert (project.tags("app"), project.tags("tool")) == ([], [])


def test_every_platform_must_be_there_once_and_be_what_is_said(project: Project, remote_builder: str) -> None:
    builder = ("--builder", remote_builder)
    for platform in PLATFORMS:
        project.build("tool", platform, *builder)
    digests = project.folder / "digests"
    (project.folder / "tool").write_text("another", "utf-8")
    project.bakectl("bake", "tool", "--platform=linux/amd64", "--by-digest", "--metadata-file=digests/x.json", *builder)
    arm = json.loads((digests / "tool-linux-arm64.json").read_text("utf-8"))
    (digests / "tool-linux-arm64.json").write_text(json.dumps({**arm, "platforms": ["linux/s390x"]}), "utf-8")
    done = project.bakectl("ci", "merge", "tool", "--from", "digests", code=5)
    reference = f"{arm['repository']}@{arm['digest']}"
    assert done.stderr == (
        f"error: digests/tool-linux-arm64.json: {reference} is for linux/arm64, not linux/s390x [wrong-platform]\n"
        'error: target "tool" was pushed 2 times for linux/amd64: digests/tool-linux-amd64.json and digests/x.json '
        "[double-platform]\nhelp: give each run of the jobs a folder of its own\n"
    )


def test_metadata_files_of_buildx_and_a_dry_run(project: Project, remote_builder: str) -> None:
    for platform in PLATFORMS:
        name = f"metadata/{platform.replace('/', '-')}.json"
        (project.folder / "metadata").mkdir(exist_ok=True)
        words = ("--platform", platform, "--by-digest", "--metadata-file", name, "--builder", remote_builder)
        project.bakectl("bake", "tool", *words, "--provenance=false")
    shown = project.bakectl("ci", "merge", "tool", "--from", "metadata", "--dry-run").stdout
    assert project.tags("tool") == []
    project.run("sh", "-c", shown)
    assert project.tags("tool") == ["1"]
    assert list(project.images("tool:1")) == list(PLATFORMS)
    assert project.attested("tool:1") == {}
    before = project.raw("tool:1")
    project.bakectl("ci", "merge", "tool", "--from", "metadata")
    assert project.raw("tool:1") == before


def test_tags_from_what_is_built(project: Project, remote_builder: str) -> None:
    event = {"GITHUB_REF": "refs/tags/v1.2.3", "GITHUB_SHA": "0123456789abcdef0123456789abcdef01234567"}
    for platform in PLATFORMS:
        project.build("tool", platform, "--builder", remote_builder, "--tags", "auto", **event)
    done = project.bakectl("ci", "merge", "tool", "--from", "digests", "--tags", "auto", **event)
    names = ("1.2.3", "1.2", "1", "latest", "sha-0123456")
    head, digest, *tags = done.stdout.splitlines()
    assert head == "tool  linux/amd64, linux/arm64"
    assert tags == [f"  {project.repository}/tool:{name}" for name in names]
    assert project.tags("tool") == sorted(names)
    image = project.run(
        "docker",
        "buildx",
        "imagetools",
        "inspect",
        "--format",
        "{{json .Image}}",
        f"{project.repository}/tool@{digest.strip()}",
    )
    labels = {platform: config["config"]["Labels"] for platform, config in json.loads(image.stdout).items()}
    assert set(labels) == {*PLATFORMS}
    assert all(found["org.opencontainers.image.version"] == "1.2.3" for found in labels.values())
    assert all(found["org.opencontainers.image.revision"] == event["GITHUB_SHA"] for found in labels.values())
