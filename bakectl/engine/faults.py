"""Faults of the network, recognised by what buildx says, and told apart from builds that fail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_BUILD: Final = re.compile(
    r"did not complete successfully: exit code|failed to calculate checksum|dockerfile parse error|"
    r"failed to read dockerfile|not found$|target stage .* could not be found|unknown instruction|"
    r"additional privileges requested|unauthorized|authorization failed|denied|403 Forbidden|401 Unauthorized|"
    r"no space left on device|executor failed running",
    re.IGNORECASE,
)
"""What a second try would not mend; trouble that a program of the build had with the network is its own."""
_NETWORK: Final = re.compile(
    r"\bi/o timeout\b|TLS handshake timeout|connection (?:reset by peer|refused|timed out)|broken pipe|"
    r"no such host|temporary failure in name resolution|server misbehaving|network is unreachable|no route to host|"
    r"net/http: (?:request canceled|timeout awaiting)|Client\.Timeout exceeded|context deadline exceeded|"
    r"unexpected EOF|: EOF$|http2: (?:server sent GOAWAY|client connection lost)|stream error: stream ID|"
    r"\b(?:408 Request Timeout|429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|"
    r"504 Gateway Time-?out)|toomanyrequests|unexpected status(?: code)?[^:]*: 5\d\d|"
    r"TLS: bad record MAC|transport is closing|failed to receive status: rpc error: code = Unavailable",
    re.IGNORECASE,
)


def network_fault(errors: Iterable[str]) -> str | None:
    """The text that shows that the network failed; None when the build did, or when it is not known."""
    texts = [text for text in errors if text]
    if any(map(_BUILD.search, texts)):
        return None
    found = next(filter(None, map(_NETWORK.search, texts)), None)
    return found[0] if found else None
