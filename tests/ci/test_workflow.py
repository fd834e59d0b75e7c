"""Workflows pass the schema of their CI and zizmor without a finding, whatever was chosen."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bakectl.ci.actions import ACTIONS
from bakectl.ci.workflow import secret_names

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
OTHER = """
target "default" { tags = ["acme/app", "registry.example:5000/app", "localhost:5000/app"] }
"""
PLATFORMS = """
group "default" { targets = ["app", "tool"] }
target "app" {
  platforms = ["linux/amd64", "linux/arm64", "linux/riscv64", "windows/amd64"]
  tags      = ["ghcr.io/acme/app", "quay.io/acme/app"]
}
target "tool" {
  platforms = ["linux/s390x"]
  tags      = ["ghcr.io/acme/tool"]
}
"""
SETTINGS = """
[ci]
runner  = ["self-hosted", "x64"]
timeout = 90
sign    = true
cache   = "registry=ghcr.io/acme/cache/{target}"
[ci.runners]
"linux/s390x" = "z16"
"""
CHOICES = {
    "one": ((ROOT / "docker-bake.hcl").read_text("utf-8"), "", ("all",)),
    "one-signed": (PLATFORMS, SETTINGS, ("--sbom", "--provenance", "mode=max", "-f", "docker-bake.hcl")),
    "one-plain": (OTHER, "", ("--cache", "none")),
    "native": (PLATFORMS, "", ("--strategy", "native-runners")),
    "native-signed": (PLATFORMS, SETTINGS, ("app", "--strategy", "native-runners", "--sbom", "--sign")),
    "native-plain": (OTHER, "", ("--strategy", "native-runners", "--cache", "inline", "--tags", "file")),
}


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(words, cwd=cwd, env=environment, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def workflows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workflow for each choice."""
    folder = tmp_path_factory.mktemp("workflows")
    for name, (bake_file, settings, words) in CHOICES.items():
        place = folder / name
        place.mkdir()
        (place / "docker-bake.hcl").write_text(bake_file, "utf-8")
        (place / "bakectl.toml").write_text(settings, "utf-8")
        output = folder / ".github/workflows" / f"{name}.yml"
        done = run(sys.executable, "-m", "bakectl", "ci", "github", *words, "--output", output, cwd=place)
        assert (done.returncode, done.stderr) == (0, "")
    return folder / ".github/workflows"


def test_schema(workflows: Path) -> None:
    checker = ("-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows")
    done = run(sys.executable, *checker, *sorted(workflows.iterdir()), cwd=workflows)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("persona", ["regular", "pedantic"])
def test_zizmor(persona: str, workflows: Path) -> None:
    words = ("--offline", "--no-progress", "--no-config", "--format", "json", "--persona", persona)
    done = run(TOOLS / "zizmor", *words, workflows, cwd=workflows)
    assert (done.returncode, json.loads(done.stdout)) == (0, []), done.stderr


def test_zizmor_finds_what_is_wrong(workflows: Path, tmp_path: Path) -> None:
    """The check of the check: with what templates must not do, there is a finding."""
    text = (workflows / "native.yml").read_text("utf-8")
    place = tmp_path / ".github/workflows"
    place.mkdir(parents=True)
    (place / "bad.yml").write_text(text.replace('"$TARGET"', "${{ github.event.pull_request.title }}"), "utf-8")
    done = run(TOOLS / "zizmor", "--offline", "--no-progress", "--no-config", "--format", "json", place, cwd=tmp_path)
    assert {finding["ident"] for finding in json.loads(done.stdout)} == {"template-injection"}


@pytest.mark.parametrize("name", CHOICES)
def test_workflow(name: str, workflows: Path) -> None:
    text = (workflows / f"{name}.yml").read_text("utf-8")
    assert not re.search(r"[ \t]$|\n\n\n", text, re.MULTILINE)
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] > 0
        assert job["permissions"]["contents"] == "read"
        for step in job["steps"]:
            assert "${{" not in step.get("run", ""), "expressions are for env, not for the text of a shell"
            if "uses" in step:
                action, _, commit = step["uses"].partition("@")
                assert commit == ACTIONS[action][0]
                assert f"{step['uses']} # {ACTIONS[action][1]}" in text


