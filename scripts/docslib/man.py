"""The man pages, in the macros of man(7) that mandoc and groff both know.

They carry no date: the same tables make the same pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bakectl.cli import COMMANDS, GROUPS, SECTIONS
from bakectl.cli.options import SWITCH
from bakectl.errors import EXIT_CODES
from docslib.settings import table_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from bakectl.cli.options import Command, Option
    from docslib.settings import Key

_VARIABLES = {
    "BUILDX_BAKE_FILE": "The bake files to read where no --file is given, as buildx takes it.",
    "BUILDX_BUILDER": "The builder to build with.",
    "BUILDKIT_PROGRESS": "How progress is shown where no --progress is given.",
    "NO_COLOR": "Nothing is coloured where this is set.",
}


def first_words() -> tuple[str, ...]:
    """The first words of all commands: there is a page for each."""
    return tuple(dict.fromkeys(name.split()[0] for name in COMMANDS))


def overview() -> str:
    """bakectl(1): the commands, the exit codes, the files."""
    lines = _head("bakectl", 1, "read docker-bake.hcl exactly as docker buildx bake does, and build what it says")
    lines += [".SH SYNOPSIS", ".B bakectl", r"\fICOMMAND\fR [\fIOPTIONS\fR] [\fIWORDS\fR]", ".SH DESCRIPTION"]
    lines += [
        _roff(
            "bakectl manages docker-bake.hcl, the file that tells docker buildx bake which container images a project"
        ),
        _roff("builds, for which platforms, with which caches."),
        _roff("It resolves the file as buildx does, reports all mistakes at once with their places, edits the file"),
        _roff("without touching another byte of it, and calls docker buildx bake with overrides that name exactly"),
        _roff("the targets asked for."),
    ]
    for section, words in SECTIONS.items():
        lines.append(f".SS {section}")
        for word in words:
            lines += [".TP", rf"\fBbakectl\-{_roff(word)}\fR(1)", _roff(GROUPS.get(word) or COMMANDS[word][1])]
    lines += [".SH EXIT STATUS"]
    for code, text in EXIT_CODES.items():
        lines += [".TP", rf"\fB{code}\fR", _sentence(text)]
    lines += [".SH ENVIRONMENT"]
    for name, text in _VARIABLES.items():
        lines += [".TP", rf"\fB{_roff(name)}\fR", _roff(text)]
    lines += [".SH FILES", ".TP", r"\fIdocker\-bake.hcl\fR", _roff("The bake file; see bakectl-print(1) for others.")]
    lines += [".TP", r"\fIbakectl.toml\fR", _roff("Settings; see bakectl.toml(5).")]
    lines += [".SH SEE ALSO", r".BR docker\-buildx\-bake (1),", ".BR bakectl.toml (5)"]
    return _text(lines)


def command_page(word: str, commands: Mapping[str, Command]) -> str:
    """The page of a command, or of all commands that begin with one word."""
    own = {name: command for name, command in commands.items() if name.split()[0] == word}
    line = GROUPS.get(word) or COMMANDS[word][1]
    lines = _head(f"bakectl-{word}", 1, line[0].lower() + line[1:].removesuffix("."))
    lines.append(".SH SYNOPSIS")
    for position, (name, command) in enumerate(own.items()):
        lines += [".br"] if position else []
        lines.append(rf"\fBbakectl {_roff(name)}\fR [\fIOPTIONS\fR] {_roff(command.argument.metavar)}".rstrip())
    if word in GROUPS:
        lines += [".SH COMMANDS"]
        for name, command in own.items():
            lines += [f".SS bakectl {_roff(name)}", _roff(command.help), *_options(command, ".PP")]
    else:
        lines += [".SH DESCRIPTION", _roff(own[word].help), *_options(own[word], ".SS")]
    lines += [".SH EXAMPLES", ".EX", *(_roff(example) for command in own.values() for example in command.examples)]
    lines += [".EE", ".SH EXIT STATUS", r"That of \fBbakectl\fR(1).", ".SH SEE ALSO"]
    lines += [".BR bakectl (1),", ".BR bakectl.toml (5)"]
    return _text(lines)


def settings_page(tables: Mapping[str, Sequence[Key]]) -> str:
    """bakectl.toml(5): every key of the settings."""
    lines = _head("bakectl.toml", 5, "settings of bakectl")
    lines += [".SH DESCRIPTION"]
    lines += [
        _roff("bakectl.toml, or [tool.bakectl] in pyproject.toml, is looked for in the folder of the bake file and in"),
        _roff("the folders above, up to that of the repository."),
        _roff("A table [check] of the one is [tool.bakectl.check] of the other."),
    ]
    for name, keys in tables.items():
        title = table_title(name)
        lines.append(f".SH {_roff(title)}")
        for key in keys:
            lines += [".TP", rf"\fB{_roff(key.name)}\fR = {_roff(key.kind)}", _roff(key.doc or "See below.")]
            lines += [f"Default: {_roff(key.default)}."] if key.default else []
    lines += [".SH SEE ALSO", ".BR bakectl (1)"]
    return _text(lines)


def _options(command: Command, heading: str) -> Iterator[str]:
    sections = dict.fromkeys(option.section for option in command.options)
    for section in sorted(sections, key="Options".__eq__):
        yield from ((heading, rf"\fI{section}\fR") if heading == ".PP" else (f"{heading} {section}",))
        for option in (option for option in command.options if option.section == section):
            yield from (".TP", _spelling(option), _roff(option.help))


def _spelling(option: Option) -> str:
    names = ", ".join(rf"\fB{_roff(name)}\fR" for name in option.names)
    return names if option.kind == SWITCH else rf"{names} \fI{_roff(option.metavar)}\fR"


def _head(name: str, section: int, line: str) -> list[str]:
    title = _roff(name.upper())
    return [
        r'.\" Made by "make reference": do not change it here.',
        f'.TH {title} {section} "" "bakectl" "Manual of bakectl"',
        ".SH NAME",
        rf"{_roff(name)} \- {_roff(line)}",
    ]


def _roff(text: str) -> str:
    r"""Escape a line: `\` and `-` have meanings, and so has a `.` or `'` at its beginning."""
    escaped = text.replace("\\", r"\(rs").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    escaped = escaped.replace("^", r"\(ha").replace("~", r"\(ti").replace('"', r"\(dq")
    escaped = "".join(sign if sign.isascii() else rf"\[u{ord(sign):04X}]" for sign in escaped)
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


def _sentence(text: str) -> str:
    return _roff(f"{text[0].upper()}{text[1:]}.")


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"
