"""What is read of Dockerfiles, Cargo workspaces and addresses of repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bakectl.bake.checkout import remote_url
from bakectl.bake.repository import read_repository
from bakectl.diagnostics import Problems
from bakectl.errors import InvalidBakeFile
from bakectl.scaffold.cargo import Binary, read_workspace
from bakectl.scaffold.discover import discover, image_name
from bakectl.scaffold.dockerfiles import Argument, context_of, read_dockerfile
from bakectl.scaffold.write import project_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Project = Callable[[Mapping[str, str]], Path]


@pytest.mark.parametrize(
    ("text", "arguments"),
    [
        ("ARG V=1\nFROM a:${V}", [Argument("V", "1")]),
        ('ARG V="1 2" W=3\nFROM a:$W', [Argument("W", "3")]),
        ("ARG V=1\nARG BASE=a:$V\nFROM $BASE", [Argument("V", "1")]),
        ("ARG V=1\nFROM a\nARG V\nRUN echo $V", []),
        ("ARG BASE\nFROM $BASE", [Argument("BASE", None)]),
        ("FROM a\nARG V\nARG W=1\nARG X=", [Argument("V", None)]),
        ("FROM a\nARG TARGETARCH\nARG http_proxy\nARG BUILDKIT_INLINE_CACHE", []),
        ("# ARG V\nFROM a\nRUN <<E\nARG W\nE\n", []),
    ],
)
def test_arguments(text: str, arguments: list[Argument]) -> None:
    assert list(read_dockerfile("Dockerfile", text).arguments) == arguments


def test_stages_and_sources() -> None:
    made = read_dockerfile(
        "Dockerfile",
        "FROM --platform=$BUILDPLATFORM a AS One\nCOPY --chown=1 a b c/ /x/\nFROM b\n"
        'COPY --from=One /y /y\nADD ["d e", "/z"]\nADD https://x.test/f /f\nCOPY <<E /g\nx\nE\nCOPY $V /v\n',
    )
    assert (made.stages, made.sources, made.crosses) == (("One", ""), ("a", "b", "c/", "d e"), True)


@pytest.mark.parametrize(
    ("sources", "context"),
    [("go.mod", "api"), ("api/go.mod", "."), (".", "api"), ("../secret", "api"), ("*.mod", "api"), ("nowhere", "api")],
)
def test_context(sources: str, context: str, project: Project) -> None:
    folder = project({"api/go.mod": "", "secret": ""})
    made = read_dockerfile("api/Dockerfile", f"FROM a\nCOPY {sources} .\n")
    assert context_of(str(folder), made) == context


@pytest.mark.parametrize(("sources", "context"), [(".", "."), ("entry.sh", "docker"), ("src", ".")])
def test_context_of_a_folder_for_dockerfiles(sources: str, context: str, project: Project) -> None:
    folder = project({"docker/Dockerfile": f"FROM a\nCOPY {sources} .\n", "docker/entry.sh": "", "src/a": ""})
    (image,) = discover(str(folder), None, Problems()).images
    assert (image.context, image.dockerfile.path) == (context, "docker/Dockerfile")
    assert image.target == folder.name


def test_a_name_that_is_no_text(project: Project) -> None:
    folder = project({"a/Dockerfile": "FROM a\n"})
    (folder / "b\udcff").mkdir()
    (folder / "b\udcff" / "Dockerfile").write_text("FROM a\n")
    problems = Problems()
    assert discover(str(folder), None, problems).targets == ("a",)
    assert [problem.rule for problem in problems] == ["unreadable-file"]


@pytest.mark.parametrize(
    ("address", "url", "registry"),
    [
        ("https://github.com/Acme/Shop.git", "https://github.com/Acme/Shop", "ghcr.io/acme"),
        ("git@github.com:acme/shop.git", "https://github.com/acme/shop", "ghcr.io/acme"),
        ("ssh://git@gitlab.com:22/a/b/c", "https://gitlab.com/a/b/c", "registry.gitlab.com/a/b/c"),
        ("https://user:t0ken@codeberg.org/a/b/", "https://codeberg.org/a/b", "codeberg.org/a"),
        ("https://git.example.com/a/b", "https://git.example.com/a/b", "localhost:5000"),
    ],
)
def test_repository(address: str, url: str, registry: str) -> None:
    found = read_repository(address)
    assert found is not None
    assert (found.url, found.registry) == (url, registry)


@pytest.mark.parametrize(
    "address", ["", "/srv/shop.git", "../shop", "https://github.com", "https://github.com/a", "x y"]
)
def test_no_repository(address: str) -> None:
    assert read_repository(address) is None


@pytest.mark.parametrize(
    ("config", "url"),
    [
        ('[remote "b"]\n\turl = b\n[remote "origin"]\n\tfetch = x\n\turl = "o"\n', "o"),
        ('[remote "b"]\n\turl = b\n[branch "origin"]\n\turl = c\n', "b"),
        ("[core]\n\turl = c\n", ""),
    ],
)
def test_remote(config: str, url: str, project: Project) -> None:
    folder = project({".git/config": config})
    assert remote_url(str(folder / "src")) == url


def test_workspace(project: Project) -> None:
    folder = project(
        {
            "Cargo.toml": '[workspace]\nmembers = ["crates/*", "tools", "../out"]\nexclude = ["crates/old"]\n'
            '[workspace.package]\nlicense = "MIT"\n',
            "Cargo.lock": "",
            "rust-toolchain.toml": '[toolchain]\nchannel = "1.90.1"\n',
            "crates/a/Cargo.toml": '[package]\nname = "a"\ndescription = "one\\n two"\nlicense.workspace = true\n'
            '[[bin]]\nname = "first"\npath = "src/bin/x.rs"\n[package.metadata.bakectl]\nport = 80\n',
            "crates/a/src/main.rs": "",
            "crates/a/src/bin/x.rs": "",
            "crates/a/src/bin/y.rs": "",
            "crates/a/src/bin/z/main.rs": "",
            "crates/lib/Cargo.toml": '[package]\nname = "lib"\n',
            "crates/lib/src/lib.rs": "",
            "crates/old/Cargo.toml": '[package]\nname = "old"\n',
            "crates/old/src/main.rs": "",
            "tools/Cargo.toml": '[package]\nname = "tools"\nautobins = false\nrust-version = "1.95"\n',
            "tools/src/main.rs": "",
        }
    )
    problems = Problems()
    found = read_workspace(str(folder), ".", problems)
    assert not list(problems)
    assert found is not None
    assert (found.rust, found.has_lock) == ("1.90.1", True)
    assert found.binaries == tuple(
        Binary(name, description="one two", license="MIT", port=80) for name in ("first", "a", "y", "z")
    )


def test_what_cargo_looks_for_is_not_hidden(project: Project) -> None:
    manifest = '[package]\nname = "a"\n[[bench]]\nname = "b"\nharness = false\n'
    sources = '#![doc = include_str!("../README.md")]\nfn main() {}\n'
    folder = project({"Cargo.toml": manifest, "src/main.rs": sources})
    text = project_files(discover(str(folder), None, Problems()))[".dockerignore"]
    assert not {"**/benches/", "**/*.md"} & set(text.splitlines())
    assert "\n\n**/tests/\n\n**/.venv/" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[package\n", "is no TOML: expected ']' at the end of a table declaration (at line 1, column 9)"),
        ("a = " + "[" * 5000, None),
        ("x" * (1 << 21), "holds more than 1048576 bytes"),
    ],
    ids=["syntax", "nesting", "size"],
)
def test_broken_manifest(text: str, message: str | None, project: Project) -> None:
    folder = project({"Cargo.toml": text})
    with pytest.raises(InvalidBakeFile) as caught:
        discover(str(folder), None, Problems())
    (problem,) = caught.value.diagnostics
    assert problem.rule == "unreadable-manifest"
    assert message is None or problem.message == f"{folder}/Cargo.toml {message}"


def test_names_in_a_manifest_that_cargo_refuses(project: Project) -> None:
    folder = project({"Cargo.toml": '[package]\nname = "a"\n[[bin]]\nname = "a b\\"; rm"\n', "src/main.rs": ""})
    problems = Problems()
    assert discover(str(folder), None, problems).targets == ("a",)
    assert [problem.rule for problem in problems] == ["bad-name"]


def test_names_that_a_target_cannot_have(project: Project) -> None:
    folder = project({f"{name}/Dockerfile": "FROM a\n" for name in ("all", "App", "app", "a b", "é")})
    problems = Problems()
    found = discover(str(folder), None, problems)
    assert {image.dockerfile.path: (image.target, image.name) for image in found.images} == {
        "App/Dockerfile": ("App", "app"),
        "a b/Dockerfile": ("a-b", "a-b"),
        "all/Dockerfile": ("all-image", "all-image"),
        "app/Dockerfile": ("app-2", "app-2"),
        "é/Dockerfile": ("image", "image"),
    }
    assert len(list(problems)) == 4


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Shop", "shop"),
        ("a__b", "a__b"),
        ("a___b", "a-b"),
        ("a..b", "a-b"),
        ("_x_", "x"),
        ("é", "image"),
        ("a-_b", "a-b"),
        ("a.b--c_d", "a.b--c_d"),
    ],
)
def test_image_name(given: str, name: str) -> None:
    assert image_name(given) == name


def test_arguments_that_differ_stay_in_their_dockerfiles(project: Project) -> None:
    folder = project(
        {
            "Dockerfile.a": "ARG V=1\nARG TAG=x\nFROM a:$V-$TAG\n",
            "Dockerfile.b": "ARG V=2\nFROM a:$V\nARG CREATED\n",
            "Dockerfile.bak": "FROM a\n",
            "Dockerfile.empty": "# nothing\n",
        }
    )
    problems = Problems()
    found = discover(str(folder), None, problems)
    assert [image.arguments for image in found.images] == [(), (Argument("CREATED", None),)]
    assert [problem.rule for problem in problems] == ["no-stage"]
    assert project_files(found)["docker-bake.hcl"].count('variable "CREATED"') == 1


def test_what_is_copied_is_not_hidden(project: Project) -> None:
    folder = project({"Dockerfile": "FROM a\nCOPY node_modules .env.production .git/HEAD ./\n"})
    text = project_files(discover(str(folder), None, Problems()))[".dockerignore"]
    assert not {"**/node_modules/", "**/.env*", "**/.git/"} & set(text.splitlines())
    assert "**/.github/" in text.splitlines()
