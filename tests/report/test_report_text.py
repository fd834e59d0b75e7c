"""Diagnostics as text."""

from __future__ import annotations

import pytest

from bakectl.diagnostics import Diagnostic, Note, Severity
from bakectl.report.text import render
from bakectl.source import Source, Span


def diagnostic(text: str, part: str | tuple[int, int], **fields: object) -> Diagnostic:
    """An error about a part of a text: the words, or offsets."""
    source = Source("docker-bake.hcl", text)
    start, end = (text.index(part), text.index(part) + len(part)) if isinstance(part, str) else part
    defaults = {"severity": Severity.ERROR, "rule": "some-rule", "message": "it is wrong"}
    return Diagnostic(**{**defaults, "span": Span(source, start, end), **fields})


CASES = {
    "a part of a line": (
        diagnostic('target "a" {\n  tagz = []\n}\n', "tagz", help='did you mean "tags"?'),
        """\
docker-bake.hcl:2:3: error: it is wrong [some-rule]
2 |   tagz = []
  |   ^^^^ help: did you mean "tags"?
""",
    ),
    "a warning without help": (
        diagnostic("a = 1\n", "1", severity=Severity.WARNING),
        """\
docker-bake.hcl:1:5: warning: it is wrong [some-rule]
1 | a = 1
  |     ^
""",
    ),
    "no place": (
        diagnostic("", (0, 0), span=None, help="do this"),
        """\
error: it is wrong [some-rule]
help: do this
""",
    ),
    "line numbers of two digits": (
        diagnostic("\n" * 9 + "here", "here"),
        """\
docker-bake.hcl:10:1: error: it is wrong [some-rule]
10 | here
   | ^^^^
""",
    ),
    "nothing at the end of the file": (
        diagnostic("a = [\n", (6, 6)),
        """\
docker-bake.hcl:2:1: error: it is wrong [some-rule]
2 |
  | ^
""",
    ),
    "nothing at the end of a line": (
        diagnostic("a =\nb = 1", (3, 3)),
        """\
docker-bake.hcl:1:4: error: it is wrong [some-rule]
1 | a =
  |    ^
""",
    ),
    "the end of a line is not underlined": (
        diagnostic("a = 1\r\nb = 2", "1\r\n"),
        """\
docker-bake.hcl:1:5: error: it is wrong [some-rule]
1 | a = 1
  |     ^
""",
    ),
    "an empty file": (
        diagnostic("", (0, 0)),
        """\
docker-bake.hcl:1:1: error: it is wrong [some-rule]
1 |
  | ^
""",
    ),
    "three lines": (
        diagnostic("a = [\n  1,\n]\n", "[\n  1,\n]", help="leave it out"),
        """\
docker-bake.hcl:1:5: error: it is wrong [some-rule]
1 | a = [
  |     ^
2 |   1,
  |   ^^
3 | ]
  | ^ help: leave it out
""",
    ),
    "many lines": (
        diagnostic("a = [\n" + "  1,\n" * 9 + "] # all\n", "[\n" + "  1,\n" * 9 + "]"),
        """\
docker-bake.hcl:1:5: error: it is wrong [some-rule]
 1 | a = [
   |     ^
...
11 | ] # all
   | ^
""",
    ),
    "tabs": (
        diagnostic("\ta\t= x", "x"),
        """\
docker-bake.hcl:1:6: error: it is wrong [some-rule]
1 |     a    = x
  |            ^
""",
    ),
    "a tab underlined": (
        diagnostic("a\tb", "\t"),
        """\
docker-bake.hcl:1:2: error: it is wrong [some-rule]
1 | a    b
  |  ^^^^
""",
    ),
    "wide, combining and joined characters": (
        diagnostic("漢字é = e\u0301 x", "x"),
        """\
docker-bake.hcl:1:10: error: it is wrong [some-rule]
1 | 漢字é = e\u0301 x
  |           ^
""",
    ),
    "wide characters underlined": (
        diagnostic("a = 漢字", "漢字"),
        """\
docker-bake.hcl:1:5: error: it is wrong [some-rule]
1 | a = 漢字
  |     ^^^^
""",
    ),
    "a byte order mark": (
        diagnostic("\ufeffa = 1", "a"),
        """\
docker-bake.hcl:1:1: error: it is wrong [some-rule]
1 | a = 1
  | ^
""",
    ),
    "what a terminal would obey": (
        diagnostic('a = "\x1b[31m\x07\x7f\u202e\udc80"', "a", message="it\x1b[2J is wrong"),
        """\
docker-bake.hcl:1:1: error: it␛[2J is wrong [some-rule]
1 | a = "␛[31m␇␡\ufffd\ufffd"
  | ^
""",
    ),
    "the start of a long line": (
        diagnostic("x = [" + "1, " * 99 + "]", "x"),
        f"""\
docker-bake.hcl:1:1: error: it is wrong [some-rule]
1 | x = [{("1, " * 99)[:115]}…
  | ^
""",
    ),
    "the middle of a long line": (
        diagnostic("1, " * 99 + "x" + ", 2" * 99, "x"),
        f"""\
docker-bake.hcl:1:298: error: it is wrong [some-rule]
1 | …{("1, " * 99)[-40:]}x{(", 2" * 99)[:79]}…
  |  {" " * 40}^
""",
    ),
    "all of a long line": (
        diagnostic("x" * 300, "x" * 300),
        f"""\
docker-bake.hcl:1:1: error: it is wrong [some-rule]
1 | {"x" * 120}…
  | {"^" * 120}
""",
    ),
    "a long line of wide characters": (
        diagnostic("漢" * 100 + "x", "x"),
        f"""\
docker-bake.hcl:1:101: error: it is wrong [some-rule]
1 | …{"漢" * 20}x
  |  {" " * 40}^
""",
    ),
    "a long help": (
        diagnostic("a = 1", "1", help="so " * 40 + "long"),
        f"""\
docker-bake.hcl:1:5: error: it is wrong [some-rule]
1 | a = 1
  |     ^
  | help: {"so " * 40}long
""",
    ),
    "help and message of several lines": (
        diagnostic("a = 1", "1", help="one\ntwo", message="this\nand that"),
        """\
docker-bake.hcl:1:5: error: this
    and that [some-rule]
1 | a = 1
  |     ^
  | help: one
  |       two
""",
    ),
    "a note": (
        diagnostic("a = 1\na = 2", (6, 7), notes=(Note(Span(Source("b.hcl", "\n a"), 2, 3), '"a" is first set here'),)),
        """\
docker-bake.hcl:2:1: error: it is wrong [some-rule]
2 | a = 2
  | ^
b.hcl:2:2: note: "a" is first set here
""",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rendered(name: str) -> None:
    given, expected = CASES[name]
    assert render([given]) == expected


def test_several_follow_one_another() -> None:
    given = [diagnostic("a", "a", span=None), diagnostic("b", "b", span=None, message="second")]
    assert render(given) == "error: it is wrong [some-rule]\nerror: second [some-rule]\n"


def test_colours_change_nothing_else() -> None:
    given = [case for case, _ in CASES.values() if "\x1b" not in case.message]
    coloured = render(given, colour=True)
    assert "\x1b[1;31merror:\x1b[0m" in coloured
    assert "\x1b[1;33mwarning:\x1b[0m" in coloured
    bare = coloured
    for code in ("0", "1", "1;31", "1;33", "1;36", "36", "32"):
        bare = bare.replace(f"\x1b[{code}m", "")
    assert bare == render(given)
