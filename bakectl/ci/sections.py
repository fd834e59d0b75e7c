"""Files that bakectl writes again and again: sections that are the user's stay, and changes elsewhere are noticed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bakectl.diagnostics import Problems
from bakectl.errors import EditRejected

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECTION: Final = re.compile(
    r"^(?P<begin>[ \t]*# bakectl: yours (?P<name>[a-z-]+)\n)(?P<content>.*?)(?P<end>^[ \t]*# bakectl: end (?P=name)$)",
    re.MULTILINE | re.DOTALL,
)
_MARK: Final = re.compile(r"^[ \t]*# bakectl: (?:yours|end)\b", re.MULTILINE)
_SEAL: Final = re.compile(r"^# bakectl: seal ([0-9a-f]{16})$", re.MULTILINE)
_CHOICES: Final = re.compile(r"^# bakectl: choices (.*)$", re.MULTILINE)
_HEAD: Final = """\
# Written by bakectl {command}; run it again to bring this file up to date.
# What stands between "bakectl: yours" and "bakectl: end" is kept. Changes elsewhere are not.
# bakectl: choices {choices}
# bakectl: seal {seal}
"""


def compose(command: str, choices: Mapping[str, str], body: str) -> str:
    """A new file: the head that names the command and its choices, and the body with empty sections."""
    from shlex import quote

    words = " ".join(f"{key}={quote(value)}" for key, value in sorted(choices.items()) if value)
    text = _HEAD.format(command=command, choices=words, seal="0" * 16) + body
    return _SEAL.sub(f"# bakectl: seal {_seal(text)}", text, count=1)


def _seal(text: str) -> str:
    """A hash of all that is not the user's."""
    from hashlib import sha256

    bare = _SECTION.sub(r"\g<begin>\g<end>", _SEAL.sub("", text, count=1))
    return sha256(bare.encode()).hexdigest()[:16]


def choices_of(text: str) -> dict[str, str]:
    """What was chosen when a file was written; nothing for a file of somebody else."""
    from shlex import split

    found = _CHOICES.search(text)
    try:
        words = split(found[1]) if found else []
    except ValueError:
        return {}
    return {key: value for key, _, value in (word.partition("=") for word in words)}


def carry_over(path: str, before: str, after: str, *, force: bool) -> str:
    """The new text with the user's sections of the old one; raises EditRejected where something would be lost.

    With `force`, what is not in a section is lost, and also a whole file that bakectl has not written.
    """
    before = before.replace("\r\n", "\n")
    theirs = {found["name"]: found["content"] for found in _SECTION.finditer(before)}
    known = {found["name"] for found in _SECTION.finditer(after)}
    problems = Problems()
    seal = _SEAL.search(before)
    if seal is None and not force:
        problems.error("file-exists", f"{path} is there, and bakectl has not written it", None, help=_FORCE)
    elif seal is not None and seal[1] != _seal(before) and not force:
        help = f'move the changes between "bakectl: yours" and "bakectl: end"\nor {_FORCE}'
        problems.error("changed-by-hand", f"{path} was changed outside of the sections that are kept", None, help=help)
    if seal is not None and len(_MARK.findall(before)) != 2 * len(theirs):
        problems.error("broken-section", f'{path}: a section "bakectl: yours" has no end of the same name', None)
    for name, content in theirs.items():
        if content and name not in known:
            help = "move what is in it elsewhere first"
            problems.error("lost-section", f'{path}: the new file has no section "{name}"', None, help=help)
    if problems.has_errors:
        raise EditRejected(problems)
    return _SECTION.sub(lambda found: found["begin"] + theirs.get(found["name"], "") + found["end"], after)


_FORCE: Final = "--force overwrites it"
