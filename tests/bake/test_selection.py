"""`--platform`, `--output` and the user's own `--set`: which overrides buildx gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bakectl import api
from bakectl.bake.checkout import Checkout
from bakectl.bake.overrides import parse_override
from bakectl.building import Choices, Prepared, prepare
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Files = Callable[[Mapping[str, str]], Path]

BAKE_FILE = """
group "all" {
  targets = ["app", "tool"]
}
target "app" {
  contexts  = { base = "target:base" }
  platforms = ["linux/amd64", "linux/arm64/v8", "linux/arm/v7"]
  tags      = ["acme/app"]
}
target "tool" {
  platforms = ["linux/amd64"]
}
target "base" {
  inherits = ["app"]
  contexts = { base = "." }
}
target "any" {}
target "one-string" {
  platforms = ["linux/amd64,linux/arm64"]
}
"""


def asked(files: Files, *targets: str, set: tuple[str, ...] = (), **choices: object) -> Prepared:
    files({"docker-bake.hcl": BAKE_FILE})
    users = tuple(map(parse_override, set))
    return prepare(api.load(env={}), Choices(targets=targets, overrides=users, **choices), Checkout("shop"))


def mistakes(files: Files, *targets: str, **choices: object) -> list[tuple[str, str | None]]:
    with pytest.raises(InvalidBakeFile) as raised:
        asked(files, *targets, **choices)
    return [(diagnostic.message, diagnostic.help) for diagnostic in raised.value.diagnostics]


@pytest.mark.parametrize(
    ("platforms", "expected"),
    [
        (("linux/amd64",), ("linux/amd64",)),
        (("linux/arm,linux/amd64",), ("linux/arm/v7", "linux/amd64")),
        (("linux/arm64", " linux/arm/v7 ,"), ("linux/arm64/v8", "linux/arm/v7")),
        (("arm64", "linux/arm64/v8"), ("linux/arm64/v8",)),
    ],
)
def test_platforms_are_compared_in_their_normal_form(
    project: Files, platforms: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    found = asked(project, "app", platforms=platforms)
    assert found.plan["app"]["platforms"].value == expected


def test_linked_target_keeps_what_it_would_inherit(project: Files) -> None:
    found = asked(project, "app", platforms=("linux/amd64",))
    assert found.ours == (
        "app.platform=linux/amd64",
        "base.platform=linux/amd64",
        "base.platform=linux/arm64/v8",
        "base.platform=linux/arm/v7",
    )
    assert found.plan["base"]["platforms"].value == ("linux/amd64", "linux/arm64/v8", "linux/arm/v7")


def test_what_a_linked_target_would_inherit_is_cleared(project: Files) -> None:
    found = asked(project, "app", cache="registry=r.io/c")
    assert found.ours[-1] == "base.cache-to="
    assert found.plan["base"].get("cache-to", ()) == ()


def test_every_target_must_declare_the_platform(project: Files) -> None:
    assert mistakes(project, "all", platforms=("linux/arm64", "linux/s390x")) == [
        (
            'target "app" is not built for linux/s390x: it declares linux/amd64, linux/arm64/v8, linux/arm/v7',
            "choose one of these, or add --any-platform",
        ),
        (
            'target "tool" is not built for linux/arm64: it declares linux/amd64',
            'did you mean "linux/amd64"?',
        ),
        (
            'target "tool" is not built for linux/s390x: it declares linux/amd64',
            "choose one of these, or add --any-platform",
        ),
    ]


def test_any_platform_on_request(project: Files) -> None:
    assert asked(project, "tool", platforms=("linux/s390x",), any_platform=True).ours == ("tool.platform=linux/s390x",)


@pytest.mark.parametrize("platform", ["linux/s390x", "local"])
def test_target_that_declares_none_takes_any(project: Files, platform: str) -> None:
    assert asked(project, "any", platforms=(platform,)).ours == (f"any.platform={platform}",)


def test_several_platforms_in_one_string(project: Files) -> None:
    assert asked(project, "one-string", platforms=("linux/arm64",)).ours == ("one-string.platform=linux/arm64",)


def test_no_platform_at_all(project: Files) -> None:
    assert mistakes(project, "app", platforms=("linux/amd64", "x y,z!")) == [
        ('--platform: "x y" is not a platform', "write one such as linux/arm64"),
        ('--platform: "z!" is not a platform', "write one such as linux/arm64"),
    ]


def test_outputs_of_each_target(project: Files) -> None:
    found = asked(project, "all", outputs=("type=oci,dest=out/{target}.tar", "type=cacheonly"))
    assert found.ours == (
        "app.output=type=oci,dest=out/app.tar",
        "app.output=type=cacheonly",
        "tool.output=type=oci,dest=out/tool.tar",
        "tool.output=type=cacheonly",
    )


@pytest.mark.parametrize("pattern", ["app", "*", "a?p"])
def test_what_the_user_replaces_is_left_to_the_user(project: Files, pattern: str) -> None:
    found = asked(project, "app", platforms=("linux/amd64",), set=(f"{pattern}.platform=linux/arm/v7",))
    assert found.ours == ()
    assert found.plan["app"]["platforms"].value == ("linux/arm/v7",)
    assert found.overrides() == (f"{pattern}.platform=linux/arm/v7",)


def test_what_both_append_is_added_up(project: Files) -> None:
    found = asked(project, "tool", cache="gha", set=("tool.cache-from+=type=registry,ref=x/y",))
    assert [entry["type"] for entry in found.plan["tool"]["cache-from"].value] == ["gha", "registry"]
    assert found.overrides()[-1] == "tool.cache-from+=type=registry,ref=x/y"


@pytest.mark.parametrize(
    ("choices", "override", "option"),
    [
        ({"platforms": ("linux/amd64",)}, "app.platform+=linux/386", "--platform"),
        ({"outputs": ("type=cacheonly",)}, "*.output+=type=image", "--output"),
        ({"cache": "gha"}, "app.cache-to+=type=inline", "--cache"),
    ],
)
def test_user_cannot_append_to_what_we_replace(
    project: Files, choices: dict[str, object], override: str, option: str
) -> None:
    assert mistakes(project, "app", set=(override,), **choices) == [
        (
            f"--set {override} adds to what the file has, and {option} replaces it",
            "give the whole list with one of them",
        )
    ]


@pytest.mark.parametrize(("words", "said"), [({"push": True}, True), ({}, False)])
def test_narrowed_tag_is_said(project: Files, words: dict[str, bool], said: bool) -> None:
    from bakectl.bake.overrides import flag_overrides

    found = asked(project, "app", platforms=("linux/arm",), flags=flag_overrides(**words))
    shown = ['the tags of target "app" will have linux/arm/v7 only, no longer linux/amd64, linux/arm64/v8']
    assert [note.message for note in found.notes] == (shown if said else [])


def test_digest_without_tag_may_be_narrowed(project: Files) -> None:
    found = asked(project, "app", platforms=("linux/arm",), outputs=("type=image,push-by-digest=true,push=true",))
    assert found.notes == ()


def test_a_group_of_everything_that_is_missing(project: Files) -> None:
    project({"docker-bake.hcl": 'target "app" {}\ntarget "_base" {}\ntarget "tool" {}\n'})
    with pytest.raises(InvalidBakeFile) as raised:
        prepare(api.load(env={}), Choices(targets=("all",)), Checkout("shop"))
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.message == 'there is no target or group "all"'
    assert diagnostic.help == (
        'there are _base, app, tool\nto build all at once, add: group "all" { targets = ["app", "tool"] }'
    )
