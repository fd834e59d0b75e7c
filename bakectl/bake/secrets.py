"""What looks like a secret, and how it is shown: never."""

from __future__ import annotations

import re
from typing import Final

from bakectl.bake.options import parse_bool
from bakectl.masking import OPTIONS, WORD

MASK: Final = "***"
_OPTION = re.compile(rf"(?P<key>(?:^|(?<=[,\"?&= ]))(?:{'|'.join(OPTIONS)}))=(?P<value>[^,\"&]*)", re.IGNORECASE)
_USER = re.compile(r"(?<=://)([^/@\s]*)@")


def looks_secret(name: str) -> bool:
    """Whether a variable or an argument of this name is likely to hold a secret."""
    return WORD.search(name) is not None


def mask_variable(name: str, value: str) -> str:
    """The value of a variable or an argument, fit to be shown; an empty one and a switch tell nothing."""
    if looks_secret(name) and value and parse_bool(value) is None:
        return MASK
    return mask_text(value)


def mask_text(text: str) -> str:
    """Hide tokens and keys of cache options, and the password or token in front of the host of a URL."""
    return _USER.sub(_masked_user, _OPTION.sub(rf"\g<key>={MASK}", text))


def _masked_user(found: re.Match[str]) -> str:
    user, colon, _ = found[1].partition(":")
    # A lone name is a user, as git's, unless it is as long as a token.
    if not colon and len(user) < 16:
        return found[0]
    return f"{user}:{MASK}@" if colon else f"{MASK}@"


def mask_override(text: str) -> str:
    """An override fit to be shown."""
    left, sign, value = text.partition("=")
    parts = left.removesuffix("+").split(".", 2)
    if sign and len(parts) == 3 and parts[1] in ("args", "labels"):
        return f"{left}={mask_variable(parts[2], value)}"
    return f"{left}{sign}{mask_text(value)}"
