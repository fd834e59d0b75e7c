"""What can follow on a command line that is being typed; the scripts of the shells ask here, with every Tab.

It reads what is there and complains of nothing: a file with mistakes has no targets to offer, and that is all.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from bakectl.cli import COMMANDS, GROUPS, find_command, load_command
from bakectl.cli.options import SWITCH
from bakectl.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from bakectl.bake.model import Project
    from bakectl.cli.options import Command, Option

FILES: Final = ":files"
"""An answer that tells the shell to offer files itself."""
_BREAKS: Final = "=:"
"""Characters at which bash begins a new word, so that it replaces only what follows the last of them."""


class Candidate(Record):
    """A word that can follow, and a line about it."""

    word: str
    about: str = ""


class _Typed(Record):
    """What is typed: the words of the command before the one that is being typed, and what there is of that one."""

    before: tuple[str, ...]
    current: str

    def values(self, *names: str) -> list[str]:
        """The values that options of these names have."""
        found: list[str] = []
        for place, word in enumerate(self.before):
            name, sign, value = word.partition("=")
            if name in names and sign:
                found.append(value)
            elif word in names and place + 1 < len(self.before):
                found.append(self.before[place + 1])
        return found


def answer(shell: str, words: Sequence[str]) -> str:
    """The lines that a shell gets for the words after `bakectl`, of which the last is being typed."""
    typed = list(words) or [""]
    found = dict.fromkeys(_candidates(typed[:-1], typed[-1]))
    lines = [one for one in found if one.word.startswith(typed[-1]) or one.word == FILES]
    cut = max(typed[-1].rfind(mark) for mark in _BREAKS) + 1 if shell == "bash" else 0
    return "".join(f"{_line(shell, one, cut)}\n" for one in lines)


def _line(shell: str, one: Candidate, cut: int) -> str:
    word = one.word if one.word == FILES else one.word[cut:]
    return f"{word}\t{one.about}" if one.about and shell != "bash" else word


def _candidates(before: Sequence[str], current: str) -> Iterator[Candidate]:
    name = find_command(before)
    if name is None:
        yield from _commands(before, current)
        return
    command = load_command(name)
    typed = _Typed(tuple(before[1 + name.count(" ") :]), current)
    options = {alias: option for option in command.options for alias in option.names}
    last = options.get(typed.before[-1]) if typed.before else None
    head, sign, _ = current.partition("=")
    if "--" not in typed.before:
        if last is not None and last.kind != SWITCH:
            yield from _values(last, typed, "")
            return
        if sign and head in options:
            yield from _values(options[head], typed, f"{head}=")
            return
        if current.startswith("-"):
            yield from (Candidate(option.names[-1], option.help) for option in command.options)
            yield Candidate("--help", "Show this message and exit.")
            return
    yield from _words(command, options, typed)


def _commands(before: Sequence[str], current: str) -> Iterator[Candidate]:
    if not before:
        firsts = dict.fromkeys(name.partition(" ")[0] for name in COMMANDS)
        yield from (Candidate(name, GROUPS.get(name) or COMMANDS[name][1]) for name in firsts)
        if current.startswith("-"):
            yield from (Candidate("--help", "Show the help."), Candidate("--version", "Show the version."))
    elif len(before) == 1 and before[0] in GROUPS:
        prefix = f"{before[0]} "
        names = (name for name in COMMANDS if name.startswith(prefix))
        yield from (Candidate(name.removeprefix(prefix), COMMANDS[name][1]) for name in names)


def _values(option: Option, typed: _Typed, prefix: str) -> Iterator[Candidate]:
    """The values of an option; in `--platform a,b` each after a comma."""
    if option.choices:
        yield from (Candidate(f"{prefix}{choice}") for choice in option.choices)
        return
    kind = _OF_OPTIONS.get(option.metavar)
    if kind is None:
        return
    if option.metavar == "PLATFORM":
        known, comma, _ = typed.current.removeprefix(prefix).rpartition(",")
        prefix += f"{known}{comma}"
    for one in kind(typed):
        yield one if one.word == FILES else Candidate(f"{prefix}{one.word}", one.about)


def _words(command: Command, options: dict[str, Option], typed: _Typed) -> Iterator[Candidate]:
    """The words that are no options, by their place on the line; the last kind is that of all that follow."""
    kinds = _OF_COMMANDS.get(command.name) or _OF_ARGUMENTS.get(command.argument.metavar)
    if not kinds:
        return
    place, skips = 0, False
    for word in typed.before:
        option = options.get(word)
        if skips:
            skips = False
        elif option is not None:
            skips = option.kind != SWITCH
        elif not word.startswith("-"):
            place += 1
    yield from kinds[min(place, len(kinds) - 1)](typed)


def _project(typed: _Typed) -> Project | None:
    from bakectl import api
    from bakectl.errors import BakectlError

    files = typed.values("-f", "--file")
    if "-" in files:
        return None
    variables = dict(text.split("=", 1) for text in typed.values("--var") if "=" in text)
    try:
        return api.load(*files, variables=variables)
    except BakectlError:
        return None


def _targets(typed: _Typed) -> Iterator[Candidate]:
    project = _project(typed)
    if project is None:
        return
    for name, group in project.groups.items():
        yield Candidate(name, group.description or "group")
    yield from _own_targets(typed, project)


def _own_targets(typed: _Typed, project: Project | None = None) -> Iterator[Candidate]:
    from bakectl.bake.listing import description

    project = project or _project(typed)
    for name, target in project.targets.items() if project else ():
        if not name.startswith("_") or typed.current.startswith("_"):
            yield Candidate(name, description(target) or "target")


def _groups(typed: _Typed) -> Iterator[Candidate]:
    project = _project(typed)
    yield from (Candidate(name, group.description or "") for name, group in project.groups.items()) if project else ()


def _variables(typed: _Typed) -> Iterator[Candidate]:
    project = _project(typed)
    for name, variable in project.variables.items() if project else ():
        yield Candidate(name, variable.description or "")


def _assigned(typed: _Typed) -> Iterator[Candidate]:
    yield from (Candidate(f"{one.word}=", one.about) for one in _variables(typed))


def _keys(typed: _Typed) -> Iterator[Candidate]:
    """`TARGET.KEY`: targets first, then the fields of one, as `--set` calls them."""
    target, dot, _ = typed.current.partition(".")
    if not dot:
        yield from (Candidate(f"{one.word}.", one.about) for one in _own_targets(typed))
        return
    from bakectl.bake.fields import BY_SET_KEY, KEYED

    for key, field in BY_SET_KEY.items():
        yield Candidate(f"{target}.{key}{'.' if field.set_form == KEYED else ''}", field.doc)


def _settings(typed: _Typed) -> Iterator[Candidate]:
    for one in _keys(typed):
        yield one if one.word.endswith(".") else Candidate(f"{one.word}=", one.about)


def _fields(_: _Typed) -> Iterator[Candidate]:
    from bakectl.bake.fields import FIELDS

    yield from (Candidate(name, field.doc) for name, field in FIELDS.items())


def _platforms(typed: _Typed) -> Iterator[Candidate]:
    """The platforms that targets have, or those that are usual where none has one."""
    found: dict[str, None] = {}
    project = _project(typed)
    for target in project.targets.values() if project else ():
        for platform in _declared(project, target.name):
            found.setdefault(platform)
    yield from map(Candidate, found or ("linux/amd64", "linux/arm64", "linux/arm/v7"))


def _declared(project: Project | None, name: str) -> Iterable[str]:
    from bakectl import api
    from bakectl.errors import BakectlError

    if project is None:
        return ()
    try:
        found: Iterable[str] = api.plan(project, name)[name].get("platforms", ())
    except BakectlError:
        return ()
    return found


def _caches(_: _Typed) -> Iterator[Candidate]:
    from bakectl.bake.cache_backends import BACKENDS

    for kind, back_end in BACKENDS.items():
        yield Candidate(f"{kind}=" if back_end.example else kind, back_end.example)


def _cache_kinds(typed: _Typed) -> Iterator[Candidate]:
    from bakectl.bake.cache_backends import KINDS

    yield from map(Candidate, KINDS)
    yield from _targets(typed)


def _rules(_: _Typed) -> Iterator[Candidate]:
    from bakectl.lint.rules import FAMILIES

    for family, rules in FAMILIES.items():
        yield Candidate(family, "family")
        yield from (Candidate(rule, family) for rule in rules)


def _builders(_: _Typed) -> Iterator[Candidate]:
    """The builder of the settings; asking docker for all others takes too long for a Tab."""
    from bakectl.engine.builder_settings import read_builder
    from bakectl.errors import BakectlError
    from bakectl.settings import find_settings

    try:
        found = read_builder(find_settings("."))
    except BakectlError:
        return
    if found is not None:
        yield Candidate(found.name, "of the settings")


def _files(_: _Typed) -> Iterator[Candidate]:
    yield Candidate(FILES)


def _target_or_file(typed: _Typed) -> Iterator[Candidate]:
    yield from _targets(typed)
    yield Candidate(FILES)


def _fixed(*words: str) -> Callable[[_Typed], Iterator[Candidate]]:
    return lambda _: map(Candidate, words)


def _platform_or_target(typed: _Typed) -> Iterator[Candidate]:
    yield from _platforms(typed)
    yield from _targets(typed)


_OF_OPTIONS: Final[dict[str, Callable[[_Typed], Iterator[Candidate]]]] = {
    "FILE": _files,
    "DIR": _files,
    "PLACE": _files,
    "PLATFORM": _platforms,
    "CACHE": _caches,
    "NAME=VALUE": _assigned,
    "TARGET.KEY=VALUE": _settings,
    "TARGET": _own_targets,
    "GROUP": _groups,
    "FIELD": _fields,
    "RULE": _rules,
    "NAME": _builders,
    "auto": _fixed("auto"),
}
"""What an option takes, by the word that stands for it in the help."""
_OF_ARGUMENTS: Final[dict[str, tuple[Callable[[_Typed], Iterator[Candidate]], ...]]] = {
    "[TARGET]...": (_targets,),
    "[TARGET|IMAGE]...": (_target_or_file,),
    "[FILE]": (_files,),
    "[FILE]...": (_files,),
    "[FOLDER]": (_files,),
    "[OLD] [NEW]": (_files,),
    "TARGET [FIELD]": (_targets, _fields),
    "TARGET.KEY=VALUE...": (_settings,),
    "TARGET.KEY...": (_keys,),
    "PLATFORM... [TARGET]...": (_platform_or_target,),
    "KIND[=PLACE] TARGET...": (_caches, _targets),
    "[KIND] TARGET...": (_cache_kinds, _targets),
    "[targets|groups|variables|functions]": (_fixed("targets", "groups", "variables", "functions"),),
    "bash|zsh|fish": (_fixed("bash", "zsh", "fish"),),
}
"""The words of a command, by what stands for them in the help."""
_OF_COMMANDS: Final[dict[str, tuple[Callable[[_Typed], Iterator[Candidate]], ...]]] = {
    "target remove": (_own_targets,),
    "target rename": (_own_targets, _fixed()),
    "target copy": (_own_targets, _fixed()),
    "group add": (_groups, _own_targets),
    "group remove": (_groups, _targets),
    "group rename": (_groups, _fixed()),
    "variable set": (_assigned,),
    "variable remove": (_variables,),
    "variable rename": (_variables, _fixed()),
}
"""The words of commands whose help says only NAME."""


def words_of_line(line: str, point: int) -> list[str]:
    """The words after `bakectl` up to the cursor, as bash has them in COMP_LINE and COMP_POINT."""
    from shlex import split

    typed = os.fsencode(line)[:point].decode("utf-8", "replace")
    for end in ("", "'", '"'):
        try:
            words = split(typed + end)
        except ValueError:
            continue
        if not end and (not typed or typed[-1].isspace()):
            words.append("")
        return words[1:]
    return [""]
