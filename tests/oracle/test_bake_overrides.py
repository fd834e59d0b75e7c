"""`bakectl bake`: what buildx resolves from our overrides is our own plan, for each form that they take."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from peers import find_buildx

from bakectl import api
from bakectl.bake.checkout import Checkout
from bakectl.bake.overrides import flag_overrides, parse_override
from bakectl.bake.printing import definition_json
from bakectl.building import Choices, prepare
from bakectl.engine.buildx import BuildRequest, command

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Files = Callable[[Mapping[str, str]], Path]

BAKE_FILE = """
group "all" {
  targets = ["app", "app-test", "worker"]
}
target "_common" {
  platforms  = ["linux/amd64", "linux/arm64", "linux/arm/v7"]
  cache-from = ["type=registry,ref=r.io/common"]
  output     = ["type=image"]
}
target "app" {
  inherits = ["_common"]
  contexts = { base = "target:base", data = "target:data" }
  tags     = ["r.io/app:1", "r.io/app:2"]
  cache-to = ["type=registry,ref=r.io/app-cache"]
}
target "app-test" {
  inherits  = ["app"]
  tags      = ["r.io/test"]
  platforms = ["linux/amd64", "linux/arm/v7"]
}
target "worker" {
  tags = ["r.io/worker"]
}
target "base" {
  inherits = ["app"]
  contexts = { base = ".", data = "target:data" }
  args     = { KIND = "base" }
}
target "data" {
  platforms  = ["linux/amd64"]
  cache-from = [{ type = "local", src = "a,b" }]
}
"""
NARROWED = {"targets": ("app",), "platforms": ("linux/arm",)}
CASES = {
    "platform": NARROWED,
    "platforms": {"targets": ("all",), "platforms": ("linux/amd64",)},
    "cache of all": {"targets": ("all",), "cache": "registry=r.io/c/{target}"},
    "gha": {**NARROWED, "cache": "gha"},
    "registry": {**NARROWED, "cache": "registry=r.io/c:{platform}"},
    "local": {**NARROWED, "cache": "local=my cache, here"},
    "inline": {"targets": ("all",), "cache": "inline"},
    "no cache": {"targets": ("all",), "cache": "none"},
    "output": {"targets": ("all",), "outputs": ("type=oci,dest={target}.tar", "type=cacheonly")},
    "push": {**NARROWED, "flags": flag_overrides(push=True), "cache": "gha"},
    "user replaces": {**NARROWED, "overrides": ("*.platform=linux/386", "app.cache-to=type=inline"), "cache": "gha"},
    "user appends": {**NARROWED, "overrides": ("a*.cache-from+=type=registry,ref=r.io/x",), "cache": "gha"},
}


@pytest.mark.oracle
@pytest.mark.parametrize("version", [None, (0, 21)], ids=["new", "old"])
@pytest.mark.parametrize("choices", CASES.values(), ids=CASES)
def test_buildx_resolves_our_plan(
    project: Files, choices: dict[str, tuple[str, ...]], version: tuple[int, ...] | None
) -> None:
    buildx = find_buildx()
    folder = project({"docker-bake.hcl": BAKE_FILE})
    users = tuple(map(parse_override, choices.get("overrides", ())))
    found = prepare(api.load(env={}), Choices(**{**choices, "overrides": users}), Checkout("shop"))
    overrides = found.overrides(version)
    if version and any(text.partition("=")[0].endswith("+") for text in found.users):
        return
    assert not version or not any(text.partition("=")[0].endswith("+") for text in overrides)
    flags = ("--print", *(override.flag for override in choices.get("flags", ())))
    words = command(BuildRequest((), choices["targets"], overrides, flags))
    done = subprocess.run(
        [buildx, *words[2:]],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == json.loads(definition_json(found.plan))
