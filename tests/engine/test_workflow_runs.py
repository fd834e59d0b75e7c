"""The commands of the written workflows, as they stand there, with a real engine and a real registry.

What actions do is done in their place: the builder is there, artifacts are copied, and cosign writes down what it is
asked to sign.
"""

import json
import os
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from github_cache import GitHubCache, token

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
  tags              = ["${REPOSITORY}/app"]
  labels            = { "org.opencontainers.image.title" = "app" }
  annotations       = ["index:org.example.kind=test"]
}

target "tool" {
  dockerfile-inline = "FROM scratch\\nCOPY tool /tool\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
  tags              = ["${REPOSITORY}/tool"]
}

target "base" {
  dockerfile-inline = "FROM scratch\\nARG TARGETARCH\\nCOPY base-$TARGETARCH /base\\n"
  platforms         = ["linux/amd64", "linux/arm64"]
}
"""
TOOLS = {
    "bakectl": f'exec "{sys.executable}" -m bakectl "$@"',
    "cosign": 'printf "%s\\n" "$@" >> "$SIGNED"',
}
EVENT = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_EVENT_NAME": "push",
    "GITHUB_REF": "refs/tags/v1.2.3",
    "GITHUB_SHA": "0123456789abcdef0123456789abcdef01234567",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "acme/shop",
}
TAGS = ["1", "1.2", "1.2.3", "latest", "sha-0123456"]

Run = Callable[..., Any]

pytestmark = pytest.mark.engine


class Runner:
    """Runs the steps of a workflow's jobs, each job in a place of its own."""

    def __init__(self, folder: Path, run: Run, variables: dict[str, str], event: str = "push") -> None:
        self.folder = folder
        self.home = folder / uuid.uuid4().hex
        self.home.mkdir()
        self.run_command = run
        self.variables = variables
        self.is_request = event == "pull_request"
        self.artifacts = self.home / "artifacts"
        self.jobs: dict[str, Any] = {}
        self.summary = self.home / "summary.md"
        self.count = 0

    def load(self) -> None:
        workflow = yaml.safe_load((self.folder / "project/.github/workflows/images.yml").read_text("utf-8"))
        self.jobs = workflow["jobs"]

    def run_job(self, name: str, row: dict[str, Any] | None = None) -> dict[str, str]:
        """Run a job, for one row of its matrix, and return its outputs."""
        self.count += 1
        place = self.home / f"job-{self.count}"
        place.mkdir()
        job = self.jobs[name]
        values = {f"matrix.{key}": value for key, value in (row or {}).items()}
        if self._holds(job.get("if")):
            for step in job["steps"]:
                if self._holds(step.get("if")):
                    self._run_step(step, place, values)
        output = place / "output"
        lines = output.read_text("utf-8").splitlines() if output.exists() else []
        return dict(line.split("=", 1) for line in lines)

    def _holds(self, condition: str | None) -> bool:
        known = {
            None: True,
            "github.event_name == 'pull_request'": self.is_request,
            "github.event_name != 'pull_request'": not self.is_request,
        }
        return known[condition]

    def _run_step(self, step: dict[str, Any], place: Path, values: dict[str, Any]) -> None:
        settings = {key: self._value(text, values, place) for key, text in step.get("with", {}).items()}
        match step.get("uses", "").partition("@")[0]:
            case "actions/upload-artifact":
                shutil.copytree(settings["path"], self.artifacts / settings["name"])
            case "actions/download-artifact":
                found = sorted(self.artifacts.glob(settings["pattern"]))
                for artifact in found:
                    shutil.copytree(artifact, settings["path"], dirs_exist_ok=True)
            case "" if step["name"] != "Install bakectl":
                given = {key: self._value(text, values, place) for key, text in step.get("env", {}).items()}
                script = place / "script.sh"
                script.write_text(step["run"], "utf-8")
                shell = ("bash", "--noprofile", "--norc", "-eo", "pipefail", script)
                files = {"GITHUB_OUTPUT": str(place / "output"), "GITHUB_STEP_SUMMARY": str(self.summary)}
                variables = {**self.variables, **files, "RUNNER_TEMP": str(place), **given}
                self.run_command(*shell, cwd=self.folder / "project", **variables)

    def _value(self, text: Any, values: dict[str, Any], place: Path) -> str:
        known = {
            **values,
            "runner.temp": str(place),
            "github.event_name != 'pull_request'": str(not self.is_request).lower(),
        }
        result = str(text)
        for name, value in known.items():
            result = result.replace(f"${{{{ {name} }}}}", str(value))
        return result


