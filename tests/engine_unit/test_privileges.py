"""Which privileges a plan needs, as buildx would ask for them."""

from __future__ import annotations

from pathlib import Path

import pytest

import bakectl
from bakectl.bake.overrides import parse_override
from bakectl.engine.privileges import missing_grants


def missing(text: str, *allowed: str, sets: tuple[str, ...] = (), **environment: str) -> tuple[str, ...]:
    Path("docker-bake.hcl").write_text(f'target "app" {{\n{text}\n}}\n', "utf-8")
    plan = bakectl.plan(bakectl.load(env={}), "app", overrides=map(parse_override, sets))
    return missing_grants(plan, allowed, environment)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shop = tmp_path / "shop"
    shop.mkdir()
    (tmp_path / "there").mkdir()
    (shop / "link").symlink_to(tmp_path / "there")
    monkeypatch.chdir(shop)
    return shop


@pytest.mark.parametrize(
    ("text", "grants"),
    [
        ("", ()),
        ('context = "."\ndockerfile = "sub/Dockerfile"', ()),
        ('context = "../there"', ("fs.read=../there", "fs.read=../there/Dockerfile")),
        ('context = "link"', ("fs.read=link", "fs.read=link/Dockerfile")),
        ('dockerfile = "../Dockerfile"', ("fs.read=./../Dockerfile",)),
        ('dockerfile = "/etc/Dockerfile"', ("fs.read=/etc/Dockerfile",)),
        ('context = "https://example.com/x.git"', ()),
        ('contexts = { a = "docker-image://alpine", b = "../there", c = "oci-layout://../layout@sha256:aa" }',
         ("fs.read=../there", "fs.read=../layout")),
        ('output = ["type=local,dest=out", "type=tar,dest=-", "type=oci,dest=../x.tar"]', ("fs.write=../x.tar",)),
        ('cache-to = ["type=local,dest=/cache"]\ncache-from = ["type=local,src=/cache", "type=gha"]',
         ("fs.read=/cache", "fs.write=/cache")),
        ('secret = ["id=a,src=/etc/passwd", "id=b,env=B"]', ("fs.read=/etc/passwd",)),
        ('entitlements = ["network.host", "security.insecure"]', ("network.host", "security.insecure")),
        ('network = "host"', ("network.host",)),
    ],
)  # fmt: skip
def test_what_is_missing(text: str, grants: tuple[str, ...]) -> None:
    assert missing(text) == grants


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ('context = "../there"', "fs.read=.."),
        ('context = "../there"', "fs=../there"),
        ('context = "../there"', "fs.read=*"),
        ('output = ["type=local,dest=../x"]', "fs.write=.."),
        ('entitlements = ["network.host"]', "network.host"),
    ],
)
def test_what_is_granted(text: str, allowed: str) -> None:
    assert missing(text, allowed) == ()


def test_grant_to_read_is_none_to_write() -> None:
    assert missing('output = ["type=local,dest=../x"]', "fs.read=..") == ("fs.write=../x",)


def test_checks_of_paths_that_are_turned_off() -> None:
    text = 'context = "../there"\nnetwork = "host"'
    assert missing(text, BUILDX_BAKE_ENTITLEMENTS_FS="0") == ("network.host",)


def test_places_that_an_override_names(folder: Path) -> None:
    assert missing("", sets=("app.output=type=local,dest=../there",)) == ()
    assert missing("", sets=("app.output=type=local,dest=../nowhere",)) == ("fs.write=../nowhere",)
    assert missing("", sets=("app.context=../there",)) == ("fs.read=../there", "fs.read=../there/Dockerfile")
