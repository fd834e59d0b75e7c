"""`--cache`: what each target reads and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bakectl import api
from bakectl.bake.checkout import Checkout
from bakectl.bake.overrides import parse_override
from bakectl.building import Choices, Prepared, prepare
from bakectl.diagnostics import Severity
from bakectl.errors import InvalidBakeFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Files = Callable[[Mapping[str, str]], Path]

BAKE_FILE = """
group "all" {
  targets = ["app", "worker"]
}
target "app" {
  contexts   = { base = "target:base" }
  platforms  = ["linux/amd64", "linux/arm64/v8", "linux/arm/v7"]
  tags       = ["ghcr.io/acme/app:1", "ghcr.io/acme/app:latest"]
  cache-from = ["type=registry,ref=ghcr.io/acme/old"]
  cache-to   = ["type=registry,ref=ghcr.io/acme/old"]
}
target "worker" {
  contexts = { base = "target:base" }
}
target "base" {
  cache-to = ["type=registry,ref=ghcr.io/acme/base"]
}
"""
CI = {"ACTIONS_RUNTIME_TOKEN": "t", "ACTIONS_RESULTS_URL": "https://results.test/", "GITHUB_ACTIONS": "true"}
REGISTRY = "mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"


def prepared(
    files: Files,
    *targets: str,
    cache: str,
    text: str = BAKE_FILE,
    env: Mapping[str, str] | None = None,
    branches: tuple[str, ...] = (),
    set: tuple[str, ...] = (),
    **choices: object,
) -> Prepared:
    files({"docker-bake.hcl": text})
    project = api.load(env=env or {})
    users = tuple(map(parse_override, set))
    asked = Choices(targets=targets, cache=cache, overrides=users, **choices)
    return prepare(project, asked, Checkout("shop", branches))


def notes(found: Prepared) -> list[tuple[Severity, str]]:
    return [(note.severity, note.rule) for note in found.notes]


def message(raised: pytest.ExceptionInfo[InvalidBakeFile]) -> tuple[str, str | None]:
    (diagnostic,) = raised.value.diagnostics
    return diagnostic.message, diagnostic.help


def test_gha_has_a_scope_for_each_target(project: Files) -> None:
    found = prepared(project, "all", cache="gha", env=CI)
    assert found.ours == (
        "app.cache-from+=type=gha,scope=shop-app",
        "app.cache-to=type=gha,scope=shop-app,mode=max,ignore-error=true",
        "worker.cache-from+=type=gha,scope=shop-worker",
        "worker.cache-to=type=gha,scope=shop-worker,mode=max,ignore-error=true",
        "base.cache-from+=type=gha,scope=shop-base",
        # What its users write holds its layers as well.
        "base.cache-from+=type=gha,scope=shop-app",
        "base.cache-from+=type=gha,scope=shop-worker",
        "base.cache-to=type=gha,scope=shop-base,mode=max,ignore-error=true",
    )
    assert notes(found) == []


def test_some_platforms_have_a_scope_of_their_own_and_read_the_wider_one(project: Files) -> None:
    found = prepared(project, "app", cache="gha", env=CI, platforms=("linux/arm64,linux/arm",))
    assert found.ours[2:] == (
        "app.cache-from+=type=gha,scope=shop-app-linux-arm64-linux-arm-v7",
        "app.cache-from+=type=gha,scope=shop-app",
        "app.cache-to=type=gha,scope=shop-app-linux-arm64-linux-arm-v7,mode=max,ignore-error=true",
        "base.cache-from+=type=gha,scope=shop-base-linux-arm64-linux-arm-v7",
        "base.cache-from+=type=gha,scope=shop-base",
        "base.cache-from+=type=gha,scope=shop-app-linux-arm64-linux-arm-v7",
        "base.cache-from+=type=gha,scope=shop-app",
        "base.cache-to=type=gha,scope=shop-base-linux-arm64-linux-arm-v7,mode=max,ignore-error=true",
    )


def test_all_platforms_by_name_are_not_narrowed(project: Files) -> None:
    found = prepared(project, "app", cache="gha", env=CI, platforms=("linux/arm,linux/arm64,linux/amd64",))
    assert "app.cache-from+=type=gha,scope=shop-app" in found.ours


def test_platforms_narrowed_by_the_user_count_as_well(project: Files) -> None:
    found = prepared(project, "app", cache="gha", env=CI, set=("*.platform=linux/amd64",))
    assert found.ours[0] == "app.cache-from+=type=gha,scope=shop-app-linux-amd64"


GITHUB = {**CI, "GITHUB_EVENT_NAME": "push", "GITHUB_REF_TYPE": "branch"}
REQUEST = {**GITHUB, "GITHUB_EVENT_NAME": "pull_request"}
TAGGED = {**GITHUB, "GITHUB_REF_TYPE": "tag"}


def test_a_cache_that_is_only_read(project: Files) -> None:
    found = prepared(project, "worker", cache="gha", env=REQUEST)
    assert found.ours == (
        "worker.cache-from+=type=gha,scope=shop-worker",
        "worker.cache-to=",
        "base.cache-from+=type=gha,scope=shop-base",
        "base.cache-from+=type=gha,scope=shop-worker",
        "base.cache-to=",
    )
    assert notes(found) == [(Severity.INFO, "cache-read-only")]


@pytest.mark.parametrize(
    ("cache", "env", "when", "writes"),
    [
        ("gha", GITHUB, "auto", True),
        ("gha", GITHUB, "never", False),
        ("gha", REQUEST, "auto", False),
        ("gha", REQUEST, "always", True),
        ("gha", {**GITHUB, "GITHUB_EVENT_NAME": "pull_request_target"}, "auto", False),
        ("gha", {**GITHUB, "GITHUB_EVENT_NAME": "merge_group"}, "auto", False),
        ("gha", TAGGED, "auto", False),
        ("registry=r.io/c/{target}", {}, "auto", True),
        ("registry=r.io/c/{target}", REQUEST, "auto", False),
        ("registry=r.io/c/{target}", TAGGED, "auto", True),
        ("registry=r.io/c/{target}:{branch}", TAGGED, "auto", False),
        ("registry=r.io/c/{target}", {"GITLAB_CI": "true", "CI": "true", "CI_MERGE_REQUEST_IID": "7"}, "auto", False),
        ("registry=r.io/c/{target}", {"CI": "true", "BUILDKITE_PULL_REQUEST": "false"}, "auto", True),
        ("s3=b,region=r", REQUEST, "auto", False),
        ("azblob=https://a.test", REQUEST, "auto", False),
        ("local=.cache/{target}", REQUEST, "auto", True),
    ],
)
def test_when_a_cache_is_written(project: Files, cache: str, env: Mapping[str, str], when: str, writes: bool) -> None:
    found = prepared(project, "worker", cache=cache, env=env, branches=("main",), cache_write=when)
    written = found.plan["worker"].get("cache-to", ())
    assert bool(written) is writes
    # Neither is what the file has.
    assert bool(found.plan["base"].get("cache-to", ())) is writes
    is_said = "cache-read-only" in [note.rule for note in found.notes]
    assert is_said is (not writes and when == "auto")


@pytest.mark.parametrize(
    ("cache", "reads", "written"),
    [
        ("gha,mode=min,timeout=5m", "type=gha,scope=shop-worker,timeout=5m", "type=gha,scope=shop-worker,ignore-error=true,mode=min,timeout=5m"),
        ("gha,ignore-error=", "type=gha,scope=shop-worker", "type=gha,scope=shop-worker,mode=max"),
        ("gha,scope=x-{target},repository=a/b", "type=gha,scope=x-worker,repository=a/b", "type=gha,scope=x-worker,mode=max,ignore-error=true,repository=a/b"),
        ("gha=x", "type=gha,scope=x", "type=gha,scope=x,mode=max,ignore-error=true"),
        ("type=registry,ref=r.io/{target},compression=zstd", "type=registry,ref=r.io/worker", "type=registry,ref=r.io/worker,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true,compression=zstd"),
        ("s3=b,region=eu-1,prefix=c/", "type=s3,bucket=b,region=eu-1,prefix=c/,name=shop-worker", "type=s3,bucket=b,mode=max,ignore-error=true,region=eu-1,prefix=c/,name=shop-worker"),
        ("azblob=https://a.test,name={target}", "type=azblob,account_url=https://a.test,name=worker", "type=azblob,account_url=https://a.test,mode=max,ignore-error=true,name=worker"),
    ],
)  # fmt: skip
def test_options(project: Files, cache: str, reads: str, written: str) -> None:
    found = prepared(project, "worker", cache=cache, env=CI)
    assert found.ours[:2] == (f"worker.cache-from+={reads}", f"worker.cache-to={written}")


def test_a_bucket_has_a_name_for_each_target_and_platform(project: Files) -> None:
    found = prepared(project, "app", cache="s3=b,region=r", platforms=("linux/arm64",))
    assert [entry.get("name") for entry in found.plan["app"]["cache-from"].value[1:]] == [
        "shop-app-linux-arm64",
        "shop-app",
    ]
    assert found.plan["base"]["cache-to"].value[0]["name"] == "shop-base-linux-arm64"


def test_repositories_of_ecr_are_said_to_be_needed(project: Files) -> None:
    registry = "1234.dkr.ecr.eu-west-1.amazonaws.com/cache"
    assert notes(prepared(project, "worker", cache=f"registry={registry}/{{target}}")) == [
        (Severity.INFO, "cache-repository")
    ]
    assert notes(prepared(project, "worker", cache=f"registry={registry}:{{target}}")) == []


@pytest.mark.parametrize(
    ("env", "missing"),
    [
        ({}, "ACTIONS_RUNTIME_TOKEN and ACTIONS_RESULTS_URL"),
        ({"ACTIONS_RUNTIME_TOKEN": "t"}, "ACTIONS_RESULTS_URL"),
        ({"ACTIONS_CACHE_URL": "https://x.test/"}, "ACTIONS_RUNTIME_TOKEN"),
    ],
)
def test_gha_without_its_variables_is_said(project: Files, env: Mapping[str, str], missing: str) -> None:
    (note,) = prepared(project, "worker", cache="gha", env=env).notes
    assert (note.severity, note.message) == (
        Severity.WARNING,
        f"the gha cache of worker, base has no effect: {missing} not set",
    )


def test_gha_of_a_file_without_its_variables_is_said(project: Files) -> None:
    text = 'target "a" { cache-from = ["type=gha"] }\ntarget "b" { cache-from = ["type=gha,token=t,url=u"] }'
    files = project({"docker-bake.hcl": text})
    assert files
    found = prepare(api.load(env={}), Choices(targets=("a", "b")), Checkout("shop"))
    assert [note.message.split(" has")[0] for note in found.notes] == ["the gha cache of a"]


@pytest.mark.parametrize(
    ("place", "reads", "written"),
    [
        ("ghcr.io/acme/cache", ("ghcr.io/acme/cache",), "ghcr.io/acme/cache"),
        ("ghcr.io/acme/{target}/cache:x", ("ghcr.io/acme/app/cache:x",), "ghcr.io/acme/app/cache:x"),
        ("127.0.0.1:5000/{project}-{target}", ("127.0.0.1:5000/shop-app",), "127.0.0.1:5000/shop-app"),
        ("r.io/c:{target}-{platform}", ("r.io/c:app-all",), "r.io/c:app-all"),
        ("r.io/c:{target}-{branch}", ("r.io/c:app-fix", "r.io/c:app-main"), "r.io/c:app-fix"),
    ],
)
def test_registry(project: Files, place: str, reads: tuple[str, ...], written: str) -> None:
    found = prepared(project, "app", cache=f"registry={place}", branches=("fix", "main"))
    assert found.ours[: len(reads) + 1] == (
        *(f"app.cache-from+=type=registry,ref={ref}" for ref in reads),
        f"app.cache-to=type=registry,ref={written},{REGISTRY}",
    )


@pytest.mark.parametrize(
    ("place", "reads"),
    [
        ("r.io/c", ("r.io/c:linux-amd64", "r.io/c")),
        ("r.io:80/c", ("r.io:80/c:linux-amd64", "r.io:80/c")),
        ("r.io/c:{target}", ("r.io/c:app-linux-amd64", "r.io/c:app")),
        ("r.io/c:{platform}", ("r.io/c:linux-amd64", "r.io/c:all")),
    ],
)
def test_registry_for_one_platform(project: Files, place: str, reads: tuple[str, ...]) -> None:
    found = prepared(project, "app", cache=f"registry={place}", platforms=("linux/amd64",))
    assert found.ours[1:3] == tuple(f"app.cache-from+=type=registry,ref={ref}" for ref in reads)
    assert found.ours[3].startswith(f"app.cache-to=type=registry,ref={reads[0]},")


def test_repository_has_no_capital_letters(project: Files) -> None:
    text = 'target "App" {}'
    found = prepared(project, "App", text=text, cache="registry=r.io/{target}:{target}")
    assert found.ours[0] == "App.cache-from+=type=registry,ref=r.io/app:App"


def test_local_is_written_beside_what_is_read(project: Files) -> None:
    found = prepared(project, "worker", cache="local=.cache, new/{target}/")
    assert found.ours == (
        'worker.cache-from+=type=local,"src=.cache, new/worker"',
        'worker.cache-to=type=local,"dest=.cache, new/worker.new",mode=max,ignore-error=true',
        'base.cache-from+=type=local,"src=.cache, new/base"',
        'base.cache-from+=type=local,"src=.cache, new/worker"',
        'base.cache-to=type=local,"dest=.cache, new/base.new",mode=max,ignore-error=true',
    )
    assert found.local_caches == (".cache, new/worker", ".cache, new/base")


def test_local_cache_that_the_user_replaces_is_not_moved(project: Files) -> None:
    found = prepared(project, "worker", cache="local=.cache", set=("worker.cache-to=type=inline",))
    assert found.local_caches == ()


def test_inline_is_read_from_the_tags(project: Files) -> None:
    found = prepared(project, "app", cache="inline")
    assert found.ours == (
        "app.cache-from+=type=registry,ref=ghcr.io/acme/app:1",
        "app.cache-from+=type=registry,ref=ghcr.io/acme/app:latest",
        "app.cache-to=type=inline",
        "base.cache-from+=type=registry,ref=ghcr.io/acme/app:1",
        "base.cache-from+=type=registry,ref=ghcr.io/acme/app:latest",
    )
    assert notes(found) == [(Severity.WARNING, "inline-cache")]


def test_none_clears_all(project: Files) -> None:
    found = prepared(project, "app", cache="none")
    assert found.ours == ("app.cache-from=", "app.cache-to=", "base.cache-from=", "base.cache-to=")
    assert [target.get("cache-to", ()) for target in found.plan.targets.values()] == [(), ()]


@pytest.mark.parametrize(
    ("targets", "cache", "expected"),
    [
        (
            ("all",),
            "registry=r.io/c",
            ('--cache: targets "app" and "worker" would write one cache: r.io/c', "add {target}: --cache registry=r.io/c/{target}"),
        ),
        (("all",), "local=c", ('--cache: targets "app" and "worker" would write one cache: c', "add {target}: --cache local=c/{target}")),
        (("app",), "registry=", ('--cache: the cache "registry" needs a place', "write --cache registry=ghcr.io/acme/cache/{target}")),
        (("all",), "gha=x", ('--cache: targets "app" and "worker" would write one cache: x', "add {target}: --cache gha,scope=x-{target}")),
        (("app",), "none=x", ('--cache: the cache "none" takes no place', "write --cache none")),
        (("app",), "gha,scop=x", ('--cache: the cache "gha" has no option "scop"', 'did you mean "scope"?')),
        (("app",), "gha,mode=all", ('--cache: "mode" is min or max, and not "all"', None)),
        (("app",), "gha,timeout=5", ('--cache: "timeout" is a duration, and not "5"', "write timeout=5m")),
        (("app",), "registry=r.io/c,force-compression=yes", ('--cache: "force-compression" is true or false, and not "yes"', None)),
        (("app",), "inline,mode=max", ("--cache: an inline cache holds the layers of the image only, and cannot be max", "choose another cache")),
        (("app",), "s3=b", ('--cache: the cache "s3" needs its region', "write --cache s3=b,region=REGION")),
        (("app",), "azblob", ('--cache: the cache "azblob" needs a place', "write --cache azblob=ACCOUNT_URL")),
        (("app",), "registry=acme/cache/{target}", ('--cache: Docker Hub has repositories of two parts, and "acme/cache/app" has 3', "write --cache registry=acme/cache:{target}")),
        (("all",), "registry=acme/cache", ('--cache: targets "app" and "worker" would write one cache: acme/cache', "add {target}: --cache registry=acme/cache:{target}")),
        (("app",), "registry=ghcr.io/acme/{target}", ('--cache: the cache of target "app" would replace the image of "app": ghcr.io/acme/app', "give it a place of its own, such as registry=ghcr.io/acme/cache/{target}")),
        (("app",), "regsitry=x", ('--cache: there is no cache "regsitry"', 'did you mean "registry"?')),
        (("app",), "local=c/{tagret}", ('--cache: there is no placeholder "{tagret}"', "there are {project}, {target}, {platform}, {branch}")),
        (("app",), "registry=r.io/c:{branch}", ("--cache: there is no branch here to put in the place of {branch}", "check out a branch, or name it in the place yourself")),
        (("app",), "local=~/cache", ('--cache: "~/cache" is a folder named "~", not your home', "write --cache local=$HOME/cache")),
        (("app",), "registry=r.io/a b", ('--cache: "r.io/a b" is not a reference of a registry', "write --cache registry=ghcr.io/acme/cache/{target}")),
        (("worker",), "inline", ('--cache: target "worker" has no tags, and an inline cache is in the image', "choose another cache")),
    ],
)  # fmt: skip
def test_mistakes(project: Files, targets: tuple[str, ...], cache: str, expected: tuple[str, str]) -> None:
    with pytest.raises(InvalidBakeFile) as raised:
        prepared(project, *targets, cache=cache)
    assert message(raised) == expected


def test_targets_that_share_a_place_in_the_file_are_said(project: Files) -> None:
    text = """
    target "a" { cache-to = ["type=gha"] }
    target "b" { cache-to = ["type=gha,scope=buildkit", "type=local,dest=x/../c"] }
    target "c" { cache-to = ["type=local,dest=c"] }
    target "d" { cache-to = ["type=s3,bucket=b,name=one;two", "type=s3,bucket=b,name=two"] }
    """
    project({"docker-bake.hcl": text})
    found = prepare(api.load(env=CI), Choices(targets=("a", "b", "c", "d")), Checkout("shop"))
    assert [note.message for note in found.notes if note.rule == "cache-collision"] == [
        "a and b write one cache, and only the last is kept: gha buildkit",
        "b and c write one cache, and only the last is kept: local c latest",
        "d twice writes one cache, and only the last is kept: s3 b manifests/ two",
    ]


@pytest.mark.parametrize(
    ("cache", "env", "said"),
    [
        ("s3=b,region=r", {}, ["no key for the s3 cache of worker, base is given here: the builder must have one itself"]),
        ("s3=b,region=r", {"AWS_PROFILE": "ci"}, []),
        ("s3=b,region=r,access_key_id=a,secret_access_key=s", {}, []),
        ("azblob=https://a.test", {}, ["no key for the azblob cache of worker, base is given here: the builder must have one itself"]),
        ("azblob=https://a.test,secret_access_key=s", {}, []),
    ],
)  # fmt: skip
def test_a_bucket_without_a_key_is_said(project: Files, cache: str, env: Mapping[str, str], said: list[str]) -> None:
    assert [note.message for note in prepared(project, "worker", cache=cache, env=env).notes] == said
