"""After a mistake: one finding for one mistake, and the rest of the file is read as if it were not there."""

from __future__ import annotations

import pytest

from bakectl.source import Source
from bakectl.syntax.nodes import Attribute, Body
from bakectl.syntax.parser import parse

TEXT = r"""variable "VERSIONS" {
  type    = list(string)
  default = ["1.0", "2.0"]
  validation {
    condition     = length(VERSIONS) > 0
    error_message = "at least one"
  }
}

function "tag" {
  params = [name, version]
  result = "${REGISTRY}/${name}:${version}"
}

target "_common" {
  context = "."
  args = {
    GO_VERSION = "1.22"
    DEBUG      = true ? "1" : "0"
  }
}

target "app" {
  name     = "app-${replace(item, ".", "-")}"
  inherits = ["_common"]
  tags = [
    tag("app", item),
    "${REGISTRY}/app:latest",
  ]
  cache-from = [for v in VERSIONS : "type=gha,scope=${v}"]
}

target "docs" {
  dockerfile-inline = <<-EOT
    RUN echo ${REGISTRY}
  EOT
  output = [{ type = "local", dest = "out" }]
  no-cache = true
}
"""


def names(body: Body, prefix: str = "") -> set[str]:
    """The names of all attributes and blocks, each with those of the blocks around it."""
    found: set[str] = set()
    for item in body.items:
        if isinstance(item, Attribute):
            found.add(prefix + item.name)
        else:
            head = prefix + ".".join([item.type, *(label.text for label in item.labels)])
            found |= {head} | names(item.body, f"{head}.")
    return found


ALL = names(parse(Source("x", TEXT)).body)


def characters(wanted: str) -> list[tuple[str, int]]:
    return [(character, offset) for offset, character in enumerate(TEXT) if character in wanted]


@pytest.mark.parametrize(("character", "offset"), characters('"[](){},='))
def test_one_character_is_missing(character: str, offset: int) -> None:
    file = parse(Source("x", TEXT[:offset] + TEXT[offset + 1 :]))
    if file.problems:
        assert len(file.problems) == 1, [f"{problem.span}: {problem.message}" for problem in file.problems]
        assert len(ALL - names(file.body)) <= 6


MISTAKES = {
    "string without its first quote": ('default = ["1.0"', 'default = [1.0"', "variable.VERSIONS.default"),
    "string without its last quote": ('context = "."', 'context = ".', "target._common.context"),
    "value in single quotes": ('context = "."', "context = '.'", "target._common.context"),
    "list without end": ('["1.0", "2.0"]', '["1.0", "2.0"', "variable.VERSIONS.default"),
    "list without beginning": ('["_common"]', '"_common"]', "target.app.inherits"),
    "list of many lines without end": ('latest",\n  ]', 'latest",', "target.app.tags"),
    "map without end": ('"0"\n  }', '"0"', "target._common.args"),
    "call without end": ("list(string)", "list(string", "variable.VERSIONS.type"),
    "interpolation without end": ("${v}", "${v", "target.app.cache-from"),
    "comma is missing at the end of a line": ("item),", "item)", "target.app.tags"),
    "comma is missing on a line": ('"1.0", "2.0"', '"1.0" "2.0"', "variable.VERSIONS.default"),
    "equals sign is missing": ('context = "."', 'context "."', "target._common"),
    "equals sign is missing before a list": ("params = [", "params [", "function.tag"),
    "comma after an argument": ('context = "."', 'context = ".",', "target._common.context"),
    "semicolon after an argument": ('context = "."', 'context = ".";', "target._common.context"),
    "block without its brace": ('target "docs" {', 'target "docs"', "target.docs.output"),
    "brace of a block on its own line": ('target "docs" {', 'target "docs"\n{', "target.docs.output"),
    "block that ends too early": ("default = [", "}\n  default = [", "variable.VERSIONS"),
    "brace too many on a line": ('["_common"]', '["_common"]}', "target.app.tags"),
    "brace too many": ('context = "."', 'context = "."\n  } #', "target._common.context"),
    "label in single quotes": ('"docs"', "'docs'", "target.docs.output"),
    "heredoc with an open interpolation": ("echo ${REGISTRY}", "echo ${REGISTRY", "target.docs.output"),
}


@pytest.mark.parametrize(("old", "new", "kept"), MISTAKES.values(), ids=MISTAKES)
def test_one_mistake_is_one_finding(old: str, new: str, kept: str) -> None:
    assert TEXT.count(old) == 1
    file = parse(Source("x", TEXT.replace(old, new)))
    found = [f"{problem.span}: {problem.message}" for problem in file.problems]
    assert len(found) == 1, found
    assert kept in names(file.body)


def test_all_mistakes_are_found_at_once() -> None:
    text = TEXT
    for old, new in (
        ('context = "."', "context = '.'"),
        ('["_common"]', '["_common"'),
        ("item),", "item)"),
        ("no-cache = true", "no-cache true"),
        ("${name}", "${name name}"),
        ("> 0", ">"),
    ):
        assert old in text
        text = text.replace(old, new)
    lines = [problem.span.begin.line for problem in parse(Source("x", text)).problems if problem.span]
    assert lines == [5, 12, 16, 25, 28, 38]
