"""Commands as a shell takes them, fit to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bakectl.engine.buildx import BuildRequest


def pasteable(request: BuildRequest) -> str:
    """The command of a build, with the variables in front that any buildx reads there; secrets masked."""
    from shlex import quote

    from bakectl.bake.secrets import mask_override, mask_text, mask_variable
    from bakectl.engine.buildx import command

    variables = [(name, mask_variable(name, value)) for name, value in request.variables]
    shown = [f"{name}={quote(value)}" for name, value in variables]
    if not all(name.isascii() and name.isidentifier() for name, _ in variables):
        # A shell takes only plain names; env takes any.
        shown = ["env", *(quote(f"{name}={value}") for name, value in variables)]
    words = iter(command(request))
    for word in words:
        if word == "--set":
            shown += [word, quote(mask_override(next(words)))]
        else:
            shown.append(quote(mask_text(word)))
    return " ".join(shown)


def pasteable_words(words: Iterable[str]) -> str:
    """Any other command; secrets masked."""
    from shlex import quote

    from bakectl.bake.secrets import mask_text

    return " ".join(quote(mask_text(word)) for word in words)
