"""Values that come from files beside a Compose file, and what must not be written."""

from __future__ import annotations

import pytest

from bakectl.bake.files import HCL, read_files
from bakectl.convert.conversion import Conversion, convert
from bakectl.errors import InvalidBakeFile


def converted(environment: dict[str, str] | None = None) -> Conversion:
    return convert(read_files(["compose.yaml"], {}), HCL, environment or {}, {})


def said(made: Conversion) -> list[str]:
    return [f"{note.rule}: {note.message}" for note in made.notes]


def test_dot_env_is_for_compose_only(project) -> None:
    project(
        {
            "compose.yaml": "services:\n  app:\n    image: acme/app:${TAG:-1}\n    build: {args: [TOKEN]}\n",
            ".env": "TAG=2\nTOKEN=t0ken\nOTHER=3\n",
        }
    )
    made = converted()
    assert 'default = "1"' in made.text
    assert "t0ken" not in made.text
    assert said(made) == [
        "empty-variable: an empty value stays empty in HCL, where Compose takes the default: TAG",
        "dot-env: .env sets TOKEN, TAG, and buildx does not read .env for HCL files",
    ]
    assert "dot-env" not in " ".join(said(converted({"TAG": "3", "TOKEN": ""})))


def test_given_variables_are_environment(project) -> None:
    project({"compose.yaml": "services:\n  app:\n    image: acme/app:${TAG:?}\n    build: .\n"})
    made = convert(read_files(["compose.yaml"], {}), HCL, {}, {"TAG": "2"})
    assert 'tags    = ["acme/app:${TAG}"]' in made.text


def test_a_value_of_an_env_file_is_written(project) -> None:
    project(
        {
            "compose.yaml": "services:\n  app:\n    env_file: app.env\n    build: {args: [LEVEL]}\n",
            "app.env": "LEVEL=debug\n",
        }
    )
    made = converted()
    assert 'args    = { LEVEL = "debug" }' in made.text
    assert said(made) == ["lost-variable: written with the values that they have now: LEVEL"]


def test_a_secret_is_not_written(project) -> None:
    project(
        {
            "compose.yaml": "services:\n  app:\n    env_file: app.env\n    build: {args: [NPM_TOKEN]}\n",
            "app.env": "NPM_TOKEN=t0ken\n",
        }
    )
    with pytest.raises(InvalidBakeFile) as caught:
        converted()
    assert [problem.message for problem in caught.value.diagnostics if problem.help] == [
        'the value of "NPM_TOKEN" would be written into the file, and it looks like a secret'
    ]
    assert "t0ken" not in str(caught.value)


def test_a_service_of_the_same_name_keeps_its_own_value(project) -> None:
    project(
        {
            "compose.yaml": "services:\n  app:\n    environment: {MODE: dev}\n    build: {args: [MODE]}\n",
        }
    )
    assert 'args    = { MODE = "dev" }' in converted({"MODE": "dev"}).text


def test_files_that_extend_and_include(project) -> None:
    project(
        {
            "compose.yaml": "include: [other/compose.yaml]\nservices:\n  app:\n    extends: {file: base.yaml, service: base}\n",
            "base.yaml": "services:\n  base:\n    build: {context: app, args: {V: '${V:-1}'}}\n",
            "other/compose.yaml": "services:\n  other:\n    build: {context: src, tags: ['acme/other:${V:-1}']}\n",
        }
    )
    text = converted().text
    assert "args    = { V = V }" in text
    assert 'tags    = ["acme/other:${V}"]' in text


def test_text_that_looks_like_a_mark(project) -> None:
    project(
        {
            "compose.yaml": "services:\n  app:\n    build:\n      context: .\n      args: {A: '\ufdd00\ufdd1', B: '${B:-1}', "
            'C: "\ufdd0' + "9" * 5000 + '\ufdd1"}\n',
        }
    )
    assert 'B = "1"' in converted().text
