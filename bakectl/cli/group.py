"""The commands as click commands: help, mistakes, and all that `words.py` leaves alone."""

from __future__ import annotations

from errno import ENOSPC
from typing import TYPE_CHECKING, Any

import click

from bakectl import __version__
from bakectl.cli import COMMANDS, GROUPS, SECTIONS, load_command, options, screen
from bakectl.cli.options import MANY, SWITCH, WrongCommandLine
from bakectl.cli.words import SWITCH_WORDS
from bakectl.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_HELP = "Read docker-bake.hcl exactly as docker buildx bake does, and build what it says."
_EXAMPLES = (
    "bakectl bake all",
    "bakectl bake backend --platform linux/arm/v7",
    "bakectl print backend",
    "bakectl list variables --json",
)
_SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def run_group(words: Sequence[str]) -> int:
    """Let click read the words and run the command they name."""
    group = TopGroup("bakectl", help=_HELP, context_settings=_SETTINGS, params=[_version_option()])
    try:
        asks_nothing = not words or (len(words) == 1 and words[0] in GROUPS)
        code = group.main([*words, *(["--help"] if asks_nothing else [])], prog_name="bakectl", standalone_mode=False)
    except click.UsageError as error:
        raise WrongCommandLine(_house_style(error), error.ctx.command_path if error.ctx else "") from None
    except click.Abort:
        raise KeyboardInterrupt from None
    except OSError as error:
        if error.filename is not None or error.errno != ENOSPC:
            raise
        # click writes help by itself.
        raise screen.output_failed(error) from None
    return code if isinstance(code, int) else 0


def _house_style(error: click.UsageError) -> str:
    """Say it as all messages of bakectl: lower case, no full stop, names in double quotes."""
    sentences = error.format_message().removesuffix(".").replace("'", '"').split(". ")
    return "; ".join(sentence[:1].lower() + sentence[1:] for sentence in sentences)


def _version_option() -> click.Option:
    def answer(context: click.Context, _: click.Parameter, is_given: bool) -> None:
        if is_given:
            click.echo(f"bakectl {__version__}")
            context.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=answer, help="Show the version."
    )


class LazyGroup(click.Group):
    """A group of commands; each is imported when it is asked for, and none for the help."""

    names: Iterable[str] = ()
    """What can follow, in the order of the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.names)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in self.names and not name.startswith("-"):
            hint = did_you_mean(name, self.names)
            path = ctx.command_path.removeprefix("bakectl").strip()
            ctx.fail(f'there is no command "{f"{path} {name}".strip()}"{f"; {hint}" if hint else ""}')
        return super().resolve_command(ctx, args)


class TopGroup(LazyGroup):
    """All commands, those of two words as groups."""

    names = tuple(dict.fromkeys(name.partition(" ")[0] for name in COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in GROUPS:
            return VerbGroup(cmd_name, help=GROUPS[cmd_name], context_settings=_SETTINGS)
        return TableCommand(load_command(cmd_name)) if cmd_name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section, names in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name, GROUPS.get(name) or COMMANDS[name][1]) for name in names])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        click.Command.format_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_examples(formatter, _EXAMPLES)


class VerbGroup(LazyGroup):
    """The commands that begin with one word, such as `cache`."""

    def __init__(self, name: str, **settings: Any) -> None:
        super().__init__(name, **settings)
        prefix = f"{name} "
        self.names = [other.removeprefix(prefix) for other in COMMANDS if other.startswith(prefix)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = f"{self.name} {cmd_name}"
        return TableCommand(load_command(name)) if name in COMMANDS else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[f"{self.name} {name}"][1]) for name in self.names])


class TableCommand(click.Command):
    """A command made from its table."""

    def __init__(self, table: options.Command) -> None:
        params = [_click_option(option) for option in table.options]
        super().__init__(
            table.name.split()[-1],
            help=table.help,
            callback=table.run,
            params=[_click_argument(table.argument), *params],
            context_settings=_SETTINGS,
        )
        self.table = table

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, list(_spell_out(self.table, args)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {}
        own = {option.key: option.section for option in self.table.options}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                sections.setdefault(own.get(param.name or "", "Options"), []).append((record[0].rstrip(), record[1]))
        for section in sorted(sections, key="Options".__eq__):
            with formatter.section(section):
                formatter.write_dl(sections[section])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _write_examples(formatter, self.table.examples)


def _write_examples(formatter: click.HelpFormatter, examples: Iterable[str]) -> None:
    with formatter.section("Examples"):
        for example in examples:
            formatter.write(f"  {example}\n")


def _switch(word: str) -> bool:
    """Read the words that buildx takes for a boolean flag."""
    if word not in SWITCH_WORDS:
        raise click.BadParameter(f'"{word}" is neither true nor false')
    return SWITCH_WORDS[word]


def _click_option(option: options.Option) -> click.Option:
    names = [*option.names, option.key]
    if option.kind == SWITCH:
        return click.Option(names, type=_switch, metavar="", help=option.help)
    kind = click.Choice(option.choices) if option.choices else None
    return click.Option(
        names, multiple=option.kind == MANY, type=kind, metavar=option.metavar or None, help=option.help
    )


def _click_argument(argument: options.Argument) -> click.Argument:
    return click.Argument([argument.key], nargs=-1, required=False, metavar=argument.metavar)


def _spell_out(table: options.Command, words: Sequence[str]) -> Iterable[str]:
    """Write `--name` of a switch as `--name=true`, which click can tell from `--name WORD`, and `-f=F` as `-fF`."""
    kinds = {name: option.kind for option in table.options for name in option.names}
    is_value = is_over = False
    for word in words:
        is_over = is_over or (word == "--" and not is_value)
        is_plain = is_value or is_over
        kind = None if is_plain else kinds.get(word)
        is_value = kind is not None and kind != SWITCH
        if kind == SWITCH:
            yield f"{word}=true"
        elif not is_plain and word[2:3] == "=" and word[:2] in kinds:
            yield word.replace("=", "", 1)
        else:
            yield word
