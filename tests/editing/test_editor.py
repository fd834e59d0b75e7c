"""The editor as a library: one write at the end, nothing after an exception."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import bakectl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Files = Callable[[Mapping[str, str]], Path]

BAKE = """target "backend" {
  tags = ["acme/backend"]
}
target "frontend" {
}
"""


def test_several_verbs_are_one_write(project: Files) -> None:
    folder = project({"docker-bake.hcl": BAKE})
    with bakectl.edit("docker-bake.hcl", env={}) as bake:
        bake.set_cache("backend", "gha", "scope=backend")
        bake.rename_target("frontend", "web")
        bake.add("web.tags=acme/web")
        assert (folder / "docker-bake.hcl").read_text() == BAKE
        assert [(change.target, change.field) for change in bake.changes] == [
            ("backend", "cache-from"),
            ("backend", "cache-to"),
            ("web", "tags"),
        ]
    assert (folder / "docker-bake.hcl").read_text() == (
        'target "backend" {\n'
        '  tags = ["acme/backend"]\n'
        '  cache-from = ["type=gha,scope=backend"]\n'
        '  cache-to = ["type=gha,scope=backend,mode=max,ignore-error=true"]\n'
        "}\n"
        'target "web" {\n'
        '  tags = ["acme/web"]\n'
        "}\n"
    )


def test_nothing_is_written_after_an_exception(project: Files) -> None:
    folder = project({"docker-bake.hcl": BAKE})
    with pytest.raises(bakectl.EditRejected), bakectl.edit(env={}) as bake:
        bake.set("backend.pull=true")
        bake.set("nothing.pull=true")
    assert (folder / "docker-bake.hcl").read_text() == BAKE


def test_a_change_taken_back_is_no_change(project: Files) -> None:
    folder = project({"docker-bake.hcl": BAKE})
    before = (folder / "docker-bake.hcl").stat().st_mtime_ns
    with bakectl.edit(env={}) as bake:
        bake.set("backend.pull=true")
        bake.unset("backend.pull")
        assert (bake.changes, bake.written) == ((), ())
    assert (folder / "docker-bake.hcl").stat().st_mtime_ns == before


def test_refused_when_the_file_changed_meanwhile(project: Files) -> None:
    folder = project({"docker-bake.hcl": BAKE})
    bake = bakectl.edit(env={})
    bake.set("backend.pull=true")
    (folder / "docker-bake.hcl").write_text("# mine\n")
    with pytest.raises(bakectl.EditRejected, match="was changed by someone else"):
        bake.write()
    assert (folder / "docker-bake.hcl").read_text() == "# mine\n"


def test_a_name_follows_into_the_override_file(project: Files) -> None:
    folder = project(
        {
            "docker-bake.hcl": BAKE,
            "docker-bake.override.hcl": 'target "backend" {\n  inherits = ["frontend"]\n}\n',
        }
    )
    with bakectl.edit(env={}) as bake:
        bake.rename_target("frontend", "web")
        bake.set("backend.pull=true")
    assert 'target "web"' in (folder / "docker-bake.hcl").read_text()
    assert (folder / "docker-bake.override.hcl").read_text() == 'target "backend" {\n  inherits = ["web"]\n}\n'
    assert "pull = true" in (folder / "docker-bake.hcl").read_text()


def test_first_file_goes_back_when_the_second_cannot_be_written(project: Files) -> None:
    folder = project({"a.hcl": BAKE, "b.hcl": 'target "backend" {\n  inherits = ["frontend"]\n}\n'})
    bake = bakectl.edit("a.hcl", "b.hcl", env={})
    bake.rename_target("frontend", "web")
    (folder / "b.hcl").unlink()
    with pytest.raises(bakectl.EditRejected, match="is gone since it was read"):
        bake.write()
    assert (folder / "a.hcl").read_text() == BAKE


def test_an_override_file_that_wins_makes_a_change_useless(project: Files) -> None:
    project({"docker-bake.hcl": BAKE, "more.json": '{"target": {"backend": {"tags": ["other"]}}}'})
    with pytest.raises(bakectl.EditRejected, match="is JSON, and bakectl changes only HCL files"):
        bakectl.edit("docker-bake.hcl", "more.json", env={}).set("backend.tags=acme/new")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("end", ["", "\n"], ids=["no final newline", "final newline"])
def test_bytes_elsewhere_stay(project: Files, newline: str, mark: str, end: str) -> None:
    text = mark + (
        '# head\ntarget "a" {\n\ttags = ["x"]   # why\n}\n\n//end\ntarget "b" {\n\tpull=true\n}' + end
    ).replace("\n", newline)
    folder = project({"docker-bake.hcl": text})
    with bakectl.edit(env={}) as bake:
        bake.set("a.target=release", "a.args.A=1", "b.dockerfile=B")
        bake.add_target("c", "tags=c")
    after = (folder / "docker-bake.hcl").read_bytes().decode()
    expected = (
        '# head\ntarget "a" {\n\ttags = ["x"]   # why\n\ttarget = "release"\n\targs = {\n\t\tA = "1"\n\t}\n}\n\n//end\n'
        'target "b" {\n\tpull=true\n\tdockerfile="B"\n}\n\ntarget "c" {\n\ttags = ["c"]\n}'
    )
    assert after == mark + (expected + end).replace("\n", newline)


def test_secrets_are_masked(project: Files, capsys: pytest.CaptureFixture[str]) -> None:
    from bakectl.cli import main

    project({"docker-bake.hcl": BAKE})
    assert main(["set", "backend.args.API_TOKEN=hunter2"]) == 0
    assert "hunter2" not in capsys.readouterr().out
