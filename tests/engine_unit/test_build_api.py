"""`bakectl.build`: a build from Python, with a fake docker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bakectl as library

if TYPE_CHECKING:
    from conftest import Bakectl, FakeDocker

FACTS = {"worker": {"containerimage.digest": "sha256:aa"}}


@pytest.fixture
def shop(bakectl: Bakectl, monkeypatch: pytest.MonkeyPatch) -> Bakectl:
    monkeypatch.chdir(bakectl.folder)
    for name, value in bakectl.environment.items():
        monkeypatch.setenv(name, value)
    return bakectl


def test_result(shop: Bakectl, fake_docker: FakeDocker, capfd: pytest.CaptureFixture[str]) -> None:
    fake_docker.answer("buildx bake", metadata=FACTS, err="#1 something\n")
    result = library.build(library.load(), "worker", push=True, allow=["ssh"], builder="big")
    assert (result.code, dict(result.metadata)) == (0, FACTS)
    assert capfd.readouterr() == ("", "")
    words = list(fake_docker.bake.arguments)
    del words[words.index("--metadata-file") + 1]
    assert words == [
        *("buildx", "bake", "--builder", "big", "--file", "docker-bake.hcl", "--push=true", "--allow", "ssh"),
        *("--progress", "rawjson", "--metadata-file", "worker"),
    ]


def test_variables_of_the_project(shop: Bakectl, fake_docker: FakeDocker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAG", "of our own")
    library.build(library.load(env={"TAG": "2"}), "worker")
    library.build(library.load(env={}), "worker")
    library.build(library.load(variables={"TAG": "3"}), "worker", variables={"TAG": "3"})
    calls = [call for call in fake_docker.calls if call.arguments[:2] == ("buildx", "bake")]
    assert [call.environment.get("TAG") for call in calls] == ["2", None, "3"]


def test_definition_without_a_file(shop: Bakectl, fake_docker: FakeDocker) -> None:
    text = 'target "only" { dockerfile-inline = "FROM scratch" }\n'
    library.build(library.load("-", stdin=text.encode()), "only")
    assert (fake_docker.bake.stdin, fake_docker.bake.arguments[2:4]) == (text, ("--file", "-"))


def test_failure_says_why(shop: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", code=3, err="ERROR: failed to solve: no\n")
    with pytest.raises(library.BuildFailed) as caught:
        library.build(library.load(), "worker")
    assert (caught.value.code, str(caught.value)) == (3, 'target "worker": failed to solve: no')


def test_privileges_are_not_granted_in_silence(shop: Bakectl, fake_docker: FakeDocker) -> None:
    text = 'target "app" {\n  dockerfile-inline = "FROM scratch"\n  output = ["type=local,dest=../elsewhere"]\n}\n'
    (shop.folder / "docker-bake.hcl").write_text(text, "utf-8")
    with pytest.raises(library.BuildFailed, match=r"allow=\('fs.write=../elsewhere',\) grants them"):
        library.build(library.load(), "app")
    assert library.build(library.load(), "app", allow=["fs.write=../elsewhere"]).code == 0


def test_interrupt(shop: Bakectl, fake_docker: FakeDocker) -> None:
    fake_docker.answer("buildx bake", code=130)
    with pytest.raises(KeyboardInterrupt):
        library.build(library.load(), "worker")
