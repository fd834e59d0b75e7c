"""`bakectl target`, `group` and `variable`: what there is in the file, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bakectl.cli import editing, options
from bakectl.cli.options import MANY, ONE, SWITCH, Option, WrongCommandLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from bakectl.editing.editor import Editor

CASCADE: Final = Option(("--cascade",), SWITCH, "", "Remove what refers to it as well.")
INHERITS: Final = Option(("--inherits",), MANY, "TARGET", "A target to inherit from; repeatable.")
GROUP: Final = Option(("--group",), MANY, "GROUP", "A group to put it in; repeatable.")
TYPE: Final = Option(("--type",), ONE, "TYPE", "Its type, such as string, number, bool or list(string).")
DESCRIPTION: Final = Option(("--description",), ONE, "TEXT", "What it is for.")


def _words(words: tuple[str, ...], form: str, least: int, most: int | None = None) -> tuple[str, ...]:
    """The words of a command, if there are as many as its form asks for."""
    if len(words) < least or (most is not None and len(words) > most):
        raise WrongCommandLine(f"{'too few' if len(words) < least else 'too many'} words: write {form}")
    return words


def add_target(*, words: tuple[str, ...], inherits: tuple[str, ...], group: tuple[str, ...], **shared: Any) -> int:
    """Write a new target."""
    name, *settings = _words(words, "NAME [KEY=VALUE]...", 1)
    return editing.change(lambda editor: editor.add_target(name, *settings, inherits=inherits, groups=group), **shared)


def copy_target(*, words: tuple[str, ...], **shared: Any) -> int:
    """Copy a target."""
    old, new = _words(words, "OLD NEW", 2, 2)
    return editing.change(lambda editor: editor.copy_target(old, new), **shared)


def rename(kind: str) -> Callable[..., int]:
    """The command that renames what is of a kind."""

    def run(*, words: tuple[str, ...], **shared: Any) -> int:
        old, new = _words(words, "OLD NEW", 2, 2)
        return editing.change(lambda editor: getattr(editor, f"rename_{kind}")(old, new), **shared)

    return run


def remove_target(*, words: tuple[str, ...], cascade: bool | None, **shared: Any) -> int:
    """Remove targets."""
    _words(words, "NAME...", 1)

    def action(editor: Editor) -> None:
        for name in words:
            editor.remove_target(name, cascade=bool(cascade))

    return editing.change(action, **shared)


def add_group(*, words: tuple[str, ...], **shared: Any) -> int:
    """Add targets to a group."""
    name, *targets = _words(words, "NAME TARGET...", 2)
    return editing.change(lambda editor: editor.add_group(name, *targets), **shared)


def remove_group(*, words: tuple[str, ...], cascade: bool | None, **shared: Any) -> int:
    """Take targets out of a group, or remove it."""
    name, *targets = _words(words, "NAME [TARGET]...", 1)
    return editing.change(lambda editor: editor.remove_group(name, *targets, cascade=bool(cascade)), **shared)


def add_variable(
    *, words: tuple[str, ...], type: str | None, description: str | None, expr: bool | None, **shared: Any
) -> int:
    """Write a new variable."""
    (word,) = _words(words, "NAME[=DEFAULT]", 1, 1)
    name, sign, default = word.partition("=")
    return editing.change(
        lambda editor: editor.add_variable(
            name,
            default if sign else None,
            kind=type or "",
            description=description or "",
            is_expression=bool(expr),
        ),
        **shared,
    )


def set_variable(*, words: tuple[str, ...], expr: bool | None, **shared: Any) -> int:
    """Give variables other defaults."""
    pairs = [word.partition("=") for word in _words(words, "NAME=DEFAULT...", 1)]
    missing = next((name for name, sign, _ in pairs if not sign), None)
    if missing is not None:
        raise WrongCommandLine(f'"{missing}" has no value: write {missing}=DEFAULT')

    def action(editor: Editor) -> None:
        for name, _, default in pairs:
            editor.set_variable(name, default, is_expression=bool(expr))

    return editing.change(action, **shared)


def remove_variable(*, words: tuple[str, ...], **shared: Any) -> int:
    """Remove variables."""
    _words(words, "NAME...", 1)

    def action(editor: Editor) -> None:
        for name in words:
            editor.remove_variable(name)

    return editing.change(action, **shared)


def _command(
    name: str, help: str, run: Callable[..., int], form: str, own: tuple[Option, ...], *examples: str
) -> options.Command:
    argument = options.Argument("words", form)
    return options.Command(name, help, run, argument, (*own, *editing.SHARED), examples)


TARGET: Final = {
    "add": _command(
        "target add",
        "Write a new target behind the last one, with settings as for set and add.",
        add_target,
        "NAME [KEY=VALUE]...",
        (INHERITS, GROUP),
        "bakectl target add worker tags=acme/worker --inherits _common --group default",
    ),
    "remove": _command(
        "target remove",
        "Remove targets; refused while something refers to them, unless that is to go as well.",
        remove_target,
        "NAME...",
        (CASCADE,),
        "bakectl target remove worker --cascade",
    ),
    "rename": _command(
        "target rename",
        "Rename a target, with all groups, parents, contexts and expressions that refer to it.",
        rename("target"),
        "OLD NEW",
        (),
        "bakectl target rename backend api",
    ),
    "copy": _command(
        "target copy",
        "Write a target once more under another name.",
        copy_target,
        "OLD NEW",
        (),
        "bakectl target copy backend worker",
    ),
}
GROUPS: Final = {
    "add": _command(
        "group add",
        "Add targets to a group, which is written if it is not there.",
        add_group,
        "NAME TARGET...",
        (),
        "bakectl group add default worker",
    ),
    "remove": _command(
        "group remove",
        "Take targets out of a group; without targets, remove the group.",
        remove_group,
        "NAME [TARGET]...",
        (CASCADE,),
        "bakectl group remove default worker",
    ),
    "rename": _command(
        "group rename",
        "Rename a group, with all groups that refer to it.",
        rename("group"),
        "OLD NEW",
        (),
        "bakectl group rename all images",
    ),
}
VARIABLE: Final = {
    "add": _command(
        "variable add",
        "Write a new variable.",
        add_variable,
        "NAME[=DEFAULT]",
        (TYPE, DESCRIPTION, editing.EXPR),
        "bakectl variable add REGISTRY=ghcr.io/acme --description 'Where images go'",
    ),
    "set": _command(
        "variable set",
        "Give variables other defaults.",
        set_variable,
        "NAME=DEFAULT...",
        (editing.EXPR,),
        "bakectl variable set TAG=1.2.0",
    ),
    "remove": _command(
        "variable remove",
        "Remove variables that nothing reads.",
        remove_variable,
        "NAME...",
        (),
        "bakectl variable remove UNUSED",
    ),
    "rename": _command(
        "variable rename",
        "Rename a variable, with all expressions that read it.",
        rename("variable"),
        "OLD NEW",
        (),
        "bakectl variable rename TAG VERSION",
    ),
}
COMMANDS: Final = {command.name: command for table in (TARGET, GROUPS, VARIABLE) for command in table.values()}