@pytest.fixture(scope="module")
def pipelines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a pipeline of GitLab for each choice."""
    folder = tmp_path_factory.mktemp("pipelines")
    for name, (bake_file, settings, words) in CHOICES.items():
        place = folder / f"of-{name}"
        place.mkdir()
        (place / "docker-bake.hcl").write_text(bake_file, "utf-8")
        (place / "bakectl.toml").write_text(settings, "utf-8")
        words = tuple(word for word in words if word != "--sign")
        done = run(sys.executable, "-m", "bakectl", "ci", "gitlab", *words, "--output", f"../{name}.yml", cwd=place)
        assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_schema_of_gitlab(pipelines: Path) -> None:
    checker = ("-m", "check_jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci")
    done = run(sys.executable, *checker, *sorted(pipelines.glob("*.yml")), cwd=pipelines)
    assert done.returncode == 0, done.stdout


def test_jobs_of_gitlab(pipelines: Path) -> None:
    pipeline = yaml.safe_load((pipelines / "native-signed.yml").read_text("utf-8"))
    jobs = {name: (job["tags"], job["parallel"]["matrix"]) for name, job in pipeline.items() if "parallel" in job}
    assert jobs == {
        "build on self-hosted x64": (
            ["self-hosted", "x64"],
            [{"TARGET": "app", "PLATFORM": name} for name in ("linux/amd64", "linux/riscv64", "windows/amd64")],
        ),
        "build on saas-linux-small-arm64": (
            ["saas-linux-small-arm64"],
            [{"TARGET": "app", "PLATFORM": "linux/arm64"}],
        ),
    }


def steps(name: str, workflows: Path) -> list[dict[str, object]]:
    workflow = yaml.safe_load((workflows / f"{name}.yml").read_text("utf-8"))
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_logins(workflows: Path) -> None:
    logins = [step["with"] for step in steps("one-plain", workflows) if "login-action" in str(step.get("uses"))]
    assert logins == [
        {"username": "${{ secrets.DOCKERHUB_USERNAME }}", "password": "${{ secrets.DOCKERHUB_TOKEN }}"},
        {
            "registry": "registry.example:5000",
            "username": "${{ secrets.REGISTRY_EXAMPLE_5000_USERNAME }}",
            "password": "${{ secrets.REGISTRY_EXAMPLE_5000_PASSWORD }}",
        },
    ]


def test_emulation_only_where_it_is_needed(workflows: Path) -> None:
    def emulation(name: str) -> list[object]:
        found = [step for step in steps(name, workflows) if "setup-qemu-action" in str(step.get("uses"))]
        return [(step.get("if"), step["with"]["platforms"]) for step in found]  # type: ignore[index]

    assert emulation("one-plain") == []
    assert emulation("one-signed") == [(None, "arm64,riscv64,s390x")]
    foreign = """contains(fromJSON('["linux/riscv64", "linux/s390x"]'), matrix.platform)"""
    assert emulation("native") == [(foreign, "${{ matrix.platform }}")]


def test_names_of_secrets() -> None:
    assert secret_names("docker.io") == ("DOCKERHUB_USERNAME", "DOCKERHUB_TOKEN")
    assert secret_names("123.dkr.ecr.eu-west-1.amazonaws.com")[0] == (
        "REGISTRY_123_DKR_ECR_EU_WEST_1_AMAZONAWS_COM_USERNAME"
    )


def test_all_actions_are_used_and_pinned(workflows: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in workflows.iterdir())
    assert set(re.findall(r"uses: ([^@\s]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE)) == set(ACTIONS)
    assert text.count("uses: ") == len(re.findall(r"uses: [^@\s]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", text, re.MULTILINE))
