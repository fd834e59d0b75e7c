"""What looks like a secret, and how it is shown: never."""

from __future__ import annotations

import re
from typing import Final

MASK: Final = "***"
_NAME = re.compile(
    r"(?:^|[_-])(?:TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIALS?|(?:API|ACCESS|PRIVATE)[_-]?KEY)(?:[_-]|$)",
    re.IGNORECASE,
)
_OPTIONS: Final = frozenset(
    ("token", "ghtoken", "secret_access_key", "access_key_id", "session_token", "account_key", "password")
)
_OPTION = re.compile(rf"(?P<key>\b(?:{'|'.join(sorted(_OPTIONS))}))=(?P<value>[^,\"]*)", re.IGNORECASE)
_PASSWORD = re.compile(r"(?<=://)([^/@:\s]+):([^/@\s]+)@")


def looks_secret(name: str) -> bool:
    """Whether a variable or an argument of this name is likely to hold a secret."""
    return _NAME.search(name) is not None


def mask_text(text: str) -> str:
    """Hide tokens and keys of cache options, and passwords within URLs."""
    return _PASSWORD.sub(rf"\1:{MASK}@", _OPTION.sub(rf"\g<key>={MASK}", text))


def mask_override(text: str) -> str:
    """An override fit to be shown."""
    left, sign, value = text.partition("=")
    parts = left.removesuffix("+").split(".", 2)
    if sign and len(parts) == 3 and parts[1] in ("args", "labels") and looks_secret(parts[2]):
        return f"{left}={MASK}"
    return f"{left}{sign}{mask_text(value)}"
