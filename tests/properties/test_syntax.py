"""What holds for every text: tokens join to it, reading never fails, and nodes lie within one another."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bakectl.diagnostics import Problems
from bakectl.source import Source
from bakectl.syntax import nodes
from bakectl.syntax.json_body import BlockSchema, parse_json
from bakectl.syntax.parser import parse, parse_expression
from bakectl.syntax.quote import quote
from bakectl.syntax.walk import children, node_at, references, walk

NATIVE = r"""# bake
variable "V" {
  type    = list(string)
  default = ["1.0", null, -2.5e3]
}
target "app" "${V}" {
  name = "a-${replace(item, ".", "-")}" // c
  args = { A = a ? b : c, (k) = x.*.y[0], "q" : !true }
  tags = [for k, v in V : "%{ if k > 0 ~} ${v} %{ else }x%{ endif }"]
  text = <<-EOT
    FROM $${x}
    ${f(1, y...)}
  EOT
  out = {for v in V : v => v... if v != "" && v.a[*].b == {}}
}
one { line = 1 } /* end */
"""
JSON = r"""{"//": "c", "variable": {"V": {"default": ["1", null, -2.5e3], "validation": [{"condition": "${V == 1}"}, {}]}},
"target": [{"a": {"tags": ["x${V}", "\"${f(\"q\")}\""], "args": {"${k}": true}}}], "x": "%{ if a }b%{ endif }"}
"""
SCHEMA = BlockSchema(0, {"target": BlockSchema(1, {}), "variable": BlockSchema(1, {"validation": BlockSchema(0, {})})})
PIECES = re.compile(r'"(?:[^"\\\n]|\\.)*"|\w+|\s+|[^\w\s]')
HOSTILE = [
    *(
        '"',
        "${",
        "%{",
        "}",
        "~}",
        "<<E\n",
        "\nE\n",
        "\\",
        "$",
        "'",
        "\r",
        "\n",
        "\x00",
        "\ufeff",
        "\udcff",
        "é",
        "/*",
        "*/",
        "#",
    ),
    *(
        "[",
        "]",
        "{",
        "(",
        ")",
        "=",
        ",",
        ".",
        "*",
        "...",
        "::",
        "for",
        "in",
        "if",
        "a",
        "1",
        " ",
        "\t",
        "=>",
        "?",
        ":",
        "}",
    ),
]
BUDGET = settings(max_examples=150, deadline=None)


def mutated(sample: str) -> st.SearchStrategy[str]:
    """A sample with some pieces left out, doubled, exchanged or put in between."""
    pieces = PIECES.findall(sample)
    change = st.tuples(
        st.integers(0, len(pieces) - 1),
        st.sampled_from(["delete", "double", "swap", "insert"]),
        st.sampled_from(HOSTILE),
    )

    def apply(changes: list[tuple[int, str, str]]) -> str:
        row = list(pieces)
        for place, what, piece in changes:
            index = place % len(row)
            if what == "delete":
                row[index] = ""
            elif what == "double":
                row[index] *= 2
            elif what == "swap":
                row[index], row[index - 1] = row[index - 1], row[index]
            else:
                row[index] += piece
        return "".join(row)

    return st.lists(change, min_size=1, max_size=4).map(apply)


TEXTS = st.lists(st.sampled_from(HOSTILE), max_size=30).map("".join) | st.text(max_size=40)


def check(file: nodes.File) -> None:
    """Tokens and nodes of a file are well formed."""
    text = file.source.text
    assert "".join(text[token.start : token.end] for token in file.tokens) == text
    for node in walk(file.body):
        assert 0 <= node.start <= node.end <= len(text), node
        below = [child for child in children(node) if not isinstance(child, nodes.Label)]
        for child in below:
            assert node.start <= child.start <= child.end <= node.end, (node, child)
        for left, right in pairwise(below):
            assert left.end <= right.start, (left, right)
    for problem in file.problems:
        assert problem.span
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.message[0] == '"' or problem.message[0].islower()
        assert not problem.message.endswith(".")
    references(file.body)
    node_at(file, len(text) // 2)


@BUDGET
@given(mutated(NATIVE) | TEXTS)
def test_any_text(text: str) -> None:
    check(parse(Source("x.hcl", text)))


@BUDGET
@given(mutated(JSON) | TEXTS)
def test_any_json(text: str) -> None:
    check(parse_json(Source("x.json", text), SCHEMA))


@BUDGET
@given(TEXTS)
def test_any_expression(text: str) -> None:
    source = Source("x", f"<{text}>")
    node = parse_expression(source, 1, len(source.text) - 1, Problems())
    assert all(1 <= part.start <= part.end <= len(source.text) - 1 for part in walk(node))


def test_every_beginning_of_a_file() -> None:
    for sample, read in ((NATIVE, parse), (JSON, lambda source: parse_json(source, SCHEMA))):
        for end in range(0, len(sample), 3):
            check(read(Source("x", sample[:end])))


def test_every_file_without_one_token() -> None:
    file = parse(Source("x", NATIVE))
    for token in file.tokens:
        check(parse(Source("x", NATIVE[: token.start] + NATIVE[token.end :])))
        check(parse(Source("x", NATIVE[: token.end] + NATIVE[token.start :])))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def plain(node: nodes.Expression) -> object:
    match node:
        case nodes.Literal(value=value) | nodes.String(value=value):
            return value
        case nodes.NumberLiteral(text=text):
            return float(text) if set(".e") & set(text) else int(text)
        case nodes.Unary(operand=operand):
            number = plain(operand)
            assert isinstance(number, int | float)
            return -number
        case nodes.Tuple(items=items):
            return [plain(item) for item in items]
        case nodes.Object(items=items):
            return {
                item.key.name if isinstance(item.key, nodes.Variable) else plain(item.key): plain(item.value)
                for item in items
            }
    raise AssertionError(node)


@BUDGET
@given(PLAIN)
def test_quoted_values_read_back(value: object) -> None:
    file = parse(Source("x", f"x = {quote(value)}\n"))  # type: ignore[arg-type]
    assert file.problems == ()
    assert plain(file.body.attributes["x"].value) == value
