"""The reference pages of the site, as Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bakectl.bake.cache_backends import BACKENDS, since
from bakectl.bake.fields import FIELDS
from bakectl.cli import SECTIONS
from bakectl.cli.options import MANY, SWITCH
from bakectl.errors import EXIT_CODES
from bakectl.eval.functions import NAMES, lookup
from docslib.settings import table_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bakectl.cli.options import Command, Option
    from bakectl.eval.functions import Param
    from docslib.settings import Key

_MADE = "<!-- Made by `make reference` from {}: do not change it here. -->"


def commands_page(commands: Mapping[str, Command]) -> str:
    """Every command with its options and examples, in the sections of the help."""
    lines = _head("Commands", "the tables of the commands")
    lines += ["Every command takes `-h` and `--help`; `bakectl --version` prints the version.", ""]
    for section, words in SECTIONS.items():
        names = [name for word in words for name in commands if name.split()[0] == word]
        lines.append(f"- {section}: " + ", ".join(f"[{name}](#bakectl-{name.replace(' ', '-')})" for name in names))
    for words in SECTIONS.values():
        for name in (name for word in words for name in commands if name.split()[0] == word):
            lines += _command(name, commands[name])
    return _text(lines)


def _command(name: str, command: Command) -> Iterator[str]:
    usage = f"bakectl {name} [OPTIONS] {command.argument.metavar}".rstrip()
    yield from ("", f"## bakectl {name}", "", *_sentences(command.help), "", "```text", usage, "```")
    sections = dict.fromkeys(option.section for option in command.options)
    for section in sorted(sections, key="Options".__eq__):
        options = [option for option in command.options if option.section == section]
        yield from ("", f"{section}:", "")
        yield from _table(("option", "what it does"), ((_spelling(option), _escape(option.help)) for option in options))
    yield from ("", "```sh", *command.examples, "```")


def _spelling(option: Option) -> str:
    value = "" if option.kind == SWITCH else f" {option.metavar}"
    return ", ".join(f"`{name}`" for name in option.names[:-1]) + (
        (", " if option.names[:-1] else "") + f"`{option.names[-1]}{value}`" + (" …" if option.kind == MANY else "")
    )


def fields_page() -> str:
    """Every attribute of a target."""
    lines = _head("Fields of targets", "the table of fields")
    lines += [
        "What a `target` block can say, in the order of `docker buildx bake --print`.",
        "*Merge* is what a later block, a child or an override does to an earlier value.",
        "*Since* is the buildx that brought it; without a number it is older than 0.8.",
        "",
    ]
    rows = (
        (
            f"`{field.name}`",
            f"`{field.shape}`",
            field.merge,
            f"`{field.set_key}`" if field.set_key else "",
            field.since or "",
            field.doc,
        )
        for field in FIELDS.values()
    )
    return _text([*lines, *_table(("field", "holds", "merge", "`--set` key", "since", "what it says"), rows)])


def functions_page() -> str:
    """Every function of the library."""
    lines = _head("Functions", "the table of functions")
    lines += [
        "The function library of buildx, which bakectl evaluates to the same values and the same errors.",
        "A parameter with a type is converted to it; `…` stands behind one that takes any number of arguments.",
        "`?` stands behind the type of one that may be null.",
        "",
    ]
    rows = []
    for name in NAMES:
        function = lookup(name)
        assert function is not None
        params = [_param(param) for param in function.params]
        params += [f"{_param(function.variadic)}…"] if function.variadic else []
        rows.append((f"`{name}({', '.join(params)})`", _escape(function.doc), function.since or ""))
    return _text([*lines, *_table(("function", "gives", "since buildx"), rows)])


def _param(param: Param) -> str:
    kind = param.type.friendly.replace("dynamic", "any")
    return f"{param.name} {kind}{'?' if param.allow_null else ''}"


def caches_page() -> str:
    """Every back end of caches with its options."""
    lines = _head("Back ends of caches", "the table of back ends")
    lines += [
        "Options of `cache-from`, `cache-to` and `bake --cache`, with the BuildKit that brought them.",
        "[Caches](../cache.md) says which to choose.",
    ]
    for kind, back_end in BACKENDS.items():
        lines += ["", f"## {kind}", ""]
        if back_end.example:
            lines += [f"On the command line: `--cache {kind}={back_end.example}`.", ""]
        usual = ", ".join(f"`{key}={value}`" for key, value in back_end.usual.items())
        lines += [f"Written without being asked: {usual}.", ""] if usual else []
        rows = (
            (
                f"`{option}`",
                _yes(option in back_end.reads),
                _yes(option in back_end.writes),
                _yes(option in back_end.required),
                ".".join(map(str, since(kind, option))) if since(kind, option) > (0, 8) else "",
            )
            for option in sorted({*back_end.reads, *back_end.writes})
        )
        lines += _table(("option", "reads", "writes", "required", "since BuildKit"), rows)
    return _text(lines)


def settings_page(tables: Mapping[str, Sequence[Key]]) -> str:
    """Every key of the settings file."""
    lines = _head("Settings", "`bakectl/settings.schema.json`")
    lines += [
        "`bakectl.toml`, or `[tool.bakectl]` in `pyproject.toml`, here or in a folder above up to the repository's.",
        "A table `[check]` of the one is `[tool.bakectl.check]` of the other.",
        "Editors complete and check the file with `bakectl/settings.schema.json`.",
    ]
    for name, keys in tables.items():
        title = table_title(name)
        lines += ["", f"## `{title}`", ""]
        rows = (
            (f"`{key.name}`", _escape(key.kind), f"`{key.default}`" if key.default else "", _escape(key.doc))
            for key in keys
        )
        lines += _table(("key", "value", "default", "what it says"), rows)
    return _text(lines)


def exit_codes_page() -> str:
    """Every exit code."""
    lines = _head("Exit codes", "the table of errors")
    lines += ["They mean the same for every command.", ""]
    return _text([*lines, *_table(("code", "meaning"), ((f"`{code}`", text) for code, text in EXIT_CODES.items()))])


def _head(title: str, source: str) -> list[str]:
    return [f"# {title}", "", _MADE.format(source), ""]


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(titles) + " |"
    yield "|---" * len(titles) + "|"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _escape(text: str) -> str:
    return re.sub(r"([*<\[\]])", r"\\\1", text)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=\.) (?=[A-Z])", _escape(text))


def _yes(is_so: bool) -> str:
    return "yes" if is_so else ""


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
