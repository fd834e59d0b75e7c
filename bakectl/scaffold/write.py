"""The files of a new project as texts: the bake file, Dockerfiles, and what is kept from the engine."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING, Any, Final

from bakectl.bake.repository import LOCAL
from bakectl.record import Record
from bakectl.scaffold.discover import OWN_VARIABLES, image_name
from bakectl.syntax.quote import quote, quote_text
from bakectl.templating import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bakectl.scaffold.cargo import Binary, Workspace
    from bakectl.scaffold.discover import Findings, Image

BAKE_FILE: Final = "docker-bake.hcl"
IGNORE_FILE: Final = ".dockerignore"
_PACKAGE: Final = "bakectl.scaffold"
_PLATFORMS: Final = ("linux/amd64", "linux/arm64", "linux/arm/v7")
_CROSSED: Final = ("linux/amd64", "linux/arm64")
"""Platforms for a Dockerfile of others that builds for more than its own."""
_DEBIAN: Final = "bookworm"
_LABEL: Final = "org.opencontainers.image."
_HIDDEN: Final = (
    ("**/.git/", "**/.gitignore", "**/.gitattributes", "**/.github/"),
    ("**/.env*", "**/compose*.yml", "**/compose*.yaml", "**/docker-compose*.yml", "**/docker-compose*.yaml"),
    ("**/Dockerfile*", "**/*.Dockerfile", "**/docker-bake*", "**/.dockerignore"),
    ("**/.idea/", "**/.vscode/", "**/*.swp", "**/*~", "**/.DS_Store", "**/Thumbs.db"),
    ("**/.venv/", "**/venv/", "**/node_modules/", "**/__pycache__/", "**/.cache/", "**/.*_cache/"),
)


class _Variable(Record):
    """A build argument as a variable; `pattern` is what its value must match."""

    name: str
    description: str
    default: str | None
    pattern: str = ""
    message: str = ""


class _Map(Record):
    """`name = { … }`."""

    name: str
    lines: tuple[str, ...]


class _Target(Record):
    """A target as lines."""

    name: str
    head: tuple[str, ...]
    maps: tuple[_Map, ...]
    remarks: tuple[str, ...] = ()


def project_files(findings: Findings) -> dict[str, str]:
    """All files that a folder gets, by path."""
    if findings.workspace is not None:
        return _workspace_files(findings, findings.workspace)
    variables = _argument_variables(findings.images)
    targets = [_common_target(findings), *map(_image_target, findings.images)]
    ignored = {f"{image.context}/{IGNORE_FILE}".removeprefix("./"): image for image in findings.images}
    return {
        BAKE_FILE: _bake_file(findings, variables, targets),
        **{path: _ignore_file(path, findings.images) for path in ignored},
    }


def _workspace_files(findings: Findings, workspace: Workspace) -> dict[str, str]:
    """The files of a Cargo workspace: a Dockerfile for each binary, the first of which has the plain name."""
    paths = ["Dockerfile", *(f"Dockerfile.{name}" for name in findings.targets[1:])]
    binaries = list(zip(findings.targets, workspace.binaries, paths, strict=True))
    licenses = {binary.license for binary in workspace.binaries}
    shared = next(iter(licenses)) if len(licenses) == 1 else ""
    arguments = ("DEBIAN_RELEASE", "RUST_VERSION")
    values = [
        *((name, name) for name in arguments),
        *([("WORKSPACE", quote_text(workspace.path))] if workspace.path != "." else []),
    ]
    common = _Target(
        "_common",
        _rows([("context", '"."'), ("platforms", quote(_PLATFORMS))]),
        (_Map("args", _rows(values)), _Map("labels", _rows(_common_labels(findings, shared)))),
    )
    targets = [_binary_target(name, binary, path, shared) for name, binary, path in binaries]
    variables = (
        _Variable(
            "RUST_VERSION",
            "Rust release that compiles",
            workspace.rust,
            r"^[0-9]+\.[0-9]+(\.[0-9]+)?$",
            "RUST_VERSION must be a release, such as 1.86 or 1.86.0.",
        ),
        _Variable(
            "DEBIAN_RELEASE",
            "Debian release to compile and to run on",
            _DEBIAN,
            "^[a-z]+$",
            "DEBIAN_RELEASE must be a code name, such as bookworm.",
        ),
    )
    return {
        BAKE_FILE: _bake_file(findings, variables, [common, *targets]),
        **{path: _dockerfile(binary, workspace) for _, binary, path in binaries},
        IGNORE_FILE: _render("dockerignore-workspace.j2", {"workspace": workspace.path, "needs": workspace.needs}),
    }


def _binary_target(name: str, binary: Binary, dockerfile: str, shared_license: str) -> _Target:
    head = [
        ("description", quote_text(binary.description)),
        ("inherits", '["_common"]'),
        ("dockerfile", quote_text(dockerfile)),
        ("tags", f"tags_of({quote_text(image_name(name))})"),
    ]
    labels = _labels(binary, with_license=not shared_license)
    return _Target(
        name,
        _rows(head if binary.description else head[1:]),
        (_Map("labels", _rows([(quote_text(name), quote_text(text)) for name, text in labels])),),
    )


def _labels(binary: Binary, *, with_license: bool) -> list[tuple[str, str]]:
    license = binary.license if with_license else ""
    texts = (("title", binary.name), ("description", binary.description), ("licenses", license))
    return [(_LABEL + name, text) for name, text in texts if text]


def _dockerfile(binary: Binary, workspace: Workspace) -> str:
    labels = [f"{name}={_docker_quote(text)}" for name, text in _labels(binary, with_license=True)]
    values = {
        "name": binary.name,
        "rust_version": workspace.rust,
        "debian_release": _DEBIAN,
        "labels": labels,
        "port": binary.port,
        "healthcheck": binary.healthcheck,
    }
    return _render("Dockerfile.j2", values)


def _docker_quote(text: str) -> str:
    """A text in the quotes of a Dockerfile, in which nothing is a variable."""
    return '"' + re.sub(r'(["\\$])', r"\\\1", text) + '"'


def _common_labels(findings: Findings, license: str) -> list[tuple[str, str]]:
    """The labels that all images have, as rows of HCL."""
    repository = findings.repository
    texts = [("source", repository.url if repository else ""), ("licenses", license)]
    texts.append(("vendor", repository.owner if repository else ""))
    rows = [
        ("version", "TAG"),
        ("revision", 'GITHUB_SHA != "" ? GITHUB_SHA : null'),
        ("created", 'CREATED != "" ? CREATED : null'),
        *((name, quote_text(text)) for name, text in texts if text),
    ]
    return [(quote_text(_LABEL + name), text) for name, text in rows]


def _common_target(findings: Findings) -> _Target:
    return _Target("_common", (), (_Map("labels", _rows(_common_labels(findings, ""))),))


def _image_target(image: Image) -> _Target:
    """The target of a Dockerfile that is there."""
    dockerfile = image.dockerfile
    relative = dockerfile.path if image.context == "." else dockerfile.path.removeprefix(f"{image.context}/")
    last, others = dockerfile.stages[-1], [name for name in dockerfile.stages[:-1] if name]
    head = [
        ("inherits", '["_common"]'),
        ("context", quote_text(image.context)),
        ("dockerfile", quote_text(relative)),
        ("target", quote_text(last)),
        ("platforms", quote(_CROSSED)),
        ("tags", f"tags_of({quote_text(image.name)})"),
    ]
    unneeded = {
        "context": image.context == ".",
        "dockerfile": relative == "Dockerfile",
        "target": not last or len(dockerfile.stages) == 1,
        "platforms": not dockerfile.crosses,
    }
    args = _Map("args", _rows([(argument.name, argument.name) for argument in image.arguments]))
    labels = _Map("labels", _rows([(quote_text(f"{_LABEL}title"), quote_text(image.name))]))
    remarks = (f"Other stages of {dockerfile.path}: {', '.join(others)}",) if others else ()
    return _Target(
        image.target,
        _rows([row for row in head if not unneeded.get(row[0])]),
        (*((args,) if image.arguments else ()), labels),
        tuple(map(_comment, remarks)),
    )


def _comment(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text)


def _argument_variables(images: Iterable[Image]) -> list[_Variable]:
    """A variable for each argument; those that the bake file has anyway are there already."""
    found: dict[str, _Variable] = {}
    for image in images:
        for argument in image.arguments:
            path = image.dockerfile.path
            before = found.get(argument.name)
            text = f"{before.description}, {path}" if before else f"Build argument of {path}"
            found[argument.name] = _Variable(argument.name, text, argument.default)
    return [variable for name, variable in found.items() if name not in OWN_VARIABLES]


def _bake_file(findings: Findings, variables: Iterable[_Variable], targets: Iterable[_Target]) -> str:
    values = {
        "registry": findings.repository.registry if findings.repository else LOCAL,
        "names": findings.targets,
        "arguments": tuple(variables),
        "targets": tuple(targets),
    }
    return _render("docker-bake.hcl.j2", values)


def _ignore_file(path: str, images: Iterable[Image]) -> str:
    """What the Dockerfiles of a context do not copy by name."""
    folder = path.rpartition("/")[0] or "."
    segments = {
        part
        for image in images
        if image.context == folder
        for name in image.dockerfile.sources
        for part in name.split("/")
    }
    groups = [[line for line in group if not _is_copied(line, segments)] for group in _HIDDEN]
    return _render("dockerignore.j2", {"groups": [group for group in groups if group]})


def _is_copied(line: str, segments: Iterable[str]) -> bool:
    from fnmatch import fnmatchcase

    pattern = line.removeprefix("**/").removesuffix("/")
    return any(fnmatchcase(segment, pattern) for segment in segments)


def _rows(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Attributes on lines that follow one another, aligned as `bakectl fmt` does."""
    width = max((len(name) for name, _ in pairs), default=0)
    return tuple(f"{name:<{width}} = {value}" for name, value in pairs)


def _render(template: str, values: Mapping[str, Any]) -> str:
    return render(_PACKAGE, template, values, {"hcl": quote_text, "list_of": quote, "json": dumps})