class Project:
    """A checkout with a workflow, and a repository that nobody uses."""

    def __init__(self, folder: Path, run: Run, engine: dict[str, str], builder: str) -> None:
        self.folder = folder
        self.run = run
        self.registry = engine["REGISTRY"].split("/")[0]
        self.repository = f"{self.registry}/ci-{uuid.uuid4().hex}"
        self.signed = folder / "signed"
        (folder / "project").mkdir()
        (folder / "tools").mkdir()
        for name, text in TOOLS.items():
            (folder / "tools" / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
            (folder / "tools" / name).chmod(0o755)
        (folder / "project/docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
        for name in ("app", "tool", "base-amd64", "base-arm64"):
            (folder / "project" / name).write_text(f"{name} {uuid.uuid4()}\n", "utf-8")
        self.variables = {
            **EVENT,
            "PATH": os.pathsep.join((str(folder / "tools"), engine["PATH"])),
            "REPOSITORY": self.repository,
            "BUILDX_BUILDER": builder,
            "SIGNED": str(self.signed),
        }

    def runner(self, *words: str, event: str = "push", cache: str = "") -> Runner:
        """Write the workflow, and be ready to run it."""
        cache = cache or f"registry={self.repository}/cache/{{target}}"
        self.run(
            "bakectl", "ci", "github", "all", "--cache", cache, "--sign", *words,
            cwd=self.folder / "project", **self.variables,
        )  # fmt: skip
        variables = {**self.variables, "GITHUB_EVENT_NAME": event}
        runner = Runner(self.folder, self.run, variables, event)
        runner.load()
        return runner

    def raw(self, reference: str) -> dict[str, Any]:
        done = self.run("docker", "buildx", "imagetools", "inspect", "--raw", f"{self.repository}/{reference}")
        manifest: dict[str, Any] = json.loads(done.stdout)
        return manifest

    def tags(self, name: str) -> list[str]:
        address = f"http://{self.repository.replace('/', '/v2/', 1)}/{name}/tags/list"
        done = self.run("curl", "-sS", "--noproxy", "*", address)
        return sorted(json.loads(done.stdout).get("tags") or [])

    def contents(self, name: str, tag: str) -> dict[str, Any]:
        """What an index holds: annotations, images by platform, and the kinds of attestations of each."""
        index = self.raw(f"{name}:{tag}")
        images, attested = {}, {}
        for entry in index["manifests"]:
            of = entry.get("annotations", {}).get("vnd.docker.reference.digest")
            manifest = self.raw(f"{name}@{entry['digest']}")
            if of:
                attested[of] = [layer["annotations"]["in-toto.io/predicate-type"] for layer in manifest["layers"]]
            else:
                images["/".join((entry["platform"]["os"], entry["platform"]["architecture"]))] = entry["digest"]
        kinds = {platform: attested.get(digest) for platform, digest in images.items()}
        return {
            "annotations": index.get("annotations"),
            "images": images,
            "attested": kinds,
            "type": index["mediaType"],
        }


@pytest.fixture
def project(tmp_path: Path, run: Run, engine: dict[str, str], remote_builder: str) -> Iterator[Project]:
    yield Project(tmp_path, run, engine, remote_builder)


def test_native_runners_make_what_one_runner_makes(project: Project) -> None:
    native = project.runner("--strategy", "native-runners")
    rows = json.loads(native.run_job("plan")["matrix"])
    assert [(row["target"], row["platform"]) for row in rows] == [
        (target, platform) for target in ("app", "tool") for platform in PLATFORMS
    ]
    for row in rows:
        native.run_job("build", row)
    assert (project.tags("app"), project.tags("tool")) == ([], [])
    # Each job has a cache of its own, which the next run of the same job reads.
    assert project.tags("cache/app") == ["linux-amd64", "linux-arm64"]
    native.run_job("merge")
    assert project.tags("app") == project.tags("tool") == TAGS
    joined = {name: project.contents(name, "1.2.3") for name in ("app", "tool")}
    digests = json.loads((native.home / "job-6/merged.json").read_text("utf-8"))
    signed = [f"{project.repository}/{one['target']}@{one['digest']}" for one in digests]
    assert project.signed.read_text("utf-8").split() == ["sign", "--yes", *signed]
    assert all(one["digest"] in native.summary.read_text("utf-8") for one in digests)

    project.signed.unlink()
    one = project.runner("--strategy", "one-runner")
    one.run_job("images")
    for name, contents in joined.items():
        assert contents == project.contents(name, "1.2.3")
        assert set(contents["images"]) == {*PLATFORMS}
        assert contents["attested"] == {platform: ["https://slsa.dev/provenance/v0.2"] for platform in PLATFORMS}
    assert joined["app"]["annotations"] == {"org.example.kind": "test"}
    metadata = json.loads((one.home / "job-1/metadata.json").read_text("utf-8"))
    digest = {name: metadata[name]["containerimage.digest"] for name in ("app", "tool")}
    assert all(text in one.summary.read_text("utf-8") for text in digest.values())
    signed = [f"{project.repository}/{name}@{digest[name]}" for name in ("app", "tool")]
    assert project.signed.read_text("utf-8").split() == ["sign", "--yes", *signed]


@pytest.mark.parametrize("strategy", ["one-runner", "native-runners"])
def test_a_pull_request_builds_and_pushes_nothing(strategy: str, project: Project) -> None:
    project.variables["GITHUB_REF"] = "refs/pull/7/merge"
    runner = project.runner("--strategy", strategy, event="pull_request")
    if strategy == "one-runner":
        runner.run_job("images")
    else:
        for row in json.loads(runner.run_job("plan")["matrix"]):
            runner.run_job("build", row)
        runner.run_job("merge")
    assert [project.tags(name) for name in ("app", "tool", "cache/app")] == [[], [], []]
    assert not project.signed.exists()


def test_a_platform_that_failed_keeps_all_tags_away(project: Project, run: Run) -> None:
    native = project.runner("--strategy", "native-runners")
    for row in json.loads(native.run_job("plan")["matrix"])[:-1]:
        native.run_job("build", row)
    with pytest.raises(pytest.fail.Exception, match='target "tool" was not pushed for linux/arm64'):
        native.run_job("merge")
    assert (project.tags("app"), project.tags("tool")) == ([], [])


def test_each_job_caches_where_the_matrix_says(project: Project) -> None:
    main = "refs/heads/main"
    with GitHubCache() as service:
        project.variables |= {**service.variables(token(main)), "GITHUB_REF": main, "GITHUB_REF_TYPE": "branch"}
        native = project.runner("--strategy", "native-runners", cache="gha")
        rows = json.loads(native.run_job("plan")["matrix"])
        for row in rows:
            native.run_job("build", row)
        linked = {"project-base-linux-amd64", "project-base-linux-arm64"}
        assert service.scopes(main) == {*linked, *(row["scope"] for row in rows)}
        assert len({row["scope"] for row in rows}) == len(rows)


def test_pipeline_of_gitlab(project: Project) -> None:
    """The scripts of its jobs, as the shell of a runner reads them; artifacts stay in the folder of the project."""
    folder = project.folder / "project"
    outside = {name: value for name, value in project.variables.items() if not name.startswith("GITHUB_")}
    project.run("bakectl", "ci", "gitlab", "all", "--strategy", "native-runners", cwd=folder, **outside)
    pipeline = yaml.safe_load((folder / ".gitlab-ci.yml").read_text("utf-8"))
    variables = pipeline[".images"]["variables"]
    image = f"{project.repository}/shop"
    event = {
        "CI": "true",
        "CI_COMMIT_SHA": EVENT["GITHUB_SHA"],
        "CI_COMMIT_TAG": "v1.2.3",
        "PUSH": variables["PUSH"],
        "CACHE": variables["CACHE"].replace("$CI_REGISTRY_IMAGE", image),
    }

    def run_job(job: dict[str, Any], **row: str) -> None:
        script = "\n".join(job["script"])
        project.run("bash", "-eo", "pipefail", "-c", script, cwd=folder, **outside, **event, **row)

    builds = [job for job in pipeline.values() if isinstance(job, dict) and job.get("extends") == ".build"]
    rows = [row for job in builds for row in job["parallel"]["matrix"]]
    assert sorted((row["TARGET"], row["PLATFORM"]) for row in rows) == [
        (target, platform) for target in ("app", "tool") for platform in PLATFORMS
    ]
    for row in rows:
        run_job(pipeline[".build"], **row)
    assert (project.tags("app"), project.tags("shop/cache/app")) == ([], ["linux-amd64", "linux-arm64"])
    run_job(pipeline["merge"])
    assert project.tags("app") == project.tags("tool") == TAGS
    assert set(project.contents("app", "latest")["images"]) == {*PLATFORMS}
