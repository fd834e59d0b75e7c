"""The overrides of `--by-digest`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bakectl
from bakectl.bake.digests import digest_name, digest_overrides
from bakectl.bake.overrides import parse_override
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from pathlib import Path

    from bakectl.bake.model import Plan

BY_DIGEST = "push-by-digest=true,name-canonical=true,push=true"


def plan(text: str, folder: Path) -> Plan:
    (folder / "docker-bake.hcl").write_text(text, "utf-8")
    return bakectl.plan(bakectl.load(str(folder / "docker-bake.hcl"), env={}), "app")


def app(output: str, platforms: str = '"linux/arm64"') -> str:
    return f'target "app" {{\n  tags = ["localhost:5000/a:1", "b"]\n  platforms = [{platforms}]\n  output = [{output}]\n}}\n'


@pytest.mark.parametrize(
    ("output", "written"),
    [
        ("", f"type=image,name=localhost:5000/a,{BY_DIGEST}"),
        ('"type=docker"', f"type=image,name=localhost:5000/a,{BY_DIGEST}"),
        ('"type=registry,compression=zstd"', f"type=image,compression=zstd,name=localhost:5000/a,{BY_DIGEST}"),
        (
            '"type=oci,dest=x", "type=image,name=c,push=false,oci-mediatypes=true"',
            f"type=image,oci-mediatypes=true,name=localhost:5000/a,{BY_DIGEST}",
        ),
    ],
)
def test_what_the_file_says_of_the_image_stays(output: str, written: str, tmp_path: Path) -> None:
    assert digest_overrides(plan(app(output), tmp_path), (), is_staged=False) == ("app.tags=", f"app.output={written}")


@pytest.mark.parametrize(
    ("platforms", "tag"),
    [
        ("", "bakectl-app"),
        ('"linux/arm64/v8"', "bakectl-app-linux-arm64"),
        ('"linux/arm"', "bakectl-app-linux-arm-v7"),
        ('"linux/amd64,linux/arm64"', "bakectl-app-linux-amd64-linux-arm64"),
    ],
)
def test_a_tag_where_the_driver_needs_one(platforms: str, tag: str, tmp_path: Path) -> None:
    found = digest_overrides(plan(app("", platforms), tmp_path), (), is_staged=True)
    assert found == (f"app.tags=localhost:5000/a:{tag}", "app.output=type=image,push=true")


def test_all_that_stands_against_it(tmp_path: Path) -> None:
    users = [parse_override(text) for text in ("app.args.A=1", "*.output=type=docker", "app.push=false")]
    with pytest.raises(InvalidBakeFile) as found:
        digest_overrides(plan('target "app" {}\n', tmp_path), users, is_staged=False)
    assert [item.message for item in found.value.diagnostics] == [
        "--set *.output=type=docker says where images go, and so does a push by digest",
        "--set app.push=false says where images go, and so does a push by digest",
        'target "app" has no tags, so there is no repository to push it to by digest',
    ]


def test_names() -> None:
    assert digest_name("app", ("linux/amd64", "linux/arm/v7")) == "app-linux-amd64-linux-arm-v7"
    assert digest_name("app", ("",)) == "app"
