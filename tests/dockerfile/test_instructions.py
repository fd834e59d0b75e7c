"""Instructions are read as BuildKit's parser reads them; each part of one has its place."""

from __future__ import annotations

import random

import pytest

from bakectl.dockerfile.instructions import Listing, read_instructions
from bakectl.source import Source

SAMPLES = {
    "comments within": "FROM a\nRUN one \\\n  # a comment\n\n  two\n",
    "escape directive": "# escape=`\nFROM a\nRUN dir C:\\`\n x\n",
    "escape is no directive after a comment": "# a comment\n# escape=`\nFROM a `\n\nRUN x\n",
    "directives after an unknown one": "# nothing=1\n# escape=`\nFROM a\nRUN a `\n b\n",
    "doubled escape does not go on": "FROM a\nRUN a \\\\\nRUN b\n",
    "blanks after the escape": "FROM a\nRUN a \\ \t\n b\n",
    "heredoc": "FROM a\nRUN <<EOF\nFROM b\nEOF\nRUN x\n",
    "two heredocs": "FROM a\nCOPY <<A <<'B' /x/\na\nA\nb $c\nB\n",
    "heredoc with tabs": "FROM a\nRUN <<-EOF\n\tx\n\tEOF\n",
    "heredoc within quotes is none": "FROM a\nRUN echo '<<EOF'\nRUN x\n",
    "heredoc after a blank is none": "FROM a\nRUN cat << EOF\nRUN x\n",
    "heredoc of a list is none": 'FROM a\nRUN ["cat", "<<EOF"]\nRUN x\n',
    "heredoc of ONBUILD": "FROM a\nONBUILD RUN <<EOF\nx\nEOF\nRUN y\n",
    "heredoc without end": "FROM a\nRUN <<EOF\nx\n",
    "flags": "FROM --platform=$BUILDPLATFORM a AS b\nRUN --mount=type=secret,id=x --network=none make\n",
    "flags with quotes": 'FROM a\nRUN --mount="type=secret,id=a b" --x -- --y\n',
    "carriage returns": "FROM a\r\nRUN b \\\r\n c\r\n",
    "byte order mark": "\ufeffFROM a\nRUN b\n",
    "lower case": "from a as b\nrun c\n",
    "no newline at the end": "FROM a\nRUN b \\",
    "directive twice": "# syntax=a\n# syntax=b\nFROM a\n",
}
_PARTS = (
    "FROM a AS b\n", "RUN ", "run x\n", "COPY --from=b --link x y\n", "\\\n", "\\ \n", "\\\\\n", "`\n", "# c\n",
    "  # c\n", "\n", "  \n", "<<EOF", '<<-"E F"', "<<'EOF'", "<< EOF", "EOF\n", "\tEOF\n", "E F\n", "# escape=`\n",
    "#syntax=x\n", "# Escape = `\n", " a b ", '"q', "'s ", '"', '--mount=type=secret,id="a b" ', "-- ", "--x ",
    '["a", "b"]\n', "ADD ", "ONBUILD ", 'ARG A=1 B="c d"\n', "\r\n", "\t", "3<<EOF", "LABEL a=b\\\n", " c=d\n", "é\n",
    "\v", "$", "\\x ", '\\"',
)  # fmt: skip


def shown(listing: Listing) -> list[tuple[object, ...]]:
    """What BuildKit's parser says of instructions too: word, flags, heredocs, first and last line."""
    return [
        (
            one.word,
            tuple(f"--{flag.name}" + (f"={flag.value}" if "=" in flag.span.text else "") for flag in one.flags),
            tuple((heredoc.name, heredoc.text) for heredoc in one.heredocs if one.word != "ONBUILD"),
            one.span.begin.line,
            one.span.finish.line,
        )
        for one in listing.instructions
    ]


def compare(text: str) -> bool:
    """Compare with the parser of BuildKit itself; False where that refuses the words of an instruction."""
    dockerfile = pytest.importorskip("dockerfile", reason="there is no BuildKit parser for this machine")
    listing = read_instructions(Source("Dockerfile", text))
    try:
        commands = dockerfile.parse_string(text)
    except dockerfile.GoParseError as error:
        if any(word in str(error) for word in ("heredoc", "directive")):
            assert listing.fault is not None
        return False
    assert listing.fault is None
    expected = [
        (  # of ONBUILD it does not say the heredocs
            command.cmd.upper(),
            command.flags,
            tuple((heredoc.name, heredoc.content) for heredoc in command.heredocs),
            command.start_line,
            command.end_line,
        )
        for command in commands
        if command.cmd
    ]
    assert shown(listing) == expected
    for command, one in zip([command for command in commands if command.cmd], listing.instructions, strict=True):
        if one.word == "RUN" and not command.json and command.value:
            assert command.value == (one.rest,)
    return True


@pytest.mark.parametrize("text", SAMPLES.values(), ids=SAMPLES)
def test_samples_as_buildkit_reads_them(text: str) -> None:
    compare(text)


@pytest.mark.parametrize("seed", range(20))
def test_random_files_as_buildkit_reads_them(seed: int) -> None:
    rng = random.Random(seed)
    compared = [compare("".join(rng.choices(_PARTS, k=rng.randint(1, 14)))) for _ in range(100)]
    assert any(compared)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("FROM a\nRUN one \\\n  # a comment\n\n  two\n", [("FROM", "a"), ("RUN", "one   two")]),
        ("# escape=`\nFROM a\nRUN dir C:\\`\n x\n", [("FROM", "a"), ("RUN", "dir C:\\ x")]),
        ("FROM a\nRUN <<EOF\nFROM b\nEOF\nRUN x\n", [("FROM", "a"), ("RUN", "<<EOF"), ("RUN", "x")]),
        ("FROM a\nRUN cat << EOF\nRUN x\n", [("FROM", "a"), ("RUN", "cat << EOF"), ("RUN", "x")]),
    ],
)
def test_words(text: str, steps: list[tuple[str, str]]) -> None:
    assert [(one.word, one.rest) for one in read_instructions(Source("D", text)).instructions] == steps


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("# escape=x\nFROM a\n", '"x" cannot be the escape character'),
        ("# syntax=a\n# syntax=b\nFROM a\n", '"# syntax=" is there twice'),
        ("FROM a\nRUN <<EOF\n", "a heredoc has no end"),
        ("FROM a\n", None),
    ],
)
def test_faults(text: str, fault: str | None) -> None:
    assert read_instructions(Source("D", text)).fault == fault


def test_every_part_has_its_place() -> None:
    text = "FROM a\nRUN --mount=type=ssh \\\n  --x=1 \\\n  # no\n  make \\\n  all\n"
    step = read_instructions(Source("D", text)).instructions[1]
    assert [flag.span.text for flag in step.flags] == ["--mount=type=ssh", "--x=1"]
    make, every = step.rest.index("make"), step.rest.index("all")
    assert step.place(make, make + 4).text == "make"
    assert step.place(every, every + 3).text == "all"
    assert step.place(every, every + 3).begin.line == 6
