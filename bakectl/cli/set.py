"""`bakectl set`, `unset`, `add` and `remove`: settings of targets."""

from __future__ import annotations

from typing import Any, Final

from bakectl.cli import editing, options
from bakectl.cli.options import WrongCommandLine


def _need(words: tuple[str, ...], form: str) -> None:
    if not words:
        raise WrongCommandLine(f"nothing is named: write {form}")


def run_set(*, assignments: tuple[str, ...], expr: bool | None, **shared: Any) -> int:
    """Set what the words say."""
    _need(assignments, "TARGET.KEY=VALUE")
    return editing.change(lambda editor: editor.set(*assignments, is_expression=bool(expr)), **shared)


def run_add(*, assignments: tuple[str, ...], expr: bool | None, **shared: Any) -> int:
    """Add what the words say."""
    _need(assignments, "TARGET.KEY=VALUE")
    return editing.change(lambda editor: editor.add(*assignments, is_expression=bool(expr)), **shared)


def run_remove(*, assignments: tuple[str, ...], expr: bool | None, **shared: Any) -> int:
    """Remove what the words say."""
    _need(assignments, "TARGET.KEY=VALUE")
    return editing.change(lambda editor: editor.remove(*assignments, is_expression=bool(expr)), **shared)


def run_unset(*, keys: tuple[str, ...], **shared: Any) -> int:
    """Unset what the words name."""
    _need(keys, "TARGET.KEY")
    return editing.change(lambda editor: editor.unset(*keys), **shared)


_ASSIGNMENTS: Final = options.Argument("assignments", "TARGET.KEY=VALUE...")

COMMANDS: Final = {
    "set": options.Command(
        name="set",
        help="Make settings of targets what you say, and leave every other byte of the file as it is. "
        "KEY is that of --set or the name of the attribute; for maps write KEY.NAME, and for options of caches, "
        "outputs, attestations, secrets and ssh KEY.OPTION or KEY.TYPE.OPTION. TARGET may be a pattern.",
        run=run_set,
        argument=_ASSIGNMENTS,
        options=(editing.EXPR, *editing.SHARED),
        examples=(
            "bakectl set backend.args.RUST_VERSION=1.87",
            "bakectl set backend.cache-to.scope=backend",
            "bakectl set '*.labels.org.opencontainers.image.vendor=Acme'",
            "bakectl set backend.args.COMMIT='substr(SHA, 0, 7)' --expr",
        ),
    ),
    "unset": options.Command(
        name="unset",
        help="Remove settings of targets, keys of maps, or options of caches and outputs.",
        run=run_unset,
        argument=options.Argument("keys", "TARGET.KEY..."),
        options=editing.SHARED,
        examples=("bakectl unset backend.args.DEBUG", "bakectl unset backend.cache-to.mode"),
    ),
    "add": options.Command(
        name="add",
        help="Add items to lists of targets, such as tags, platforms and caches; what is there already is not added.",
        run=run_add,
        argument=_ASSIGNMENTS,
        options=(editing.EXPR, *editing.SHARED),
        examples=(
            "bakectl add backend.tags=ghcr.io/acme/backend:1.2",
            "bakectl add '*.cache-from=type=gha,scope=main'",
        ),
    ),
    "remove": options.Command(
        name="remove",
        help="Remove items from lists of targets; an entry of a cache or an output goes when it has all options named.",
        run=run_remove,
        argument=_ASSIGNMENTS,
        options=(editing.EXPR, *editing.SHARED),
        examples=("bakectl remove backend.tags=acme/backend:dev", "bakectl remove '*.cache-from=type=gha'"),
    ),
}
