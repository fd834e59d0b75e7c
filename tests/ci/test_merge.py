"""What merging refuses, and what it asks of registries, with a registry of our own making."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

import bakectl
from bakectl.ci.digests import Pushed, read_digests
from bakectl.ci.merge import Join, join_all, plan_joins
from bakectl.diagnostics import Problems
from bakectl.errors import BuildFailed

if TYPE_CHECKING:
    from pathlib import Path

    from bakectl.bake.model import Plan

BAKE_FILE = """
target "app" {
  tags        = ["ghcr.io/acme/app:1", "acme/app"]
  platforms   = ["linux/amd64", "linux/arm64/v8,linux/arm"]
  annotations = ["index:a=1", "manifest,index:b.c=d=e", "manifest:x=1", "y=index:2", "index[linux/arm64]:z=1"]
}
"""
DIGESTS = {name: f"sha256:{sha256(name.encode()).hexdigest()}" for name in ("amd64", "arm64", "arm", "other")}


class FakeRegistry:
    """Images by digest; what is joined is written down."""

    def __init__(self, images: dict[str, tuple[str, ...]]) -> None:
        self.images = images
        self.asked: list[str] = []
        self.after = ""

    def platforms(self, reference: str) -> tuple[str, ...]:
        name = next((name for name, digest in DIGESTS.items() if reference.endswith(digest)), "")
        if name not in self.images:
            problems = Problems()
            problems.error("registry", f"{reference}: not found", None)
            raise BuildFailed(1, problems)
        return self.images[name]

    def preview(self, join: Join) -> str:
        self.asked.append(f"preview {join.target}")
        return json.dumps({"manifests": list(join.sources)})

    def create(self, join: Join) -> None:
        self.asked.append(f"create {join.target}")

    def manifest(self, reference: str) -> str:
        self.asked.append(f"inspect {reference}")
        return self.after


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    (tmp_path / "docker-bake.hcl").write_text(BAKE_FILE, "utf-8")
    return bakectl.plan(bakectl.load(str(tmp_path / "docker-bake.hcl"), env={}), "app")


def pushed(name: str, *platforms: str) -> Pushed:
    return Pushed("app", platforms, "ghcr.io/acme/app", DIGESTS[name], f"digests/{name}.json")


ALL = {"amd64": ("linux/amd64",), "arm64": ("linux/arm64",), "arm": ("linux/arm/v7",)}
IMAGES = (pushed("arm", "linux/arm"), pushed("amd64", "linux/amd64"), pushed("arm64", "linux/arm64/v8"))


def test_images_in_the_order_of_the_plan(plan: Plan) -> None:
    problems = Problems()
    (join,) = plan_joins(plan, IMAGES, FakeRegistry(ALL), problems)
    assert list(problems) == []
    assert join.platforms == ("linux/amd64", "linux/arm64", "linux/arm/v7")
    assert join.sources == tuple(f"ghcr.io/acme/app@{DIGESTS[name]}" for name in ("amd64", "arm64", "arm"))
    assert join.annotations == ("index:a=1", "index:b.c=d=e")
    assert join.tags == ("ghcr.io/acme/app:1", "acme/app")


def test_one_image_of_several_platforms_is_joined_once(plan: Plan) -> None:
    registry = FakeRegistry({"amd64": ("linux/amd64", "linux/arm64"), "arm": ("linux/arm/v7",)})
    images = (pushed("amd64", "linux/amd64", "linux/arm64"), pushed("arm", "linux/arm/v7"))
    (join,) = plan_joins(plan, images, registry, problems := Problems())
    assert not problems.has_errors
    assert join.sources == tuple(f"ghcr.io/acme/app@{DIGESTS[name]}" for name in ("amd64", "arm"))


@pytest.mark.parametrize(
    ("images", "real", "messages"),
    [
        ((), ALL, ['nothing was pushed of target "app"']),
        (IMAGES[:2], ALL, ['target "app" was not pushed for linux/arm64']),
        (
            (*IMAGES, pushed("other", "linux/s390x")),
            {**ALL, "other": ("linux/s390x",)},
            [
                'target "app" was pushed for linux/s390x, which is not one of linux/amd64, linux/arm64, linux/arm/v7',
            ],
        ),
        (
            (*IMAGES, pushed("other", "linux/amd64")),
            {**ALL, "other": ("linux/amd64",)},
            ['target "app" was pushed 2 times for linux/amd64: digests/amd64.json and digests/other.json'],
        ),
        (
            IMAGES,
            {**ALL, "arm": ("linux/arm/v6",)},
            [
                f"digests/arm.json: ghcr.io/acme/app@{DIGESTS['arm']} is for linux/arm/v6, not linux/arm/v7",
                'target "app" was not pushed for linux/arm/v7',
                'target "app" was pushed for linux/arm/v6, which is not one of linux/amd64, linux/arm64, linux/arm/v7',
            ],
        ),
        (
            IMAGES,
            {name: ALL[name] for name in ("amd64", "arm64")},
            [f"ghcr.io/acme/app@{DIGESTS['arm']}: not found", 'target "app" was not pushed for linux/arm/v7'],
        ),
    ],
    ids=["nothing", "missing", "undeclared", "twice", "untrue", "gone"],
)
def test_refused(images: tuple[Pushed, ...], real: dict[str, tuple[str, ...]], messages: list[str], plan: Plan) -> None:
    plan_joins(plan, images, FakeRegistry(real), problems := Problems())
    assert [problem.message for problem in problems] == messages


def test_all_are_tried_before_the_first_is_made_and_each_tag_is_looked_at() -> None:
    joins = [Join(name, (f"acme/{name}:1", f"acme/{name}:2"), (), (), ("x@y",)) for name in ("a", "b")]
    registry = FakeRegistry({})
    registry.after = '{"manifests": ["x@y"]}'
    found = join_all(joins, registry)
    assert registry.asked == [
        "preview a", "preview b",
        "create a", "inspect acme/a:1", "inspect acme/a:2",
        "create b", "inspect acme/b:1", "inspect acme/b:2",
    ]  # fmt: skip
    assert found[0].digest == f"sha256:{sha256(registry.after.encode()).hexdigest()}"
    assert found[0].references == (f"acme/a@{found[0].digest}",)


def test_a_tag_that_somebody_else_moved() -> None:
    registry = FakeRegistry({})
    registry.after = "{}"
    with pytest.raises(BuildFailed, match="acme/a:1 is not what was made a moment ago"):
        join_all([Join("a", ("acme/a:1",), (), (), ("x@y",))], registry)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"app": {}}',
        '{"target": "app", "platforms": [], "repository": "-x", "digest": "' + DIGESTS["arm"] + '"}',
        '{"target": "app", "platforms": [], "repository": "a", "digest": "sha256:12"}',
        '{"target": "app", "platforms": 1, "repository": "a", "digest": 7}',
    ],
)
def test_files_that_say_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(text, "utf-8")
    problems = Problems()
    assert read_digests(str(tmp_path), problems) == ()
    assert [problem.rule for problem in problems] == ["bad-digest"]


def test_folder_without_files(tmp_path: Path) -> None:
    read_digests(str(tmp_path), problems := Problems())
    assert [problem.rule for problem in problems] == ["no-digest"]


def test_what_is_told_twice_counts_once(tmp_path: Path) -> None:
    metadata = {"app": {"containerimage.digest": DIGESTS["arm"], "image.name": "ghcr.io/acme/app:x,acme/app:y"}}
    (tmp_path / "a.json").write_text(json.dumps(metadata), "utf-8")
    record = {
        "target": "app",
        "platforms": ["linux/arm/v7"],
        "repository": "ghcr.io/acme/app",
        "digest": DIGESTS["arm"],
    }
    (tmp_path / "below").mkdir()
    (tmp_path / "below/b.json").write_text(json.dumps(record), "utf-8")
    found = read_digests(str(tmp_path), Problems())
    assert found == (
        Pushed("app", ("linux/arm/v7",), "ghcr.io/acme/app", DIGESTS["arm"], str(tmp_path / "below/b.json")),
    )
