"""The two readers of a command line: the quick one reads plain lines, and click reads the same from them."""

from __future__ import annotations

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bakectl.cli import COMMANDS, load_command
from bakectl.cli.group import TableCommand, run_group
from bakectl.cli.options import MANY, ONE, SWITCH, Argument, Command, Option, WrongCommandLine, variables
from bakectl.cli.words import read_words

seen: list[dict[str, object]] = []


def note(**values: object) -> int:
    seen.append(values)
    return 7


COMMAND = Command(
    name="try",
    help="Try it.",
    run=note,
    argument=Argument("targets", "[TARGET]..."),
    options=(
        Option(("-f", "--file"), MANY, "FILE", "Files."),
        Option(("--mode",), ONE, "MODE", "One of two.", ("fast", "slow")),
        Option(("--name",), ONE, "NAME", "Anything."),
        Option(("--no-cache",), SWITCH, "", "A switch."),
        Option(("--push",), SWITCH, "", "Another."),
    ),
    examples=(),
)
NOTHING = {"file": (), "mode": None, "name": None, "no_cache": None, "push": None, "targets": ()}


def by_click(words: list[str]) -> dict[str, object] | None:
    """What click reads, None when it refuses."""
    seen.clear()
    try:
        code = TableCommand(COMMAND).main(words, prog_name="try", standalone_mode=False)
    except click.UsageError:
        return None
    assert code == 7
    return seen[0]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ([], {}),
        (["a", "b"], {"targets": ("a", "b")}),
        (["-f", "x", "--file=y", "a", "--file", "z"], {"file": ("x", "y", "z"), "targets": ("a",)}),
        (["-f=x"], {"file": ("x",)}),
        (["-f", "-"], {"file": ("-",)}),
        (["-"], {"targets": ("-",)}),
        (["--", "--push", "-f"], {"targets": ("--push", "-f")}),
        (["--push"], {"push": True}),
        (["--push=false", "a"], {"push": False, "targets": ("a",)}),
        (["--push", "--push=F"], {"push": False}),
        (["--push", "--no-cache=1", "a"], {"push": True, "no_cache": True, "targets": ("a",)}),
        (["--name", "--push"], {"name": "--push"}),
        (["--name", "a", "--name=", "--mode", "slow"], {"name": "", "mode": "slow"}),
        (["--name=a=b"], {"name": "a=b"}),
        (["-f", "-f=x"], {"file": ("-f=x",)}),
    ],
)
def test_plain_words(words: list[str], values: dict[str, object]) -> None:
    assert read_words(COMMAND, words) == NOTHING | values
    assert by_click(words) == NOTHING | values


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["-h"],
        ["--push=maybe"],
        ["--mode", "other"],
        ["--nam", "x"],
        ["--name"],
        ["-fx"],
        ["-x"],
        ["-fp", "a"],
    ],
)
def test_left_to_click(words: list[str]) -> None:
    assert read_words(COMMAND, words) is None


def test_joined_value_is_read_by_click() -> None:
    assert by_click(["-fx", "-fy"]) == NOTHING | {"file": ("x", "y")}


_WORDS = st.one_of(
    st.sampled_from(
        ["", *"-f --file --file=x -f=x -fx --mode --mode=fast fast --name --name= --push --push=0 --no-cache".split()],
    ),
    st.sampled_from(["--no-cache=true", "--no-cache=x", "--", "-", "a", "--help=x", "-p", "=", "--=", "-=x"]),
    st.text(max_size=4),
)


@given(st.lists(_WORDS, max_size=6))
def test_both_read_the_same(words: list[str]) -> None:
    quick = read_words(COMMAND, words)
    if quick is not None:
        assert by_click(words) == quick


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands(name: str) -> None:
    command = load_command(name)
    assert command.name == name
    keys = [option.key for option in command.options] + [command.argument.key]
    assert len(set(keys)) == len(keys)
    assert all(example.startswith(f"bakectl {name}") for example in command.examples)


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_are_plain_words(name: str) -> None:
    import shlex

    command = load_command(name)
    for example in command.examples:
        assert read_words(command, shlex.split(example)[2:]) is not None


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_short_and_fits(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    run_group([*name.split(), "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 60
    assert max(map(len, lines)) <= 80
    assert "Examples:" in lines


def test_variables() -> None:
    assert variables(("A=1", "", "B=", "C=x=y", "A=2")) == {"A": "2", "B": "", "C": "x=y"}
    with pytest.raises(WrongCommandLine, match='--var "A" has no value: write --var NAME=VALUE'):
        variables(("A",))
    with pytest.raises(WrongCommandLine, match='--var "=x" has no name: write --var NAME=VALUE'):
        variables(("=x",))
